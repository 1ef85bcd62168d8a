"""Sends the money that is asked for at the desk, and follows what was decided there."""

import logging
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.errors import Unavailable
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import applying, giving_back, reviewing
from gynergy_app.services.payments.giving_back import Outgoing

log = logging.getLogger(__name__)


@queue.task(name=giving_back.TASK)
async def send_refund(refund_id: str) -> None:
    """Enqueued by the transaction that wrote the row, so that it leaves within a second."""
    await send_one(UUID(refund_id))


@queue.task(name="send_due_refunds", queueing_lock="send_due_refunds")
async def send_due_refunds(timestamp: int) -> None:
    """Nothing depends on a job: this finds those whose job, worker or answer was lost."""
    await send_due()


async def send_due() -> int:
    """Send everything that waits, and say how many reached Stripe."""
    async with as_service() as db:
        waiting = await giving_back.unsent(db)
    return sum([await _send_or_tell(refund_id) for refund_id in waiting])


async def _send_or_tell(refund_id: UUID) -> bool:
    """Whatever is wrong with one, the others are sent; it is tried again in the next round."""
    try:
        return await send_one(refund_id)
    except Exception:
        log.exception("Refund %s could not be followed.", refund_id)
        return False


async def send_one(refund_id: UUID) -> bool:
    """False while Stripe is away, and when there is nothing to do."""
    async with as_service() as db:
        outgoing = await giving_back.find_outgoing(db, refund_id)
    if outgoing is None:
        return False
    try:
        answer = await giving_back.send(outgoing)
        async with as_service() as db:
            await giving_back.keep_answer(db, outgoing, answer, now=clock.now())
        await _look(outgoing)
    except Unavailable as away:
        log.warning("Refund %s waits: %s", refund_id, away)
        return False
    return True


async def _look(outgoing: Outgoing) -> None:
    """Events will tell the same; but no refund waits for one."""
    if outgoing.checkout_id is None:
        return
    async with as_service() as db:
        asked_at = await webhook_events.moment(db)
    told = await applying.purchases.look(outgoing.checkout_id, asked_at)
    if told:
        async with as_service() as db:
            await applying.apply(db, told, now=clock.now())


@queue.task(name=reviewing.TASK)
async def accept_purchase(purchase_id: str) -> None:
    async with as_service() as db:
        await reviewing.follow(db, UUID(purchase_id), now=clock.now())
