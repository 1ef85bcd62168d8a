"""The next invoice of a subscription, as it would be, after a change too. Nothing of it is kept."""

from dataclasses import replace
from typing import Any

from gynergy_app.local.stripe import ids, invoice_lines, invoices, periods, subscriptions, switches
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.errors import Invalid, StripeError

_TAKEN = {"customer", "subscription", "subscription_details"}
_CHANGES = {"cancel_at_period_end", "items", "proration_behavior", "proration_date"}


async def create(account: Account, said: dict[str, Any]) -> Object:
    """Like the invoice itself, under an id that leads nowhere."""
    wanted = said.get("subscription_details", {})
    for unknown in sorted({*(said.keys() - _TAKEN), *(wanted.keys() - _CHANGES)}):
        raise Invalid(f"The local payment server previews nothing with `{unknown}`.", unknown)
    if "subscription" not in said:
        raise Invalid("Missing required param: subscription.", "subscription", "parameter_missing")
    subscription = await account.get(said["subscription"], "subscription", "subscription")
    _require_next(subscription, wanted)
    return {"id": f"upcoming_{ids.new('invoice')}", **await upcoming(account, subscription, wanted)}


async def upcoming(account: Account, subscription: Object, wanted: dict[str, Any] | None = None) -> Object:
    """Without an id, as an event announces it."""
    customer = await account.get(subscription["customer"], "customer")
    at, lines = await _lines(account, subscription, wanted or {})
    lines = await subscriptions.discounted(account, subscription, lines)
    # When it is made: when the period ends, or at once when the change ends it.
    invoice = invoices.draft(replace(account, now=at), customer, lines, "upcoming")
    invoice |= invoices.after_credit(customer, invoice["total"])
    invoice |= {"parent": subscriptions.parent_of(subscription), "number": None, "next_payment_attempt": at}
    del invoice["id"]
    return invoice


def _require_next(subscription: Object, wanted: dict[str, Any]) -> None:
    is_ending = wanted.get("cancel_at_period_end", subscription["cancel_at_period_end"])
    if subscription["status"] in subscriptions.ENDED or is_ending:
        message = f"No upcoming invoices for subscription: {subscription['id']}"
        raise StripeError(404, "invalid_request_error", message, code="invoice_upcoming_none")


async def _lines(account: Account, subscription: Object, wanted: dict[str, Any]) -> tuple[int, list[Object]]:
    """What will stand on it, and when."""
    item = subscriptions.item_of(subscription)
    price = item["price"]
    if "items" in wanted:
        price = await switches.wanted_price(account, item, wanted["items"])
    is_switch = price["id"] != item["price"]["id"] and subscription["status"] != "trialing"
    begins = account.now if is_switch else item["current_period_end"]
    credit = switches.credit(account, subscription, wanted) if is_switch else []
    return begins, [*credit, await _stretch(account, subscription, price, begins, is_switch=is_switch)]


async def _stretch(
    account: Account, subscription: Object, price: Object, begins: int, *, is_switch: bool
) -> Object:
    """The line of the stretch that begins then. A switch sets the day of renewal anew."""
    recurring, quantity = price["recurring"], subscriptions.item_of(subscription)["quantity"]
    anchor = begins if is_switch else subscription["billing_cycle_anchor"]
    ends = periods.following(anchor, begins, recurring["interval"], recurring["interval_count"])
    what = await subscriptions.described(account, price)
    amount = price["unit_amount"] * quantity
    return invoice_lines.of_subscription(subscription, amount, what, begins, ends, price=price)
