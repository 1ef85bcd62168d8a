"""Purchases, and the seats kept for them. To change a row, hold its session first and then the row."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType, RefundStatus
from gynergy_app.models.payments import Purchase, Refund

UNFINISHED = (PurchaseStatus.pending, PurchaseStatus.expired, PurchaseStatus.failed)

_HOLD_FORM = text("select pg_advisory_xact_lock(hashtextextended('purchase:' || :key, 0))")
_HOLD_SESSION = text("select private.hold_session(:session_id)")
_KEEP_SEAT = text("select private.keep_seat(:purchase_id, :session_id, :until, :at)")
_LET_GO = text("select private.let_go_of_seats(null, :at)")
_QUEUE = text("select * from private.first_in_queue(:session_id, :at)")
_MAY_CLAIM = text("select private.may_claim_purchases()")
_CLAIM = text("select private.claim_purchases(:at)")


async def find(db: AsyncSession, purchase_id: UUID) -> Purchase | None:
    return (await db.exec(select(Purchase).where(Purchase.id == purchase_id))).first()


async def hold(db: AsyncSession, purchase_id: UUID) -> Purchase | None:
    """The row as it is now, and nobody else's to change before this transaction ends."""
    query = select(Purchase).where(Purchase.id == purchase_id).with_for_update()
    return (await db.exec(query.execution_options(populate_existing=True))).first()


async def find_by_checkout(db: AsyncSession, checkout_id: str) -> Purchase | None:
    return (await db.exec(select(Purchase).where(Purchase.stripe_checkout_session_id == checkout_id))).first()


async def find_by_intent(db: AsyncSession, intent_id: str) -> Purchase | None:
    return (await db.exec(select(Purchase).where(Purchase.stripe_payment_intent_id == intent_id))).first()


async def find_unfinished(db: AsyncSession, user_id: UUID) -> Purchase | None:
    """What a member has begun to buy and not paid, the latest."""
    query = (
        select(Purchase)
        .where(Purchase.user_id == user_id, Purchase.purchase_type == PurchaseType.challenge)
        .where(col(Purchase.status).in_(UNFINISHED))
        .order_by(col(Purchase.created_at).desc())
    )
    return (await db.exec(query.limit(1))).first()


async def has_bought(db: AsyncSession, user_id: UUID | None, email: str | None) -> bool:
    """Whether this member, or whoever gave this address, has a place: bought, given, or not claimed yet."""
    hers = or_(
        and_(col(Purchase.user_id).is_not(None), col(Purchase.user_id) == user_id),
        col(Purchase.email_lower) == (email or "").lower(),
    )
    query = select(Purchase.id).where(hers, Purchase.status == PurchaseStatus.completed)
    return (await db.exec(query.limit(1))).first() is not None


async def waits_for_a_person(db: AsyncSession, user_id: UUID) -> bool:
    """Whether something she paid is being looked at."""
    query = select(Purchase.id).where(Purchase.user_id == user_id, Purchase.status == PurchaseStatus.review)
    return (await db.exec(query.limit(1))).first() is not None


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[Purchase]:
    """The newest first."""
    query = select(Purchase).where(Purchase.user_id == user_id).order_by(col(Purchase.created_at).desc())
    return (await db.exec(query)).all()


async def of_guest(db: AsyncSession, email: str) -> Sequence[Purchase]:
    """What was bought with this address and belongs to nobody yet, the newest first."""
    query = select(Purchase).where(col(Purchase.user_id).is_(None), Purchase.email_lower == email.lower())
    return (await db.exec(query.order_by(col(Purchase.created_at).desc()))).all()


async def customer_of(db: AsyncSession, user_id: UUID) -> str | None:
    """Under which name the payment service knows her, if it does."""
    query = (
        select(Purchase.stripe_customer_id)
        .where(Purchase.user_id == user_id, col(Purchase.stripe_customer_id).is_not(None))
        .order_by(col(Purchase.created_at).desc())
    )
    return (await db.exec(query.limit(1))).first()


async def hold_form(db: AsyncSession, key: str) -> None:
    """Let one transaction at a time begin a purchase with this form."""
    await (await db.connection()).execute(_HOLD_FORM, {"key": key})


async def hold_session(db: AsyncSession, session_id: UUID) -> None:
    """Nobody takes or gives back a place in it meanwhile."""
    await (await db.connection()).execute(_HOLD_SESSION, {"session_id": session_id})


async def keep_seat(
    db: AsyncSession, purchase_id: UUID, session_id: UUID, *, until: datetime | None, now: datetime
) -> str:
    """`kept`, or why not: `full`, `closed`, `gone`. Without an end: for as long as anybody may join."""
    said = {"purchase_id": purchase_id, "session_id": session_id, "until": until, "at": now}
    await db.flush()
    return (await (await db.connection()).execute(_KEEP_SEAT, said)).scalar_one()


async def let_go_of_seats(db: AsyncSession, now: datetime) -> list[UUID]:
    """End every keeping whose time is over; the sessions it was in."""
    return list((await (await db.connection()).execute(_LET_GO, {"at": now})).scalars())


async def first_in_queue(db: AsyncSession, session_id: UUID, now: datetime) -> list[tuple[UUID, str, bool]]:
    """Who is first in the queue, as many as there are places, what the session is called, and whether she has
    access already and need not buy."""
    await db.flush()
    rows = await (await db.connection()).execute(_QUEUE, {"session_id": session_id, "at": now})
    return [(row.user_id, row.label, row.has_access) for row in rows]


async def may_claim(db: AsyncSession) -> bool:
    """Whether a guest's purchase waits for the caller: asked alone, so that most of the time it is all."""
    return bool((await (await db.connection()).execute(_MAY_CLAIM)).scalar())


async def claim(db: AsyncSession, now: datetime) -> list[UUID]:
    """The guest purchases that have just become the caller's. Call while stepped up."""
    return list((await (await db.connection()).execute(_CLAIM, {"at": now})).scalars())


async def find_refund(db: AsyncSession, refund_id: str) -> Refund | None:
    return (await db.exec(select(Refund).where(Refund.stripe_refund_id == refund_id))).first()


async def refunds_of(db: AsyncSession, purchase_id: UUID) -> list[tuple[RefundStatus, int]]:
    query = select(Refund.status, Refund.amount_cents).where(Refund.purchase_id == purchase_id)
    return [(RefundStatus(status), amount) for status, amount in (await db.exec(query)).all()]


async def list_refunds(db: AsyncSession, purchase_id: UUID) -> Sequence[Refund]:
    """Every refund of it, in the order they were asked for."""
    query = select(Refund).where(Refund.purchase_id == purchase_id)
    return (await db.exec(query.order_by(col(Refund.created_at), col(Refund.id)))).all()


async def unsent_refunds(db: AsyncSession) -> Sequence[UUID]:
    """Asked for at the desk, and not known to Stripe as far as we know; the oldest first."""
    query = select(Refund.id).where(
        Refund.status == RefundStatus.pending, col(Refund.stripe_refund_id).is_(None)
    )
    return (await db.exec(query.order_by(col(Refund.created_at)))).all()


async def unsettled_checkouts(db: AsyncSession, before: datetime) -> Sequence[str]:
    """Checkouts that were begun before this moment and of which nobody has told how they ended."""
    query = select(Purchase.stripe_checkout_session_id).where(
        Purchase.status == PurchaseStatus.pending,
        Purchase.created_at < before,
        col(Purchase.stripe_checkout_session_id).is_not(None),
    )
    return [each for each in (await db.exec(query.order_by(col(Purchase.created_at)))).all() if each]
