"""Ways to pay, and how each will behave. Only this server knows the second."""

import hashlib
from datetime import UTC, datetime

from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.account import Account, Object, hidden
from gynergy_app.local.stripe.blanks import blank

PAYS, DECLINES, SETTLES_LATER = "pays", "declines", "settles_later"
_NO_ADDRESS = {
    "city": None,
    "country": None,
    "line1": None,
    "line2": None,
    "postal_code": None,
    "state": None,
}
_YEARS = 3


async def create(account: Account, behaviour: str, email: str | None, name: str | None) -> Object:
    """A card, or a bank account for what settles later. The last digits tell which is which.

    The name on it says whose it is: two people who give the same name pay with the same card.
    """
    kind = "us_bank_account" if behaviour == SETTLES_LATER else "card"
    fingerprint = hashlib.sha256((name or email or "").casefold().encode()).hexdigest()[:16]
    known = _bank() if kind == "us_bank_account" else _card(account, behaviour)
    method = {
        "id": ids.new("payment_method"), "object": "payment_method", "allow_redisplay": "always",
        "billing_details": billing_details(email, name), "created": account.now, "customer": None,
        "livemode": False, "metadata": {}, "type": kind,
        kind: {**known, "fingerprint": fingerprint},
        "_peer": {"behaviour": behaviour},
    }  # fmt: skip
    return await account.add(method)


def behaviour(method: Object) -> str:
    return hidden(method, "behaviour")


def billing_details(email: str | None, name: str | None) -> dict[str, object]:
    return {"address": _NO_ADDRESS, "email": email, "name": name, "phone": None, "tax_id": None}


def label(method: Object) -> str:
    if method["type"] == "card":
        return f"Card ending in {method['card']['last4']}"
    return f"Bank account ending in {method['us_bank_account']['last4']}"


def details(method: Object) -> dict[str, object]:
    """As a charge describes how it was paid."""
    kind = method["type"]
    if kind == "card":
        known = {
            name: method[kind][name]
            for name in ("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4")
        }
        return {"type": kind, kind: blank("Charge.PaymentMethodDetails.Card", **known, network="visa")}
    known = {name: method[kind][name] for name in ("bank_name", "fingerprint", "last4")}
    return {"type": kind, kind: blank("Charge.PaymentMethodDetails.UsBankAccount", **known)}


def _card(account: Account, behaviour: str) -> Object:
    return blank(
        "PaymentMethod.Card", brand="visa", country="US", display_brand="visa", exp_month=12,
        exp_year=datetime.fromtimestamp(account.now, UTC).year + _YEARS, funding="credit",
        last4="0341" if behaviour == DECLINES else "4242",
    )  # fmt: skip


def _bank() -> Object:
    return blank(
        "PaymentMethod.UsBankAccount", account_holder_type="individual", account_type="checking",
        bank_name="STRIPE TEST BANK", last4="6789", routing_number="110000000",
    )  # fmt: skip
