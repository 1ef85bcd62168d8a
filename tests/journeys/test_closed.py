"""What is closed to a member says so on its page; and what she was writing when it closed stays hers."""

import re
from uuid import uuid4

import psycopg
from playwright.async_api import Browser, Page, expect

from tests import access
from tests.journeys.conftest import NewPerson, NewWriter, Stored
from tests.journeys.site import Site, cookie_of
from tests.journeys.writer import DREAM, Writer
from tests.look.visiting import Visit

WORDS = "A house with one more room than I remembered."


async def arrive(page: Page, site: Site, path: str) -> None:
    await page.goto(f"{site.address}{path}")


async def test_a_newcomer_is_told_what_opens_each_page(browser: Browser, site: Site, new_person: NewPerson):
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    await context.add_cookies([await cookie_of(await new_person("Iris"), site)])  # pyright: ignore[reportArgumentType]
    visit = Visit(await context.new_page(), site.address)
    page = visit.page

    await arrive(page, site, "/today")
    begin = page.get_by_role("heading", name="Your forty-five days begin with a place")
    await expect(begin).to_be_visible()
    await expect(page.locator(".bottombar a", has_text="Cohort").locator(".nav-lock")).to_be_visible()
    for path, title in (
        ("/journal/morning", "Writing is not open to you yet"),
        ("/visions/creed", "Writing is not open to you yet"),
        ("/cohort", "Your cohort comes with a place"),
        ("/leaderboard", "Your cohort comes with a place"),
        ("/cohort/members", "Your cohort comes with a place"),
        ("/welcome", "Your start comes with a place"),
        ("/history", "Your forty-five days begin with a place"),
        ("/points", "Your forty-five days begin with a place"),
        ("/badges", "Your forty-five days begin with a place"),
    ):
        await arrive(page, site, path)
        await expect(page.get_by_role("heading", name=title)).to_be_visible()
        await expect(page.get_by_role("link", name="See what opens it")).to_have_attribute("href", "/pricing")
        await expect(page.get_by_role("link", name="I have a friend code")).to_have_attribute(
            "href", "/redeem"
        )
        await expect(page.locator("h1")).to_have_count(1)
        await expect(page.get_by_role("dialog")).to_have_count(0)
    assert visit.troubles == []
    await context.close()


async def sit(owner_db: psycopg.AsyncConnection, writer: Writer, words: str) -> None:
    await owner_db.execute(
        "insert into meditations (id, user_id, session_id, entry_date, reflection)"
        " select %s, user_id, session_id, enrollment_date, %s from session_enrollments where user_id = %s",
        [uuid4(), words, writer.member.id],
    )


async def test_what_was_being_written_stays_where_it_is(
    new_writer: NewWriter, stored: Stored, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer()).open()
    await ana.write(DREAM, "A train.")
    await ana.sees_saved()

    await access.close(owner_db, ana.member.id)
    await ana.write(DREAM, WORDS)
    refusal = ana.page.get_by_role("dialog")
    await expect(refusal).to_contain_text("What you wrote stays yours")
    await expect(refusal.get_by_role("button", name="Stay on this page")).to_be_focused()
    await refusal.get_by_role("button", name="Stay on this page").click()
    await expect(refusal).to_have_count(0)
    await ana.sees(DREAM, WORDS)
    await ana.sees_state("On this device")
    await ana.write(DREAM, f"{WORDS} And a lamp.")
    await expect(ana.page.get_by_role("alert")).to_contain_text("nothing more is saved")
    assert await stored(ana.member) == ["A train."]

    await ana.open()
    await expect(ana.page.locator("[data-mode]")).to_have_attribute("data-mode", "closed")
    await expect(ana.page.get_by_role("dialog")).to_have_count(0)
    await expect(ana.page.locator(".left-words")).to_contain_text("And a lamp.")

    await sit(owner_db, ana, "My thoughts went to the sea.")
    await ana.open("/journal/meditation")
    await expect(ana.page.get_by_role("note")).to_contain_text("Kept to be read. Your access is closed.")
    await expect(ana.page.get_by_role("region", name="One sitting")).to_contain_text("went to the sea.")
    await expect(ana.page.get_by_role("region", name="Words on this device")).to_contain_text("And a lamp.")
    await expect(ana.page.get_by_role("button", name="Log this sitting")).to_have_count(0)

    await access.grant(owner_db, ana.member.id)
    await ana.open()
    await ana.sees(DREAM, f"{WORDS} And a lamp.")
    await ana.sees_state(re.compile(r"Saved \d\d:\d\d"))
    assert await stored(ana.member) == [f"{WORDS} And a lamp."]


async def test_reading_a_closed_vision_takes_nothing_from_the_device(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    """All in one tab, whose pages follow each other without being loaded anew."""
    ana = await (await new_writer()).open("/visions/mantra")
    await ana.write("mantra", "Slowly.")
    await ana.sees_saved()
    await access.close(owner_db, ana.member.id)
    await ana.write("mantra", WORDS)
    await ana.page.get_by_role("button", name="Stay on this page").click()
    await ana.sees_state("On this device")

    for _ in range(2):
        await ana.page.get_by_role("link", name="Back to your visions").click()
        await ana.page.get_by_role("link", name="Mantra").click()
        await expect(ana.page.locator("[data-mode]")).to_have_attribute(
            "data-mode", re.compile("reading|closed")
        )

    assert any(WORDS in held for held in await ana.device_holds())
