"""Customers: who pays, as far as the account knows her."""

import secrets
from typing import Any

from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.blanks import blank

_SAID = ("address", "description", "email", "name", "phone", "preferred_locales", "shipping", "tax_exempt")


async def create(account: Account, said: dict[str, Any]) -> Object:
    customer = blank(
        "Customer",
        id=ids.new("customer"),
        object="customer",
        balance=0,
        created=account.now,
        delinquent=False,
        invoice_prefix=secrets.token_hex(4).upper(),
        invoice_settings=_invoice_settings(said.get("invoice_settings")),
        livemode=False,
        metadata=merged_metadata({}, said.get("metadata")),
        next_invoice_sequence=1,
        preferred_locales=[],
        tax_exempt="none",
    )
    return await account.add(customer | _said(said), "customer.created")


async def update(account: Account, customer: Object, said: dict[str, Any]) -> Object:
    changed = _said(said)
    if "metadata" in said:
        changed["metadata"] = merged_metadata(customer["metadata"], said["metadata"])
    if "invoice_settings" in said:
        changed["invoice_settings"] = _invoice_settings(
            said["invoice_settings"], customer["invoice_settings"]
        )
    return await account.change(customer, "customer.updated", **changed)


async def delete(account: Account, customer: Object) -> Object:
    """What is left of her is her id. What she paid stays, as it must."""
    await account.tell("customer.deleted", customer)
    gone = {"id": customer["id"], "object": "customer", "deleted": True}
    customer.clear()
    await account.change(customer, **gone)
    return gone


def default_method(customer: Object) -> str | None:
    return customer["invoice_settings"]["default_payment_method"]


async def pay_by(account: Account, customer: Object, method: Object) -> Object:
    """Make this her way to pay from now on."""
    await account.change(method, "payment_method.attached", customer=customer["id"])
    kept = {**customer["invoice_settings"], "default_payment_method": method["id"]}
    return await account.change(customer, "customer.updated", invoice_settings=kept)


def _said(said: dict[str, Any]) -> dict[str, Any]:
    """An empty text takes something away."""
    return {name: said[name] if said[name] != "" else None for name in _SAID if name in said}


def _invoice_settings(said: Any, known: dict[str, Any] | None = None) -> dict[str, Any]:
    nothing = {
        "custom_fields": None,
        "default_payment_method": None,
        "footer": None,
        "rendering_options": None,
    }
    return {**nothing, **(known or {}), **(said or {})}
