"""Two members of one cohort in two browsers: words from one to the other, and one who would rather not."""

import re

import psycopg
from playwright.async_api import Browser, Page, expect

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import programs
from tests import access
from tests.journeys.conftest import NewMember, NewPerson
from tests.journeys.site import Site, cookie_of
from tests.look.visiting import Visit

OWN = "Your evening words stayed with me."


async def browse(browser: Browser, site: Site, member: Member, width: int) -> Visit:
    context = await browser.new_context(viewport={"width": width, "height": 844})
    await context.add_cookies([await cookie_of(member.id, site)])  # pyright: ignore[reportArgumentType]
    return Visit(await context.new_page(), site.address)


async def mate_of(
    ana: Member, owner_db: psycopg.AsyncConnection, new_person: NewPerson, first_name: str
) -> Member:
    person = await new_person(first_name, timezone=ana.timezone)
    mate = Member(person, f"{person}@example.com", first_name, "", ana.timezone)
    await access.grant(owner_db, person)
    found = await owner_db.execute("select session_id from session_enrollments where user_id = %s", [ana.id])
    row = await found.fetchone()
    assert row
    async with as_member(person) as db:
        await programs.enroll(db, mate, row[0], now=clock.now())
    return mate


async def open_members(page: Page, site: Site) -> None:
    await page.goto(f"{site.address}/cohort/members")
    await expect(page.get_by_role("list", name="Aurora")).to_be_visible()


async def test_words_go_from_one_to_the_other_and_a_block_keeps_both_apart(
    browser: Browser,
    site: Site,
    new_member: NewMember,
    new_person: NewPerson,
    owner_db: psycopg.AsyncConnection,
):
    ana = await new_member("Ana")
    ben = await mate_of(ana, owner_db, new_person, "Ben")
    hers, his = await browse(browser, site, ana, 390), await browse(browser, site, ben, 1280)

    await open_members(hers.page, site)
    await hers.page.get_by_role("button", name="Encourage Ben").click()
    dialog = hers.page.get_by_role("dialog", name="A few words to Ben")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_text("Please choose a sentence")).to_be_visible()
    await dialog.get_by_label("In my own words").check()
    await dialog.get_by_label("Your words").fill(OWN)
    await dialog.get_by_role("button", name="Send").dblclick()
    await expect(hers.page.get_by_text("Sent to Ben.")).to_be_visible()
    await expect(dialog).to_be_hidden()

    await his.page.goto(f"{site.address}/notifications")
    await his.page.get_by_role("link", name="Ana encourages you").click()
    await expect(his.page).to_have_url(re.compile(r"/cohort/members#received$"))
    received = his.page.get_by_role("list", name="Sent to you")
    await expect(received.get_by_text(OWN)).to_have_count(1)

    await received.get_by_role("button", name="More about Ana").click()
    await his.page.get_by_role("button", name="Block Ana").click()
    asked = his.page.get_by_role("dialog", name="Block Ana?")
    await expect(asked.get_by_text("Nobody is told")).to_be_visible()
    await asked.get_by_role("button", name="Block", exact=True).click()
    await expect(his.page.get_by_text("Nothing has come yet")).to_be_visible()
    await hers.page.get_by_role("button", name="Encourage Ben").click()
    await dialog.get_by_label("I am proud of you").check()
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_text("This person cannot be reached just now.")).to_be_visible()

    await his.page.goto(f"{site.address}/me/preferences")
    await his.page.get_by_role("button", name="Unblock Ana").click()
    await expect(his.page.get_by_text("Ana is no longer blocked.")).to_be_visible()
    await open_members(his.page, site)
    await expect(his.page.get_by_role("button", name="Encourage Ana")).to_be_visible()
    for visit in (hers, his):
        assert visit.troubles == []
        await visit.page.context.close()
