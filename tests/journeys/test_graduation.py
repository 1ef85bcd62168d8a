"""The last page of forty-five days, and everything it leads to, down to a file in her hands."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.async_api import FloatRect, Locator, expect
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.jobs import yearbook as job
from gynergy_app.services import programs
from gynergy_app.services.journaling import pages
from gynergy_app.settings import settings
from tests import access
from tests.features.conftest import MORNING
from tests.journeys.conftest import NewPerson, NewWriter, zone_where_it_is
from tests.journeys.site import Site
from tests.journeys.writer import Writer
from tests.look.inspecting import violations

KEPT = (1, 2, 3, 4, 9, 12, 18, 21, 27, 30, 33, 36, 40, 44)


@pytest.fixture
async def graduate(owner_db: psycopg.AsyncConnection, new_person: NewPerson) -> Member:
    """Nora, on the morning of her day 45, with fourteen days behind her."""
    now, zone = clock.now(), zone_where_it_is(9)
    start = clock.day_in(zone, now) - timedelta(days=44)
    run, person = uuid4(), await new_person("Nora", "Lindqvist", timezone=zone)
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'active', 'Aurora' from books where slug = 'date-zero-gratitude'",
        [run, start, start + timedelta(days=44)],
    )
    settled = "update profile_settings set onboarded_at = now() where user_id = %s"
    await owner_db.execute(settled, [person])
    await access.grant(owner_db, person, now - timedelta(days=45))
    member = Member(person, f"{person}@example.com", "Nora", "Lindqvist", zone)
    await _live(member, run, now)
    return member


async def _live(member: Member, run: UUID, today: datetime) -> None:
    async with as_member(member.id) as db:
        await programs.enroll(db, member, run, now=today - timedelta(days=44))
    for day in KEPT:
        then = today - timedelta(days=45 - day)
        on = clock.day_in(member.timezone, then)
        async with as_member(member.id) as db:
            await pages.finish(db, member, JournalType.morning, MORNING, day=on, base_revision=0, now=then)


@pytest.fixture
def worker(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the worker process is told of the place where files are kept."""
    monkeypatch.setattr(settings, "supabase_url", site.supabase.url)
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(site.supabase.service_key))


async def book_of(owner_db: psycopg.AsyncConnection, nora: Writer) -> UUID:
    found = await owner_db.execute("select id from yearbooks where user_id = %s", [nora.member.id])
    [(book,)] = await found.fetchall()
    return book


async def test_the_last_page_leads_to_graduation_and_a_book_in_her_hands(
    new_writer: NewWriter,
    graduate: Member,
    worker: None,
    owner_db: psycopg.AsyncConnection,
    tmp_path: Path,
):
    nora = await (await new_writer(member=graduate)).open("/journal/morning")
    await nora.write_morning()
    await nora.keep_page()

    await nora.page.get_by_role("link", name="Open your graduation").click()
    await expect(nora.page.get_by_role("heading", level=1)).to_have_text(
        "You have come to the last day, Nora."
    )
    await expect(nora.page.get_by_text("15 of 45 days kept")).to_be_visible()
    await expect(nora.page.get_by_text("The alumni cohort")).to_be_visible()
    assert await violations(nora.page) == []

    await nora.page.get_by_role("link", name="Make your yearbook").click()
    await expect(nora.page.get_by_role("heading", name="Grateful for")).to_be_visible()
    await nora.page.locator("summary", has_text="Choose the lines").click()
    await nora.page.get_by_role("checkbox", name="Warm bread").first.check()
    await expect(nora.page.get_by_role("status").filter(has_text="Saved ")).to_be_visible()
    assert await violations(nora.page) == []

    await nora.page.get_by_role("button", name="Make the PDF").click()
    await expect(nora.page.get_by_text("Setting your book.")).to_be_visible()
    assert await job.make(await book_of(owner_db, nora))

    link = nora.page.get_by_role("link", name="Download your yearbook")
    async with nora.page.expect_download() as downloading:
        await link.click(timeout=15_000)
    download = await downloading.value
    await download.save_as(tmp_path / "book.pdf")
    assert download.suggested_filename.startswith("gynergy-yearbook-")
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")


async def test_a_book_begins_with_its_parts_and_ends_with_its_file(new_writer: NewWriter, graduate: Member):
    nora = await new_writer(member=graduate, width=390)
    await nora.page.goto(f"{nora.site.address}/yearbook")
    parts = nora.page.get_by_role("navigation", name="In this book").get_by_role("link")
    await expect(parts.first).to_have_text("How it felt")
    await expect(parts.last).to_have_text("As a PDF")

    leads_to = [await each.get_attribute("href") for each in await parts.all()]
    tops = [(await _box(nora.page.locator(each or "")))["y"] for each in leads_to]
    assert tops == sorted(tops)
    await parts.last.click()

    await expect(nora.page.get_by_role("button", name="Make the PDF")).to_be_in_viewport()


async def _box(place: Locator) -> FloatRect:
    box = await place.bounding_box()
    assert box
    return box


async def test_the_five_milestones_are_walked_with_the_keyboard(new_writer: NewWriter, graduate: Member):
    nora = await new_writer(member=graduate)
    await nora.page.goto(f"{nora.site.address}/milestones/9")
    await expect(nora.page.get_by_role("heading", level=1)).to_have_text("Basecamp")
    await expect(nora.page.get_by_text("5 of 9")).to_be_visible()
    assert await violations(nora.page) == []

    await nora.page.get_by_role("link", name="Milestone of day 45, not reached yet").press("Enter")

    await expect(nora.page.get_by_role("heading", level=1)).to_have_text("Summit Seeker")
    await expect(nora.page.get_by_text("Its day has come.")).to_be_visible()
