"""A week in a browser: looked back on, taken up, and sat through."""

import re

import psycopg
from playwright.async_api import expect

from tests.journeys.conftest import NewWriter
from tests.journeys.writer import Writer

REFLECTION = {
    "wins": "Three dinners at the table.",
    "challenges": "The call on Thursday; I waited before I answered.",
    "lessons": "Evenings need an end.",
}


async def earned(owner_db: psycopg.AsyncConnection, ana: Writer) -> list[tuple[str, int]]:
    found = await owner_db.execute(
        "select activity_type, base_points from points_transactions"
        " where user_id = %s and source_type = 'page'",
        [ana.member.id],
    )
    return [tuple(row) for row in await found.fetchall()]


async def test_a_week_is_found_on_today_looked_back_on_and_read_again(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await new_writer(day=9)
    settled = "update profile_settings set onboarded_at = now() where user_id = %s"
    await owner_db.execute(settled, [ana.member.id])
    await ana.page.goto(f"{ana.site.address}/today")
    await ana.page.get_by_role("link", name="Reflection on week 1").click()
    for name, words in REFLECTION.items():
        await ana.write(name, words)
    await ana.sees_saved()

    await ana.keep_page()

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert await earned(owner_db, ana) == [("weekly_reflection", 25)]
    await ana.page.goto(f"{ana.site.address}/journal/weeks")
    await ana.page.get_by_role("link", name="Reflection on week 1").click()
    await expect(ana.page.get_by_text("Evenings need an end.").locator("visible=true")).to_be_visible()


async def test_not_this_week_completes_the_challenge(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer(day=4)).open("/journal/weekly-challenge")
    await expect(ana.page.get_by_label("What did it give you?")).to_be_hidden()

    await ana.choose("is_done", "no")
    await ana.keep_page()

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert await earned(owner_db, ana) == [("weekly_challenge", 25)]


async def test_a_sitting_is_timed_by_the_keyboard_and_outlives_a_reload(new_writer: NewWriter):
    ana = await new_writer(day=4)
    await ana.page.clock.install()
    await ana.open("/journal/meditation")
    timer, keys = ana.page.get_by_role("timer"), ana.page.keyboard
    await expect(ana.page.get_by_role("switch", name="Bell at the end")).not_to_be_checked()

    await ana.page.get_by_role("radio", name="10 minutes").focus()
    await keys.press("ArrowLeft")
    await expect(timer).to_have_text("5:00")
    await keys.press("Tab")
    await keys.press("Space")
    await ana.page.clock.fast_forward("02:00")
    await expect(timer).to_have_text(re.compile(r"2:\d\d"))
    await ana.open("/journal/meditation")
    await ana.page.get_by_role("button", name="Pause").press("Enter")
    await expect(timer).to_have_text(re.compile(r"2:\d\d"))
    await ana.page.clock.fast_forward("10:00")
    await ana.page.get_by_role("button", name="Go on").click()
    await expect(timer).to_have_text(re.compile(r"2:\d\d"))
    await ana.page.clock.fast_forward("03:00")

    await expect(ana.page.get_by_text("The time is over.")).to_be_visible()
    await expect(timer).to_have_text("0:00")


async def test_a_double_click_begins_a_sitting_once_and_its_bell_outlives_a_reload(new_writer: NewWriter):
    ana = await (await new_writer(day=4)).open("/journal/meditation")
    await ana.page.get_by_role("switch", name="Bell at the end").click()

    await ana.page.get_by_role("button", name="Begin").dblclick()

    await expect(ana.page.get_by_role("button", name="Pause")).to_be_visible()
    await ana.open("/journal/meditation")
    await expect(ana.page.get_by_role("switch", name="Bell at the end")).to_be_checked()
    await expect(ana.page.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_sitting_stays_on_the_device_until_it_is_logged_and_completes_its_week(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer(day=9)).open("/journal/meditation")
    await ana.write("reflection", "My thoughts went to the sea.")
    await ana.sees_state("On this device")
    await ana.open("/journal/meditation")
    await ana.sees("reflection", "My thoughts went to the sea.")

    await ana.page.get_by_role("button", name="Log this sitting").click()

    await expect(ana.page.get_by_text("Weekly challenge, ")).to_be_visible()
    assert await earned(owner_db, ana) == [("weekly_challenge", 25)]
    assert await ana.device_holds() == []
    await ana.page.get_by_role("button", name="Stay on this page").click()
    await expect(ana.page.get_by_role("heading", name="One sitting so far")).to_be_visible()
