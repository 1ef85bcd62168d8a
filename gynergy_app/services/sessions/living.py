"""Opening a sign-in, recognising it by its cookie, keeping it alive."""

import asyncio
import hashlib
import logging
import secrets
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

from gynergy_app.db import as_member, as_visitor, elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import NotSignedIn, TooMany, Unavailable
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.integrations.supabase_errors import SignedOut, Suspended
from gynergy_app.models.private import WebSession
from gynergy_app.repositories import web_sessions
from gynergy_app.services.sessions import ahead, recognising, remembered, tokens

log = logging.getLogger(__name__)

COOKIE = "gynergy_session"
LIFETIME = tokens.LIFETIME
COOKIE_BYTES = 32
ASK_AGAIN_AFTER = timedelta(seconds=30)

_turns: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()
_service_away_until = datetime.min.replace(tzinfo=UTC)


async def open(auth: AuthSession, user_agent: str, ip: str, now: datetime) -> str:
    """Remember this sign-in. The answer is the cookie's value, and exists nowhere else."""
    cookie = secrets.token_urlsafe(COOKIE_BYTES)
    row = WebSession(
        token_hash=hash_of(cookie), user_id=auth.user_id, created_at=now, last_seen_at=now,
        expires_at=now + LIFETIME, user_agent=user_agent, ip=ip, access_expires_at=auth.expires_at,
        access_token_encrypted=b"", refresh_token_encrypted=b"",
    )  # fmt: skip
    tokens.fill(row, auth)
    async with as_member(auth.user_id) as db, elevated(db):
        db.add(row)
    return cookie


async def find(cookie: str | None, now: datetime) -> Member | None:
    """Who this cookie stands for; nobody when the sign-in has ended, here or at the auth service."""
    if not cookie:
        return None
    token_hash = hash_of(cookie)
    if member := remembered.find(token_hash, now):
        ahead.look(token_hash, now)
        return member
    taken_at = remembered.moment()
    known = await recognising.recognise(token_hash, now)
    member = known.member if known else None
    if known and not recognising.is_settled(known, now):
        member = await _attended(token_hash, now)
    if member:
        remembered.keep(member, now, taken_at)
    return member


async def _attended(token_hash: bytes, now: datetime) -> Member | None:
    """Note that this sign-in is used, renew its tokens if they end, and say whose it is then."""
    row = await _seen(token_hash, now)
    if row and not tokens.is_fresh(row, now):
        row = await _renewed_or_as_it_is(row, now)
    if row is None:
        return None
    async with as_member(row.user_id) as db:
        return await web_sessions.find_member(db, row)


async def access_token(cookie: str, now: datetime) -> str:
    """A token good for a minute at least. Raises `NotSignedIn`, or `Unavailable` if it cannot be renewed."""
    row = await _seen(hash_of(cookie), now)
    if row and not tokens.is_fresh(row, now):
        row = await _renewed(row.token_hash, now)
    if row is None:
        raise NotSignedIn
    return tokens.access_token(row)


def hash_of(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).digest()


async def _seen(token_hash: bytes, now: datetime) -> WebSession | None:
    async with as_visitor() as db, elevated(db):
        row = await web_sessions.find_living(db, token_hash, now)
        if row and now - row.last_seen_at > recognising.SEEN_EVERY:
            row.last_seen_at = now
    return row


async def _renewed_or_as_it_is(row: WebSession, now: datetime) -> WebSession | None:
    """While the auth service is away nobody is signed out for it, and it is not asked at every click."""
    global _service_away_until
    if now < _service_away_until:
        return row
    try:
        return await _renewed(row.token_hash, now)
    except (Unavailable, TooMany):
        log.warning("Tokens could not be renewed; trying again in %s.", ASK_AGAIN_AFTER)
        _service_away_until = now + ASK_AGAIN_AFTER
        return row


async def _renewed(token_hash: bytes, now: datetime) -> WebSession | None:
    """Renew once, however many ask: tasks of this process wait for the turn, other processes for the row."""
    async with _turns.setdefault(token_hash, asyncio.Lock()), as_visitor() as db, elevated(db):
        row = await web_sessions.find_living(db, token_hash, now, lock=True)
        if row is None or tokens.is_fresh(row, now):
            return row
        try:
            tokens.fill(row, await supabase_auth.refresh(tokens.refresh_token(row)))
        except (SignedOut, Suspended):
            tokens.wipe(row, now)
            return None
        return row
