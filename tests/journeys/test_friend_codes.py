"""A place on its way from one person to another: a link copied, opened by a stranger, and used."""

import re
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page, expect

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import programs
from gynergy_app.services.payments import codes
from tests.features.payments.shop import an_order, begin, complete
from tests.journeys.arriving import PASSWORD, Arrival
from tests.journeys.conftest import NewMember, NewWriter
from tests.journeys.site import Site


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    yield await context.new_page()
    await context.close()


async def buys(member: Member, session_id: UUID | None = None) -> None:
    """A place on top of the one she was given: it is bought places that bring codes."""
    order, now = an_order(session_id, email=member.email), clock.now()
    checkout = await begin(member, order, now=now, is_meant=True)
    await complete(checkout.purchase_id, now=now)


async def test_a_code_goes_from_a_giver_to_a_stranger_who_lands_in_her_cohort(
    new_writer: NewWriter, new_member: NewMember, phone: Page, site: Site
):
    ana = await new_writer(member=await new_member("Ana"))
    async with as_member(ana.member.id) as db:
        place = await programs.current_enrollment(db, ana.member, now=clock.now())
        assert place
        await codes.show_name(db, ana.member, is_shown=True, now=clock.now())
    await buys(ana.member, place.session_id)
    await ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ana.page.goto(f"{site.address}/me/codes")
    first = ana.page.get_by_role("listitem").filter(has_text="FRIEND-").first

    await first.get_by_role("button", name="Copy link").click()
    await expect(first.get_by_role("button", name="Copied")).to_be_visible()
    link = await ana.page.evaluate("navigator.clipboard.readText()")

    await phone.goto(link)
    await expect(phone.get_by_role("heading", name="Ana gave you a place.")).to_be_visible()
    await expect(phone.get_by_text("Your cohort is on day 4")).to_be_visible()
    await phone.get_by_role("link", name="Make an account").click()
    ben = Arrival.at(phone, site, "ben")
    await phone.get_by_label("First name").fill("Ben")
    await phone.get_by_label("E-mail").fill(ben.email)
    await phone.get_by_label("Password", exact=True).fill(PASSWORD)
    await phone.get_by_role("button", name="Make my account").click()
    await expect(phone.get_by_text(ben.email)).to_be_visible()
    await ben.follow_mail("Open my account")
    await expect(phone).to_have_url(link)
    await phone.get_by_label("Tell Ana my first name").check()
    await phone.get_by_role("button", name="Take the place").click()
    await phone.get_by_role("button", name="Go to my first page").click()
    await expect(phone).to_have_url(re.compile("/today$"))
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("4")

    await ana.page.reload()
    await expect(ana.page.get_by_role("heading", name="One place still to give")).to_be_visible()
    await expect(first.get_by_text("Used on")).to_be_visible()
    await ana.page.goto(f"{site.address}/notifications")
    await expect(ana.page.get_by_text("Ben has a place now.")).to_be_visible()


async def test_a_code_of_ones_own_is_taken_back_after_its_name_was_said(
    new_writer: NewWriter, new_member: NewMember, phone: Page, site: Site
):
    ana = await new_writer(member=await new_member("Ana"))
    await buys(ana.member)
    await ana.page.goto(f"{site.address}/me/codes")
    first = ana.page.get_by_role("listitem").filter(has_text="FRIEND-").first
    code = await first.get_by_role("heading").inner_text()

    await first.get_by_role("button", name="Take back").click()
    await ana.page.get_by_role("dialog").get_by_role("button", name="Leave it open").click()
    await expect(first.get_by_text("Open until")).to_be_visible()
    await first.get_by_role("button", name="Take back").click()
    asking = ana.page.get_by_role("dialog", name=f"Take back {code}?")
    await asking.get_by_role("button", name="Take it back").click()
    await expect(first.get_by_text("Taken back by you")).to_be_visible()

    await phone.goto(f"{site.address}/redeem")
    await phone.get_by_label("Friend code").fill(code.lower().replace("-", " "))
    await phone.get_by_role("button", name="Look at it").click()
    await expect(phone.get_by_text("This code was taken back and opens nothing any more.")).to_be_visible()
