"""Money that moved for journal subscriptions."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import SubscriptionMoney, SubscriptionStatus
from gynergy_app.domain.payments.stripe_words import Moved
from gynergy_app.models.payments import Subscription, SubscriptionPayment

_NEVER_BEGAN = (SubscriptionStatus.incomplete, SubscriptionStatus.incomplete_expired)


async def keep(db: AsyncSession, subscription_id: UUID, moved: Sequence[Moved]) -> None:
    """Each once, however often it is told."""
    for each in moved:
        statement = insert(SubscriptionPayment).values(subscription_id=subscription_id, **asdict(each))
        statement = statement.on_conflict_do_update(
            index_elements=["stripe_id"], set_={"invoice_id": each.invoice_id}
        )
        await (await db.connection()).execute(statement)


async def forget(db: AsyncSession, stripe_ids: Collection[str]) -> None:
    """What was thought to have moved and has not: a refund that failed, a dispute that was won on appeal."""
    statement = delete(SubscriptionPayment).where(col(SubscriptionPayment.stripe_id).in_(stripe_ids))
    await (await db.connection()).execute(statement)


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[SubscriptionPayment]:
    """What moved, the latest first: an invoice of nothing is none of it."""
    query = (
        select(SubscriptionPayment)
        .join(Subscription, col(Subscription.id) == col(SubscriptionPayment.subscription_id))
        .where(Subscription.user_id == user_id, col(SubscriptionPayment.amount_cents) > 0)
        .order_by(col(SubscriptionPayment.happened_at).desc(), col(SubscriptionPayment.id))
    )
    return (await db.exec(query)).all()


async def gone_back(db: AsyncSession, user_id: UUID) -> dict[str, int]:
    """Cents that went back, by the invoice they had been paid for."""
    query = (
        select(SubscriptionPayment.invoice_id, func.sum(SubscriptionPayment.amount_cents))
        .join(Subscription, col(Subscription.id) == col(SubscriptionPayment.subscription_id))
        .where(Subscription.user_id == user_id, SubscriptionPayment.kind == SubscriptionMoney.back)
        .group_by(col(SubscriptionPayment.invoice_id))
    )
    return {invoice_id: cents for invoice_id, cents in await db.exec(query) if invoice_id}


async def without_any(db: AsyncSession) -> Sequence[Subscription]:
    """Subscriptions that began, and of which no invoice is known: each has one, if only of nothing."""
    known = select(SubscriptionPayment.id).where(SubscriptionPayment.subscription_id == Subscription.id)
    query = select(Subscription).where(col(Subscription.status).not_in(_NEVER_BEGAN), ~known.exists())
    return (await db.exec(query.order_by(col(Subscription.created_at)))).all()
