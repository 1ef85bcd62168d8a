"""Browsers on the real thing. Pages are built once; each member brings her own session of the book."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Error, async_playwright, expect
from psycopg import sql

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.local import frontend
from gynergy_app.local.environment import push_key
from gynergy_app.local.postgres import Cluster
from gynergy_app.services import programs
from tests import access
from tests.checks import browser as chromium
from tests.devices import a_push_service
from tests.journeys.site import Site, cookie_of
from tests.journeys.writer import DREAM, Writer
from tests.look.visiting import QUIET
from tests.stripe import a_stripe, settings_of
from tests.supabase import SECRET, a_supabase

NewPerson = Callable[..., Awaitable[UUID]]
NewMember = Callable[..., Awaitable[Member]]
NewWriter = Callable[..., Awaitable[Writer]]
Stored = Callable[..., Awaitable[list[Any]]]

expect.set_options(timeout=15_000)
"""A busy machine may answer late. What is right passes as fast as ever; what is wrong fails later."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may lose its turn. What fails twice is wrong; each second try is named."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
async def site(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    await asyncio.to_thread(frontend.build, {})
    folder, key, site = tmp_path_factory.mktemp("supabase"), push_key(), Site()
    auth = a_supabase(cluster.url(database_name), folder, site_url=site.address)
    async with auth as supabase, a_push_service() as push:
        site.services = {
            "VAPID_PRIVATE_KEY": key,
            "PUSH_SERVICE_URL": push.url,
            "SUPABASE_URL": supabase.url,
            "SUPABASE_ANON_KEY": supabase.anon_key,
            "SUPABASE_JWT_SECRET": SECRET,
        }
        site.supabase, site.push, site.push_key = supabase, push, key
        async with a_stripe(cluster, webhook_url=f"{site.address}{routes.STRIPE_WEBHOOK}") as site.stripe:
            site.services = {**site.services, **settings_of(site.stripe)}
            await site.start()
            yield site
            site.stop()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.quick(), args=list(QUIET))
        yield browser
        await browser.close()


@pytest.fixture
async def new_member(owner_db: psycopg.AsyncConnection, new_person: NewPerson) -> NewMember:
    """Somebody with a place in a session: `await new_member("Ana", day=4, local_hour=12)`."""

    async def enroll(first_name: str = "Ana", *, day: int = 4, local_hour: int = 12) -> Member:
        now = clock.now()
        zone = zone_where_it_is(local_hour)
        start = clock.day_in(zone, now) - timedelta(days=day - 1)
        session_id = uuid4()
        await owner_db.execute(
            "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
            " select %s, id, %s, %s, 'active', 'Aurora' from books where slug = 'date-zero-gratitude'",
            [session_id, start, start + timedelta(days=44)],
        )
        person = await new_person(first_name, timezone=zone)
        member = Member(person, f"{person}@example.com", first_name, "", zone)
        await access.grant(owner_db, person)
        async with as_member(person) as db:
            await programs.enroll(db, member, session_id, now=now)
        return member

    return enroll


@pytest.fixture
async def new_writer(site: Site, browser: Browser, new_member: NewMember) -> AsyncIterator[NewWriter]:
    """A member in a browser of her own; `member=` for a second device, `context=` for a second tab."""
    contexts: list[BrowserContext] = []
    broken: list[Error] = []

    async def sit_down(
        *,
        member: Member | None = None,
        context: BrowserContext | None = None,
        width: int = 1280,
        **about: int,
    ) -> Writer:
        member = member or await new_member(**about)
        if context is None:
            context = await browser.new_context(viewport={"width": width, "height": 844})
            contexts.append(context)
            await context.add_cookies([await cookie_of(member.id, site)])  # pyright: ignore[reportArgumentType]
        page = await context.new_page()
        page.on("pageerror", lambda error: broken.append(error))
        return Writer(page, site, member)

    yield sit_down
    for context in contexts:
        await context.close()
    assert broken == []


@pytest.fixture
def stored(owner_db: psycopg.AsyncConnection) -> Stored:
    """What the database has of a member's journal."""

    async def read(member: Member, column: str = DREAM) -> list[Any]:
        query = sql.SQL("select {} from journals where user_id = %s").format(sql.Identifier(column))
        found = await owner_db.execute(query, [member.id])
        return [row[0] for row in await found.fetchall()]

    return read


def zone_where_it_is(hour: int) -> str:
    """A zone whose clock shows this hour now, so that no test depends on when it runs."""
    ahead = (hour - clock.now().hour) % 24
    ahead -= 24 if ahead > 12 else 0
    return f"Etc/GMT{-ahead:+d}"
