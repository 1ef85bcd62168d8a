"""From a month to a year and back: to which price, and what was paid for already."""

from typing import Any

from gynergy_app.local.stripe import invoice_lines, subscriptions
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.errors import Invalid


async def wanted_price(account: Account, item: Object, said: list[dict[str, Any]]) -> Object:
    if len(said) != 1 or said[0].get("id") != item["id"] or "price" not in said[0]:
        raise Invalid("The local payment server changes the price of the one item there is.", "items[0]")
    price = await account.get(said[0]["price"], "price", "items[0][price]")
    if price["type"] != "recurring":
        raise Invalid("The price specified is set to `type=one_time`.", "items[0][price]")
    return price


def credit(account: Account, subscription: Object, said: dict[str, Any]) -> list[Object]:
    """What has been paid and will not be used, unless nobody is to count it."""
    if said.get("proration_behavior") == "none":
        return []
    item, at = subscriptions.item_of(subscription), said.get("proration_date", account.now)
    start, end = item["current_period_start"], item["current_period_end"]
    if "proration_date" in said and not start <= at <= end:
        raise Invalid("Cannot specify a proration date outside of the current period.", "proration_date")
    left = max(0, end - at) / (end - start)
    amount = -round(item["price"]["unit_amount"] * item["quantity"] * left)
    return [
        invoice_lines.of_subscription(
            subscription, amount, "Unused time", at, end, is_proration=True, price=item["price"]
        )
    ]
