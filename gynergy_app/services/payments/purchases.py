"""Buying a place: from the click to the payment, each step as often as it is told."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.paying import Payment, Price
from gynergy_app.domain.payments.seats import checkout_ends, seat_while_bank_pays, seat_while_paying
from gynergy_app.models.payments import Purchase
from gynergy_app.repositories import purchases, session_enrollments
from gynergy_app.services.payments import arriving, entitlements, seats
from gynergy_app.services.payments.orders import (
    Checkout,
    HasAccess,
    NoSuchPurchase,
    Order,
    PaidAlready,
    PaymentOnItsWay,
)

AWAITS_BANK = "awaits_bank"
"""In a purchase's details: paid as far as the buyer is concerned, and her bank takes days."""

PRICE = "price"
"""In them too, while a bank is asked for another sum: what has to be paid before codes."""

ACCEPTED_AT = "accepted_at"
"""In them too: when a person said that what was paid counts. Its codes are as old as that."""


async def begin(
    db: AsyncSession, order: Order, *, buyer: Member | None, now: datetime, is_meant: bool = False
) -> Checkout:
    """Write the wish down and keep a seat. A click that comes twice, or a return later, goes on with one.

    Raises `HasAccess` unless a second place `is_meant`, `PaidAlready`, `PaymentOnItsWay`, and for the session
    `SessionFull`, `EnrollmentClosed` or `SessionGone`: then nothing is written down.
    """
    if buyer and not is_meant and await _has_access(db, buyer, now):
        raise HasAccess
    if buyer and not is_meant and await purchases.waits_for_a_person(db, buyer.id):
        raise PaidAlready
    overtaken = ""
    async with elevated(db):
        await purchases.hold_form(db, str(buyer.id if buyer else order.key))
        if order.session_id:
            await purchases.hold_session(db, order.session_id)
        purchase = await _unfinished(db, order, buyer)
        if purchase is None:
            purchase = await _write_down(db, order, buyer, now)
        elif purchase.status.was_paid or purchase.status is PurchaseStatus.review:
            raise PaidAlready
        elif AWAITS_BANK in purchase.details:
            raise PaymentOnItsWay
        elif not _goes_on(purchase, order, now):
            overtaken = _open_page_of(purchase, now)
            if purchase.session_id != order.session_id:
                await seats.release(db, purchase, now=now)
                purchase.session_id = None
            _try_again(purchase, order, now)
        await db.flush()
        if order.session_id:
            until = seat_while_paying(purchase.checkout_expires_at or now)
            await seats.keep(db, purchase, order.session_id, until=until, now=now)
    return _checkout(purchase, overtaken)


async def _has_access(db: AsyncSession, buyer: Member, now: datetime) -> bool:
    return (await entitlements.read(db, buyer.id)).challenge(now) is Door.open


async def _unfinished(db: AsyncSession, order: Order, buyer: Member | None) -> Purchase | None:
    same_form = await purchases.hold(db, order.key)
    if same_form or buyer is None:
        return same_form
    begun = await purchases.find_unfinished(db, buyer.id)
    return await purchases.hold(db, begun.id) if begun else None


async def _write_down(db: AsyncSession, order: Order, buyer: Member | None, now: datetime) -> Purchase:
    """A row under this key that cannot be seen was a guest's: it is paid, and has found its owner."""
    purchase = _new(order, buyer, now)
    try:
        async with db.begin_nested():
            db.add(purchase)
    except IntegrityError as taken:
        raise PaidAlready from taken
    return purchase


def _new(order: Order, buyer: Member | None, now: datetime) -> Purchase:
    return Purchase(
        id=order.key,
        user_id=buyer.id if buyer else None,
        amount_cents=order.price.amount_cents,
        currency=order.price.currency,
        email=order.email,
        referral_code=order.arrival.code or None,
        came_to=order.arrival.page or None,
        came_at=order.arrival.at,
        checkout_expires_at=checkout_ends(now),
        created_at=now,
    )


def _goes_on(purchase: Purchase, order: Order, now: datetime) -> bool:
    """Whether the page to pay on is still there, and for the same thing."""
    same = (order.price.amount_cents, order.price.currency, order.session_id, order.email)
    asked = (purchase.amount_cents, purchase.currency, purchase.session_id, purchase.email)
    return is_being_paid(purchase, now) and same == asked


def is_being_paid(purchase: Purchase, now: datetime) -> bool:
    is_open = purchase.checkout_expires_at is not None and purchase.checkout_expires_at > now
    return purchase.status is PurchaseStatus.pending and is_open


def _open_page_of(purchase: Purchase, now: datetime) -> str:
    return (purchase.stripe_checkout_session_id or "") if is_being_paid(purchase, now) else ""


def _try_again(purchase: Purchase, order: Order, now: datetime) -> None:
    purchase.attempt += 1
    purchase.status = PurchaseStatus.pending
    purchase.amount_cents, purchase.currency = order.price.amount_cents, order.price.currency
    purchase.details = _without(purchase, PRICE)
    purchase.email = order.email
    purchase.checkout_expires_at = checkout_ends(now)
    purchase.checkout_url = purchase.stripe_checkout_session_id = None


def _checkout(purchase: Purchase, overtaken: str) -> Checkout:
    return Checkout(
        purchase_id=purchase.id,
        attempt=purchase.attempt,
        expires_at=purchase.checkout_expires_at or purchase.created_at,
        url=purchase.checkout_url or "",
        overtaken=overtaken,
    )


async def attach(db: AsyncSession, checkout: Checkout, checkout_id: str, url: str) -> None:
    """Remember the page this attempt is paid on. One that was overtaken is not written over the next."""
    async with elevated(db):
        purchase = await purchases.hold(db, checkout.purchase_id)
        if purchase and purchase.attempt == checkout.attempt:
            purchase.stripe_checkout_session_id, purchase.checkout_url = checkout_id, url


async def give_up(db: AsyncSession, checkout: Checkout, *, now: datetime) -> None:
    """The payment service takes no such payment: the seat is free, and the next click begins anew."""
    async with elevated(db):
        purchase = await held(db, checkout.purchase_id)
        if purchase.attempt == checkout.attempt and is_being_paid(purchase, now):
            purchase.status, purchase.checkout_expires_at = PurchaseStatus.failed, now
            await seats.release(db, purchase, now=now)


async def complete(db: AsyncSession, purchase_id: UUID, payment: Payment, *, now: datetime) -> PurchaseStatus:
    """It was paid. Told again, or after money went back, it changes nothing.

    What was paid for something else than was asked waits for a person, and grants nothing.
    """
    async with elevated(db):
        purchase = await held(db, purchase_id)
        if purchase.status.was_paid or purchase.status is PurchaseStatus.review:
            return purchase.status
        problem = payment.mismatch(_price(purchase))
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
        purchase = await held(db, purchase_id)
        if purchase.status is not PurchaseStatus.review:
            return False
        purchase.status, purchase.review_reason = PurchaseStatus.completed, None
        purchase.details = {**purchase.details, ACCEPTED_AT: now.isoformat()}
        await db.flush()
        await arriving.arrive(db, purchase, now=now)
    return True


def _take_in(purchase: Purchase, payment: Payment, now: datetime) -> None:
    purchase.status, purchase.review_reason = PurchaseStatus.completed, None
    purchase.amount_cents, purchase.currency = payment.total.amount_cents, payment.total.currency
    purchase.purchased_at = purchase.purchased_at or now
    purchase.stripe_checkout_session_id = payment.checkout_id or purchase.stripe_checkout_session_id
    purchase.stripe_payment_intent_id = payment.intent_id
    purchase.stripe_customer_id = payment.customer_id
    purchase.email = purchase.email or payment.email
    purchase.provider_fetched_at = payment.fetched_at
    purchase.checkout_url = None
    details = _without(purchase, AWAITS_BANK, PRICE)
    purchase.details = {**details, "card": payment.card} if payment.card else details


def _price(purchase: Purchase) -> Price:
    kept = purchase.details.get(PRICE)
    return Price(**kept) if kept else Price(purchase.amount_cents, purchase.currency)


def _ask_for(purchase: Purchase, total: Price) -> None:
    """With a code a bank is asked for less than the price; what it pays is held against the price."""
    price = _price(purchase)
    details = _without(purchase, PRICE)
    purchase.details = details if total == price else {**details, PRICE: asdict(price)}
    purchase.amount_cents, purchase.currency = total.amount_cents, total.currency


def _without(purchase: Purchase, *names: str) -> dict[str, Any]:
    return {name: said for name, said in purchase.details.items() if name not in names}


async def await_bank(
    db: AsyncSession,
    purchase_id: UUID,
    *,
    now: datetime,
    checkout_id: str | None = None,
    total: Price | None = None,
) -> None:
    """The buyer has done her part, and her bank takes days: the seat is kept meanwhile.

    `total` is what it was asked for.
    """
    async with elevated(db):
        purchase = await held(db, purchase_id)
        if purchase.status in purchases.UNFINISHED and AWAITS_BANK not in purchase.details:
            purchase.status = PurchaseStatus.pending
            purchase.stripe_checkout_session_id = checkout_id or purchase.stripe_checkout_session_id
            purchase.details = {**purchase.details, AWAITS_BANK: now.isoformat()}
            if total:
                _ask_for(purchase, total)
            if purchase.seat_held_until:
                purchase.seat_held_until = seat_while_bank_pays(now)


async def expire(
    db: AsyncSession, purchase_id: UUID, checkout_id: str, *, now: datetime, attempt: int | None = None
) -> None:
    """A page to pay on has closed. One that a later attempt has overtaken closes nothing."""
    await _end(db, purchase_id, checkout_id, attempt, PurchaseStatus.expired, now)


async def fail(
    db: AsyncSession,
    purchase_id: UUID,
    checkout_id: str,
    *,
    now: datetime,
    attempt: int | None = None,
    total: Price | None = None,
) -> None:
    """The bank did not pay the `total` it was asked for."""
    await _end(db, purchase_id, checkout_id, attempt, PurchaseStatus.failed, now, total)


async def _end(
    db: AsyncSession,
    purchase_id: UUID,
    checkout_id: str,
    attempt: int | None,
    status: PurchaseStatus,
    now: datetime,
    total: Price | None = None,
) -> None:
    """Between two attempts the row names no page: then the attempt that the page was made for decides."""
    async with elevated(db):
        purchase = await held(db, purchase_id)
        is_this = purchase.stripe_checkout_session_id in (None, checkout_id)
        if purchase.status is PurchaseStatus.pending and is_this and attempt in (None, purchase.attempt):
            purchase.status, purchase.checkout_url = status, None
            purchase.details = _without(purchase, AWAITS_BANK)
            if total:
                _ask_for(purchase, total)
            await seats.release(db, purchase, now=now)


async def held(db: AsyncSession, purchase_id: UUID) -> Purchase:
    """In the order of all locks: practice, session, purchase. Raises `NoSuchPurchase`.

    One that is paid takes no seat any more; if its money goes back, her place may go with it. One whose
    money went back may yet take it again.
    """
    known = await purchases.find(db, purchase_id)
    if known is None:
        raise NoSuchPurchase
    if known.user_id:
        await session_enrollments.hold_practice(db, known.user_id)
    if known.session_id and known.status is not PurchaseStatus.completed:
        await purchases.hold_session(db, known.session_id)
    purchase = await purchases.hold(db, purchase_id)
    if purchase is None:
        raise NoSuchPurchase
    return purchase
