"""A subscription: one row, as Stripe tells it. What it opens follows in the database."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.domain.payments.stripe_words import USER_ID, our_id, subscribed
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import Object
from gynergy_app.models.payments import Subscription
from gynergy_app.repositories import subscriptions as rows
from gynergy_app.repositories import users, webhook_events
from gynergy_app.services import personal_sessions
from gynergy_app.services.payments import arriving, mailing
from gynergy_app.services.payments.applying import telling_turns

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SubscriptionTold:
    """`owed_since`, in seconds, is of the oldest invoice that is still open; None when nothing is owed."""

    subscription: Object
    asked_at: datetime
    owed_since: int | None = None


async def ask(subscription_id: str | None, asked_at: datetime) -> SubscriptionTold | None:
    if subscription_id is None:
        return None
    found = await stripe_billing.get("subscription", subscription_id, ["latest_invoice"])
    return await ask_more(found, asked_at)


async def ask_more(found: Object, asked_at: datetime) -> SubscriptionTold:
    """About one that is past due: since when. Its latest invoice may be younger than what is owed."""
    if found["status"] != SubscriptionStatus.past_due:
        return SubscriptionTold(found, asked_at)
    of_it = {"subscription": found["id"], "status": "open"}
    invoices = await stripe_billing.list_all("invoice", of_it)
    return SubscriptionTold(found, asked_at, min((each["created"] for each in invoices), default=None))


async def apply(db: AsyncSession, told: SubscriptionTold, *, now: datetime) -> Subscription | None:
    """The row as it now is; None when another answer was written since this one was asked for."""
    said = subscribed(told.subscription, told.owed_since)
    await webhook_events.hold_subject(db, f"subscription:{said.stripe_subscription_id}")
    owner = await _owner(db, told.subscription)
    known = await rows.find_by_stripe(db, said.stripe_subscription_id)
    before = telling_turns.terms_of(known) if known and known.user_id else None
    row = await rows.upsert(db, {**asdict(said), "user_id": owner}, told.asked_at)
    if row is None:
        return None
    if row.user_id is None:
        log.warning("Subscription %s belongs to nobody here.", said.stripe_subscription_id)
        return row
    owned_by = await arriving.member_of(db, row.user_id)
    telling_turns.record(db, owned_by, before, row, now=now)
    await mailing.subscription_turns(db, row, now=now)
    await personal_sessions.begin(db, owned_by, now=now)
    return row


async def _owner(db: AsyncSession, subscription: Object) -> UUID | None:
    """Whom it was begun for, while she has an account; else whom this customer is here."""
    named = our_id(subscription, USER_ID)
    if named and await users.find(db, named):
        return named
    return await rows.owner_of_customer(db, subscription["customer"])
