"""Sends what the outbox of devices promises: each by its own job, and once a minute whatever is due."""

from datetime import timedelta
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import push_messages
from gynergy_app.services import push

KEPT_FOR = timedelta(days=30)


@queue.task(name="send_push")
async def send_push(message_id: str) -> None:
    """Enqueued by the transaction that wrote the notice, so that it leaves within a second."""
    await send_one(UUID(message_id))


@queue.task(name="send_due_push", queueing_lock="send_due_push")
async def send_due_push(timestamp: int) -> None:
    """Nothing depends on a job: this finds retries, and notices whose job or worker was lost."""
    await send_due()


@queue.task(name="forget_old_push", queueing_lock="forget_old_push")
async def forget_old_push(timestamp: int) -> None:
    async with as_service() as db:
        await push_messages.forget_before(db, clock.now() - KEPT_FOR)


async def send_due() -> int:
    """Send everything that is due, and say how many attempts that were."""
    async with as_service() as db:
        await push_messages.release_lost(db, now=clock.now())
    attempts = 0
    while await send_one():
        attempts += 1
    return attempts


async def send_one(message_id: UUID | None = None) -> bool:
    """Claim, send, record: the first and the last step are each a transaction of their own."""
    async with as_service() as db:
        claimed = await push.claim(db, now=clock.now(), message_id=message_id)
    if claimed is None:
        return False
    failure = await push.deliver(claimed, now=clock.now())
    async with as_service() as db:
        await push.record(db, claimed, failure, now=clock.now())
    return True
