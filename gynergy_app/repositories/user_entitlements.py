"""What a member may open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus, SubscriptionStatus
from gynergy_app.models.accounts import UserEntitlement
from gynergy_app.models.payments import Purchase, Subscription

GONE_BACK = (PurchaseStatus.refunded, PurchaseStatus.disputed)

_GRANT = text("select private.grant_challenge_access(:user_id, 'admin_granted', :at)")
_CLOSE = text("select private.close_challenge_access(:user_id, :reason, :at)")


async def find(db: AsyncSession, user_id: UUID) -> UserEntitlement | None:
    return (await db.exec(select(UserEntitlement).where(UserEntitlement.user_id == user_id))).first()


async def open_community(db: AsyncSession, user_id: UUID, now: datetime) -> None:
    """For good; the moment of the first time stays."""
    opened = {"has_community_access": True, "community_access_at": now}
    first_time = func.coalesce(col(UserEntitlement.community_access_at), now)
    statement = (
        insert(UserEntitlement)
        .values(UserEntitlement(user_id=user_id, **opened).model_dump())
        .on_conflict_do_update(
            index_elements=["user_id"],
            set_={"has_community_access": True, "community_access_at": first_time},
        )
    )
    await (await db.connection()).execute(statement)


async def read(db: AsyncSession, user_id: UUID) -> Entitlement:
    """What decides what she may open, in one statement."""
    taken_back = (
        select(Purchase.status)
        .where(Purchase.user_id == user_id, col(Purchase.status).in_(GONE_BACK))
        .order_by(func.coalesce(Purchase.refunded_at, Purchase.disputed_at).desc().nulls_last())
        .limit(1)
    )
    query = (
        select(UserEntitlement, Subscription, taken_back.scalar_subquery())
        .outerjoin(Subscription, col(Subscription.id) == col(UserEntitlement.journal_subscription_id))
        .where(UserEntitlement.user_id == user_id)
    )
    row = (await db.exec(query)).first()
    if row is None:
        return Entitlement()
    kept, hers, taken_back = row
    return in_words(
        came_by=kept.challenge_access_type,
        challenge_session_id=kept.challenge_session_id,
        challenge_until=kept.challenge_expires_at,
        subscription=hers.status if hers else None,
        past_due_since=hers.past_due_since if hers else None,
        has_community=kept.has_community_access,
        closed_reason=kept.challenge_closed_reason,
        taken_back=taken_back,
        trial_until=hers.trial_end if hers and hers.status is SubscriptionStatus.trialing else None,
        journal_until=hers.current_period_end if hers and hers.cancel_at_period_end else None,
    )


def in_words(
    *,
    came_by: str | None,
    subscription: str | None,
    closed_reason: str | None,
    taken_back: str | None,
    **kept: Any,
) -> Entitlement:
    """What the database has, as the rules read it. Without a source there is no access to speak of."""
    return Entitlement(
        came_by=AccessType(came_by) if came_by else None,
        subscription=SubscriptionStatus(subscription) if subscription else None,
        closed_reason="" if came_by else closed_reason or "",
        taken_back=PurchaseStatus(taken_back) if taken_back and not came_by else None,
        **kept,
    )


async def grant(db: AsyncSession, user_id: UUID, now: datetime) -> None:
    """An admin's yes. Call while stepped up."""
    await (await db.connection()).execute(_GRANT, {"user_id": user_id, "at": now})


async def close(db: AsyncSession, user_id: UUID, reason: str, now: datetime) -> None:
    """An admin's no, against everything that came before. Call while stepped up."""
    await (await db.connection()).execute(_CLOSE, {"user_id": user_id, "reason": reason, "at": now})
