"""`expand`: an id gives way to the object it names, and lists that are left out are put in."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from gynergy_app.local.stripe.account import Account, Object, shown
from gynergy_app.local.stripe.errors import Invalid
from gynergy_app.local.stripe.lists import as_list

DEEPEST = 4
Includable = Callable[[Account, Object], Awaitable[Object]]


async def expanded(account: Account, thing: Object, paths: Sequence[str]) -> Object:
    """`thing` as it is answered, with what these paths ask for."""
    answer = shown(thing)
    for path in paths:
        parts = path.split(".")
        if len(parts) > DEEPEST:
            raise Invalid("You cannot expand more than 4 levels of a property", "expand")
        await _expand(account, answer, parts, path)
    return answer


async def _expand(account: Account, here: Any, parts: Sequence[str], path: str) -> None:
    if isinstance(here, list):
        for each in here:
            await _expand(account, each, parts, path)
    elif isinstance(here, dict) and parts:
        name, *deeper = parts
        here[name] = await _value(account, here, name, path)
        await _expand(account, here[name], deeper, path)


async def _value(account: Account, here: Object, name: str, path: str) -> Any:
    if include := _INCLUDED.get((here.get("object", ""), name)):
        return await include(account, here)
    if name not in here:
        raise Invalid(f"This property cannot be expanded ({path}).", "expand")
    value = here[name]
    if isinstance(value, str):
        return shown(await account.find(value)) or value
    if isinstance(value, list):
        return [shown(await account.find(each)) if isinstance(each, str) else each for each in value]
    return value


async def line_items(account: Account, session: Object) -> Object:
    kept = await account.find(session["id"])
    items = kept["_peer"]["line_items"] if kept else []
    return as_list(f"/v1/checkout/sessions/{session['id']}/line_items", items)


async def _payments(account: Account, invoice: Object) -> Object:
    found = await account.all("invoice_payment", invoice=invoice["id"])
    return as_list(f"/v1/invoice_payments?invoice={invoice['id']}", found)


async def _refunds(account: Account, charge: Object) -> Object:
    return as_list(f"/v1/charges/{charge['id']}/refunds", await account.all("refund", charge=charge["id"]))


async def _subscriptions(account: Account, customer: Object) -> Object:
    found = await account.all("subscription", customer=customer["id"])
    living = [each for each in found if each["status"] not in ("canceled", "incomplete_expired")]
    return as_list(f"/v1/customers/{customer['id']}/subscriptions", living)


_INCLUDED: dict[tuple[str, str], Includable] = {
    ("checkout.session", "line_items"): line_items,
    ("invoice", "payments"): _payments,
    ("charge", "refunds"): _refunds,
    ("customer", "subscriptions"): _subscriptions,
}
