"""Reminds members of a page at the times they chose, each on her own clock."""

import asyncio
import logging
from datetime import datetime
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.notifications import Reminder
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories.reminders import FIRST, Slice
from gynergy_app.services import reminders

log = logging.getLogger(__name__)

AT_ONCE = 5
"""Members reminded side by side, each in a transaction of her own; the pool has room for the other jobs."""


@queue.task(name="send_reminders", queueing_lock="send_reminders")
async def send_reminders(timestamp: int) -> None:
    """A job that waited does not look back: it asks the clock, and what came due meanwhile is over."""
    await sweep()


async def sweep() -> int:
    """Remind everybody whose time has come, and say how many reminders that were."""
    count, now = 0, clock.now()
    found = await _candidates(FIRST, now)
    while found.last:
        for start in range(0, len(found.candidates), AT_ONCE):
            some = found.candidates[start : start + AT_ONCE]
            count += sum(map(len, await asyncio.gather(*map(_remind, some))))
        found = await _candidates(found.last, now)
    return count


async def _candidates(after: UUID, now: datetime) -> Slice:
    async with as_service() as db:
        return await reminders.candidates(db, after=after, now=now)


async def _remind(user_id: UUID) -> list[Reminder]:
    """One member's trouble is written down and keeps nobody else waiting."""
    try:
        async with as_service() as db:
            return await reminders.remind(db, user_id, now=clock.now())
    except Exception:
        log.exception("Member %s could not be reminded.", user_id)
        return []
