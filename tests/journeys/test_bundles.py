"""What a page makes a browser load: little more than an empty page of the same framework."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext

from gynergy_app import pages
from gynergy_app.headers import BUILT
from tests.journeys.conftest import NewMember
from tests.journeys.site import Site, cookie_of
from tests.look import empty_page

MOST = 1.15
SHOWN_ON_DEMAND = {"/dev/components"}
"""Not part of the product: it shows every part of it on one page."""
_SCRIPT = re.compile(r"\.js$")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test has nothing to say about each file."""


@pytest.fixture(scope="module")
async def floor(browser: Browser) -> AsyncIterator[int]:
    """Bytes of script that an empty page loads."""
    folder = await asyncio.to_thread(empty_page.built)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    async with await browser.new_context() as context:
        yield await _scripts(context, f"http://127.0.0.1:{server.server_port}", "/", folder)
    server.shutdown()
    server.server_close()


async def test_public_pages_load_little_more_than_an_empty_one(floor: int, site: Site, browser: Browser):
    async with await browser.new_context() as context:
        heavy = await _heavier_than(floor, context, site, "public")

    assert heavy == {}, f"An empty page loads {floor:,} bytes."


async def test_member_pages_load_little_more_than_an_empty_one(
    floor: int, site: Site, browser: Browser, new_member: NewMember, owner_db: psycopg.AsyncConnection
):
    ana = await new_member("Ana")
    await owner_db.execute("update profile_settings set onboarded_at = now() where user_id = %s", [ana.id])
    async with await browser.new_context() as context:
        await context.add_cookies([await cookie_of(ana.id, site)])  # pyright: ignore[reportArgumentType]
        heavy = await _heavier_than(floor, context, site, "member")

    assert heavy == {}, f"An empty page loads {floor:,} bytes."


async def _heavier_than(floor: int, context: BrowserContext, site: Site, access: str) -> dict[str, int]:
    """The pages that load more script than that, with their bytes."""
    asked = [page.ROUTE for page in pages.modules() if access == page.ACCESS and "[" not in page.ROUTE]
    weights = {
        route: await _scripts(context, site.address, route, BUILT)
        for route in asked
        if route not in SHOWN_ON_DEMAND
    }
    return {route: sent for route, sent in weights.items() if sent > floor * MOST}


async def _scripts(context: BrowserContext, address: str, path: str, folder: Path) -> int:
    """Bytes of every script this page asks for, as brotli sends them."""
    tab = await context.new_page()
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(urlsplit(request.url).path))
    await tab.goto(f"{address}{path}", wait_until="load", timeout=90_000)
    await _until_nothing_is_asked(asked)
    await tab.close()
    scripts = [name for name in asked if _SCRIPT.search(name)]
    assert scripts, f"{path} loads no script at all."
    return sum(_bytes_sent(folder / name.lstrip("/")) for name in scripts)


async def _until_nothing_is_asked(asked: set[str]) -> None:
    """A script may ask for the next one; half a second without a wish is the end of it."""
    before = 0
    while len(asked) > before:
        before = len(asked)
        await asyncio.sleep(0.5)


def _bytes_sent(script: Path) -> int:
    """The smallest scripts are sent as they are."""
    compressed = script.with_name(f"{script.name}.br")
    return (compressed if compressed.exists() else script).stat().st_size
