"""Who stands behind a cookie, asked for everybody who is waiting at once.

Every event begins with this question. One is on its way at a time, and whoever comes meanwhile goes with the
next: somebody alone waits for nobody, and a crowd costs one statement on one connection.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from gynergy_app.db import as_visitor, elevated
from gynergy_app.repositories import web_sessions
from gynergy_app.repositories.web_sessions import Recognised
from gynergy_app.services.sessions import tokens

SEEN_EVERY = timedelta(minutes=5)
"""How exact "last seen" is: a row is not written at every click."""

Answer = asyncio.Future[Recognised | None]

_waiting: dict[bytes, tuple[datetime, Answer]] = {}
_asking: asyncio.Task[None] | None = None


async def recognise(token_hash: bytes, now: datetime) -> Recognised | None:
    """Nobody when the sign-in has ended or its member is suspended. Read after the call, never before."""
    global _asking
    if token_hash not in _waiting:
        _waiting[token_hash] = (now, asyncio.get_running_loop().create_future())
    _, answer = _waiting[token_hash]
    if _asking is None or _asking.done():
        _asking = asyncio.create_task(_ask_while_somebody_waits())
    # Several may wait for one answer: whoever gives up must not take it from the others.
    return await asyncio.shield(answer)


async def _ask_while_somebody_waits() -> None:
    while _waiting:
        asked = dict(_waiting)
        _waiting.clear()
        try:
            found = await ask({token_hash: now for token_hash, (now, _) in asked.items()})
        except Exception as error:
            for _, answer in asked.values():
                answer.set_exception(error)
        else:
            for token_hash, (_, answer) in asked.items():
                answer.set_result(found.get(token_hash))


async def ask(moments: Mapping[bytes, datetime]) -> dict[bytes, Recognised]:
    async with as_visitor() as db, elevated(db):
        return await web_sessions.recognise(db, moments)


def is_settled(known: Recognised, now: datetime) -> bool:
    """Whether nothing about this sign-in is due: it was seen not long ago and its tokens are good."""
    return now - known.last_seen_at <= SEEN_EVERY and tokens.is_fresh(known, now)
