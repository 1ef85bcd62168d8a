"""The inbox: what other services told us, each event once, and how far we are with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, null, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.inbox import MOST_ATTEMPTS
from gynergy_app.domain.payments.kinds import WebhookStatus
from gynergy_app.models.payments import WebhookEvent

DUE = (WebhookStatus.received, WebhookStatus.failed)
DONE = (WebhookStatus.processed, WebhookStatus.ignored, WebhookStatus.dismissed)

_HOLD = text("select pg_advisory_xact_lock(hashtextextended('stripe:' || :key, 0))")
_NOW = text("select clock_timestamp()")


async def add_once(db: AsyncSession, event: WebhookEvent) -> bool:
    """Put it in the inbox. False when it is or was there, by its own id or by its service's."""
    statement = (
        insert(WebhookEvent)
        .values(**event.model_dump())
        .on_conflict_do_nothing()
        .returning(col(WebhookEvent.id))
    )
    return (await (await db.connection()).execute(statement)).scalar() is not None


async def claim(
    db: AsyncSession, *, now: datetime, until: datetime, row_id: UUID | None = None
) -> WebhookEvent | None:
    """Take one event that is due, the longest waiting first, and hold it until `until`."""
    query = (
        select(WebhookEvent)
        .where(col(WebhookEvent.status).in_(DUE), WebhookEvent.next_attempt_at <= now)
        .order_by(col(WebhookEvent.next_attempt_at), col(WebhookEvent.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row_id:
        query = query.where(WebhookEvent.id == row_id)
    event = (await db.exec(query)).first()
    if event:
        event.status, event.claimed_until = WebhookStatus.processing, until
        event.attempts += 1
    return event


async def release_lost(db: AsyncSession, *, now: datetime) -> list[UUID]:
    """Give back what a lost worker was holding. Its attempt counts: what kills every worker is given up.

    The answer is what was given up.
    """
    given_up = col(WebhookEvent.attempts) >= MOST_ATTEMPTS
    statement = (
        update(WebhookEvent)
        .where(
            col(WebhookEvent.status) == WebhookStatus.processing,
            col(WebhookEvent.claimed_until) < now,
        )
        .values(
            status=case((given_up, WebhookStatus.dead.value), else_=WebhookStatus.failed.value),
            claimed_until=None,
            next_attempt_at=now,
            last_failed_at=now,
            error_message="The worker stopped before it was done.",
        )
        .returning(col(WebhookEvent.id), col(WebhookEvent.status))
    )
    rows = await (await db.connection()).execute(statement)
    return [row.id for row in rows if row.status == WebhookStatus.dead]


async def settle(db: AsyncSession, claimed: WebhookEvent, **outcome: Any) -> bool:
    """Write down what became of a claimed event. False when the claim had run out meanwhile."""
    statement = (
        update(WebhookEvent)
        .where(col(WebhookEvent.id) == claimed.id, col(WebhookEvent.attempts) == claimed.attempts)
        .where(col(WebhookEvent.status) == WebhookStatus.processing)
        .values(claimed_until=None, **outcome)
    )
    return (await (await db.connection()).execute(statement)).rowcount == 1


async def payload(db: AsyncSession, row_id: UUID) -> dict[str, Any] | None:
    """What it said, while that is kept."""
    event = await db.get(WebhookEvent, row_id)
    return event.payload if event else None


async def dead_ids(db: AsyncSession) -> Sequence[UUID]:
    """What was given up and may be tried again, the longest waiting first."""
    query = select(WebhookEvent.id).where(
        WebhookEvent.status == WebhookStatus.dead, col(WebhookEvent.payload).is_not(None)
    )
    return (await db.exec(query.order_by(col(WebhookEvent.received_at)))).all()


async def hold(db: AsyncSession, row_id: UUID) -> WebhookEvent | None:
    return (await db.exec(select(WebhookEvent).where(WebhookEvent.id == row_id).with_for_update())).first()


async def hold_subject(db: AsyncSession, key: str) -> None:
    """One change to this object of Stripe's at a time; released when the transaction ends."""
    await (await db.connection()).execute(_HOLD, {"key": key})


async def moment(db: AsyncSession) -> datetime:
    """By the one clock all workers share: which of two answers is the newer one must not depend on theirs."""
    return (await (await db.connection()).execute(_NOW)).scalar_one()


async def known(db: AsyncSession, provider: str, event_ids: Sequence[str]) -> set[str]:
    query = select(WebhookEvent.event_id).where(
        WebhookEvent.provider == provider, col(WebhookEvent.event_id).in_(event_ids)
    )
    return set((await db.exec(query)).all())


async def scrub(db: AsyncSession, *, before: datetime) -> int:
    """Forget the words of what was done with before this moment; ids, types and moments stay."""
    statement = (
        update(WebhookEvent)
        .where(col(WebhookEvent.status).in_(DONE), col(WebhookEvent.payload).is_not(None))
        .where(func.coalesce(WebhookEvent.processed_at, WebhookEvent.received_at) < before)
        .values(payload=null())
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def forget(db: AsyncSession, provider: str, *, before: datetime) -> int:
    statement = delete(WebhookEvent).where(
        col(WebhookEvent.provider) == provider, col(WebhookEvent.received_at) < before
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def latest(db: AsyncSession, provider: str, size: int) -> Sequence[WebhookEvent]:
    """The newest first."""
    query = select(WebhookEvent).where(WebhookEvent.provider == provider)
    return (await db.exec(query.order_by(col(WebhookEvent.received_at).desc()).limit(size))).all()


async def latest_with(db: AsyncSession, provider: str, what: str, size: int) -> Sequence[WebhookEvent]:
    """The newest whose payload lists something under this name."""
    listed = func.jsonb_array_length(col(WebhookEvent.payload)[what])
    query = select(WebhookEvent).where(WebhookEvent.provider == provider, listed > 0)
    return (await db.exec(query.order_by(col(WebhookEvent.received_at).desc()).limit(size))).all()
