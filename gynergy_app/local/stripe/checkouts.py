"""Checkout sessions: opened by the application, filled in by whoever pays, done once or expired."""

import secrets
from typing import Any

from gynergy_app.local.stripe import checkout_rules, checkout_shape, ids, promotions
from gynergy_app.local.stripe.account import Account, Object, hidden
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid

_FOR_LATER = ("invoice_creation", "payment_intent_data", "subscription_data", "customer_update")


async def create(account: Account, said: dict[str, Any]) -> Object:
    checkout_rules.check(said, account.now)
    customer = await account.get(said["customer"], "customer", "customer") if "customer" in said else None
    prices = [await _price(account, item, at) for at, item in enumerate(said["line_items"])]
    checkout_rules.check_prices(said["mode"], prices)
    session = checkout_shape.opened(account, said, customer)
    items = [
        await _line(account, item, price) for item, price in zip(said["line_items"], prices, strict=True)
    ]
    for_later = {name: said[name] for name in _FOR_LATER if name in said}
    session["_peer"] = {"line_items": items, "code": None, **for_later}
    return await account.add(await _discounted(account, session, await _given_code(account, said)))


async def expire(account: Account, session: Object) -> Object:
    if session["status"] != "open":
        message = 'Only Checkout Sessions with a status in ["open"] can be expired.'
        raise Invalid(f"{message} This Checkout Session has a status of `{session['status']}`.")
    return await account.change(
        session,
        "checkout.session.expired",
        status="expired",
        url=None,
        after_expiration=_recovery(account, session),
    )


async def recover(account: Account, session: Object) -> Object:
    """A new session like an expired one, for whoever follows its recovery link."""
    fresh = {**session, "id": ids.new("checkout.session"), "created": account.now, "status": "open"}
    fresh |= {"expires_at": account.now + checkout_rules.DAY, "recovered_from": session["id"]}
    fresh |= {"url": checkout_shape.address(account, fresh["id"]), "payment_intent": None}
    fresh["_peer"] = {name: value for name, value in session["_peer"].items() if name != "tried"}
    wanted = (session["after_expiration"] or {}).get("recovery") or {}
    fresh["allow_promotion_codes"] = wanted.get("allow_promotion_codes", False)
    fresh["after_expiration"] = None
    return await account.add(fresh)


async def use_code(account: Account, session: Object, typed: str) -> Object:
    """Put the code somebody typed on her checkout; an empty one takes it off. Raises `NotValid`."""
    if not typed.strip():
        return await account.change(await _discounted(account, session, None))
    bought = (
        await account.all("charge", customer=session["customer"], paid=True) if session["customer"] else []
    )
    code = await promotions.find(account, typed, session["amount_subtotal"], is_first=not bought)
    return await account.change(await _discounted(account, session, code))


def is_trial(session: Object) -> bool:
    data = hidden(session, "subscription_data") or {}
    return "trial_period_days" in data or "trial_end" in data


async def _discounted(account: Account, session: Object, code: Object | None) -> Object:
    """The session with this code and no other."""
    coupon = await promotions.coupon_of(account, code) if code else None
    left = coupon["amount_off"] if coupon else None
    for item in hidden(session, "line_items"):
        item["amount_discount"] = 0
        if coupon:
            item["amount_discount"] = promotions.less({**coupon, "amount_off": left}, item["amount_subtotal"])
            left = left - item["amount_discount"] if left is not None else None
        item["amount_total"] = item["amount_subtotal"] - item["amount_discount"]
    session["_peer"]["code"] = code["id"] if code else None
    session["discounts"] = [{"coupon": coupon["id"], "promotion_code": code["id"]}] if code and coupon else []
    return _counted(session)


def _counted(session: Object) -> Object:
    """The totals of what is in it. In a trial nothing is due yet."""
    items = [] if is_trial(session) else hidden(session, "line_items")
    discount = sum(item["amount_discount"] for item in items)
    session["amount_subtotal"] = sum(item["amount_subtotal"] for item in items)
    session["amount_total"] = session["amount_subtotal"] - discount
    session["total_details"] = {"amount_discount": discount, "amount_shipping": 0, "amount_tax": 0}
    return session


def _recovery(account: Account, session: Object) -> Object | None:
    """Where somebody who was too late may go on."""
    after = session["after_expiration"]
    if not after or not (after["recovery"] or {}).get("enabled"):
        return after
    url = f"{account.config.external_url}/r/{session['id']}/{secrets.token_hex(8)}"
    return {
        "recovery": {**after["recovery"], "expires_at": account.now + 30 * checkout_rules.DAY, "url": url}
    }


async def _given_code(account: Account, said: dict[str, Any]) -> Object | None:
    """The promotion code the application has put on the checkout itself."""
    given = said.get("discounts") or []
    if not given:
        return None
    if len(given) > 1 or "promotion_code" not in given[0]:
        raise Invalid("This server takes one promotion code.", "discounts")
    return await account.get(given[0]["promotion_code"], "promotion_code", "discounts[0][promotion_code]")


async def _price(account: Account, item: dict[str, Any], position: int) -> Object:
    if "price" not in item:
        raise Invalid("This server takes prices by their id only.", f"line_items[{position}][price]")
    return await account.get(item["price"], "price", f"line_items[{position}][price]")


async def _line(account: Account, item: dict[str, Any], price: Object) -> Object:
    product = await account.get(price["product"], "product")
    quantity = item.get("quantity", 1)
    amount = price["unit_amount"] * quantity
    return blank(
        "LineItem", id=ids.new("item"), object="item", amount_discount=0, amount_subtotal=amount,
        amount_tax=0,
        amount_total=amount, currency=price["currency"], description=product["name"], price=price,
        quantity=quantity,
    )  # fmt: skip
