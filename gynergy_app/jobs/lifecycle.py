"""Lets time pass for sessions and their members. Done twice, side by side or halfway, it ends the same."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories.graduates import Waiting
from gynergy_app.services import lifecycle
from gynergy_app.services.lifecycle import FIRST, Turn

log = logging.getLogger(__name__)

AT_ONCE = 5
"""Members side by side, each in a transaction of her own; the pool has room for the other jobs."""


@dataclass(frozen=True)
class Swept:
    """What a run found to do."""

    graduated: int = 0
    turned: int = 0
    begun: int = 0


@queue.task(name="turn_sessions", queueing_lock="turn_sessions")
async def turn_sessions(timestamp: int) -> None:
    await sweep()


async def sweep() -> Swept:
    """First who has come to a last day, then which sessions have moved on, then whose days begin anew."""
    now = clock.now()
    return Swept(await _graduate_all(now), await _turn_all(now), await _begin_all(now))


async def _graduate_all(now: datetime) -> int:
    count, found = 0, await _waiting(FIRST, now)
    while found:
        for start in range(0, len(found), AT_ONCE):
            some = found[start : start + AT_ONCE]
            count += sum(await asyncio.gather(*(_graduate(one, now) for one in some)))
        found = await _waiting(found[-1].enrollment_id, now)
    return count


async def _waiting(after: UUID, now: datetime) -> list[Waiting]:
    async with as_service() as db:
        return list(await lifecycle.waiting(db, after=after, now=now))


async def _graduate(one: Waiting, now: datetime) -> bool:
    """One member's trouble is written down and keeps nobody else waiting; the next run tries again."""
    try:
        async with as_service() as db:
            return await lifecycle.graduate(db, one, now=now)
    except Exception:
        log.exception("The last day of place %s could not be marked.", one.enrollment_id)
        return False


async def _turn_all(now: datetime) -> int:
    async with as_service() as db:
        turns = await lifecycle.due(db, now=now)
    return sum([await _turn(turn) for turn in turns])


async def _turn(turn: Turn) -> bool:
    """Everybody is told in batches before the stage is written: what was missed is told by the next run."""
    after: UUID | None = FIRST
    while after is not None:
        async with as_service() as db:
            after = await lifecycle.tell(db, turn, after=after)
    async with as_service() as db:
        return await lifecycle.move_on(db, turn)


async def _begin_all(now: datetime) -> int:
    count, found = 0, await _without_days(FIRST, now)
    while found:
        count += sum([await _begin(user_id, now) for user_id in found])
        found = await _without_days(found[-1], now)
    return count


async def _without_days(after: UUID, now: datetime) -> list[UUID]:
    async with as_service() as db:
        return list(await lifecycle.without_days(db, after=after, now=now))


async def _begin(user_id: UUID, now: datetime) -> bool:
    try:
        async with as_service() as db:
            return await lifecycle.begin_days(db, user_id, now=now)
    except Exception:
        log.exception("No session of her own could be begun for member %s.", user_id)
        return False
