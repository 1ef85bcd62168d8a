"""A cohort in two browsers: an action told to the others, read there at once, reported and hidden."""

import psycopg
from playwright.async_api import Page, expect

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import programs
from tests import access
from tests.journeys.conftest import NewPerson, NewWriter
from tests.journeys.writer import Writer

NOTE = "The neighbour, and what she told me."


async def mate_of(
    ana: Writer, new_writer: NewWriter, new_person: NewPerson, owner_db: psycopg.AsyncConnection
) -> Writer:
    """Ben, in the same cohort."""
    ben = Member(await new_person("Ben", timezone=ana.member.timezone), "", "Ben", "", ana.member.timezone)
    await access.grant(owner_db, ben.id)
    place = "select session_id from session_enrollments where user_id = %s"
    row = await (await owner_db.execute(place, [ana.member.id])).fetchone()
    assert row
    async with as_member(ben.id) as db:
        await programs.enroll(db, ben, row[0], now=clock.now())
    return await new_writer(member=ben)


async def go(writer: Writer, path: str) -> Page:
    await writer.page.goto(f"{writer.site.address}{path}")
    return writer.page


async def test_an_action_is_told_to_the_cohort_and_read_there_at_once(
    new_writer: NewWriter, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    ana = await new_writer(day=4)
    ben = await mate_of(ana, new_writer, new_person, owner_db)
    there = await go(ben, "/cohort")
    await expect(there.get_by_text("Nobody has said anything yet")).to_be_visible()

    await ana.open("/journal/gratitude-action")
    await ana.write("note", NOTE)
    await ana.choose("is_done", "yes")
    await ana.write("reflection", "Lighter than I thought.")
    await ana.keep_page()
    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible()
    moment = ana.page.locator(".moment")
    await moment.get_by_role("link", name="Share with your cohort").click()
    sheet = ana.page.locator("#share-action")
    await expect(sheet.get_by_text("Seen by 2 in Aurora")).to_be_visible()
    await expect(sheet.get_by_role("textbox")).to_have_value("")
    await sheet.get_by_role("textbox").fill("I went over.")
    await sheet.get_by_role("button", name="Use my note").click()
    await expect(sheet.get_by_role("textbox")).to_have_value(f"I went over.\n\n{NOTE}")
    await sheet.get_by_role("textbox").fill("I went over.")
    await sheet.get_by_role("button", name="Share", exact=True).click()

    await expect(sheet.get_by_text("It stands in Aurora now.")).to_be_visible()
    await expect(sheet.get_by_text("New badge")).to_be_visible()
    await there.get_by_role("button", name="New posts").click()
    post = there.locator("article.post")
    await expect(post).to_contain_text("I went over.")
    await expect(post).to_contain_text("Gratitude action")
    await expect(post).not_to_contain_text(NOTE)
    await expect(there.get_by_role("button", name="New posts")).to_have_count(0)
    assert await ana.device_holds() == []


async def test_what_is_typed_outlives_a_reload_and_a_deleted_post_comes_back(new_writer: NewWriter):
    ana = await new_writer(day=4, width=390)
    page = await go(ana, "/cohort")
    field = page.get_by_role("textbox", name="Your post")
    await field.fill("Nine days, and I nearly left on day four.")

    await page.reload()
    await expect(field).to_have_value("Nine days, and I nearly left on day four.")
    await page.get_by_role("button", name="Milestone").click()
    await page.get_by_role("button", name="Post", exact=True).click()
    post = page.locator("article.post")
    await expect(post).to_contain_text("Nine days")
    await expect(field).to_have_value("")

    await post.get_by_role("button", name="More about the post").click()
    await post.get_by_role("button", name="Delete").click()
    await expect(post).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(post).to_contain_text("Nine days")


async def test_a_report_is_decided_at_the_desk_and_the_author_reads_why(
    new_writer: NewWriter, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    ana = await new_writer(day=4)
    ben = await mate_of(ana, new_writer, new_person, owner_db)
    page = await go(ana, "/cohort")
    await page.get_by_role("textbox", name="Your post").fill("Buy my course, all of you.")
    await page.get_by_role("button", name="Post", exact=True).click()
    await expect(page.locator("article.post")).to_have_count(1)

    there = await go(ben, "/cohort")
    await there.get_by_role("button", name="More about the post of Ana").click()
    await there.get_by_role("button", name="Report").click()
    asked = there.get_by_role("dialog")
    await asked.get_by_role("button", name="Report").click()
    await expect(asked.get_by_text("Choose what it is about.")).to_be_visible()
    await asked.get_by_role("radio", name="Spam or advertising").check()
    await asked.get_by_role("button", name="Report").click()
    await expect(there.get_by_text("Reported. One of our admins will read it")).to_be_visible()

    carla = Member(await new_person("Carla", is_admin=True), "", "Carla", "", "UTC", is_admin=True)
    desk = await go(await new_writer(member=carla), "/admin/reports")
    row = desk.locator(".letters > li", has_text="Buy my course, all of you.").first
    await expect(row).to_contain_text("Spam or advertising, by Ben")
    await row.get_by_role("button", name="Hide the post of Ana").click()
    await desk.get_by_label("Reason").fill("Nothing is sold in a cohort")
    await desk.get_by_role("button", name="Hide it").click()
    await expect(desk.get_by_text("Hidden. Its author was told")).to_be_visible()

    await there.reload()
    await expect(there.get_by_text("Nobody has said anything yet")).to_be_visible()
    await page.reload()
    await expect(page.locator("article.post")).to_contain_text("Nothing is sold in a cohort.")
    told = await go(ana, "/notifications")
    await expect(told.get_by_text("One of your posts in Aurora was hidden")).to_be_visible()
    await expect(told.locator("main")).not_to_contain_text("Ben")
