"""The outbox: mails on their way, and the proof that they went."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import MailStatus, MailStream
from gynergy_app.models.notifications import EmailMessage, EmailSuppression

STOPPED = "Mail is stopped: "
"""How the error of a row begins while it keeps the whole queue waiting."""


async def add_once(db: AsyncSession, message: EmailMessage) -> bool:
    """Put a mail in the outbox, unless one with its `dedupe_key` is or was there."""
    values = message.model_dump(exclude={"created_at", "updated_at"})
    statement = (
        insert(EmailMessage)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(col(EmailMessage.id))
    )
    return (await (await db.connection()).execute(statement)).scalar() is not None


async def claim(
    db: AsyncSession, *, now: datetime, until: datetime, message_id: UUID | None = None
) -> EmailMessage | None:
    """Take one mail that is due, the longest waiting first, and hold it until `until`.

    None when nothing is due, when another worker holds it, or while the queue is stopped.
    """
    query = (
        select(EmailMessage)
        .where(EmailMessage.status == MailStatus.queued, EmailMessage.next_attempt_at <= now)
        .where(~exists().where(_stops_the_queue(now)))
        .order_by(col(EmailMessage.next_attempt_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if message_id:
        query = query.where(EmailMessage.id == message_id)
    message = (await db.exec(query)).first()
    if message:
        message.status, message.claimed_until = MailStatus.sending, until
        message.attempts += 1
    return message


def _stops_the_queue(now: datetime) -> Any:
    other = EmailMessage.__table__.alias()  # pyright: ignore[reportAttributeAccessIssue] - made by SQLModel
    waiting = (other.c.status == MailStatus.queued) & (other.c.next_attempt_at > now)
    return waiting & other.c.error.startswith(STOPPED, autoescape=True)


async def release_lost(db: AsyncSession, *, now: datetime) -> int:
    """Let go of mails whose sender died holding them: whether they went, nobody knows.

    A transactional mail goes back to the queue, once in its life. Everything else stays `unknown`.
    """
    is_transactional = col(EmailMessage.stream) == MailStream.transactional
    may_try_again = is_transactional & col(EmailMessage.unknown_at).is_(None)
    statement = (
        update(EmailMessage)
        .where(col(EmailMessage.status) == MailStatus.sending, col(EmailMessage.claimed_until) < now)
        .values(
            status=case((may_try_again, MailStatus.queued.value), else_=MailStatus.unknown.value),
            unknown_at=func.coalesce(EmailMessage.unknown_at, now),
            next_attempt_at=now,
            claimed_until=None,
            error="The sender stopped before it heard an answer.",
        )
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def settle(db: AsyncSession, claimed: EmailMessage, **outcome: Any) -> bool:
    """Write down what became of a claimed mail. False when the claim had run out meanwhile."""
    statement = (
        update(EmailMessage)
        .where(col(EmailMessage.id) == claimed.id, col(EmailMessage.attempts) == claimed.attempts)
        .where(col(EmailMessage.status) == MailStatus.sending)
        .values(claimed_until=None, **outcome)
    )
    return (await (await db.connection()).execute(statement)).rowcount == 1


async def is_suppressed(db: AsyncSession, message: EmailMessage) -> bool:
    query = select(EmailSuppression.id).where(
        EmailSuppression.email == message.to_email.lower(), EmailSuppression.stream == message.stream
    )
    return (await db.exec(query)).first() is not None


async def suppress(db: AsyncSession, email: str, *, reason: str) -> None:
    """No mail of any stream goes to this address again."""
    rows = [{"email": email.lower(), "stream": stream, "reason": reason} for stream in MailStream]
    await (await db.connection()).execute(insert(EmailSuppression).values(rows).on_conflict_do_nothing())
