"""Every page, for every kind of person who may open it: axe, headings and room, in both themes."""

import asyncio
from types import ModuleType
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext
from pydantic import SecretStr

from gynergy_app.local.postgres import Cluster
from gynergy_app.operator import demo
from gynergy_app.settings import settings
from tests.journeys.site import Site, cookie_of
from tests.look.inspecting import THEMES, Inspection, Theme
from tests.look.visiting import NoSuchPage, Visit, path_of
from tests.people import BEN, VISITORS, Person, pages_for

Town = dict[str, UUID]

AT_ONCE = 3
"""Pages inspected side by side: while one is asked for, the others are looked at."""

KINDS = [name for name, who in VISITORS.items() if who is not BEN]
"""Ben's pages are drawn like Ana's."""


def drawn_for(who: Person | None) -> list[ModuleType]:
    """An admin who takes part in nothing sees a newcomer's pages, beside the desks."""
    pages = pages_for(who)
    return [page for page in pages if page.ACCESS == "admin"] if who and who.is_admin else pages


def phone_theme(page: ModuleType, name: str) -> Theme:
    """Turns from page to page, and from person to person on the same page."""
    return THEMES[(drawn_for(VISITORS[name]).index(page) + KINDS.index(name)) % len(THEMES)]


@pytest.fixture(scope="session")
async def town(site: Site, database_name: str, cluster: Cluster) -> Town:
    """The demo people, living in this run's database. By e-mail address."""
    before = settings.supabase_url, settings.supabase_service_role_key
    settings.supabase_url = site.supabase.url
    settings.supabase_service_role_key = SecretStr(site.supabase.service_key)
    await demo.load()
    settings.supabase_url, settings.supabase_service_role_key = before
    async with await psycopg.AsyncConnection.connect(cluster.url(database_name)) as db:
        rows = await (await db.execute("select email, id from users where email is not null")).fetchall()
    return dict(rows)


@pytest.mark.parametrize("name", KINDS)
async def test_every_page_is_open_to_everybody(name: str, site: Site, browser: Browser, town: Town):
    who = VISITORS[name]
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    async with context:
        if who:
            cookie = await cookie_of(town[who.email], site)
            await context.add_cookies([cookie])  # pyright: ignore[reportArgumentType]
        turns = asyncio.Semaphore(AT_ONCE)
        found = await asyncio.gather(
            *(_problems(turns, context, site, page, phone_theme(page, name)) for page in drawn_for(who))
        )

    assert [problem for problems in found for problem in problems] == []


async def _problems(
    turns: asyncio.Semaphore, context: BrowserContext, site: Site, page: ModuleType, theme: Theme
) -> list[str]:
    async with turns:
        return await _inspected(context, site, page, theme)


async def _inspected(context: BrowserContext, site: Site, page: ModuleType, theme: Theme) -> list[str]:
    async def visit() -> Visit:
        return Visit(await context.new_page(), site.address)

    try:
        path = await path_of(page.ROUTE, visit)
    except NoSuchPage:
        return []
    opened = await visit()
    try:
        await opened.open(path)
        if urlsplit(opened.page.url).path != path:
            return []  # It led on to another page, which has its own turn.
        inspection = Inspection(opened.page, list(opened.troubles))
        await inspection.of_everything(theme)
    finally:
        await opened.page.close()
    return [f"{page.ROUTE}: {problem}" for problem in inspection.problems]
