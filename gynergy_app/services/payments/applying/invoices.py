"""An invoice: what is owed for a subscription, whose own state counts and so comes along."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.stripe_words import subscription_id_of
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import Object
from gynergy_app.services.payments import alerts, mailing
from gynergy_app.services.payments.applying import subscriptions
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold

_FOR_A_PERSON = {
    "invoice.finalization_failed": "An invoice could not be finished",
    "invoice.marked_uncollectible": "An invoice was given up",
}


@dataclass(frozen=True)
class InvoiceTold:
    """`invoice` is empty for one that does not exist yet; `announced` is what the event said of it."""

    invoice: Object | None
    subscription: SubscriptionTold | None
    alarm: str | None
    announced: Object | None = None


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


async def apply(db: AsyncSession, told: InvoiceTold, *, now: datetime) -> bool:
    """False when how its subscription stands is to be asked again."""
    row = await subscriptions.apply(db, told.subscription, now=now) if told.subscription else None
    if told.subscription and row is None:
        return False
    if row and told.invoice:
        await mailing.payment_failed(db, row, told.invoice, now=now)
    if row and told.announced:
        await mailing.renewal_coming(db, row, told.announced, now=now)
    if told.alarm and told.invoice:
        await alerts.tell_admins(db, f"invoice:{told.invoice['id']}", told.alarm, now=now)
    return True
