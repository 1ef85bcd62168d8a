"""Writes to whoever gives friend codes: that one was used, and that some end unused in a week."""

import logging
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.services.payments import code_mailing

log = logging.getLogger(__name__)


@queue.task(name=code_mailing.TELL_GIVER)
async def tell_giver(code_id: str, redeemer: str) -> None:
    async with as_service() as db:
        await code_mailing.code_used(db, UUID(code_id), redeemer, now=clock.now())


@queue.task(name="warn_of_ending_codes", queueing_lock="warn_of_ending_codes")
async def warn_of_ending_codes(timestamp: int) -> None:
    await sweep()


async def sweep() -> int:
    """Warn every giver whose time it is, and say how many that were."""
    async with as_service() as db:
        found = await code_mailing.ending(db, now=clock.now())
    return sum([await _warn(code_ids) for code_ids in found])


async def _warn(code_ids: list[UUID]) -> bool:
    """One giver's trouble is written down and keeps nobody else waiting."""
    try:
        async with as_service() as db:
            return await code_mailing.warn(db, code_ids, now=clock.now())
    except Exception:
        log.exception("The giver of code %s could not be warned.", code_ids[0])
        return False
