"""What stands before any script has arrived: words to read, and forms that lose nothing."""

import asyncio
import re
from types import ModuleType

import pytest
from playwright.async_api import Browser, Route, expect

from tests.journeys.site import Site
from tests.people import pages_for

DRAWN_BY_SCRIPT = {"/404", "/dev/components"}
"""The first stands in for every address only a script can tell apart; the second is not for the public."""
PUBLIC = [page for page in pages_for(None) if page.ROUTE not in DRAWN_BY_SCRIPT and "[" not in page.ROUTE]
FEWEST_WORDS = 15


@pytest.mark.parametrize("page", PUBLIC, ids=lambda page: page.ROUTE)
async def test_a_public_page_can_be_read_without_a_script(page: ModuleType, site: Site, browser: Browser):
    async with await browser.new_context(java_script_enabled=False) as context:
        tab = await context.new_page()
        await tab.goto(f"{site.address}{page.ROUTE}")

        assert len((await tab.locator("main").inner_text()).split()) >= FEWEST_WORDS
        await expect(tab.locator("h1")).to_have_count(1)
        assert page.TITLE in await tab.title()
        description = tab.locator("meta[name=description]")
        await expect(description).to_have_attribute("content", page.DESCRIPTION)
        await expect(tab.locator("link[rel=canonical]")).to_have_attribute(
            "href", re.compile(f"{page.ROUTE}$")
        )
        await expect(tab.locator("meta[property='og:image']")).to_have_attribute(
            "content", re.compile(r"og\.png$")
        )


@pytest.mark.parametrize("path", ["/no-such-page", "/%00", "/me/%0a"])
async def test_an_unknown_address_says_so_without_a_script(path: str, site: Site, browser: Browser):
    async with await browser.new_context(java_script_enabled=False) as context:
        tab = await context.new_page()
        answer = await tab.goto(f"{site.address}{path}")

        assert answer is not None
        assert answer.status == 404
        await expect(tab.get_by_role("heading", level=1)).to_have_text("There is no page here.")
        await expect(tab.get_by_role("link", name="Go to Today")).to_be_visible()
        assert await tab.title() == "Nothing here · GYNERGY"


async def test_the_link_of_a_friend_code_says_what_it_is_without_a_script(site: Site, browser: Browser):
    async with await browser.new_context(java_script_enabled=False) as context:
        tab = await context.new_page()
        answer = await tab.goto(f"{site.address}/join/FRIEND-ABC234")

        assert answer is not None
        assert answer.status == 200
        await expect(tab.get_by_role("heading", level=1)).to_have_text("A friend gave you a place.")
        assert await tab.title() == "A place from a friend · GYNERGY"
        await expect(tab.locator("meta[property='og:title']")).to_have_attribute(
            "content", "A place from a friend"
        )
        await expect(tab.locator("meta[property='og:image']")).to_have_attribute(
            "content", re.compile(r"og\.png$")
        )


async def test_signing_in_needs_no_script(site: Site, browser: Browser):
    async with await browser.new_context(java_script_enabled=False) as context:
        tab = await context.new_page()
        await tab.goto(f"{site.address}/sign-in")
        await tab.get_by_label("E-mail").fill("nobody@example.com")
        await tab.get_by_label("Password", exact=True).fill("not her password")

        async with tab.expect_response(re.compile("/auth/sign-in$")) as answered:
            await tab.get_by_role("button", name="Sign in", exact=True).click()

        assert (await answered.value).status == 303
        assert tab.url == f"{site.address}/sign-in"


async def test_what_is_typed_before_the_script_arrives_stays(site: Site, browser: Browser):
    async with await browser.new_context() as context:
        tab = await context.new_page()
        arrived = asyncio.Event()

        async def hold(route: Route) -> None:
            await arrived.wait()
            await route.continue_()

        await tab.route(re.compile(r"/assets/.*\.js$"), hold)
        await tab.goto(f"{site.address}/sign-up", wait_until="commit")
        await tab.get_by_label("First name").fill("Mira")
        await tab.get_by_label("E-mail").fill("mira@example.com")
        await tab.get_by_label("Password", exact=True).focus()

        arrived.set()
        await expect(tab.locator("[name=timezone]")).not_to_have_value("")

        await expect(tab.get_by_label("First name")).to_have_value("Mira")
        await expect(tab.get_by_label("E-mail")).to_have_value("mira@example.com")
