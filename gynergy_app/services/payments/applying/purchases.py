"""A purchase: its checkout, and whatever became of the money afterwards."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.payments import stripe_words
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.stripe_words import FOUGHT_OVER, LOST, REFUND_ID, our_id
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import Object
from gynergy_app.models.payments import Purchase, Refund
from gynergy_app.repositories import purchases as rows
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import alerts, mailing, purchases, refunds

log = logging.getLogger(__name__)

_WHOLE = ("payment_intent.latest_charge",)
_FOR_A_PERSON = {
    "charge.dispute.created": "A payment is disputed",
    "radar.early_fraud_warning.created": "A bank warns of fraud",
    "review.opened": "A payment waits for a review at Stripe",
}


@dataclass(frozen=True)
class PurchaseTold:
    """Everything about one checkout. `alarm` is what the event that asked wants a person to know."""

    session: Object
    refunds: list[Object]
    disputes: list[Object]
    asked_at: datetime
    purchase_id: UUID
    alarm: str | None = None
    event_object: str = ""

    @property
    def intent_id(self) -> str | None:
        return (self.session.get("payment_intent") or {}).get("id")


async def ask(event_type: str, thing: Object, asked_at: datetime) -> PurchaseTold | None:
    """Whatever of a purchase an event is about, all of it is asked for. None for what is not bought here."""
    if thing["object"] == "checkout.session":
        session_id = thing["id"]
    else:
        intent_id = thing["id"] if thing["object"] == "payment_intent" else await _intent_of(thing)
        session_id = await _session_of(intent_id)
    told = await look(session_id, asked_at) if session_id else None
    if told is None:
        return None
    if declined := (thing.get("last_payment_error") or {}).get("decline_code"):
        log.info("Purchase %s: a card was declined (%s).", told.purchase_id, declined)
    alarm = _FOR_A_PERSON.get(event_type)
    return PurchaseTold(**{**told.__dict__, "alarm": alarm, "event_object": thing["id"]})


async def look(session_id: str, asked_at: datetime) -> PurchaseTold | None:
    """A checkout as it stands, for whoever asks: an event, the page of success, a look back."""
    session = await stripe_billing.get("checkout.session", session_id, _WHOLE)
    intent = session.get("payment_intent")
    purchase_id = stripe_words.purchase_of(session)
    if purchase_id is None or session["mode"] != "payment":
        return None
    back: list[list[Object]] = [[], []]
    if intent and stripe_words.is_paid(session):
        of_it = {"payment_intent": intent["id"]}
        kinds = ("refund", "dispute")
        back = await asyncio.gather(*(stripe_billing.list_all(kind, of_it) for kind in kinds))
    return PurchaseTold(session, *back, asked_at=asked_at, purchase_id=purchase_id)


async def _intent_of(thing: Object) -> str | None:
    """Disputes, refunds and reviews name the payment; a warning may name its charge alone."""
    if thing.get("payment_intent") or not thing.get("charge"):
        return thing.get("payment_intent")
    return (await stripe_billing.get("charge", thing["charge"]))["payment_intent"]


async def _session_of(intent_id: str | None) -> str | None:
    if intent_id is None:
        return None
    found = await stripe_billing.list_all("checkout.session", {"payment_intent": intent_id}, at_most=1)
    return found[0]["id"] if found else None


async def apply(db: AsyncSession, told: PurchaseTold, *, now: datetime) -> bool:
    """The whole of it. For the worker, who may also take away. False when it is to be asked again."""
    await webhook_events.hold_subject(db, f"purchase:{told.purchase_id}")
    purchase = await rows.find(db, told.purchase_id)
    if purchase is None:
        if stripe_words.is_paid(told.session):
            what = "A payment names no purchase of ours"
            await alerts.tell_admins(db, f"unknown:{told.session['id']}", what, now=now)
        return True
    await settle_payment(db, told, now=now)
    await db.refresh(purchase)
    if told.session["status"] == "expired":
        await mailing.checkout_expired(db, purchase.id, told.session, now=now)
    if purchase.status is PurchaseStatus.review:
        what = "A payment is not what was asked for"
        await alerts.tell_admins(db, f"review:{purchase.id}", what, purchase_id=purchase.id, now=now)
    if told.intent_id and purchase.stripe_payment_intent_id == told.intent_id:
        if not await _settle_money_back(db, purchase, told, now=now):
            return False
    elif stripe_words.is_paid(told.session) and told.intent_id and purchase.status.was_paid:
        what, key = "A purchase was paid twice", f"paid-twice:{told.intent_id}"
        await alerts.tell_admins(db, key, what, purchase_id=purchase.id, now=now)
    await mailing.codes_made(db, purchase, now=now)
    if told.alarm:
        key = f"purchase:{told.event_object}"
        await alerts.tell_admins(db, key, told.alarm, purchase_id=purchase.id, now=now)
    return True


async def settle_payment(db: AsyncSession, told: PurchaseTold, *, now: datetime) -> None:
    """Whether it is paid. The page of success may call this for whoever has just paid."""
    async with elevated(db):
        if stripe_words.is_paid(told.session):
            payment = stripe_words.payment_of(told.session, told.asked_at)
            status = await purchases.complete(db, told.purchase_id, payment, now=now)
            if status is PurchaseStatus.completed:
                await mailing.purchase_made(db, told.purchase_id, now=now)
        else:
            await _settle_unpaid(db, told, now)


async def _settle_unpaid(db: AsyncSession, told: PurchaseTold, now: datetime) -> None:
    session, intent = told.session, told.session.get("payment_intent") or {}
    ended = {"checkout_id": session["id"], "attempt": stripe_words.attempt_of(session)}
    total = stripe_words.total_of(session)
    if session["status"] == "expired":
        await purchases.expire(db, told.purchase_id, **ended, now=now)
    elif session["status"] == "complete" and intent.get("status") == "processing":
        await purchases.await_bank(db, told.purchase_id, checkout_id=session["id"], total=total, now=now)
    elif session["status"] == "complete":
        await purchases.fail(db, told.purchase_id, **ended, total=total, now=now)
        await mailing.payment_did_not_come(db, told.purchase_id, session["id"], now=now)


async def _settle_money_back(
    db: AsyncSession, purchase: Purchase, told: PurchaseTold, *, now: datetime
) -> bool:
    """Refunds and disputes, all together: what follows is how they stand now, not how they came to.

    False when that was written since this was asked for: of two answers on their way at once the one that was
    asked for first may be the newer one.
    """
    if purchase.provider_fetched_at and purchase.provider_fetched_at > told.asked_at:
        return False
    await _adopt(db, told.refunds)
    statuses = {dispute["status"] for dispute in told.disputes}
    _note_disputes(purchase, told.disputes, is_lost=LOST in statuses)
    said = [stripe_words.refund_of(refund) for refund in told.refunds]
    await refunds.apply(db, purchase.id, said, fetched_at=told.asked_at, now=now)
    if statuses & {*FOUGHT_OVER}:
        await refunds.freeze(db, purchase.id, now=now)
    else:
        await refunds.restore(db, purchase.id, now=now)
    purchase.disputed_at = stripe_words.moment(min((each["created"] for each in told.disputes), default=None))
    purchase.provider_fetched_at = await webhook_events.moment(db)
    await db.flush()
    await mailing.money_back(db, purchase, said, now=now)
    return True


def _note_disputes(purchase: Purchase, disputes: list[Object], *, is_lost: bool) -> None:
    """How each stands, for the desk. One that was lost stays so, unless an appeal was won."""
    noted = (refunds.DISPUTE_LOST, refunds.DISPUTES)
    details: dict[str, Any] = {name: said for name, said in purchase.details.items() if name not in noted}
    if is_lost:
        details[refunds.DISPUTE_LOST] = True
    if disputes:
        details[refunds.DISPUTES] = [stripe_words.dispute_of(each).as_dict() for each in disputes]
    purchase.details = details


async def _adopt(db: AsyncSession, told: list[Object]) -> None:
    """An event may be faster than the answer to the desk that asked for a refund: its row is the same one."""
    for refund in told:
        row_id = our_id(refund, REFUND_ID)
        row = await db.get(Refund, row_id, with_for_update=True) if row_id else None
        if row and row.stripe_refund_id is None:
            row.stripe_refund_id = refund["id"]
    await db.flush()
