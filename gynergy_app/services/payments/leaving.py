"""What ends at Stripe before an account goes: nothing more is charged, and her address is not kept there.

Until then nothing of hers is touched, so that she may stay; `parting` says what that may cost her.

Payments and invoices stay in Stripe's books, as they must. Every step finds what an earlier attempt has left.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import OVER
from gynergy_app.domain.payments.parting import Meanwhile, meanwhile
from gynergy_app.domain.payments.paying import Price
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, PaymentsRefused
from gynergy_app.models.payments import Subscription
from gynergy_app.repositories import purchases
from gynergy_app.repositories import subscriptions as rows
from gynergy_app.services.payments import arriving, customers, subscriptions
from gynergy_app.settings import settings


@dataclass(frozen=True)
class Leaver:
    """Who leaves, and under which names our rows know her at Stripe."""

    member: Member
    customers: list[str]
    subscriptions: list[str]
    checkouts: list[str]

    @property
    def is_known_there(self) -> bool:
        return bool(self.customers or self.subscriptions or self.checkouts)


@dataclass(frozen=True)
class Parting:
    """What her subscription may still cost before the account goes."""

    meanwhile: Meanwhile
    price: Price
    charged_at: datetime | None


async def parting(db: AsyncSession, user_id: UUID, until: datetime) -> Parting | None:
    """None without a subscription that is still alive."""
    living = [each for each in await rows.of_member(db, user_id) if each.status not in OVER]
    if not living:
        return None
    partings = [_parting(each, until) for each in living]
    return next((each for each in partings if each.meanwhile is not Meanwhile.nothing), partings[0])


def _parting(row: Subscription, until: datetime) -> Parting:
    ends_at = row.current_period_end
    what = meanwhile(row.status, ends_at, until, is_ending=row.cancel_at_period_end)
    return Parting(what, Price(row.amount_cents, row.currency), ends_at)


async def leaver(db: AsyncSession, user_id: UUID) -> Leaver:
    held = await rows.of_member(db, user_id)
    begun = await purchases.of_member(db, user_id)
    return Leaver(
        member=await arriving.member_of(db, user_id),
        customers=await rows.customers_of(db, user_id),
        subscriptions=[each.stripe_subscription_id for each in held if each.status not in OVER],
        checkouts=[
            each.stripe_checkout_session_id
            for each in begun
            if each.status in purchases.UNFINISHED and each.stripe_checkout_session_id
        ],
    )


async def end_at_stripe(who: Leaver) -> None:
    """Raises `PaymentsUnavailable` while Stripe is away: she is not let go before."""
    if settings.missing("stripe_secret_key") and not who.is_known_there:
        return
    for checkout_id in who.checkouts:
        await _close(checkout_id)
    for stripe_id in who.subscriptions:
        await subscriptions.end_at_once(stripe_id)
    made_for_her = [each["id"] for each in await customers.bearing(who.member)]
    for customer_id in dict.fromkeys([*who.customers, *made_for_her]):
        await _forget(customer_id)


async def _forget(customer_id: str) -> None:
    """With a customer go her subscriptions, also those we were never told of, and her pages to pay on."""
    if not await customers.is_there(customer_id):
        return
    for session in await stripe_billing.list_all("checkout.session", {"customer": customer_id}):
        if session["status"] == "open":
            await _close(session["id"])
    await stripe_billing.delete_customer(customer_id)


async def _close(checkout_id: str) -> None:
    """One that is paid or has expired is closed already."""
    try:
        await stripe_billing.expire_checkout(checkout_id)
    except (NotAtStripe, PaymentsRefused):
        return
