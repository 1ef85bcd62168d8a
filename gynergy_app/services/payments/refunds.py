"""Money that goes back, or is fought over: what a purchase becomes, and what returns when it stays after all.

For the worker. Access and codes follow from the row's status, in the database.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.paying import Refunded, money_back, status_after_refunds
from gynergy_app.models.payments import Purchase, Refund
from gynergy_app.repositories import purchases
from gynergy_app.services import events, referrals
from gynergy_app.services.events import EventType
from gynergy_app.services.payments import arriving, places, seats
from gynergy_app.services.payments.purchases import held

DISPUTE_LOST, DISPUTES = "dispute_lost", "disputes"
"""In a purchase's details: that the money is gone, and how every dispute about it stands."""

MONEY_WENT_BACK = "The place was refunded."


async def apply(
    db: AsyncSession, purchase_id: UUID, told: Sequence[Refunded], *, fetched_at: datetime, now: datetime
) -> PurchaseStatus:
    """Write these refunds down as they stood at `fetched_at`; the purchase follows from all of them."""
    purchase = await held(db, purchase_id)
    for refund in told:
        await _keep(db, purchase, refund, fetched_at)
    await db.flush()
    is_lost = bool(purchase.details.get(DISPUTE_LOST))
    back = money_back(await purchases.refunds_of(db, purchase.id))
    back = purchase.amount_cents if is_lost else min(back, purchase.amount_cents)
    purchase.amount_refunded_cents = back
    status = status_after_refunds(
        purchase.status,
        purchase.amount_cents,
        back,
        is_lost=is_lost,
        is_undecided=purchase.review_reason is not None,
    )
    await _become(db, purchase, status, now)
    return status


async def _keep(db: AsyncSession, purchase: Purchase, told: Refunded, fetched_at: datetime) -> None:
    kept = await purchases.find_refund(db, told.refund_id)
    if kept is None:
        kept = Refund(
            purchase_id=purchase.id,
            stripe_refund_id=told.refund_id,
            amount_cents=told.amount_cents,
            reason=told.reason,
            created_at=told.created_at,
        )
        db.add(kept)
    elif kept.provider_fetched_at and kept.provider_fetched_at > fetched_at:
        return
    kept.status, kept.failure, kept.provider_fetched_at = told.status, told.failure, fetched_at


async def freeze(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> None:
    """The buyer's bank asks for the money: nothing is open until that is decided."""
    purchase = await held(db, purchase_id)
    if purchase.status is PurchaseStatus.completed:
        purchase.disputed_at = now
        await _become(db, purchase, PurchaseStatus.disputed, now)


async def restore(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> None:
    """It was decided for us: everything is as it was."""
    purchase = await held(db, purchase_id)
    if purchase.status is PurchaseStatus.disputed:
        await _become(db, purchase, PurchaseStatus.completed, now)


async def lose(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> None:
    """It was decided for the buyer: the money is back, as after a refund."""
    purchase = await held(db, purchase_id)
    if purchase.status is PurchaseStatus.disputed:
        purchase.details = {**purchase.details, DISPUTE_LOST: True}
        purchase.amount_refunded_cents = purchase.amount_cents
        await _become(db, purchase, PurchaseStatus.refunded, now)


async def _become(db: AsyncSession, purchase: Purchase, status: PurchaseStatus, now: datetime) -> None:
    before, purchase.status = purchase.status, status
    if status is PurchaseStatus.refunded and before is not status:
        purchase.refunded_at = now
    elif status in (PurchaseStatus.completed, PurchaseStatus.review):
        purchase.refunded_at = purchase.disputed_at = None
    await db.flush()
    if before is status:
        return
    if status is PurchaseStatus.completed:
        await arriving.come_back(db, purchase, now=now)
    elif status is PurchaseStatus.refunded:
        await _take_leave(db, purchase, now)


async def _take_leave(db: AsyncSession, purchase: Purchase, now: datetime) -> None:
    """The place of somebody who has not come or begun is free again; what her coming brought goes back."""
    await seats.release(db, purchase, now=now)
    if purchase.user_id:
        await places.give_back(db, purchase, purchase.user_id, now=now)
        member = await arriving.member_of(db, purchase.user_id)
        events.record(db, EventType.purchase_refunded, member, purchase_id=str(purchase.id))
        await referrals.undo(db, purchase.id, MONEY_WENT_BACK, now=now)
