"""Signing out: here, there or everywhere; and seeing where one is signed in."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import as_member, as_visitor, elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.devices import device_name
from gynergy_app.errors import GynergyError, NotFound
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_auth import Scope
from gynergy_app.integrations.supabase_errors import SignedOut
from gynergy_app.models.private import WebSession
from gynergy_app.repositories import web_sessions
from gynergy_app.services.sessions import remembered, tokens
from gynergy_app.services.sessions.living import hash_of

log = logging.getLogger(__name__)


class NoSuchSession(NotFound):
    def __init__(self) -> None:
        super().__init__("This sign-in has already ended.")


@dataclass(frozen=True)
class OwnSession:
    """One place where a member is signed in, as she is shown it."""

    id: UUID
    device: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True)
class _Keys:
    """What is needed to tell the auth service, taken out of a row before it is wiped."""

    access_token: str
    refresh_token: str
    is_fresh: bool


async def revoke(cookie: str, now: datetime) -> None:
    """Sign out here. A cookie that stands for nobody is signed out already."""
    async with as_visitor() as db, elevated(db):
        row = await web_sessions.find_living(db, hash_of(cookie), now, lock=True)
        keys = _end(row, now) if row else None
    remembered.forget(hash_of(cookie))
    await _tell_service(keys, "local")


async def revoke_all(member: Member, now: datetime) -> None:
    """Sign out everywhere, this device included."""
    async with as_member(member.id) as db, elevated(db):
        rows = await web_sessions.list_living(db, member.id, now, lock=True)
        ended = [_end(row, now) for row in rows]
    remembered.forget_member(member.id)
    await _tell_service(next(filter(None, ended), None), "global")


async def end_all(db: AsyncSession, member_id: UUID, now: datetime) -> None:
    """End every sign-in of somebody else, stepped up in the caller's transaction.

    Once it has committed, call `forget_member`. The tokens were only in these rows: nobody renews them.
    """
    for row in await web_sessions.list_living(db, member_id, now, lock=True):
        tokens.wipe(row, now)


async def revoke_one(member: Member, session_id: UUID, now: datetime) -> None:
    """Sign out one place, named by the id `list_own` gave. Raises `NoSuchSession` for anybody else's."""
    async with as_member(member.id) as db, elevated(db):
        rows = await web_sessions.list_living(db, member.id, now, lock=True)
        row = next((row for row in rows if row.auth_session_id == session_id), None)
        if row is None:
            raise NoSuchSession
        keys = _end(row, now)
    remembered.forget(row.token_hash)
    await _tell_service(keys, "local")


async def list_own(member: Member, now: datetime) -> Sequence[OwnSession]:
    """Where this member is signed in, the place used last first."""
    async with as_member(member.id) as db, elevated(db):
        rows = await web_sessions.list_living(db, member.id, now)
    return [_shown(row, row.auth_session_id, member) for row in rows if row.auth_session_id]


def _shown(row: WebSession, session_id: UUID, member: Member) -> OwnSession:
    return OwnSession(
        id=session_id,
        device=device_name(row.user_agent),
        ip=row.ip or "",
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        is_this_one=row.token_hash == member.auth_session,
    )


def _end(row: WebSession, now: datetime) -> _Keys | None:
    try:
        keys = _Keys(tokens.access_token(row), tokens.refresh_token(row), tokens.is_fresh(row, now))
    except SignedOut:
        keys = None
    tokens.wipe(row, now)
    return keys


async def _tell_service(keys: _Keys | None, scope: Scope) -> None:
    """Our own row has ended already; if the auth service is away, its half ends when the token does."""
    if keys is None:
        return
    try:
        token = keys.access_token
        if not keys.is_fresh:
            token = (await supabase_auth.refresh(keys.refresh_token)).access_token
        await supabase_auth.sign_out(token, scope)
    except GynergyError as error:
        log.info("The auth service was not told of a sign-out: %s", type(error).__name__)
