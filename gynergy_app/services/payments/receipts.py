"""Purchases as their buyers see them: what was begun, what was paid, and what stands in the way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType
from gynergy_app.domain.payments.paying import Price
from gynergy_app.domain.payments.receipts import Stage, order_number
from gynergy_app.models.payments import Purchase
from gynergy_app.repositories import purchases
from gynergy_app.services.payments.arriving import SEAT_LOST
from gynergy_app.services.payments.purchases import AWAITS_BANK, is_being_paid

_IN_THE_WAY = (Stage.bank, Stage.review, Stage.paying)
_OF_STATUS = {
    PurchaseStatus.pending: Stage.expired,
    PurchaseStatus.completed: Stage.paid,
    PurchaseStatus.failed: Stage.failed,
    PurchaseStatus.expired: Stage.expired,
    PurchaseStatus.refunded: Stage.refunded,
    PurchaseStatus.disputed: Stage.disputed,
    PurchaseStatus.review: Stage.review,
}


@dataclass(frozen=True)
class Receipt:
    """`price` is what was paid, or what is asked for. Without `owner_id` it is a guest's.

    `seat_until` is when a seat is given back that is kept for somebody who has not paid yet.
    """

    purchase_id: UUID
    owner_id: UUID | None
    stage: Stage
    price: Price
    email: str
    session_id: UUID | None
    began_at: datetime
    paid_at: datetime | None
    refunded_at: datetime | None
    seat_until: datetime | None
    has_lost_seat: bool

    @property
    def order(self) -> str:
        return order_number(self.purchase_id)


def receipt(purchase: Purchase, now: datetime) -> Receipt:
    stage = _stage(purchase, now)
    return Receipt(
        purchase_id=purchase.id,
        owner_id=purchase.user_id,
        stage=stage,
        price=Price(purchase.amount_cents, purchase.currency),
        email=purchase.email or "",
        session_id=purchase.session_id,
        began_at=purchase.created_at,
        paid_at=purchase.purchased_at,
        refunded_at=purchase.refunded_at,
        seat_until=purchase.seat_held_until if stage in (Stage.paying, Stage.bank) else None,
        has_lost_seat=bool(purchase.details.get(SEAT_LOST)),
    )


def _stage(purchase: Purchase, now: datetime) -> Stage:
    if purchase.status is PurchaseStatus.pending and AWAITS_BANK in purchase.details:
        return Stage.bank
    return Stage.paying if is_being_paid(purchase, now) else _OF_STATUS[purchase.status]


async def latest(db: AsyncSession, member: Member, *, now: datetime) -> Receipt | None:
    """What she should know of before she buys: what is in the way of it, else the last she did."""
    bought = [
        receipt(purchase, now)
        for purchase in await purchases.of_member(db, member.id)
        if purchase.purchase_type is PurchaseType.challenge
    ]
    in_the_way = (each for each in bought if each.stage in _IN_THE_WAY)
    return next(in_the_way, bought[0] if bought else None)


async def of_checkout(db: AsyncSession, checkout_id: str, *, now: datetime) -> Receipt | None:
    """The purchase paid on this page, if whoever asks may know of it: its owner, and of a guest's anybody."""
    async with elevated(db):
        purchase = await purchases.find_by_checkout(db, checkout_id)
    return receipt(purchase, now) if purchase else None


async def of_purchase(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> Receipt | None:
    """As `of_checkout`, by its own number."""
    async with elevated(db):
        purchase = await purchases.find(db, purchase_id)
    return receipt(purchase, now) if purchase else None
