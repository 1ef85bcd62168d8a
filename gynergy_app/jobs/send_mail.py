"""Sends what the outbox promises: each mail by its own job, and once a minute whatever is due besides."""

from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import email_messages
from gynergy_app.services import mail


@queue.task(name="send_mail")
async def send_mail(message_id: str) -> None:
    """Enqueued by the transaction that wrote the mail, so that it leaves within a second."""
    await send_one(UUID(message_id))


@queue.task(name="send_due_mail", queueing_lock="send_due_mail")
async def send_due_mail(timestamp: int) -> None:
    """Nothing depends on a job: this finds retries, and mails whose job or worker was lost."""
    await send_due()


async def send_due() -> int:
    """Send everything that is due, and say how many attempts that were."""
    async with as_service() as db:
        await email_messages.release_lost(db, now=clock.now())
    attempts = 0
    while await send_one():
        attempts += 1
    return attempts


async def send_one(message_id: UUID | None = None) -> bool:
    """Claim, send, record: the first and the last step are each a transaction of their own."""
    async with as_service() as db:
        message = await mail.claim(db, now=clock.now(), message_id=message_id)
    if message is None:
        return False
    failure = await mail.deliver(message)
    async with as_service() as db:
        await mail.record(db, message, failure, now=clock.now())
    return True
