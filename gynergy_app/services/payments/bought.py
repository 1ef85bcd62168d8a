"""What a member has bought once, and what became of the money."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType
from gynergy_app.domain.payments.paying import Price
from gynergy_app.models.payments import Purchase
from gynergy_app.repositories import purchases
from gynergy_app.services.payments.purchases import NoSuchPurchase

_SHOWN = (
    PurchaseStatus.completed,
    PurchaseStatus.refunded,
    PurchaseStatus.disputed,
    PurchaseStatus.review,
)


@dataclass(frozen=True)
class Bought:
    """One place in the challenge. `is_gift`: a friend's code gave it."""

    id: UUID
    at: datetime
    amount: Price
    given_back: Price
    status: PurchaseStatus
    is_gift: bool
    refunded_at: datetime | None
    has_receipt: bool


async def of_member(db: AsyncSession, member: Member) -> list[Bought]:
    """What was paid or given, the newest first. A checkout nobody finished is not among it."""
    rows = await purchases.of_member(db, member.id)
    return [_bought(row) for row in rows if row.status in _SHOWN]


async def checkout_of(db: AsyncSession, member: Member, purchase_id: UUID) -> str:
    """Under which name Stripe knows its checkout. Raises `NoSuchPurchase` for one that is not hers."""
    row = await purchases.find(db, purchase_id)
    if row is None or row.user_id != member.id or not row.stripe_checkout_session_id:
        raise NoSuchPurchase
    return row.stripe_checkout_session_id


def _bought(row: Purchase) -> Bought:
    return Bought(
        id=row.id,
        at=row.purchased_at or row.created_at,
        amount=Price(row.amount_cents, row.currency),
        given_back=Price(row.amount_refunded_cents, row.currency),
        status=row.status,
        is_gift=row.purchase_type is PurchaseType.challenge_friend_code,
        refunded_at=row.refunded_at,
        has_receipt=bool(row.stripe_checkout_session_id) and row.amount_cents > 0,
    )
