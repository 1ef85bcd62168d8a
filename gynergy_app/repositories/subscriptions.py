"""Journal subscriptions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import OVER
from gynergy_app.models.payments import Purchase, Subscription


async def upsert(db: AsyncSession, values: Mapping[str, Any], asked_at: datetime) -> Subscription | None:
    """The row as it now is; None when it was written after this was asked, so that it may be the newer one.

    Whoever it belongs to stays.
    """
    fresh = Subscription(**values).model_dump(exclude={"updated_at"})
    statement = insert(Subscription).values({**fresh, "provider_fetched_at": func.clock_timestamp()})
    said = statement.excluded
    changed: dict[str, Any] = {
        name: said[name] for name in fresh if name not in ("id", "stripe_subscription_id")
    }
    changed["user_id"] = func.coalesce(Subscription.user_id, said.user_id)
    is_newer = or_(
        col(Subscription.provider_fetched_at).is_(None),
        col(Subscription.provider_fetched_at) <= asked_at,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["stripe_subscription_id"], set_=changed, where=is_newer
    ).returning(col(Subscription.id))
    row_id = (await (await db.connection()).execute(statement)).scalar()
    return await db.get(Subscription, row_id, populate_existing=True) if row_id else None


async def find_by_stripe(db: AsyncSession, stripe_id: str) -> Subscription | None:
    return (
        await db.exec(select(Subscription).where(Subscription.stripe_subscription_id == stripe_id))
    ).first()


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[Subscription]:
    """The newest first. Stripe tells seconds: of two in one, whichever is over stands behind."""
    query = select(Subscription).where(Subscription.user_id == user_id)
    newest, living = col(Subscription.created_at).desc(), col(Subscription.ended_at).desc().nulls_first()
    return (await db.exec(query.order_by(newest, living))).all()


async def find_own(db: AsyncSession, user_id: UUID, row_id: UUID) -> Subscription | None:
    query = select(Subscription).where(Subscription.user_id == user_id, Subscription.id == row_id)
    return (await db.exec(query)).first()


async def customers_of(db: AsyncSession, user_id: UUID) -> list[str]:
    """Under which names the payment service knows her, those she subscribed by first."""
    found: list[str] = []
    for table in (Subscription, Purchase):
        query = select(table.stripe_customer_id).where(
            table.user_id == user_id, col(table.stripe_customer_id).is_not(None)
        )
        found += [
            each for each in (await db.exec(query.order_by(col(table.created_at).desc()))).all() if each
        ]
    return list(dict.fromkeys(found))


async def living(db: AsyncSession) -> Sequence[Subscription]:
    """All that may still change at Stripe."""
    query = select(Subscription).where(col(Subscription.status).not_in(OVER))
    return (await db.exec(query.order_by(col(Subscription.created_at)))).all()


async def owner_of_customer(db: AsyncSession, customer_id: str) -> UUID | None:
    """Whom Stripe's customer is here, as far as a purchase or an earlier subscription tells."""
    for table in (Subscription, Purchase):
        query = select(table.user_id).where(
            table.stripe_customer_id == customer_id, col(table.user_id).is_not(None)
        )
        if owner := (await db.exec(query.limit(1))).first():
            return owner
    return None


async def unlink_customer(db: AsyncSession, customer_id: str) -> None:
    """Stripe has forgotten this customer."""
    for table in (Subscription, Purchase):
        statement = update(table).where(col(table.stripe_customer_id) == customer_id)
        await (await db.connection()).execute(statement.values(stripe_customer_id=None))


async def readdress_guest(db: AsyncSession, customer_id: str, email: str) -> None:
    """A guest's address was set right at Stripe: her purchase is found by it from now on."""
    statement = (
        update(Purchase)
        .where(col(Purchase.stripe_customer_id) == customer_id, col(Purchase.user_id).is_(None))
        .values(email=email)
    )
    await (await db.connection()).execute(statement)
