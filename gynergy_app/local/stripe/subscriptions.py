"""Subscriptions: begun by a checkout, changed by the application or in the portal, ended there or by time."""

from typing import Any

from gynergy_app.local.stripe import customers, ids, invoice_lines, invoices, periods, promotions
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.blanks import blank

DAY = 86_400
ENDED = ("canceled", "incomplete_expired")


async def begin(
    account: Account,
    customer: Object,
    item: Object,
    said: dict[str, Any],
    method: Object | None,
    code: Object | None,
) -> tuple[Object, Object]:
    """A new subscription and its first invoice, which in a trial is for nothing."""
    trial_end = said.get("trial_end") or _trial_end(account, said.get("trial_period_days"))
    subscription = _subscription(account, customer, item, said, trial_end)
    if method:
        await customers.pay_by(account, customer, method)
        subscription["default_payment_method"] = method["id"]
    if code:
        await promotions.redeem(account, code)
        discount = await promotions.discount(account, code, customer["id"], subscription=subscription["id"])
        subscription["discounts"] = [discount["id"]]
    await account.add(subscription)
    what = "Trial period" if trial_end else await described(account, item["price"])
    lines = [_first_line(subscription, what, 0 if trial_end else item["amount_subtotal"])]
    invoice = await invoices.collect(
        account, await bill(account, customer, subscription, lines, "subscription_create"), method
    )
    await account.change(
        subscription, status="trialing" if trial_end else "active", latest_invoice=invoice["id"]
    )
    await account.tell("customer.subscription.created", subscription)
    return subscription, invoice


async def bill(
    account: Account, customer: Object, subscription: Object, lines: list[Object], reason: str, **about: Any
) -> Object:
    """A final invoice for these lines, less what the subscription's discount takes off."""
    discount = await _living_discount(account, subscription)
    lines = await discounted(account, subscription, lines)
    if discount and invoice_lines.less(lines):
        coupon = await account.get(discount["source"]["coupon"], "coupon")
        if coupon["duration"] == "once":
            await account.change(subscription, discounts=[])
    return await invoices.issue(account, customer, lines, reason, parent=parent_of(subscription), **about)


async def discounted(account: Account, subscription: Object, lines: list[Object]) -> list[Object]:
    """These lines, less what the subscription's discount takes off."""
    discount = await _living_discount(account, subscription)
    if discount is None:
        return lines
    coupon = await account.get(discount["source"]["coupon"], "coupon")
    less = promotions.less(coupon, max(0, sum(line["amount"] for line in lines)))
    return invoice_lines.discounted(lines, discount, less)


def parent_of(subscription: Object) -> Object:
    """Where an invoice says which subscription it is for."""
    details = {"metadata": subscription["metadata"], "subscription": subscription["id"]}
    return {"quote_details": None, "subscription_details": details, "type": "subscription_details"}


async def end(account: Account, subscription: Object, reason: str, **details: str | None) -> Object:
    """Over, now. What is still owed is not asked for any more."""
    for invoice in await open_invoices(account, subscription):
        await invoices.void(account, invoice)
    said = {**subscription["cancellation_details"], "reason": reason, **details}
    return await account.change(
        subscription, "customer.subscription.deleted", status="canceled", ended_at=account.now,
        canceled_at=subscription["canceled_at"] or account.now, cancellation_details=said,
    )  # fmt: skip


async def open_invoices(account: Account, subscription: Object) -> list[Object]:
    return await account.all(
        "invoice", status="open", parent={"subscription_details": {"subscription": subscription["id"]}}
    )


def item_of(subscription: Object) -> Object:
    return subscription["items"]["data"][0]


def with_item(subscription: Object, **fields: Any) -> Object:
    """Its items, the one there is changed."""
    return {**subscription["items"], "data": [{**item_of(subscription), **fields}]}


async def described(account: Account, price: Object) -> str:
    name = (await account.get(price["product"], "product"))["name"]
    return f"1 × {name} (at ${price['unit_amount'] / 100:.2f} / {price['recurring']['interval']})"


def plan_of(price: Object) -> Object:
    """The same price in the words of older clients, which Stripe still answers with."""
    recurring = price["recurring"]
    same = (
        "active",
        "billing_scheme",
        "created",
        "currency",
        "id",
        "livemode",
        "metadata",
        "nickname",
        "product",
    )
    return blank(
        "Plan", object="plan", amount=price["unit_amount"], amount_decimal=price["unit_amount_decimal"],
        interval=recurring["interval"], interval_count=recurring["interval_count"], usage_type="licensed",
        **{name: price[name] for name in same},
    )  # fmt: skip


async def _living_discount(account: Account, subscription: Object) -> Object | None:
    found = [await account.get(each, "discount") for each in subscription["discounts"]]
    return next((each for each in found if each["end"] is None or each["end"] > account.now), None)


def _trial_end(account: Account, days: int | None) -> int | None:
    return account.now + days * DAY if days else None


def _first_line(subscription: Object, what: str, amount: int) -> Object:
    item = item_of(subscription)
    return invoice_lines.of_subscription(
        subscription, amount, what, item["current_period_start"], item["current_period_end"]
    )


def _subscription(
    account: Account, customer: Object, bought: Object, said: dict[str, Any], trial_end: int | None
) -> Object:
    price, subscription_id = bought["price"], ids.new("subscription")
    anchor = trial_end or account.now
    recurring = price["recurring"]
    end = trial_end or periods.following(anchor, anchor, recurring["interval"], recurring["interval_count"])
    item = blank(
        "SubscriptionItem", id=ids.new("subscription_item"), object="subscription_item", created=account.now,
        current_period_end=end, current_period_start=account.now, discounts=[], metadata={},
        plan=plan_of(price),
        price=price, quantity=bought["quantity"], subscription=subscription_id, tax_rates=[],
    )  # fmt: skip
    behaviour = said.get("trial_settings", {}).get(
        "end_behavior", {"missing_payment_method": "create_invoice"}
    )
    return blank(
        "Subscription", id=subscription_id, object="subscription", billing_cycle_anchor=anchor,
        automatic_tax={"disabled_reason": None, "enabled": False, "liability": None},
        billing_mode={"flexible": {"proration_discounts": "included"}, "type": "flexible"},
        billing_schedules=[], cancel_at_period_end=False, collection_method="charge_automatically",
        cancellation_details=dict.fromkeys(("comment", "feedback", "feedback_option", "reason")),
        created=account.now, currency=price["currency"], customer=customer["id"], default_tax_rates=[],
        description=said.get("description"), discounts=[],
        invoice_settings=blank("Subscription.InvoiceSettings", issuer={"account": None, "type": "self"}),
        items={
            "object": "list", "data": [item], "has_more": False,
            "url": f"/v1/subscription_items?subscription={subscription_id}",
        },
        livemode=False, metadata=merged_metadata({}, said.get("metadata")),
        payment_settings={
            "payment_method_options": None, "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        start_date=account.now, status="incomplete", trial_end=trial_end,
        trial_settings={"end_behavior": behaviour}, trial_start=account.now if trial_end else None,
    )  # fmt: skip
