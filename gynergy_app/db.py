"""The doors to the database.

`as_member`, `as_visitor` and `as_service` each open one transaction with one principal. Row Level Security
does the rest, exactly as it would behind Supabase's own API. `elevated` steps up inside a member's
transaction for effects she earns but may not write: the role stays hers, the policies see a secret only this
process knows.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.settings import settings

POOLER_PORT = 6543
"""Supabase's transaction pooler: prepared statements do not survive it."""

_ENTER = text("select set_config('role', :role, true), set_config('request.jwt.claims', :claims, true)")
_STEP = text("select set_config('gynergy.step_up', :secret, true)")


def driver_url(url: str) -> str:
    """The same address, naming the psycopg driver for SQLAlchemy."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def open_engine(url: str) -> AsyncEngine:
    connect_args: dict[str, Any] = {"connect_timeout": 5}
    if make_url(url).port == POOLER_PORT:
        connect_args["prepare_threshold"] = None
    return create_async_engine(
        driver_url(url),
        pool_size=10,
        max_overflow=10,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args=connect_args,
        # An error that repeats its parameters would carry a journal page into the log.
        hide_parameters=True,
    )


@cache
def web_engine() -> AsyncEngine:
    """The login role that may become `anon` and `authenticated`, and nothing else."""
    return open_engine(settings.database_url.get_secret_value())


@cache
def worker_engine() -> AsyncEngine:
    """The login role that may become `service_role`."""
    return open_engine(settings.database_worker_url.get_secret_value())


def is_away(error: BaseException) -> bool:
    """Whether this says that the database cannot be reached, not that it refused a statement."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, (OperationalError, InterfaceError, PoolTimeout, ConnectionError))


_NO_WRITING = {"53100", "25006"}
"""SQLSTATE: the disk is full, or all is read-only, which is what Supabase makes of a disk nearly full."""


def refuses_writing(error: BaseException) -> bool:
    """Whether the database can be read and takes nothing new."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _NO_WRITING


async def close_engines() -> None:
    """Give every pooled connection back; engines are opened anew on next use."""
    for engine in (web_engine, worker_engine):
        if engine.cache_info().currsize:
            await engine().dispose()
            engine.cache_clear()


@event.listens_for(Session, "after_begin")
def _enter_as_principal(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if transaction.nested:
        return
    principal = session.info.get("principal")
    if principal is None:
        raise RuntimeError("A database session needs a principal: use as_member, as_visitor or as_service.")
    connection.execute(_ENTER, principal)


@asynccontextmanager
async def _as(engine: AsyncEngine, role: str, claims: dict[str, str]) -> AsyncIterator[AsyncSession]:
    principal = {"role": role, "claims": json.dumps({**claims, "role": role})}
    async with AsyncSession(engine, expire_on_commit=False, info={"principal": principal}) as db, db.begin():
        yield db


@asynccontextmanager
async def as_member(member_id: UUID) -> AsyncIterator[AsyncSession]:
    """One transaction in which only what this member may see exists."""
    async with _as(web_engine(), "authenticated", {"sub": str(member_id)}) as db:
        yield db


@asynccontextmanager
async def as_visitor() -> AsyncIterator[AsyncSession]:
    """One transaction of somebody who has not signed in."""
    async with _as(web_engine(), "anon", {}) as db:
        yield db


@asynccontextmanager
async def as_service() -> AsyncIterator[AsyncSession]:
    """One transaction of the product itself: jobs, webhooks, the operator's commands. Never a page."""
    async with _as(worker_engine(), "service_role", {}) as db:
        yield db


def can_hear() -> bool:
    """Whether announcements reach this process: a pooler of transactions passes none on."""
    return make_url(settings.database_url.get_secret_value()).port != POOLER_PORT


@asynccontextmanager
async def announcements(*channels: str) -> AsyncIterator[AsyncIterator[tuple[str, str]]]:
    """What the database announces from now on, with the channel it says it on.

    A connection of its own, which reads nothing and is nobody.
    """
    address = make_url(settings.database_url.get_secret_value())
    given = {**address.translate_connect_args(username="user", database="dbname"), **address.query}
    async with await psycopg.AsyncConnection.connect(
        autocommit=True, connect_timeout=5, keepalives_idle=15, **given
    ) as connection:
        for channel in channels:
            await connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
        yield ((heard.channel, heard.payload) async for heard in connection.notifies())


@asynccontextmanager
async def elevated(db: AsyncSession) -> AsyncIterator[None]:
    """Step up for effects a member earns but may not write, for the length of the block.

    Flushes on the way in and out, so no row is written under the wrong authority. A block inside a block adds
    nothing and takes nothing away.
    """
    if db.info.get("is_elevated"):
        yield
        return
    await db.flush()
    await _step(db, settings.step_up_secret.get_secret_value())
    db.info["is_elevated"] = True
    try:
        yield
        await db.flush()
    except BaseException:
        # A broken transaction refuses every statement and ends anyway; a sound one must not stay stepped up.
        with suppress(SQLAlchemyError):
            await _step(db, "")
        raise
    finally:
        db.info["is_elevated"] = False
    await _step(db, "")


async def _step(db: AsyncSession, secret: str) -> None:
    await (await db.connection()).execute(_STEP, {"secret": secret})
