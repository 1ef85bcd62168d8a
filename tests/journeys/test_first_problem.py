"""A form that cannot be taken leads the keyboard to what is wrong with it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.journeys.conftest import NewWriter
from tests.journeys.site import Site
from tests.supabase import an_address


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    yield await context.new_page()
    await context.close()


async def test_an_empty_sign_in_leads_to_its_first_field(page: Page, site: Site):
    await page.goto(f"{site.address}/sign-in")
    await page.get_by_role("button", name="Sign in", exact=True).click()

    await expect(page.get_by_label("E-mail")).to_be_focused()
    await expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")


async def test_a_wrong_password_leads_to_its_field(page: Page, site: Site):
    await page.goto(f"{site.address}/sign-in")
    await page.get_by_label("E-mail").fill(an_address("mira"))
    await page.get_by_label("Password", exact=True).fill("not the one")
    await page.keyboard.press("Enter")

    await expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Password", exact=True)).to_be_focused()


async def test_a_form_far_down_leads_back_up_to_what_is_missing(new_writer: NewWriter):
    ana = await new_writer(width=390)
    await ana.page.goto(f"{ana.site.address}/me")
    name = ana.page.get_by_label("First name")
    await expect(name).to_have_value("Ana")
    await name.fill("")
    await ana.page.get_by_role("button", name="Save my name").click()

    await expect(name).to_be_focused()
    await expect(name).to_be_in_viewport()
