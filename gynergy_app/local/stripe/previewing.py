"""What an invoice would say: the next renewal, or a change somebody thinks about. Nothing is kept or told."""

from typing import Any

from gynergy_app.local.stripe import changing, periods, subscriptions, turning
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.errors import Invalid

_TAKEN = {"customer", "subscription", "subscription_details"}
_DETAILS = {"items", "proration_behavior", "proration_date"}


async def create(account: Account, said: dict[str, Any]) -> Object:
    details = said.get("subscription_details", {})
    if unknown := (said.keys() - _TAKEN) | (details.keys() - _DETAILS):
        raise Invalid(f"The local payment server does not preview `{min(unknown)}`.", min(unknown))
    if "subscription" not in said:
        raise Invalid("The local payment server previews a subscription it knows.", "subscription")
    subscription = await account.get(said["subscription"], "subscription", "subscription")
    if said.get("customer", subscription["customer"]) != subscription["customer"]:
        raise Invalid("This subscription belongs to another customer.", "customer")
    if subscription["status"] in subscriptions.ENDED or subscription["cancel_at"] is not None:
        message = "No upcoming invoices for this subscription."
        raise Invalid(message, "subscription", "invoice_upcoming_none")
    if "items" in details:
        return await _changed(account, subscription, details)
    return await turning.upcoming(account, subscription)


async def _changed(account: Account, subscription: Object, details: dict[str, Any]) -> Object:
    price = await changing.wanted_price(account, subscription, details["items"])
    if subscription["status"] == "trialing":
        items = subscriptions.with_item(subscription, price=price)
        return await turning.upcoming(account, {**subscription, "items": items})
    now, recurring = account.now, price["recurring"]
    end = periods.following(now, now, recurring["interval"], recurring["interval_count"])
    line = await subscriptions.stretch(account, subscription, price, now, end)
    credit = changing.credit_for(account, subscription, details)
    return await subscriptions.preview(account, subscription, [*credit, line], "subscription_update")
