"""One member lives all forty-five days in a browser, whose clock and the site's travel with her.

She misses two days and repairs one, flies from Los Angeles to Tokyo and back across the start of summer time,
and graduates. Whatever a screen counts is counted again in the database, by queries that know nothing of the
product.
"""

import asyncio
import hashlib
import json
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Locator, expect

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.jobs import archives, deletion, yearbook
from tests.journeys.arriving import PASSWORD, Arrival
from tests.journeys.site import Site
from tests.journeys.test_data import worker
from tests.journeys.test_weeks import REFLECTION
from tests.journeys.test_whole_day import EVENING
from tests.journeys.travelling import TimeMachine
from tests.journeys.writer import Writer

__all__ = ["worker"]

FIRST = date(2026, 2, 9)
"""A Monday. Summer time begins in Los Angeles on 8 March, day 28, while she is in Tokyo, which knows none."""

HOME, AWAY = "America/Los_Angeles", "Asia/Tokyo"
LEAVES, RETURNS = 20, 33
WHOLE = {*range(1, 8), 45}
FROZEN, REPAIRED = 12, 16
REFLECTS = {9: 1, 23: 3}
"""On which days she looks back on a week, and on which."""

CHECKPOINTS = (9, 27, 45)

MOODS = {"morning": 6, "evening": 8}


@dataclass
class Traveller(Writer):
    """A writer who knows what day it is."""

    context: BrowserContext
    machine: TimeMachine
    db: psycopg.AsyncConnection
    zone: str = HOME

    def at(self, day: int, hour: int) -> datetime:
        wall = datetime.combine(FIRST + timedelta(days=day - 1), time(hour), ZoneInfo(self.zone))
        return wall.astimezone(UTC)

    async def live(self, day: int) -> None:
        await self._is_it(day, 9)
        await self.write_a_morning(day)
        if day in REFLECTS:
            await self.write_a_reflection()
        if day in WHOLE:
            await self._is_it(day, 13)
            await self.do_an_action()
            await self._is_it(day, 21)
            await self.write_an_evening()

    async def opens(self, path: str) -> None:
        """A page to write on; until it is asked for, the tab still shows what it showed the day before."""
        await self.go(path)
        await expect(self.page.locator("[data-mode]")).to_have_attribute("data-mode", "writing")

    async def _is_it(self, day: int, hour: int) -> None:
        self.machine.go_to(self.at(day, hour))
        await self.context.clock.set_system_time(self.at(day, hour))

    async def write_a_morning(self, day: int) -> None:
        await self.opens("/journal/morning")
        await self.write_morning()
        await self.write(
            "gratitudes.0", f"The lighthouse on day {day}" if day > 22 else f"The rain on day {day}"
        )
        await self._keep()

    async def do_an_action(self) -> None:
        await self.opens("/journal/gratitude-action")
        await self.choose("is_done", "yes")
        await self.write("reflection", "Lighter than I thought it would be.")
        await self._keep()

    async def write_an_evening(self) -> None:
        await self.opens("/journal/evening")
        for name, words in EVENING.items():
            await self.write(name, words)
        await self.choose("mood_score", str(MOODS["evening"]))
        await self._keep()

    async def write_a_reflection(self) -> None:
        await self.opens("/journal/weekly")
        for name, words in REFLECTION.items():
            await self.write(name, words)
        await self._keep()

    async def _keep(self) -> None:
        await self.keep_page()
        await expect(self.page.get_by_role("heading", name="Kept.")).to_be_visible()

    async def repairs_yesterday(self, today: int) -> None:
        await self._is_it(today, 10)
        await self.go("/today")
        await self.page.get_by_role("link", name=re.compile("two lines", re.IGNORECASE)).click()
        await self.write("success", "I called my mother.")
        await self.write("insight", "Short is better than nothing.")
        await self.keep_page()
        await expect(self.page.get_by_text("This day counts as kept.")).to_be_visible()

    async def flies(self, day: int, zone: str) -> None:
        """Late in the evening she lands, and says where she is."""
        await self._is_it(day, 22)
        await self.go("/me/preferences")
        await self.page.get_by_label("Time zone").select_option(zone)
        await expect(self.page.get_by_text(f"Your days now follow {zone.replace('_', ' ')}.")).to_be_visible()
        self.zone = zone

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.site.address}{path}")

    async def downloads(self, link: Locator, path: Path) -> Path:
        await expect(link).to_be_visible(timeout=20_000)
        async with self.page.expect_download() as fetching:
            await link.click()
        await (await fetching.value).save_as(path)
        return path

    async def row_of(self, table: LiteralString) -> UUID:
        found = await self.db.execute(f"select id from {table} where user_id = %s", [self.member.id])
        [[row]] = await found.fetchall()
        return row

    async def number(self, query: str, **given: object) -> int:
        found = await self.db.execute(query.encode(), {"me": self.member.id, **given})
        rows: list[Any] = await found.fetchall()
        return rows[0][0] or 0


@pytest.fixture
def machine(tmp_path: Path) -> TimeMachine:
    return TimeMachine(tmp_path)


@pytest.fixture
async def elsewhen(site: Site, machine: TimeMachine) -> AsyncIterator[Site]:
    """The same site in a web process of its own, whose time this test decides."""
    its_own = Site({**site.services, **machine.environment})
    its_own.supabase = site.supabase
    await its_own.start()
    yield its_own
    its_own.stop()


@pytest.fixture
async def mira(
    elsewhen: Site, machine: TimeMachine, browser: Browser, owner_db: psycopg.AsyncConnection
) -> AsyncIterator[Traveller]:
    """Somebody who signs up on the first morning of a session."""
    cohort = f"Lighthouse {uuid4().hex[:6]}"
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'upcoming', %s from books where slug = 'date-zero-gratitude'",
        [uuid4(), FIRST, FIRST + timedelta(days=44), cohort],
    )
    arrives = datetime.combine(FIRST, time(8), ZoneInfo(HOME)).astimezone(UTC)
    machine.go_to(arrives)
    context = await browser.new_context(
        viewport={"width": 1280, "height": 844}, timezone_id=HOME, reduced_motion="reduce"
    )
    await context.clock.set_system_time(arrives)
    arrival = Arrival.at(await context.new_page(), elsewhen)
    await arrival.sign_up()
    await arrival.follow_mail("Open my account")
    await expect(arrival.page).to_have_url(re.compile("/today$"))
    await arrival.is_given_access(owner_db, arrives)
    await expect(arrival.page.locator("[name=timezone]")).to_have_value(HOME)
    await arrival.take_place(cohort)
    found = await owner_db.execute("select id from users where email = %s", [arrival.email])
    [[person]] = await found.fetchall()
    member = Member(person, arrival.email, "Mira", "", HOME)
    yield Traveller(arrival.page, elsewhen, member, context, machine, owner_db)
    await context.close()


async def test_forty_five_days_are_lived_and_every_number_is_true(
    mira: Traveller, worker: None, tmp_path: Path
):
    for day in range(1, 46):
        if day in (FROZEN, REPAIRED):
            continue
        await mira.live(day)
        if day == REPAIRED + 1:
            await mira.repairs_yesterday(day)
        if day == LEAVES:
            await mira.flies(day, AWAY)
        if day == RETURNS:
            await mira.flies(day, HOME)
        if day in CHECKPOINTS:
            await sees_what_the_database_holds(mira, day)
    await graduates(mira)
    await has_a_book_made(mira, tmp_path)
    await takes_everything_along(mira, tmp_path)
    await is_deleted_in_the_end(mira)


async def sees_what_the_database_holds(mira: Traveller, day: int) -> None:
    await _sees_her_points(mira)
    await _sees_her_badges(mira)
    await _sees_her_days(mira, day)
    await _sees_her_streak(mira, day)


async def _sees_her_points(mira: Traveller) -> None:
    total = await mira.number("select sum(final_points) from points_transactions where user_id = %(me)s")
    assert total > 0
    await mira.go("/points")
    await expect(mira.page.locator(".balance-total")).to_have_text(f"{total:,}")
    await mira.go("/leaderboard")
    await expect(mira.page.locator(".rank.is-me .rank-points")).to_have_text(f"{total:,} points")


async def _sees_her_badges(mira: Traveller) -> None:
    """Each shelf says how many of its badges she holds; together they are all that are not hidden."""
    held = await mira.number("select count(*) from user_badges where user_id = %(me)s")
    every = await mira.number("select count(*) from badges where not is_hidden and %(me)s::uuid is not null")
    await mira.go("/badges")
    shelves = mira.page.locator("main section").get_by_text(re.compile(r"^\d+ of \d+$"))
    await expect(shelves.first).to_be_visible()
    # A tab may show its last visit for a moment.
    async with asyncio.timeout(10):
        while True:
            if await _added_up(shelves) == (held, every):
                return
            await asyncio.sleep(0.05)


async def _added_up(shelves: Locator) -> tuple[int, int]:
    counts = [tuple(map(int, said.split(" of "))) for said in await shelves.all_inner_texts()]
    return sum(have for have, _ in counts), sum(all_ for _, all_ in counts)


async def _sees_her_days(mira: Traveller, day: int) -> None:
    written = await mira.number(
        "select count(distinct day) from (select entry_date as day from journals where user_id = %(me)s and"
        " is_completed and journal_type <> 'weekly' union select entry_date from action_logs"
        " where user_id = %(me)s and is_completed and action_type = 'gratitude' union"
        " select day from streak_events where user_id = %(me)s and kind = 'repair') d"
    )
    rest = await mira.number("select count(*) from streak_events where user_id = %(me)s and kind = 'freeze'")
    assert (written, rest) == (day - (day > FROZEN), int(day > FROZEN))
    await mira.go("/history")
    await expect(
        mira.page.get_by_text(re.compile(rf"Day {day}\. {_spelled(written)} days kept"))
    ).to_be_visible()
    await expect(mira.page.get_by_role("link", name=re.compile("a day of rest"))).to_have_count(rest)


async def _sees_her_streak(mira: Traveller, day: int) -> None:
    """Nothing was ever broken: every day was written, repaired, or held by a freeze that adds no length."""
    days = day - (day > FROZEN)
    cached = await mira.number("select morning_completion from session_enrollments where user_id = %(me)s")
    mornings = (
        "select count(*) from journals where user_id = %(me)s and journal_type = 'morning' and is_completed"
    )
    assert cached == await mira.number(mornings)
    await mira.go("/today")
    await expect(mira.page.get_by_text(f"{days}-day streak")).to_be_visible()


def _spelled(number: int) -> str:
    return "Nine" if number == 9 else str(number)


async def graduates(mira: Traveller) -> None:
    opened = "select count(*) from user_entitlements where user_id = %(me)s and has_community_access"
    alumni = "select count(*) from cohort_memberships m join cohorts c on c.id = m.cohort_id"
    assert await mira.number(opened) == 1
    assert await mira.number(f"{alumni} where m.user_id = %(me)s and c.is_alumni") == 1
    await mira.go("/milestones/45")
    await expect(mira.page.get_by_role("heading", name="Summit Seeker")).to_be_visible()
    await mira.page.get_by_role("link", name="Open your graduation").click()
    await expect(mira.page.get_by_role("heading", level=1)).to_have_text(
        "You have come to the last day, Mira."
    )
    await expect(mira.page.locator(".graduation-dial")).to_contain_text("44")


async def has_a_book_made(mira: Traveller, folder: Path) -> None:
    await mira.page.get_by_role("link", name="Make your yearbook").click()
    lines = mira.page.locator(".leaf-lines")
    await expect(lines).to_contain_text("The lighthouse on day")
    await expect(mira.page.locator(".leaf-words")).to_contain_text("lighthouse")

    await mira.page.get_by_role("button", name="Make the PDF").click()
    await expect(mira.page.get_by_text("Setting your book.")).to_be_visible()
    with clock.travelling(mira.at(45, 22)):
        assert await yearbook.make(await mira.row_of("yearbooks"))
    book = mira.page.get_by_role("link", name="Download your yearbook")
    path = await mira.downloads(book, folder / "yearbook.pdf")
    assert path.read_bytes().startswith(b"%PDF-")


async def takes_everything_along(mira: Traveller, folder: Path) -> None:
    await mira.go("/me/data")
    await mira.page.get_by_role("button", name="Make my archive").click()
    await expect(mira.page.get_by_text("Your archive is being made.")).to_be_visible()
    with clock.travelling(mira.at(45, 22)):
        await archives.make(await mira.row_of("data_exports"))
    path = await mira.downloads(
        mira.page.get_by_role("link", name="Download the archive"), folder / "archive.zip"
    )
    with zipfile.ZipFile(path) as archive:
        for file in json.loads(archive.read("manifest.json"))["files"]:
            assert hashlib.sha256(archive.read(file["name"])).hexdigest() == file["sha256"]
        tables = json.loads(archive.read("data.json"))["tables"]
    assert len(tables["journals"]) == await mira.number(
        "select count(*) from journals where user_id = %(me)s"
    )


async def is_deleted_in_the_end(mira: Traveller) -> None:
    await mira.go("/me/data")
    await mira.page.get_by_label("Type “delete everything”").fill("delete everything")
    await mira.page.get_by_label("Your password").fill(PASSWORD)
    await mira.page.get_by_role("button", name="Delete my account").click()
    await expect(mira.page.get_by_text("This account will be deleted on")).to_be_visible()

    with clock.travelling(mira.at(45 + 13, 22)):
        await deletion.delete_due()
    assert await mira.number("select count(*) from users where id = %(me)s") == 1
    mira.machine.go_to(mira.at(45 + 15, 9))
    with clock.travelling(mira.at(45 + 15, 9)):
        await deletion.delete_due()

    assert await mira.number("select count(*) from auth.users where id = %(me)s") == 0
    assert await mira.number("select count(*) from journals where user_id = %(me)s") == 0
    await mira.go("/today")
    await expect(mira.page).to_have_url(re.compile("/sign-in"))
