"""Words are safe: without a line, without a tab, without a sign-in, and on two devices at once."""

import re
from pathlib import Path

import psycopg
import pytest
from PIL import Image
from playwright.async_api import Locator, TimeoutError, expect
from psycopg import sql

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from tests.journeys.conftest import NewMember, NewWriter
from tests.journeys.site import Site, cookie_of
from tests.journeys.writer import MORNING, Writer

DREAM = "captured_essence"


@pytest.fixture
def stored(owner_db: psycopg.AsyncConnection):
    """What the database has of a member's journal."""

    async def read(member: Member, column: str = DREAM) -> list[object]:
        query = sql.SQL("select {} from journals where user_id = %s").format(sql.Identifier(column))
        found = await owner_db.execute(query, [member.id])
        return [row[0] for row in await found.fetchall()]

    return read


async def test_what_is_typed_is_saved_without_being_asked(new_writer: NewWriter, stored):
    ana = await (await new_writer()).open()

    await ana.write(DREAM, "A house with one more room.")
    await ana.sees_state("On this device")
    await ana.sees_saved()

    assert await stored(ana.member) == ["A house with one more room."]
    assert await ana.device_holds() == []


async def test_words_typed_without_a_line_are_saved_once_it_is_back(
    new_writer: NewWriter, site: Site, stored
):
    ana = await (await new_writer()).open()
    await ana.write(DREAM, "Before.")
    await ana.sees_saved()

    site.kill()
    await ana.write(DREAM, "Before. And while the line was down.")
    await ana.sees_state("On this device")
    await site.start()

    await ana.sees_saved()
    await ana.sees(DREAM, "Before. And while the line was down.")
    assert await stored(ana.member) == ["Before. And while the line was down."]


async def test_a_page_finished_without_a_line_is_finished_once(
    new_writer: NewWriter, site: Site, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer()).open()
    await ana.write_morning()
    await ana.sees_saved()

    site.kill()
    await ana.keep_page()
    await site.start()

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible(timeout=30_000)
    assert await points(owner_db, ana.member) == [("morning_journal", 10)]


async def test_words_of_a_closed_tab_come_back(new_writer: NewWriter, site: Site, stored):
    ana = await (await new_writer()).open()
    site.kill()
    await ana.write(DREAM, "Typed, and the tab was closed.")
    await ana.sees_state("On this device")
    await ana.page.close()
    await site.start()

    again = await (await new_writer(member=ana.member, context=ana.page.context)).open()

    await again.sees(DREAM, "Typed, and the tab was closed.")
    await again.sees_saved()
    assert await stored(ana.member) == ["Typed, and the tab was closed."]
    assert await again.device_holds() == []


async def test_words_survive_an_expired_sign_in(
    new_writer: NewWriter, site: Site, stored, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer()).open()
    await owner_db.execute(
        "update private.web_sessions set revoked_at = now() where user_id = %s", [ana.member.id]
    )
    asked = ana.page.get_by_role("dialog", name="Sign in again")
    typed = await type_until_seen(ana, asked)
    await ana.sees(DREAM, typed)
    await ana.page.context.add_cookies([await cookie_of(ana.member.id, site)])  # pyright: ignore[reportArgumentType]
    await ana.open()

    await ana.sees(DREAM, typed)
    await ana.sees_saved()
    assert await stored(ana.member) == [typed]


async def test_two_tabs_write_different_answers_and_both_stay(new_writer: NewWriter):
    here = await (await new_writer()).open()
    there = await (await new_writer(member=here.member, context=here.page.context)).open()

    await here.write(DREAM, "A dream.")
    await there.write("mantra", "Slowly.")

    await here.sees("mantra", "Slowly.")
    await there.sees(DREAM, "A dream.")
    await here.sees_saved()
    await there.sees_saved()


async def test_two_devices_write_the_same_answer_and_the_member_decides(new_writer: NewWriter, stored):
    phone = await (await new_writer(width=390)).open()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()

    await phone.write(DREAM, "From the phone.")

    asked = phone.page.get_by_role("dialog", name="Written in two places")
    await expect(asked.get_by_text("From the desk.")).to_be_visible()
    await expect(asked.get_by_text("From the phone.")).to_be_visible()
    await asked.get_by_role("button", name="Keep both").click()
    await phone.sees_saved()
    assert await stored(phone.member) == ["From the phone.\nFrom the desk."]


async def test_finishing_goes_on_when_another_device_wrote_something_else(new_writer: NewWriter, stored):
    phone = await (await new_writer()).open()
    desk = await (await new_writer(member=phone.member)).open()
    await phone.write_morning()
    await phone.sees_saved()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()

    await phone.keep_page()

    await expect(phone.page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert await stored(phone.member) == ["From the desk."]


async def test_an_undecided_answer_is_asked_again_after_a_restart(new_writer: NewWriter, stored):
    phone = await (await new_writer()).open()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()
    await phone.write(DREAM, "From the phone.")
    await expect(phone.page.get_by_role("dialog", name="Written in two places")).to_be_visible()
    await phone.page.close()

    again = await (await new_writer(member=phone.member, context=phone.page.context)).open()

    asked = again.page.get_by_role("dialog", name="Written in two places")
    await expect(asked).to_be_visible()
    assert await stored(phone.member) == ["From the desk."]
    await asked.get_by_role("button", name="Keep theirs").click()
    await again.sees(DREAM, "From the desk.")


async def test_another_member_on_the_same_device_sees_nothing_of_it(
    new_writer: NewWriter, new_member: NewMember, site: Site
):
    ana = await (await new_writer()).open()
    ben = await new_member("Ben")
    site.kill()
    await ana.write(DREAM, "Only for Ana.")
    await ana.sees_state("On this device")
    await ana.page.close()
    await site.start()
    context = ana.page.context
    await context.clear_cookies()
    await context.add_cookies([await cookie_of(ben.id, site)])  # pyright: ignore[reportArgumentType]

    bens = await (await new_writer(member=ben, context=context)).open()

    await bens.sees(DREAM, "")
    assert "Only for Ana." not in await bens.page.content()


async def test_a_double_click_finishes_once(new_writer: NewWriter, owner_db: psycopg.AsyncConnection):
    ana = await (await new_writer()).open()
    await ana.write_morning()

    await ana.page.get_by_role("button", name="Keep this page").dblclick()

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert await points(owner_db, ana.member) == [("morning_journal", 10)]


async def test_ten_thousand_characters_and_every_script_are_kept(new_writer: NewWriter, stored):
    ana = await (await new_writer()).open()
    long = ("Ünïcödé 🌙👩🏽‍🌾 שלום مرحبا 你好 " * 400)[:9_990].rstrip()

    await ana.write(DREAM, long)
    await ana.sees_saved()

    assert await stored(ana.member) == [long]


async def test_a_text_that_is_too_long_is_named_and_nothing_is_cut(new_writer: NewWriter, stored):
    ana = await (await new_writer()).open()

    await ana.write(DREAM, "a" * 10_001)

    await expect(ana.page.get_by_text("This is 10,001 characters long")).to_be_visible()
    await ana.sees_state("Too long to save")
    await ana.write(DREAM, "a" * 10_000)
    await ana.sees_saved()
    assert await stored(ana.member) == ["a" * 10_000]


async def test_on_a_phone_a_text_that_is_too_long_is_not_walked_past(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "word " * 2_400)

    await ana.page.get_by_role("button", name="Next").click()

    await sees_why_it_is_refused(ana)
    await expect(ana.page.get_by_text("1 of 6")).to_be_visible()


async def test_a_refused_finish_leads_to_the_sentence_about_it(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "word " * 2_400)
    await ana.page.get_by_role("button", name="Question 6 of 6").click()
    await ana.sees_state("Too long to save")
    await expect(ana.page.get_by_text("6 of 6")).to_be_visible()

    await ana.keep_page()

    await sees_why_it_is_refused(ana)


async def test_a_list_that_is_too_long_is_named_in_the_line_that_is(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.page.get_by_role("button", name="Question 2 of 6").click()
    await ana.write("affirmations.1", "word " * 2_400)

    await ana.page.get_by_role("button", name="Next").click()

    await sees_why_it_is_refused(ana, "affirmations.1")


async def test_letters_that_a_browser_counts_twice_are_not_too_long(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "\N{CRESCENT MOON}" * 6_000)

    await ana.page.get_by_role("button", name="Next").click()

    await expect(ana.page.get_by_text("2 of 6")).to_be_visible()
    await ana.sees_saved()


async def test_a_server_that_does_not_answer_is_named(new_writer: NewWriter, site: Site, stored):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "Before.")
    await ana.sees_saved()

    with site.frozen():
        await ana.write(DREAM, "Into the silence.")
        await ana.sees_state("On this device. Waiting for the server")

    await ana.sees_saved()
    assert await stored(ana.member) == ["Into the silence."]


async def test_an_evening_says_where_it_is_asked_that_a_word_more_belongs_to_it(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open("/journal/evening")

    await expect(ana.page.get_by_text("One thought, and a word on what it changes for you.")).to_be_visible()
    await expect(ana.page.get_by_label("A word is enough.")).to_be_visible()


async def test_on_a_phone_an_open_answer_is_turned_to(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.page.get_by_role("button", name="Question 6 of 6").click()
    await ana.choose("mood_score", "7")

    await ana.keep_page()

    await expect(ana.page.get_by_text("Five short lines belong here.")).to_be_visible()
    await expect(ana.page.locator("[name='affirmations.0']")).to_be_focused()


async def test_a_phone_page_is_written_with_the_keyboard_alone(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    keys = ana.page.keyboard
    await ana.page.locator(f"[name='{DREAM}']").focus()
    await keys.press("Control+Enter")
    for line in ["I am here."] * 5 + ["The rain"] * 3 + ["A walk"] * 3:
        await keys.type(line)
        await keys.press("Enter")
    await keys.type("Slowly.")
    await keys.press("Control+Enter")
    await keys.press("Space")
    await keys.press("Tab")
    await keys.type("Good coffee.")
    await keys.press("Control+Enter")

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_focused()
    await keys.press("Escape")
    await expect(ana.page.get_by_text("Kept on")).to_be_visible()


async def test_a_kept_page_is_changed_without_a_second_award(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, stored
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


async def test_after_midnight_a_page_may_be_for_yesterday(new_writer: NewWriter, stored):
    ana = await (await new_writer(local_hour=1)).open()

    await ana.page.get_by_role("button", name=re.compile("Write for .* instead")).click()
    await expect(ana.page.get_by_text("day 3")).to_be_visible()
    await ana.write(DREAM, "It still felt like yesterday.")
    await ana.sees_saved()

    yesterday = clock.day_in(ana.member.timezone, clock.now()).toordinal() - 1
    assert [day.toordinal() for day in await stored(ana.member, "entry_date")] == [yesterday]


async def test_before_the_first_day_a_page_is_practice(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, stored
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


async def sees_why_it_is_refused(writer: Writer, name: str = DREAM) -> None:
    """The cursor is in the field, and the sentence it is described by can be read."""
    field, said = writer.page.locator(f"[name='{name}']"), f"{name.split('.')[0]}-problem"
    await expect(field).to_be_focused()
    await expect(field).to_have_attribute("aria-describedby", said)
    await expect(writer.page.locator(f"#{said}")).to_contain_text("characters long")
    await expect(writer.page.locator(f"#{said}")).to_be_in_viewport(ratio=1)
    await writer.sees_state("Too long to save")


async def type_until_seen(writer: Writer, asked: Locator) -> str:
    """The web process remembers a sign-in for a few seconds, so the first words may still be taken."""
    for n in range(30):
        await writer.write(DREAM, f"Typed while the sign-in ended, {n}.")
        await writer.page.keyboard.press("Tab")
        if await appears(asked):
            return await writer.page.locator(f"[name='{DREAM}']").input_value()
    raise AssertionError("Nobody was asked to sign in.")


async def appears(what: Locator) -> bool:
    try:
        await what.wait_for(timeout=500)
    except TimeoutError:
        return False
    return True


async def points(owner_db: psycopg.AsyncConnection, member: Member) -> list[tuple[str, int]]:
    """What pages earned; badges beside them depend on the hour."""
    found = await owner_db.execute(
        "select activity_type, base_points from points_transactions"
        " where user_id = %s and source_type = 'page'",
        [member.id],
    )
    return [tuple(row) for row in await found.fetchall()]
