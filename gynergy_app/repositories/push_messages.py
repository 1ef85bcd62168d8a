"""The outbox of devices: notices on their way, and the proof that they went."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import MailStatus
from gynergy_app.models.notifications import PushMessage, PushSubscription

Claimed = tuple[PushMessage, PushSubscription]


async def add_once(db: AsyncSession, messages: Sequence[PushMessage]) -> list[UUID]:
    """Put these in the outbox. The answer names those whose device had not been told of their cause."""
    if not messages:
        return []
    append = (
        insert(PushMessage)
        .values([message.model_dump() for message in messages])
        .on_conflict_do_nothing(index_elements=["subscription_id", "dedupe_key"])
        .returning(col(PushMessage.id))
    )
    return list((await (await db.connection()).execute(append)).scalars())


async def claim(
    db: AsyncSession, *, now: datetime, until: datetime, message_id: UUID | None = None
) -> Claimed | None:
    """Take one that is due, the longest waiting first, and hold it until `until`."""
    query = (
        select(PushMessage, PushSubscription)
        .join(PushSubscription, col(PushSubscription.id) == col(PushMessage.subscription_id))
        .where(PushMessage.status == MailStatus.queued, PushMessage.next_attempt_at <= now)
        .order_by(col(PushMessage.next_attempt_at))
        .limit(1)
        .with_for_update(of=PushMessage, skip_locked=True)
    )
    if message_id:
        query = query.where(PushMessage.id == message_id)
    found = (await db.exec(query)).first()
    if found is None:
        return None
    message, device = found
    message.status, message.claimed_until = MailStatus.sending, until
    message.attempts += 1
    return message, device


async def release_lost(db: AsyncSession, *, now: datetime) -> int:
    """Let go of what a sender held when it died."""
    statement = (
        update(PushMessage)
        .where(col(PushMessage.status) == MailStatus.sending, col(PushMessage.claimed_until) < now)
        .values(
            status=MailStatus.queued,
            next_attempt_at=now,
            claimed_until=None,
            error="The sender stopped before it heard an answer.",
        )
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def settle(db: AsyncSession, claimed: PushMessage, **outcome: Any) -> bool:
    """Write down what became of a claimed one. False when the claim had run out meanwhile."""
    statement = (
        update(PushMessage)
        .where(col(PushMessage.id) == claimed.id, col(PushMessage.attempts) == claimed.attempts)
        .where(col(PushMessage.status) == MailStatus.sending)
        .values(claimed_until=None, **outcome)
    )
    return (await (await db.connection()).execute(statement)).rowcount == 1


async def forget_before(db: AsyncSession, moment: datetime) -> int:
    statement = delete(PushMessage).where(col(PushMessage.created_at) < moment)
    return (await (await db.connection()).execute(statement)).rowcount
