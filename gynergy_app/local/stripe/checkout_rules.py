"""What may not be said together when a checkout is opened, in Stripe's words."""

from typing import Any

from gynergy_app.local.stripe.errors import Invalid

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_ONLY_FOR = {
    "payment_intent_data": ("payment",),
    "invoice_creation": ("payment",),
    "customer_creation": ("payment", "setup"),
    "submit_type": ("payment", "subscription"),
    "subscription_data": ("subscription",),
    "payment_method_collection": ("subscription",),
}
_EXCLUSIVE = (("customer", "customer_email"), ("allow_promotion_codes", "discounts"))


def check(said: dict[str, Any], now: int) -> None:
    mode = said.get("mode")
    if mode not in ("payment", "subscription"):
        raise Invalid("Missing required param: mode.", "mode", "parameter_missing")
    if not said.get("line_items"):
        raise Invalid(f"You must pass line_items in {mode} mode.", "line_items", "parameter_missing")
    if said.get("ui_mode", "hosted_page") != "hosted_page":
        raise Invalid("This server has hosted pages only.", "ui_mode")
    if "success_url" not in said:
        raise Invalid(
            "You must pass success_url when ui_mode is hosted_page.", "success_url", "parameter_missing"
        )
    for name in ("success_url", "cancel_url"):
        if name in said and not said[name].startswith(("http://", "https://")):
            raise Invalid("Not a valid URL", name, "url_invalid")
    for name, modes in _ONLY_FOR.items():
        if name in said and mode not in modes:
            raise Invalid(f"You can not pass `{name}` in `{mode}` mode.", name)
    for first, second in _EXCLUSIVE:
        if first in said and second in said:
            raise Invalid(f"You may only specify one of these parameters: {first}, {second}.", first)
    if "customer_update" in said and "customer" not in said:
        raise Invalid("`customer_update` can only be used with `customer`.", "customer_update")
    _check_expiry(said.get("expires_at"), now)
    _check_trial(said.get("subscription_data", {}), now)


def check_prices(mode: str, prices: list[dict[str, Any]]) -> None:
    recurring = [price for price in prices if price["type"] == "recurring"]
    if mode == "payment" and recurring:
        raise Invalid(
            "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode"
            " or use only one-time prices.",
            "line_items",
        )
    if mode == "subscription" and not recurring:
        raise Invalid("You must provide at least one recurring price in `subscription` mode.", "line_items")
    for position, price in enumerate(prices):
        if not price["active"]:
            message = f"The price specified is inactive. This field only accepts active prices: {price['id']}"
            raise Invalid(message, f"line_items[{position}][price]", "resource_missing")


def _check_expiry(expires_at: int | None, now: int) -> None:
    if expires_at is None:
        return
    # A request spends a moment on the way.
    if expires_at < now + 30 * MINUTE - 5:
        message = "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        raise Invalid(message, "expires_at")
    if expires_at > now + DAY + 5:
        message = "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        raise Invalid(message, "expires_at")


def _check_trial(said: dict[str, Any], now: int) -> None:
    if "trial_end" in said and "trial_period_days" in said:
        raise Invalid("You may only specify one of these parameters: trial_end, trial_period_days.")
    if "trial_end" in said and said["trial_end"] < now + 2 * DAY:
        message = "The `trial_end` date has to be at least 2 days in the future."
        raise Invalid(message, "subscription_data[trial_end]")
    if said.get("trial_period_days", 1) < 1:
        message = "The minimum number of trial period days is 1."
        raise Invalid(message, "subscription_data[trial_period_days]")
