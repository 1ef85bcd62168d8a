"""Follows what Stripe tells us: each event by its own job, and once a minute whatever is due besides."""

from datetime import datetime
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.models.payments import WebhookEvent
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import inbox, reconciling
from gynergy_app.services.payments.inbox import Overtaken

MOST_QUESTIONS = 5
"""About one event, before it waits for another time."""


@queue.task(name=inbox.TASK)
async def take_stripe_event(row_id: str) -> None:
    """Enqueued by the transaction that kept the event, so that it is followed within a second."""
    await take_one(UUID(row_id))


@queue.task(name="take_due_stripe_events", queueing_lock="take_due_stripe_events")
async def take_due_stripe_events(timestamp: int) -> None:
    """Nothing depends on a job: this finds those to try again, and events whose job or worker was lost."""
    await take_due()


async def take_due() -> int:
    """Follow everything that is due, and say how many attempts that were."""
    async with as_service() as db:
        await inbox.release_lost(db, now=clock.now())
    attempts = 0
    while await take_one():
        attempts += 1
    return attempts


async def take_one(row_id: UUID | None = None) -> bool:
    """Claim, ask, follow. Whatever goes wrong is written down with the event: a person may have to look."""
    async with as_service() as db:
        claimed = await inbox.claim(db, now=clock.now(), row_id=row_id)
    if claimed is None:
        return False
    event, asked_at = claimed
    try:
        await _follow(event, asked_at)
    except Exception as failure:
        async with as_service() as db:
            await inbox.put_back(db, event, failure, now=clock.now())
    return True


async def _follow(event: WebhookEvent, asked_at: datetime) -> None:
    """Of two workers at one thing of Stripe's the second to write asks once more."""
    for times_left in reversed(range(MOST_QUESTIONS)):
        told = await inbox.ask(event, asked_at)
        try:
            async with as_service() as db:
                await inbox.follow(db, event, told, now=clock.now())
            return
        except Overtaken:
            if not times_left:
                raise
        async with as_service() as db:
            asked_at = await webhook_events.moment(db)


@queue.task(name="forget_old_payloads", queueing_lock="forget_old_payloads")
async def forget_old_payloads(timestamp: int) -> None:
    async with as_service() as db:
        await inbox.scrub(db, now=clock.now())
        await reconciling.forget(db, now=clock.now())
