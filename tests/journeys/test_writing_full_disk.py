"""A database that takes nothing new, or nobody in: said in words, and each word is saved once it can be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from playwright.async_api import Page, expect
from psycopg import sql

from gynergy_app.local.postgres import Cluster
from tests.journeys.conftest import NewWriter, Stored
from tests.journeys.writer import DREAM, Writer, points

LATE = "On this device. Waiting for the server"
SAID = "Nothing can be saved on our side just now."
DISK_FULL, READ_ONLY = "53100", "25006"


@asynccontextmanager
async def refusing(owner_db: psycopg.AsyncConnection, sqlstate: str = DISK_FULL) -> AsyncIterator[None]:
    """Every new row and every changed one is refused, as PostgreSQL does it when there is no room."""
    refuse = sql.SQL(
        "create or replace function public.refuse() returns trigger language plpgsql as"
        " $$ begin raise exception 'could not extend file' using errcode = {}; end $$"
    ).format(sql.Literal(sqlstate))
    await owner_db.execute(refuse)
    await owner_db.execute(
        "create trigger refusing before insert or update on journals"
        " for each row execute function public.refuse()"
    )
    try:
        yield
    finally:
        await owner_db.execute("drop trigger refusing on journals")
        await owner_db.execute("drop function public.refuse()")


@pytest.mark.parametrize("sqlstate", [DISK_FULL, READ_ONLY])
async def test_words_that_cannot_be_saved_stay_and_are_saved_once_there_is_room(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, stored: Stored, sqlstate: str
):
    ana = await (await new_writer(width=390)).open()

    async with refusing(owner_db, sqlstate):
        await ana.write(DREAM, "Kept on the device.")
        await expect(told(ana.page)).to_contain_text(SAID)
        await ana.sees_state(LATE)
        assert await ana.device_holds()
        await expect(ana.page.get_by_text("Your records cannot be reached")).to_be_hidden()
        assert await stored(ana.member) == []

    await ana.sees_saved()
    await expect(told(ana.page)).to_be_hidden()
    assert await stored(ana.member) == ["Kept on the device."]


async def test_a_page_finished_without_room_is_finished_once(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer()).open()

    async with refusing(owner_db):
        await ana.write_morning()
        await ana.keep_page()
        await expect(told(ana.page)).to_contain_text(SAID)
        assert await points(owner_db, ana.member) == []

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible(timeout=30_000)
    assert await points(owner_db, ana.member) == [("morning_journal", 10)]


async def test_words_outlive_a_tab_closed_while_nothing_could_be_saved(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, stored: Stored
):
    ana = await (await new_writer()).open()
    async with refusing(owner_db):
        await ana.write(DREAM, "Typed, and the tab was closed.")
        await ana.sees_state(LATE)
        await ana.page.close()

    again: Writer = await (await new_writer(member=ana.member, context=ana.page.context)).open()

    await again.sees_saved()
    assert await stored(ana.member) == ["Typed, and the tab was closed."]


@asynccontextmanager
async def closed(cluster: Cluster, database_name: str) -> AsyncIterator[None]:
    """Every connection of the web ends, and each new one is refused."""
    database = sql.Identifier(database_name)
    allow = sql.SQL("alter database {} with allow_connections {}")
    async with await psycopg.AsyncConnection.connect(cluster.url("postgres"), autocommit=True) as outside:
        await outside.execute(allow.format(database, sql.SQL("false")))
        try:
            await outside.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = %s and usename = 'app_web'",
                [database_name],
            )
            yield
        finally:
            await outside.execute(allow.format(database, sql.SQL("true")))


async def test_words_typed_while_no_connection_is_taken_are_saved_once_they_are(
    new_writer: NewWriter, cluster: Cluster, database_name: str, stored: Stored
):
    ana = await (await new_writer(width=390)).open()
    away = ana.page.get_by_text("Your records cannot be reached just now.")

    async with closed(cluster, database_name):
        await ana.write(DREAM, "Into a closed door.")
        await expect(away).to_be_visible()
        await ana.sees_state(LATE)
        assert await ana.device_holds()

    await ana.sees_saved()
    await expect(away).to_be_hidden()
    assert await stored(ana.member) == ["Into a closed door."]


def told(page: Page):
    return page.get_by_role("alert").filter(has_text="just now")
