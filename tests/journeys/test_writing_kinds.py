"""Pages that are kept, changed, practised, for yesterday, or with a picture."""

import re
from pathlib import Path

import psycopg
from PIL import Image
from playwright.async_api import expect

from gynergy_app import clock
from tests.journeys.conftest import NewWriter, Stored
from tests.journeys.writer import DREAM, MORNING, points


async def test_a_kept_page_is_changed_without_a_second_award(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, stored: Stored
):
    ana = await (await new_writer()).open()
    await ana.write_morning()
    await ana.keep_page()
    await ana.page.get_by_role("button", name="Stay on this page").click()

    await ana.page.get_by_role("button", name="Edit").click()
    await ana.write("mantra", "Slower still.")
    await ana.page.get_by_role("button", name="Keep the changes").click()

    await expect(ana.page.get_by_role("heading", name="Changes kept.")).to_be_visible()
    await expect(ana.page.get_by_text("The points were given when you first kept this page.")).to_be_visible()
    assert await stored(ana.member, "mantra") == ["Slower still."]
    assert await points(owner_db, ana.member) == [("morning_journal", 10)]


async def test_after_midnight_a_page_may_be_for_yesterday(new_writer: NewWriter, stored: Stored):
    ana = await (await new_writer(local_hour=1)).open()

    await ana.page.get_by_role("button", name=re.compile("Write for .* instead")).click()
    await expect(ana.page.get_by_text("day 3")).to_be_visible()
    await ana.write(DREAM, "It still felt like yesterday.")
    await ana.sees_saved()

    yesterday = clock.day_in(ana.member.timezone, clock.now()).toordinal() - 1
    assert [day.toordinal() for day in await stored(ana.member, "entry_date")] == [yesterday]


async def test_before_the_first_day_a_page_is_practice(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, stored: Stored
):
    ana = await (await new_writer(day=-2)).open()
    await expect(ana.page.get_by_text("A practice page.")).to_be_visible()

    await ana.write_morning()
    await ana.sees_state("On this device")
    await ana.page.get_by_role("button", name="Finish this practice page").click()

    await expect(ana.page.get_by_role("heading", name="That is how it works.")).to_be_visible()
    assert await points(owner_db, ana.member) == []
    assert await stored(ana.member, "mantra") == []

    await ana.open()
    await ana.sees("mantra", MORNING["mantra"])
    await ana.sees_state("On this device")


async def test_a_photo_is_seen_taken_off_and_put_back(new_writer: NewWriter, tmp_path: Path):
    Image.new("RGB", (640, 480), "teal").save(tmp_path / "kettle.jpg")
    ana = await (await new_writer()).open("/journal/gratitude-action")
    photos = ana.page.locator(".in-writing .photo img")

    await ana.page.locator("input[type=file]").set_input_files(tmp_path / "kettle.jpg")
    await expect(photos).to_have_count(1)
    await expect(photos).to_have_js_property("naturalWidth", 640)

    await ana.page.get_by_role("button", name="Take this photo off the page").click()
    await expect(photos).to_have_count(0)
    await ana.page.get_by_role("button", name="Undo").click()
    await expect(photos).to_have_count(1)


async def test_of_several_photos_each_has_a_name_of_its_own(new_writer: NewWriter, tmp_path: Path):
    ana = await (await new_writer()).open("/journal/gratitude-action")
    photos = ana.page.locator(".in-writing .photo img")
    for count, colour in enumerate(("teal", "olive"), start=1):
        Image.new("RGB", (64, 48), colour).save(tmp_path / f"{colour}.jpg")
        await ana.page.locator("input[type=file]").set_input_files(tmp_path / f"{colour}.jpg")
        await expect(photos).to_have_count(count)

    await expect(ana.page.get_by_role("img", name="Your photo 1 of 2")).to_be_visible()
    await ana.page.get_by_role("button", name="Take photo 2 of 2 off the page").click()

    await expect(photos).to_have_count(1)
    await expect(photos).to_have_attribute("alt", "Your photo")


async def test_a_file_that_is_no_photo_is_refused_in_a_sentence(new_writer: NewWriter, tmp_path: Path):
    (tmp_path / "me.png").write_bytes(b"<svg onload=alert(1)>")
    ana = await (await new_writer()).open("/journal/gratitude-action")

    await ana.page.locator("input[type=file]").set_input_files(tmp_path / "me.png")

    await expect(ana.page.get_by_role("alert").filter(has_text="not a JPEG, PNG or WebP")).to_be_visible()


async def test_not_today_is_an_answer(new_writer: NewWriter, owner_db: psycopg.AsyncConnection):
    ana = await (await new_writer()).open("/journal/gratitude-action")
    await ana.choose("is_done", "no")
    await ana.write("obstacles", "The day was full.")

    await ana.keep_page()

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert await points(owner_db, ana.member) == [("gratitude_action", 15)]
