"""Changing a subscription, whoever asks: the application by the API, or somebody in the portal."""

from typing import Any

from gynergy_app.local.stripe import invoice_lines, periods, subscriptions, switches, turning
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.errors import Declined, Invalid, Missing

_TAKEN = {
    "cancel_at_period_end", "cancellation_details", "default_payment_method", "description", "items",
    "metadata",
    "payment_behavior", "proration_behavior", "proration_date", "trial_end", "trial_settings",
}  # fmt: skip


async def update(account: Account, subscription: Object, said: dict[str, Any]) -> Object:
    if unknown := said.keys() - _TAKEN:
        raise Invalid(f"The local payment server does not change `{min(unknown)}`.", min(unknown))
    if subscription["status"] in subscriptions.ENDED and said.keys() - {"cancellation_details", "metadata"}:
        raise Invalid("A canceled subscription can only update its cancellation_details and metadata.")
    if fields := _fields(account, subscription, said):
        await account.change(subscription, "customer.subscription.updated", **fields)
    if "items" in said:
        await _switch(account, subscription, said)
    if "trial_end" in said:
        await _move_trial(account, subscription, said["trial_end"])
    return subscription


async def cancel(account: Account, subscription: Object, said: dict[str, Any]) -> Object:
    if subscription["status"] in subscriptions.ENDED:
        raise Missing("subscription", subscription["id"])
    details = said.get("cancellation_details", {})
    return await subscriptions.end(account, subscription, "cancellation_requested", **details)


async def resume(account: Account, subscription: Object) -> Object:
    """A paused one goes on: a new stretch begins now, and is charged."""
    if subscription["status"] != "paused":
        raise Invalid("The subscription is not paused.")
    price = subscriptions.item_of(subscription)["price"]
    events = ("customer.subscription.updated", "customer.subscription.resumed")
    await account.change(subscription, *events, status="active", billing_cycle_anchor=account.now)
    return await _begin_anew(account, subscription, price, [], "subscription_cycle")


def _fields(account: Account, subscription: Object, said: dict[str, Any]) -> dict[str, Any]:
    """What is simply another value afterwards."""
    simple = ("default_payment_method", "description", "trial_settings")
    fields = {name: said[name] for name in simple if name in said}
    if "metadata" in said:
        fields["metadata"] = merged_metadata(subscription["metadata"], said["metadata"])
    details = {**subscription["cancellation_details"], **said.get("cancellation_details", {})}
    if "cancel_at_period_end" in said:
        return fields | _ending(account, subscription, details, wanted=said["cancel_at_period_end"])
    return fields | ({"cancellation_details": details} if "cancellation_details" in said else {})


def _ending(
    account: Account, subscription: Object, details: dict[str, Any], *, wanted: bool
) -> dict[str, Any]:
    if not wanted:
        return {
            "cancel_at_period_end": False, "cancel_at": None, "canceled_at": None,
            "cancellation_details": {**details, "reason": None},
        }  # fmt: skip
    return {
        "cancel_at_period_end": True, "cancel_at": subscriptions.item_of(subscription)["current_period_end"],
        "canceled_at": account.now, "cancellation_details": {**details, "reason": "cancellation_requested"},
    }  # fmt: skip


async def _move_trial(account: Account, subscription: Object, trial_end: int | str) -> None:
    if subscription["status"] != "trialing":
        raise Invalid("The local payment server moves the end of a trial only while it lasts.", "trial_end")
    moment = account.now if trial_end == "now" else int(trial_end)
    items = subscriptions.with_item(subscription, current_period_end=moment)
    fields = {"trial_end": moment, "billing_cycle_anchor": moment, "items": items}
    await account.change(subscription, "customer.subscription.updated", **fields)
    await turning.turn(account, subscription)


async def _switch(account: Account, subscription: Object, said: dict[str, Any]) -> None:
    item = subscriptions.item_of(subscription)
    price = await switches.wanted_price(account, item, said["items"])
    if price["id"] == item["price"]["id"]:
        return
    if subscription["status"] == "trialing":
        items = subscriptions.with_item(subscription, price=price, plan=subscriptions.plan_of(price))
        await account.change(subscription, "customer.subscription.updated", items=items)
        return
    unused = switches.credit(account, subscription, said)
    await _begin_anew(account, subscription, price, unused, "subscription_update")
    if said.get("payment_behavior") == "error_if_incomplete" and subscription["status"] == "past_due":
        raise Declined


async def _begin_anew(
    account: Account, subscription: Object, price: Object, unused: list[Object], reason: str
) -> Object:
    """A stretch of this price from now on, charged now, less what is unused."""
    item, now, recurring = subscriptions.item_of(subscription), account.now, price["recurring"]
    end = periods.following(now, now, recurring["interval"], recurring["interval_count"])
    change = {"price": price, "plan": subscriptions.plan_of(price)}
    items = subscriptions.with_item(subscription, **change, current_period_start=now, current_period_end=end)
    moved = {"cancel_at": end} if subscription["cancel_at_period_end"] else {}
    fields = {"items": items, "billing_cycle_anchor": now, **moved}
    await account.change(subscription, "customer.subscription.updated", **fields)
    amount, what = price["unit_amount"] * item["quantity"], await subscriptions.described(account, price)
    line = invoice_lines.of_subscription(subscription, amount, what, now, end)
    customer = await account.get(subscription["customer"], "customer")
    return await turning.charge(account, customer, subscription, [*unused, line], reason)
