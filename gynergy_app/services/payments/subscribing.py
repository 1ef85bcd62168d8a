"""Subscribing to the journal: from the choice of a plan to the page where it is paid.

    wish ─► begin ─► (paid at Stripe) ─► the event, or the page she returns to, applies what Stripe says

Nothing is granted here. One member has one page to pay on at a time: it is asked for under a key that counts
those before it, so that two clicks are answered with the same page, and whoever chose another plan meanwhile
has the first page closed. Stripe's own list decides whether she has a subscription, or had a trial: ours may
be a moment behind.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import OVER
from gynergy_app.domain.payments.offers import Offer, Sold
from gynergy_app.domain.payments.stripe_words import USER_ID
from gynergy_app.errors import Conflict
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import Object, PaymentsRefused
from gynergy_app.repositories import subscriptions as rows
from gynergy_app.repositories import users, webhook_events
from gynergy_app.services.payments import customers, prices
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold, ask_more
from gynergy_app.services.payments.subscriptions import Held
from gynergy_app.settings import settings

TRIES = 3
"""Two tabs that choose different plans at once meet here; one of them goes on with the other's list."""


class AlreadySubscribed(Conflict):
    def __init__(self) -> None:
        super().__init__("You have a journal subscription already. It is shown below; none was begun.")


class NeedsAddress(Conflict):
    def __init__(self) -> None:
        super().__init__("Give your account an e-mail address first: receipts and reminders go there.")


class IsLeaving(Conflict):
    def __init__(self) -> None:
        super().__init__("This account is going to be deleted. Keep it first, then subscribe.")


@dataclass(frozen=True)
class Wish:
    """`asked_at`: what Stripe answers from here on is newer than our rows."""

    member: Member
    sold: Sold
    customer_id: str | None
    had_trial: bool
    asked_at: datetime


@dataclass(frozen=True)
class Begun:
    """`url` is where she pays. Without one she has a subscription already, and `told` is what it is like."""

    url: str = ""
    told: tuple[SubscriptionTold, ...] = ()


@dataclass(frozen=True)
class _AtStripe:
    customer_id: str
    subscriptions: list[Object]
    checkouts: list[Object]

    @property
    def living(self) -> list[Object]:
        return [each for each in self.subscriptions if each["status"] not in OVER]

    @property
    def knows_a_trial(self) -> bool:
        return any(each["trial_start"] for each in self.subscriptions)

    @property
    def open_checkouts(self) -> list[Object]:
        return [each for each in self.checkouts if each["status"] == "open"]


def trial_days(held: Sequence[Held]) -> int:
    """How many days a subscription of hers would be free, as far as we know what she had."""
    return 0 if any(each.trial_start for each in held) else settings.journal_trial_days


async def wish(db: AsyncSession, member: Member, sold: Sold) -> Wish:
    """Raises `AlreadySubscribed`, `NeedsAddress` or `IsLeaving`: then nothing is asked for."""
    if not member.email:
        raise NeedsAddress
    if (await users.get(db, member.id)).deletes_at:
        raise IsLeaving
    held = await rows.of_member(db, member.id)
    if any(row.status not in OVER for row in held):
        raise AlreadySubscribed
    known = await rows.customers_of(db, member.id)
    return Wish(
        member=member,
        sold=sold,
        customer_id=known[0] if known else None,
        had_trial=any(row.trial_start for row in held),
        asked_at=await webhook_events.moment(db),
    )


async def begin(wish: Wish) -> Begun:
    """Where this wish is paid; the same place however often it is asked. Asks Stripe, opens no door."""
    offer = await prices.charged(wish.sold)
    customer_id = await customers.ensure(wish.member, wish.customer_id)
    for attempt in range(1, TRIES + 1):
        there = await _look(customer_id)
        if there.living:
            told = [await ask_more(each, wish.asked_at) for each in there.living]
            return Begun(told=tuple(told))
        try:
            return Begun(url=await _page_to_pay(wish, offer, there))
        except PaymentsRefused:
            if attempt == TRIES:
                raise
    raise PaymentsRefused


async def _look(customer_id: str) -> _AtStripe:
    hers = {"customer": customer_id}
    subscriptions, checkouts = await asyncio.gather(
        stripe_billing.list_all("subscription", {**hers, "status": "all", "expand": ["data.latest_invoice"]}),
        stripe_billing.list_all("checkout.session", hers),
    )
    return _AtStripe(
        customer_id, subscriptions, [each for each in checkouts if each["mode"] == "subscription"]
    )


async def _page_to_pay(wish: Wish, offer: Offer, there: _AtStripe) -> str:
    params = _params(wish, offer, there)
    for begun in there.open_checkouts:
        if begun["metadata"] == params["metadata"]:
            return begun["url"]
        await stripe_billing.expire_checkout(begun["id"])
    key = f"journal:{there.customer_id}:{len(there.checkouts)}"
    return (await stripe_billing.create_checkout(params, key))["url"]


def _params(wish: Wish, offer: Offer, there: _AtStripe) -> Object:
    days = 0 if wish.had_trial or there.knows_a_trial else settings.journal_trial_days
    whose = {USER_ID: str(wish.member.id)}
    page = f"{settings.public_url.rstrip('/')}{routes.BILLING}"
    return {
        "mode": "subscription",
        "customer": there.customer_id,
        "client_reference_id": str(wish.member.id),
        "line_items": [{"price": offer.price_id, "quantity": 1}],
        "metadata": {**whose, "price": offer.price_id, "trial_days": str(days)},
        "subscription_data": {"metadata": whose, **_trial(days)},
        "payment_method_collection": "always",
        "allow_promotion_codes": True,
        "automatic_tax": {"enabled": settings.stripe_tax},
        "customer_update": {"address": "auto", "name": "auto"},
        "success_url": f"{page}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": page,
        **_consent(),
    }


def _consent() -> Object:
    """Stripe asks for the terms only when the account's public details say where they are."""
    return {"consent_collection": {"terms_of_service": "required"}} if settings.stripe_terms else {}


def _trial(days: int) -> Object:
    """Without a way to pay at its end it is simply over."""
    if not days:
        return {}
    at_its_end = {"end_behavior": {"missing_payment_method": "cancel"}}
    return {"trial_period_days": days, "trial_settings": at_its_end}
