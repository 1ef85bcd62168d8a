"""What a member does with her subscription: end it, keep it, pay it another way, look at it again.

Each act is one request to Stripe, outside any door; what followed is then asked for and applied like any
event. The key of an act names the answer it grew from, so that a second click does nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import OVER, Interval, SubscriptionStatus
from gynergy_app.domain.payments.offers import Offer, journal
from gynergy_app.domain.payments.paying import Price
from gynergy_app.domain.payments.stripe_words import USER_ID, moment, our_id
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, NotFound
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object
from gynergy_app.models.payments import Subscription
from gynergy_app.repositories import subscriptions as rows
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import applying, prices
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold

RUNS = (SubscriptionStatus.trialing, SubscriptionStatus.active)
"""What is paid for, or free for now: it is ended at the end of that."""
LONGEST_REASON = 500


class NoSuchSubscription(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such subscription of yours. Please load the page again.")


class NotNow(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Your subscription is not as this page had it, and nothing was changed. It is shown anew."
        )


@dataclass(frozen=True)
class Held:
    """One subscription of hers, as Stripe said at `fetched_at`."""

    id: UUID
    stripe_id: str
    customer_id: str
    status: SubscriptionStatus
    price: Price
    interval: Interval
    period_end: datetime | None
    is_ending: bool
    trial_start: datetime | None
    trial_end: datetime | None
    past_due_since: datetime | None
    ended_at: datetime | None
    fetched_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def runs(self) -> bool:
        return self.status in RUNS

    @property
    def other(self) -> Interval:
        return Interval.year if self.interval is Interval.month else Interval.month

    def key(self, act: str) -> str:
        return f"{act}:{self.stripe_id}:{self.fetched_at.isoformat() if self.fetched_at else ''}"


@dataclass(frozen=True)
class Looked:
    """`is_open`: she has not paid on it."""

    is_hers: bool = False
    is_open: bool = False
    told: SubscriptionTold | None = None


@dataclass(frozen=True)
class Change:
    """What another plan would cost, counted to the second `at`. `credit` is what is left over for later."""

    to: Interval
    at: int
    due: Price
    due_at: datetime | None
    credit: Price
    every: Price
    is_later: bool
    """In a trial: nothing is due before its end."""


# -- Looking ------------------------------------------------------------------------------------------------


async def own(db: AsyncSession, member: Member) -> list[Held]:
    """The newest first, those that are over too."""
    return [_held(row) for row in await rows.of_member(db, member.id)]


async def get(db: AsyncSession, member: Member, row_id: UUID) -> Held:
    row = await rows.find_own(db, member.id, row_id)
    if row is None:
        raise NoSuchSubscription
    return _held(row)


async def customers_of(db: AsyncSession, member: Member) -> list[str]:
    return await rows.customers_of(db, member.id)


async def asking(db: AsyncSession) -> datetime:
    """Take this before Stripe is asked: which of two answers is the newer one is told by it."""
    return await webhook_events.moment(db)


async def look(stripe_ids: Sequence[str], asked_at: datetime) -> list[SubscriptionTold]:
    found = [await applying.subscriptions.ask(each, asked_at) for each in stripe_ids]
    return [told for told in found if told]


async def look_at_all(
    member: Member, customer_ids: Sequence[str], asked_at: datetime
) -> list[SubscriptionTold]:
    """Everything Stripe has for her, also what no event has told us of."""
    found: list[Object] = []
    for each in customer_ids:
        asked = {"customer": each, "status": "all", "expand": ["data.latest_invoice"]}
        found += await stripe_billing.list_all("subscription", asked)
    hers = [each for each in found if our_id(each, USER_ID) in (None, member.id)]
    return [await applying.subscriptions.ask_more(each, asked_at) for each in hers]


async def look_at_checkout(member: Member, checkout_id: str, asked_at: datetime) -> Looked:
    """What came of a checkout of hers. Of anybody else's, and of anything else, nothing is said."""
    try:
        session = await stripe_billing.get("checkout.session", checkout_id)
    except NotAtStripe:
        return Looked()
    if session["client_reference_id"] != str(member.id) or session["mode"] != "subscription":
        return Looked()
    told = await applying.subscriptions.ask(session["subscription"], asked_at)
    return Looked(is_hers=True, is_open=session["status"] == "open", told=told)


async def take_in(db: AsyncSession, told: Sequence[SubscriptionTold], *, now: datetime) -> None:
    """Write down what Stripe said, as an event would. Call as the member it is about."""
    async with elevated(db):
        for each in told:
            await applying.subscriptions.apply(db, each, now=now)


# -- Doing, outside any door --------------------------------------------------------------------------------


async def cancel(held: Held, reason: str) -> None:
    """At the end of what is paid. What is not paid ends at once, and nothing more is asked for."""
    if held.is_over or held.is_ending:
        raise NotNow
    words = tidy_line(reason)[:LONGEST_REASON]
    if not held.runs:
        await end_at_once(held.stripe_id)
        return
    said: Object = {"cancel_at_period_end": True, "cancellation_details": {"comment": words}}
    await stripe_billing.update_subscription(held.stripe_id, said, held.key("cancel"))


async def end_at_once(stripe_id: str) -> None:
    """One that has ended meanwhile has ended."""
    try:
        await stripe_billing.cancel_subscription(stripe_id)
    except NotAtStripe:
        return


async def resume(held: Held) -> None:
    """Take a cancellation back, until the day it was for; or let a paused one go on."""
    if held.status is SubscriptionStatus.paused:
        await stripe_billing.resume_subscription(held.stripe_id, held.key("resume"))
        return
    if not (held.is_ending and held.runs):
        raise NotNow
    said = {"cancel_at_period_end": False}
    await stripe_billing.update_subscription(held.stripe_id, said, held.key("keep"))


async def preview(held: Held, *, now: datetime) -> Change:
    """What the other plan would cost from now on, as Stripe counts it."""
    _require_switchable(held)
    offer, at = await _other(held), int(now.timestamp())
    item = await _item_of(held)
    said = {"items": [{"id": item, "price": offer.price_id}], **_proration(held, at)}
    invoice = await stripe_billing.preview_invoice(
        {"subscription": held.stripe_id, "subscription_details": said}
    )
    return _change(held, offer, at, invoice)


async def switch(held: Held, at: int) -> None:
    """Change to the other plan, for what was said about that second, or not at all."""
    _require_switchable(held)
    offer = await _other(held)
    said: Object = {
        "items": [{"id": await _item_of(held), "price": offer.price_id}],
        **_proration(held, at),
        "payment_behavior": "error_if_incomplete",
    }
    await stripe_billing.update_subscription(held.stripe_id, said, held.key(f"switch-{offer.sold}-{at}"))


def _require_switchable(held: Held) -> None:
    if held.is_ending or not held.runs:
        raise NotNow


def _proration(held: Held, at: int) -> Object:
    """In a trial nothing was paid, so nothing is counted."""
    if held.status is SubscriptionStatus.trialing:
        return {"proration_behavior": "none"}
    return {"proration_behavior": "always_invoice", "proration_date": at}


async def _other(held: Held) -> Offer:
    return await prices.charged(journal(held.other))


async def _item_of(held: Held) -> str:
    return (await stripe_billing.get("subscription", held.stripe_id))["items"]["data"][0]["id"]


def _change(held: Held, offer: Offer, at: int, invoice: Object) -> Change:
    gained = invoice["starting_balance"] - (invoice["ending_balance"] or 0)
    is_later = held.status is SubscriptionStatus.trialing
    return Change(
        to=held.other,
        at=at,
        due=Price(invoice["amount_due"], invoice["currency"]),
        due_at=held.trial_end if is_later else moment(at),
        credit=Price(max(0, gained), invoice["currency"]),
        every=offer.price,
        is_later=is_later,
    )


def _held(row: Subscription) -> Held:
    return Held(
        id=row.id,
        stripe_id=row.stripe_subscription_id,
        customer_id=row.stripe_customer_id or "",
        status=row.status,
        price=Price(row.amount_cents, row.currency),
        interval=row.interval,
        period_end=row.current_period_end,
        is_ending=row.cancel_at_period_end,
        trial_start=row.trial_start,
        trial_end=row.trial_end,
        past_due_since=row.past_due_since,
        ended_at=row.ended_at,
        fetched_at=row.provider_fetched_at,
    )
