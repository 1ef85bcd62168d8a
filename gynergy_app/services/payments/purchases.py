"""Buying a place: from the click to the payment, each step as often as it is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.paying import Payment, Price
from gynergy_app.domain.payments.seats import checkout_ends, seat_while_bank_pays, seat_while_paying
from gynergy_app.domain.referrals import tidy_referral_code
from gynergy_app.errors import Conflict, NotFound
from gynergy_app.models.payments import Purchase
from gynergy_app.repositories import purchases, session_enrollments
from gynergy_app.services.payments import arriving, entitlements, seats


class HasAccess(Conflict):
    """A second place is bought on purpose or not at all."""

    def __init__(self) -> None:
        super().__init__("You already have access to the challenge. Do you want to buy it a second time?")


class PaidAlready(Conflict):
    def __init__(self) -> None:
        super().__init__("This purchase is paid. Nothing more will be charged.")


class NoSuchPurchase(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such purchase.")


@dataclass(frozen=True)
class Order:
    """What somebody wants to buy. `key` names the form: sent twice, it is one purchase."""

    key: UUID
    price: Price
    email: str
    session_id: UUID | None = None
    referral_code: str = ""


@dataclass(frozen=True)
class Checkout:
    """One attempt to pay. `url` is empty until the payment service has made its page."""

    purchase_id: UUID
    attempt: int
    expires_at: datetime
    url: str

    @property
    def key(self) -> str:
        """What makes the payment service answer with one page, however often it is asked."""
        return f"checkout:{self.purchase_id}:{self.attempt}"


async def begin(
    db: AsyncSession, order: Order, *, buyer: Member | None, now: datetime, is_meant: bool = False
) -> Checkout:
    """Write the wish down and keep a seat. A click that comes twice, or a return later, goes on with one.

    Raises `HasAccess` unless a second place `is_meant`, `PaidAlready`, and for the session `SessionFull`,
    `EnrollmentClosed` or `SessionGone`: then nothing is written down.
    """
    if buyer and not is_meant and await _has_access(db, buyer, now):
        raise HasAccess
    async with elevated(db):
        await purchases.hold_form(db, str(buyer.id if buyer else order.key))
        if order.session_id:
            await purchases.hold_session(db, order.session_id)
        purchase = await _unfinished(db, order, buyer)
        if purchase is None:
            purchase = _new(order, buyer, now)
            db.add(purchase)
        elif purchase.status.was_paid or purchase.status is PurchaseStatus.review:
            raise PaidAlready
        elif not _goes_on(purchase, order, now):
            if purchase.session_id != order.session_id:
                await seats.release(db, purchase, now=now)
                purchase.session_id = None
            _try_again(purchase, order, now)
        await db.flush()
        if order.session_id:
            until = seat_while_paying(purchase.checkout_expires_at or now)
            await seats.keep(db, purchase, order.session_id, until=until, now=now)
    return _checkout(purchase)


async def _has_access(db: AsyncSession, buyer: Member, now: datetime) -> bool:
    return (await entitlements.read(db, buyer.id)).challenge(now) is Door.open


async def _unfinished(db: AsyncSession, order: Order, buyer: Member | None) -> Purchase | None:
    same_form = await purchases.hold(db, order.key)
    if same_form or buyer is None:
        return same_form
    begun = await purchases.find_unfinished(db, buyer.id)
    return await purchases.hold(db, begun.id) if begun else None


def _new(order: Order, buyer: Member | None, now: datetime) -> Purchase:
    return Purchase(
        id=order.key,
        user_id=buyer.id if buyer else None,
        amount_cents=order.price.amount_cents,
        currency=order.price.currency,
        email=order.email,
        referral_code=tidy_referral_code(order.referral_code),
        checkout_expires_at=checkout_ends(now),
        created_at=now,
    )


def _goes_on(purchase: Purchase, order: Order, now: datetime) -> bool:
    """Whether the page to pay on is still there, and for the same thing."""
    is_open = purchase.checkout_expires_at is not None and purchase.checkout_expires_at > now
    same = (order.price.amount_cents, order.price.currency, order.session_id, order.email)
    asked = (purchase.amount_cents, purchase.currency, purchase.session_id, purchase.email)
    return purchase.status is PurchaseStatus.pending and is_open and same == asked


def _try_again(purchase: Purchase, order: Order, now: datetime) -> None:
    purchase.attempt += 1
    purchase.status = PurchaseStatus.pending
    purchase.amount_cents, purchase.currency = order.price.amount_cents, order.price.currency
    purchase.email = order.email
    purchase.checkout_expires_at = checkout_ends(now)
    purchase.checkout_url = purchase.stripe_checkout_session_id = None


def _checkout(purchase: Purchase) -> Checkout:
    return Checkout(
        purchase_id=purchase.id,
        attempt=purchase.attempt,
        expires_at=purchase.checkout_expires_at or purchase.created_at,
        url=purchase.checkout_url or "",
    )


async def attach(db: AsyncSession, checkout: Checkout, checkout_id: str, url: str) -> None:
    """Remember the page this attempt is paid on. One that was overtaken is not written over the next."""
    async with elevated(db):
        purchase = await purchases.hold(db, checkout.purchase_id)
        if purchase and purchase.attempt == checkout.attempt:
            purchase.stripe_checkout_session_id, purchase.checkout_url = checkout_id, url


async def complete(db: AsyncSession, purchase_id: UUID, payment: Payment, *, now: datetime) -> PurchaseStatus:
    """It was paid. Told again, or after money went back, it changes nothing.

    What was paid for something else than was asked waits for a person, and grants nothing.
    """
    async with elevated(db):
        purchase = await _held(db, purchase_id)
        if purchase.status.was_paid or purchase.status is PurchaseStatus.review:
            return purchase.status
        problem = payment.mismatch(Price(purchase.amount_cents, purchase.currency))
        _take_in(purchase, payment, now)
        if problem:
            purchase.status, purchase.review_reason = PurchaseStatus.review, problem
            return purchase.status
        await db.flush()
        await arriving.arrive(db, purchase, now=now)
    return purchase.status


async def accept(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> bool:
    """A person has decided that what was paid is the price after all. Told again, it changes nothing."""
    async with elevated(db):
        purchase = await _held(db, purchase_id)
        if purchase.status is not PurchaseStatus.review:
            return False
        purchase.status, purchase.review_reason = PurchaseStatus.completed, None
        await db.flush()
        await arriving.arrive(db, purchase, now=now)
    return True


def _take_in(purchase: Purchase, payment: Payment, now: datetime) -> None:
    purchase.status, purchase.review_reason = PurchaseStatus.completed, None
    purchase.amount_cents, purchase.currency = payment.total.amount_cents, payment.total.currency
    purchase.purchased_at = purchase.purchased_at or now
    purchase.stripe_payment_intent_id = payment.intent_id
    purchase.stripe_customer_id = payment.customer_id
    purchase.email = purchase.email or payment.email
    purchase.provider_fetched_at = payment.fetched_at
    purchase.checkout_url = None
    if payment.card:
        purchase.details = {**purchase.details, "card": payment.card}


async def await_bank(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> None:
    """The buyer has done her part, and her bank takes days: the seat is kept meanwhile."""
    async with elevated(db):
        purchase = await _held(db, purchase_id)
        if purchase.status is PurchaseStatus.pending and purchase.seat_held_until:
            purchase.seat_held_until = seat_while_bank_pays(now)


async def expire(db: AsyncSession, purchase_id: UUID, checkout_id: str, *, now: datetime) -> None:
    """A page to pay on has closed. One that a later attempt has overtaken closes nothing."""
    await _end(db, purchase_id, checkout_id, PurchaseStatus.expired, now)


async def fail(db: AsyncSession, purchase_id: UUID, checkout_id: str, *, now: datetime) -> None:
    """The bank did not pay."""
    await _end(db, purchase_id, checkout_id, PurchaseStatus.failed, now)


async def _end(
    db: AsyncSession, purchase_id: UUID, checkout_id: str, status: PurchaseStatus, now: datetime
) -> None:
    async with elevated(db):
        purchase = await _held(db, purchase_id)
        is_this = purchase.stripe_checkout_session_id in (None, checkout_id)
        if purchase.status is PurchaseStatus.pending and is_this:
            purchase.status, purchase.checkout_url = status, None
            await seats.release(db, purchase, now=now)


async def _held(db: AsyncSession, purchase_id: UUID) -> Purchase:
    """In the order of all locks: practice, session, purchase. Raises `NoSuchPurchase`."""
    known = await purchases.find(db, purchase_id)
    if known is None:
        raise NoSuchPurchase
    if not known.status.was_paid:
        if known.user_id:
            await session_enrollments.hold_practice(db, known.user_id)
        if known.session_id:
            await purchases.hold_session(db, known.session_id)
    purchase = await purchases.hold(db, purchase_id)
    if purchase is None:
        raise NoSuchPurchase
    return purchase
