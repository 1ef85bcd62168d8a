"""Coupons say how much less, promotion codes are the words people type, discounts are what came of it."""

import secrets
from typing import Any

from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid

_COUPON = (
    "amount_off",
    "currency",
    "duration_in_months",
    "max_redemptions",
    "name",
    "percent_off",
    "redeem_by",
)
_NO_RESTRICTIONS = {"first_time_transaction": False, "minimum_amount": None, "minimum_amount_currency": None}


class NotValid(Exception):
    """What to tell whoever typed the code."""


async def stock(account: Account, code: str, coupon: dict[str, Any]) -> None:
    made = await account.add(_coupon(account, f"practice_{code}", {"duration": "once", **coupon}))
    await account.add(_promotion_code(account, f"promo_practice_{code}", code, made, {}))


async def create_coupon(account: Account, said: dict[str, Any]) -> Object:
    if ("amount_off" in said) == ("percent_off" in said):
        raise Invalid("You must pass exactly one of amount_off and percent_off.", "percent_off")
    coupon_id = said.get("id") or ids.new("coupon")
    return await account.add(_coupon(account, coupon_id, said), "coupon.created")


async def create_code(account: Account, said: dict[str, Any]) -> Object:
    coupon = await account.get(said["promotion"]["coupon"], "coupon", "promotion[coupon]")
    code = said.get("code") or secrets.token_hex(4).upper()
    if any(each["active"] for each in await _known(account, code)):
        raise Invalid(
            "An active promotion code with this code already exists.", "code", "resource_already_exists"
        )
    made = _promotion_code(account, ids.new("promotion_code"), code, coupon, said)
    return await account.add(made, "promotion_code.created")


async def update_code(account: Account, code: Object, said: dict[str, Any]) -> Object:
    changed = {name: said[name] for name in ("active",) if name in said}
    if "metadata" in said:
        changed["metadata"] = merged_metadata(code["metadata"], said["metadata"])
    return await account.change(code, "promotion_code.updated", **changed)


async def find(account: Account, typed: str, amount: int, *, is_first: bool = True) -> Object:
    """The promotion code somebody typed. Raises `NotValid` with a sentence for her."""
    code = next((each for each in await _known(account, typed.strip()) if each["active"]), None)
    if code is None:
        raise NotValid("This code is not valid.")
    if code["expires_at"] is not None and code["expires_at"] <= account.now:
        raise NotValid("This code has expired.")
    if code["max_redemptions"] is not None and code["times_redeemed"] >= code["max_redemptions"]:
        raise NotValid("This code has been used as often as it can be.")
    if (code["restrictions"]["minimum_amount"] or 0) > amount:
        raise NotValid("This code is for larger amounts.")
    if code["restrictions"]["first_time_transaction"] and not is_first:
        raise NotValid("This code is for a first purchase.")
    return code


async def coupon_of(account: Account, code: Object) -> Object:
    return await account.get(code["promotion"]["coupon"], "coupon")


def less(coupon: Object, amount: int) -> int:
    """How much of an amount this takes off."""
    if coupon["amount_off"] is not None:
        return min(coupon["amount_off"], amount)
    return round(amount * coupon["percent_off"] / 100)


async def redeem(account: Account, code: Object) -> None:
    coupon = await coupon_of(account, code)
    await account.change(coupon, times_redeemed=coupon["times_redeemed"] + 1)
    await account.change(code, "promotion_code.updated", times_redeemed=code["times_redeemed"] + 1)


async def discount(account: Account, code: Object, customer: str | None, **where: str | None) -> Object:
    """The code as it works for one invoice or subscription."""
    made = blank(
        "Discount", id=ids.new("discount"), object="discount", customer=customer, promotion_code=code["id"],
        source={"coupon": code["promotion"]["coupon"], "type": "coupon"}, start=account.now, **where,
    )  # fmt: skip
    return await account.add(made)


async def _known(account: Account, code: str) -> list[Object]:
    """Codes are the same in capitals and without."""
    everything = await account.all("promotion_code")
    return [each for each in everything if each["code"].casefold() == code.casefold()]


def _coupon(account: Account, coupon_id: str, said: dict[str, Any]) -> Object:
    return blank(
        "Coupon", id=coupon_id, object="coupon", created=account.now, duration=said.get("duration", "once"),
        livemode=False, metadata=merged_metadata({}, said.get("metadata")), times_redeemed=0, valid=True,
        **{name: said[name] for name in _COUPON if name in said},
    )  # fmt: skip


def _promotion_code(
    account: Account, code_id: str, code: str, coupon: Object, said: dict[str, Any]
) -> Object:
    return blank(
        "PromotionCode", id=code_id, object="promotion_code", active=said.get("active", True), code=code,
        created=account.now, customer=said.get("customer"), expires_at=said.get("expires_at"), livemode=False,
        max_redemptions=said.get("max_redemptions"), metadata=merged_metadata({}, said.get("metadata")),
        promotion={"coupon": coupon["id"], "type": "coupon"}, times_redeemed=0,
        restrictions={**_NO_RESTRICTIONS, **said.get("restrictions", {})},
    )  # fmt: skip
