"""An invoice: what is owed for a subscription, whose own state counts and so comes along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.stripe_words import moved, subscription_id_of
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import Object
from gynergy_app.repositories import subscription_payments
from gynergy_app.services.payments import alerts, mailing
from gynergy_app.services.payments.applying import subscriptions
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold

_FOR_A_PERSON = {
    "invoice.finalization_failed": "An invoice could not be finished",
    "invoice.marked_uncollectible": "An invoice was given up",
    "charge.dispute.created": "A payment for a subscription is disputed",
}


@dataclass(frozen=True)
class InvoiceTold:
    """`invoice` is empty for one that does not exist yet; `announced` is what the event said of it.

    `back`: refunds and disputes of it, where they were asked for.
    """

    invoice: Object | None
    subscription: SubscriptionTold | None
    alarm: str | None
    announced: Object | None = None
    back: Sequence[Object] = ()


async def ask(event_type: str, thing: Object, asked_at: datetime) -> InvoiceTold | None:
    if event_type == "invoice.upcoming":
        return InvoiceTold(None, await subscriptions.ask(subscription_id_of(thing), asked_at), None, thing)
    invoice_id = thing["invoice"] if thing["object"] == "invoice_payment" else thing.get("id")
    invoice = await stripe_billing.get("invoice", invoice_id) if invoice_id else None
    subscription_id = subscription_id_of(invoice or thing)
    if subscription_id is None and event_type not in _FOR_A_PERSON:
        return None
    told = await subscriptions.ask(subscription_id, asked_at)
    return InvoiceTold(invoice, told, _FOR_A_PERSON.get(event_type))


async def ask_of_payment(event_type: str, thing: Object, asked_at: datetime) -> InvoiceTold | None:
    """A refund or a dispute that is of no purchase: perhaps it is of what was paid for a subscription."""
    intent_id = thing["id"] if thing["object"] == "payment_intent" else thing.get("payment_intent")
    if not intent_id:
        return None
    paid_by = {"payment": {"type": "payment_intent", "payment_intent": intent_id}}
    links = await stripe_billing.list_all("invoice_payment", paid_by, at_most=1)
    told = await look(links[0]["invoice"], asked_at) if links else None
    return replace(told, alarm=_FOR_A_PERSON.get(event_type)) if told else None


async def look(invoice_id: str, asked_at: datetime) -> InvoiceTold | None:
    """An invoice with all that went back of it. None for one of no subscription."""
    invoice = await stripe_billing.get("invoice", invoice_id)
    subscription_id = subscription_id_of(invoice)
    if subscription_id is None:
        return None
    told = await subscriptions.ask(subscription_id, asked_at)
    return InvoiceTold(invoice, told, None, back=await _back(invoice_id))


async def _back(invoice_id: str) -> list[Object]:
    found: list[Object] = []
    for link in await stripe_billing.list_all("invoice_payment", {"invoice": invoice_id}):
        if intent_id := link["payment"].get("payment_intent"):
            for kind in ("refund", "dispute"):
                found += await stripe_billing.list_all(kind, {"payment_intent": intent_id})
    return found


async def apply(db: AsyncSession, told: InvoiceTold, *, now: datetime) -> bool:
    """False when how its subscription stands is to be asked again."""
    row = await subscriptions.apply(db, told.subscription, now=now) if told.subscription else None
    if told.subscription and row is None:
        return False
    if row and told.invoice:
        await _keep_money(db, row.id, told.invoice, told.back)
        await mailing.payment_failed(db, row, told.invoice, now=now)
    if row and told.announced:
        await mailing.renewal_coming(db, row, told.announced, now=now)
    if told.alarm and told.invoice:
        await alerts.tell_admins(db, f"invoice:{told.invoice['id']}", told.alarm, now=now)
    return True


async def _keep_money(db: AsyncSession, row_id: UUID, invoice: Object, back: Sequence[Object]) -> None:
    """What moved, and not what only seemed to."""
    kept = moved(invoice, back)
    await subscription_payments.keep(db, row_id, kept)
    await subscription_payments.forget(db, {each["id"] for each in back} - {each.stripe_id for each in kept})
