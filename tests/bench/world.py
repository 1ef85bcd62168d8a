"""A database to measure in, and the people in it. They are written set by set: nobody here signs up."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.db import close_engines
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.local.postgres import Cluster
from gynergy_app.services import cookies, sessions
from gynergy_app.settings import settings
from tests import database

DAYS_LIVED = 8
"""A cohort is on its ninth day, and its members have written on every day before."""

SQL = Path(__file__).parent
ADDRESSES = ("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_ADMIN_URL")


@dataclass(frozen=True)
class World:
    """One database: `owner` sees everything, `url` gives the address of any login."""

    cluster: Cluster
    name: str
    owner: psycopg.AsyncConnection

    def url(self, login: str = "", password: str = "") -> str:
        return self.cluster.url(self.name, login, password) if login else self.cluster.url(self.name)

    async def a_cohort(self, members: int) -> list[UUID]:
        """So many people on day nine of a run of their own."""
        run = uuid4()
        said = {"run": run, "start": _today() - timedelta(days=DAYS_LIVED), "members": members}
        await self.owner.execute(_script("a_cohort.sql", **said))
        return await self.members_of(run, members)

    async def an_empty_cohort(self, members: int, days: int) -> list[UUID]:
        """So many people whose run began so many days ago, with every page still to write."""
        run = uuid4()
        said = {"run": run, "start": _today() - timedelta(days=days), "members": members}
        await self.owner.execute(_script("an_empty_cohort.sql", **said))
        return await self.members_of(run, members)

    async def rows_of(self, member: UUID) -> int:
        query = "select count(*) from points_transactions where user_id = %s"
        row = await (await self.owner.execute(query, [member])).fetchone()
        return row[0] if row else 0

    async def copies_of(self, model: UUID, members: int) -> None:
        """So many people who lived what this member lived."""
        await self.owner.execute(_script("copies.sql", model=model, members=members))
        await self.owner.execute("vacuum analyze")

    async def a_crowd(self, members: int) -> UUID:
        """A run with so many people in it, each with points."""
        run = uuid4()
        await self.owner.execute(_script("a_crowd.sql", run=run, start=_last_day_is_today(), members=members))
        await self.owner.execute("vacuum analyze")
        return run

    async def a_town(self, members: int) -> None:
        """So many people on the tenth day of a run, who each chose a time for the morning."""
        said = {"run": uuid4(), "start": _today() - timedelta(days=9), "members": members}
        await self.owner.execute(_script("a_town.sql", **said))
        await self.owner.execute("vacuum analyze")

    async def pages_of(self, member: UUID, days: int, words: int) -> None:
        """What somebody wrote on the first days of her run, a photo a day."""
        await self.owner.execute(_script("a_keeper.sql", member=member, days=days, words=words))

    async def a_library(self, runs: int, members: int) -> None:
        """So many runs at their last day, whose members wrote twice a day: ninety journals each."""
        await self.owner.execute(
            _script("a_library.sql", runs=runs, start=_last_day_is_today(), members=members)
        )

    async def some_writers(self, most: int) -> list[UUID]:
        """Members of the first runs of the library."""
        query = (
            "select e.user_id from session_enrollments e join cohorts c on c.session_id = e.session_id"
            " where c.name in ('Library 1', 'Library 2') order by e.user_id limit %s"
        )
        return [row[0] for row in await (await self.owner.execute(query, [most])).fetchall()]

    async def members_of(self, run: UUID, most: int) -> list[UUID]:
        query = "select user_id from session_enrollments where session_id = %s order by user_id limit %s"
        return [row[0] for row in await (await self.owner.execute(query, [run, most])).fetchall()]

    async def cookie_of(self, member: UUID) -> str:
        """A `Cookie` header with which this person is signed in."""
        now = clock.now()
        auth = AuthSession(
            user_id=member,
            email=f"{member}@example.com",
            access_token="access",
            refresh_token="refresh",
            expires_at=now + timedelta(days=1),
            is_anonymous=False,
            session_id=uuid4(),
        )
        value = await sessions.open(auth, "Bench", "127.0.0.1", now)
        return f"{cookies.named(sessions.COOKIE)}={value}"


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """The doors of `db.py`, here and in every server that is started meanwhile, lead into this database.

    A world inside a world is left for the one around it.
    """
    before = {name: getattr(settings, name.lower()) for name in ADDRESSES}
    async with another_world() as world:
        await close_engines()
        _point_at(world)
        try:
            yield world
        finally:
            await close_engines()
            _set(before)


@asynccontextmanager
async def another_world() -> AsyncIterator[World]:
    """A database beside the one the application knows."""
    with database.a_cluster() as cluster, database.a_database(cluster) as name:
        async with await psycopg.AsyncConnection.connect(cluster.url(name), autocommit=True) as owner:
            yield World(cluster, name, owner)


def _point_at(world: World) -> None:
    web = world.url("app_web", database.AGREED.web_password)
    worker = world.url("app_worker", database.AGREED.worker_password)
    _set(dict(zip(ADDRESSES, map(SecretStr, (web, worker, world.url())), strict=True)))


def _set(addresses: Mapping[str, SecretStr]) -> None:
    for name, address in addresses.items():
        os.environ[name] = address.get_secret_value()
        setattr(settings, name.lower(), address)


def _script(name: str, **values: UUID | date | int) -> bytes:
    """A file of several statements; their values are made here, so they can stand in the text."""
    text = (SQL / name).read_text()
    for key, value in values.items():
        text = text.replace(f":{key}", str(value) if isinstance(value, int) else f"'{value}'")
    return text.encode()


def _last_day_is_today() -> date:
    return _today() - timedelta(days=44)


def _today() -> date:
    return clock.day_in("UTC", clock.now())
