"""Words are safe: without a line, without a tab, without a sign-in."""

import psycopg
from playwright.async_api import Locator, TimeoutError, expect

from tests.journeys.conftest import NewMember, NewWriter, Stored
from tests.journeys.site import Site, cookie_of
from tests.journeys.writer import DREAM, Writer, points


async def test_what_is_typed_is_saved_without_being_asked(new_writer: NewWriter, stored: Stored):
    ana = await (await new_writer()).open()

    await ana.write(DREAM, "A house with one more room.")
    await ana.sees_state("On this device")
    await ana.sees_saved()

    assert await stored(ana.member) == ["A house with one more room."]
    assert await ana.device_holds() == []


async def test_words_typed_without_a_line_are_saved_once_it_is_back(
    new_writer: NewWriter, site: Site, stored: Stored
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


async def test_words_of_a_closed_tab_come_back(new_writer: NewWriter, site: Site, stored: Stored):
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
    new_writer: NewWriter, site: Site, stored: Stored, owner_db: psycopg.AsyncConnection
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


async def test_who_stays_on_the_page_writes_on(
    new_writer: NewWriter, site: Site, stored: Stored, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer()).open()
    await owner_db.execute(
        "update private.web_sessions set revoked_at = now() where user_id = %s", [ana.member.id]
    )
    asked = ana.page.get_by_role("dialog", name="Sign in again")
    await type_until_seen(ana, asked)
    await ana.page.get_by_role("button", name="Stay on this page").click()

    await expect(asked).to_be_hidden()
    await expect(ana.page.get_by_role("alert")).to_contain_text("You are signed out")
    await ana.write(DREAM, "Written on, with nobody signed in.")
    await ana.sees_state("On this device")
    await ana.page.context.add_cookies([await cookie_of(ana.member.id, site)])  # pyright: ignore[reportArgumentType]
    await ana.open()

    await ana.sees(DREAM, "Written on, with nobody signed in.")
    await ana.sees_saved()
    assert await stored(ana.member) == ["Written on, with nobody signed in."]


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


async def test_a_server_that_does_not_answer_is_named(new_writer: NewWriter, site: Site, stored: Stored):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "Before.")
    await ana.sees_saved()

    with site.frozen():
        await ana.write(DREAM, "Into the silence.")
        await ana.sees_state("On this device. Waiting for the server")

    await ana.sees_saved()
    assert await stored(ana.member) == ["Into the silence."]


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
