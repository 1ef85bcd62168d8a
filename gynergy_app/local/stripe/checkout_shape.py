"""A checkout session as it is when it has just been opened."""

from typing import Any

from gynergy_app.local.stripe import checkout_rules, ids
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.blanks import blank

_KEPT = (
    "adaptive_pricing", "allow_promotion_codes", "billing_address_collection", "cancel_url",
    "client_reference_id", "customer", "customer_creation", "customer_email", "locale", "mode",
    "payment_method_collection", "submit_type", "success_url", "tax_id_collection",
)  # fmt: skip


def opened(account: Account, said: dict[str, Any], customer: Object | None) -> Object:
    is_payment = said["mode"] == "payment"
    session = blank(
        "checkout.Session",
        id=ids.new("checkout.session"),
        object="checkout.session",
        automatic_tax=_tax(said.get("automatic_tax", {})),
        billing_address_collection="auto",
        created=account.now,
        currency="usd",
        custom_fields=[],
        custom_text={
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        customer_creation="if_required" if is_payment else "always",
        discounts=[],
        expires_at=said.get("expires_at", account.now + checkout_rules.DAY),
        invoice_creation=_invoice_creation(said) if is_payment else None,
        livemode=False,
        metadata=merged_metadata({}, said.get("metadata")),
        payment_method_collection="if_required" if is_payment else "always",
        payment_method_options={},
        payment_method_types=["card", "us_bank_account"],
        payment_status="unpaid",
        phone_number_collection={"enabled": False},
        shipping_options=[],
        status="open",
        ui_mode="hosted_page",
    )
    session |= {name: said[name] for name in _KEPT if name in said}
    session |= {name: shape(said[name]) for name, shape in _SHAPED.items() if name in said}
    session["url"] = address(account, session["id"])
    if customer:
        session |= {
            "customer_creation": None,
            "customer_details": details(customer["email"], customer["name"]),
        }
    elif "customer_email" in said:
        session["customer_details"] = details(said["customer_email"], None)
    return session


def _consent_collection(said: dict[str, Any]) -> Object:
    return blank("checkout.Session.ConsentCollection", **said)


def _after_expiration(said: dict[str, Any]) -> Object:
    nothing = {"allow_promotion_codes": False, "enabled": False, "expires_at": None, "url": None}
    return {"recovery": {**nothing, **said["recovery"]}} if "recovery" in said else {"recovery": None}


_SHAPED = {"consent_collection": _consent_collection, "after_expiration": _after_expiration}


def details(email: str | None, name: str | None) -> Object:
    return blank("checkout.Session.CustomerDetails", email=email, name=name, tax_exempt="none", tax_ids=[])


def address(account: Account, session_id: str) -> str:
    return f"{account.config.external_url}/c/pay/{session_id}"


def _tax(said: dict[str, Any]) -> Object:
    is_on = said.get("enabled", False)
    owner = {"type": "self"} if is_on else None
    return {
        "enabled": is_on,
        "liability": owner,
        "provider": None,
        "status": "requires_location_inputs" if is_on else None,
    }


def _invoice_creation(said: dict[str, Any]) -> Object:
    data = {
        "account_tax_ids": None,
        "custom_fields": None,
        "description": None,
        "footer": None,
        "issuer": None,
    }
    wanted = said.get("invoice_creation", {})
    data |= {"metadata": {}, "rendering_options": None, **wanted.get("invoice_data", {})}
    return {"enabled": wanted.get("enabled", False), "invoice_data": data}
