"""Signing out on a device that others use: no words stay behind, and none go without a word."""

import re
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.journeys.conftest import NewWriter
from tests.journeys.site import Site
from tests.journeys.writer import Writer

DREAM = "mantra"


async def profile_beside_unsent_words(ana: Writer, site: Site) -> Writer:
    """Words of a closed tab are on this device only; another page of the product is open."""
    await ana.open()
    site.kill()
    await ana.write(DREAM, "Only here.")
    await ana.sees_state("On this device")
    await ana.page.close()
    await site.start()
    page = await ana.page.context.new_page()
    await page.goto(f"{site.address}/me")
    await expect(page.get_by_label("First name")).to_have_value("Ana")
    return Writer(page, site, ana.member)


def way_out(page: Page) -> Locator:
    return page.locator("main").get_by_role("button", name="Sign out")


async def test_words_that_are_nowhere_else_are_asked_about_and_then_leave_the_device(
    new_writer: NewWriter, site: Site
):
    ana = await profile_beside_unsent_words(await new_writer(), site)
    somebody_elses = f"gynergy.draft.{uuid4()}.a-page.a-tab"
    await ana.page.evaluate("key => localStorage.setItem(key, '{}')", somebody_elses)
    asked = ana.page.get_by_role("dialog", name="Some words are on this device only")

    await way_out(ana.page).click()
    await asked.get_by_role("button", name="Stay signed in").click()
    await expect(asked).to_be_hidden()
    assert len(await ana.device_holds()) == 2

    await way_out(ana.page).click()
    await asked.get_by_role("button", name="Sign out without them").click()
    await expect(ana.page).to_have_url(re.compile("/sign-in$"))
    await expect(ana.page.get_by_text("You are signed out.")).to_be_visible()
    assert await ana.device_holds() == ["{}"]


async def test_a_sign_out_that_does_not_come_through_takes_nothing(new_writer: NewWriter, site: Site):
    ana = await profile_beside_unsent_words(await new_writer(), site)
    await ana.page.route("**/auth/sign-out", lambda route: route.abort())

    await way_out(ana.page).click()
    await ana.page.get_by_role("button", name="Sign out without them").click()
    await ana.page.wait_for_url("chrome-error://**")
    await ana.page.goto(f"{site.address}/me")
    await expect(ana.page.get_by_label("First name")).to_have_value("Ana")

    assert ["Only here." in held for held in await ana.device_holds()] == [True]


async def test_saved_words_are_not_asked_about(new_writer: NewWriter):
    ana = await (await new_writer()).open()
    await ana.write(DREAM, "The server has this.")
    await ana.sees_saved()
    await ana.page.goto(f"{ana.site.address}/me/security")

    await ana.page.get_by_role("button", name="Sign out here").click()

    await expect(ana.page).to_have_url(re.compile("/sign-in$"))
    assert await ana.device_holds() == []
