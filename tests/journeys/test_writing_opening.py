"""A page that is opened shows itself or nothing: never what its tab remembers of an earlier visit."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from playwright.async_api import Page, WebSocket, expect

from tests.journeys.conftest import NewWriter
from tests.journeys.writer import DREAM

TWO_FRAMES = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"

DELAY = """() => document.querySelector("main").getAnimations({ subtree: true })
  .find(({ effect }) => effect.pseudoElement === "::after").effect.getTiming().delay"""
SEEN = """new Promise((seen) => {
  const look = () => getComputedStyle(document.querySelector("main"), "::after").opacity === "1" ? seen()
    : requestAnimationFrame(look);
  look();
})"""


@asynccontextmanager
async def journals_held(owner_db: psycopg.AsyncConnection) -> AsyncIterator[None]:
    """Nobody can read a journal meanwhile: the page asks and waits."""
    async with owner_db.transaction():
        await owner_db.execute("lock table journals in access exclusive mode")
        yield


async def test_a_page_opened_again_in_its_tab_waits_for_its_own_words(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "From the first visit.")
    await ana.sees_saved()
    await ana.page.get_by_role("link", name="Back to Today").click()
    again = ana.page.locator("a[href='/journal/morning']").first
    await expect(again).to_be_visible()

    async with journals_held(owner_db):
        await again.click()
        await expect(ana.page).to_have_url(re.compile("/journal/morning$"))
        await ana.page.evaluate(TWO_FRAMES)
        await sees_nothing_yet(ana.page)

    await ana.sees(DREAM, "From the first visit.")
    await expect(ana.page.get_by_role("button", name="Next", exact=True)).to_be_visible()


async def test_a_page_visited_again_with_nothing_changed_opens_again(new_writer: NewWriter):
    ana = await (await new_writer()).open()

    for _ in range(2):
        await ana.page.get_by_role("link", name="Back to Today").click()
        await ana.page.locator("a[href='/journal/morning']").first.click()
        await expect(ana.page).to_have_url(re.compile("/journal/morning$"))
        await expect(ana.page.locator("[data-mode]")).to_have_attribute("data-mode", "writing")

    await ana.sees(DREAM, "")


async def test_a_page_loaded_again_shows_nothing_that_is_no_longer_so(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    phone = await (await new_writer(width=390)).open()
    await phone.write(DREAM, "Old words.")
    await phone.sees_saved()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "New words.")
    await desk.sees_saved()
    remembered = words_from_the_server(phone.page, "Old words.")

    async with journals_held(owner_db):
        await phone.page.reload()
        await asyncio.wait_for(remembered.wait(), 20)
        await phone.page.evaluate(TWO_FRAMES)
        await sees_nothing_yet(phone.page)

    await phone.sees(DREAM, "New words.")


async def test_a_page_that_takes_long_to_open_says_what_it_waits_for(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await new_writer(width=390)

    async with journals_held(owner_db):
        await ana.page.goto(f"{ana.site.address}/journal/morning")
        said = "getComputedStyle(document.querySelector('main'), '::after')"
        assert await ana.page.evaluate(DELAY) == 3000, "nobody who waits as long as usual is told"
        await asyncio.wait_for(ana.page.evaluate(SEEN), 10)
        assert "Still waiting for the server." in await ana.page.evaluate(f"{said}.content")

    await ana.sees(DREAM, "")
    assert await ana.page.evaluate(f"{said}.content") == "none"


async def sees_nothing_yet(page: Page) -> None:
    await expect(page.locator("[data-mode]")).to_have_attribute("data-mode", "opening")
    await expect(page.get_by_role("status", name="Opening your page")).to_be_visible()
    await expect(page.get_by_role("button", name="Next", exact=True)).to_be_hidden()
    await expect(page.locator(f"[name='{DREAM}']")).to_be_hidden()


def words_from_the_server(page: Page, words: str) -> asyncio.Event:
    """Set when a message of the server brings these words."""
    came = asyncio.Event()

    def listen(line: WebSocket) -> None:
        line.on("framereceived", lambda said: came.set() if words in str(said) else None)

    page.on("websocket", listen)
    return came
