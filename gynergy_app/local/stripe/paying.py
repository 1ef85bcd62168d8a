"""What happens when somebody presses a button on the pay page."""

import re
from dataclasses import dataclass

from gynergy_app.local.stripe import (
    checkout_shape,
    customers,
    invoice_lines,
    invoices,
    methods,
    payments,
    promotions,
    subscriptions,
)
from gynergy_app.local.stripe.account import Account, Object, hidden

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class CannotPay(Exception):
    """What to tell whoever tried."""


@dataclass(frozen=True)
class Filled:
    """What she typed, and how the money will behave. No behaviour: a trial without a card."""

    behaviour: str | None
    email: str = ""
    name: str = ""
    agrees: bool = False


async def submit(account: Account, session: Object, filled: Filled) -> Object:
    """The session afterwards: complete, or still open because the card was declined."""
    _require_whole(account, session, filled)
    customer = await _customer(account, session, filled)
    method = None
    if filled.behaviour:
        email = customer["email"] if customer else filled.email
        method = await methods.create(account, filled.behaviour, email, filled.name or None)
    if session["mode"] == "subscription" and customer:
        return await _subscribe(account, session, filled, customer, method)
    return await _buy(account, session, filled, customer, method)


async def bill_once(
    account: Account, session: Object, customer: Object, intent: Object | None
) -> Object | None:
    """The invoice of a one-off purchase, made when it has been paid."""
    wanted = session["invoice_creation"]
    if not wanted or not wanted["enabled"]:
        return None
    lines = [invoice_lines.of_checkout(item, account.now) for item in hidden(session, "line_items")]
    if code := await account.find(hidden(session, "code")):
        discount = await promotions.discount(account, code, customer["id"], checkout_session=session["id"])
        lines = invoice_lines.discounted(lines, discount, session["total_details"]["amount_discount"])
    about = {
        "metadata": wanted["invoice_data"]["metadata"] or {},
        "description": wanted["invoice_data"]["description"],
    }
    invoice = await invoices.issue(account, customer, lines, "manual", **about)
    if intent:
        await invoices.linked(account, invoice, intent)
    return await invoices.paid(account, invoice)


def _require_whole(account: Account, session: Object, filled: Filled) -> None:
    if session["status"] != "open" or session["expires_at"] <= account.now:
        raise CannotPay("This checkout is closed. Nothing was charged; please go back and begin again.")
    if (session["consent_collection"] or {}).get("terms_of_service") == "required" and not filled.agrees:
        raise CannotPay("Please agree to the terms to go on.")
    if not session["customer"] and not _ADDRESS.fullmatch(_email(session, filled)):
        raise CannotPay("Please give an e-mail address: the receipt goes there.")
    if filled.behaviour is None and not may_go_without_card(session):
        raise CannotPay("This needs a way to pay.")


def may_go_without_card(session: Object) -> bool:
    is_free = session["amount_total"] == 0
    return is_free and (session["mode"] == "payment" or session["payment_method_collection"] == "if_required")


def _email(session: Object, filled: Filled) -> str:
    return session["customer_email"] or filled.email.strip()


async def _customer(account: Account, session: Object, filled: Filled) -> Object | None:
    """Who pays. A guest becomes a customer when the checkout says so, or when she gets an invoice."""
    known = await account.find(session["customer"] or hidden(session, "customer"))
    if known:
        may_rename = (hidden(session, "customer_update") or {}).get("name") == "auto"
        if may_rename and filled.name:
            await customers.update(account, known, {"name": filled.name})
        return known
    has_invoice = (session["invoice_creation"] or {}).get("enabled")
    if session["mode"] == "payment" and session["customer_creation"] != "always" and not has_invoice:
        return None
    made = await customers.create(account, {"email": _email(session, filled), "name": filled.name or None})
    await account.remember(session, customer=made["id"])
    return made


async def _buy(
    account: Account, session: Object, filled: Filled, customer: Object | None, method: Object | None
) -> Object:
    if session["amount_total"] == 0:
        return await _complete(account, session, filled, customer, None, "no_payment_required")
    intent = await account.find(session["payment_intent"]) or await _intent(
        account, session, filled, customer
    )
    if method is None:
        raise CannotPay("This needs a way to pay.")
    intent = await payments.attempt(account, intent, method, _email(session, filled) or None)
    if intent["status"] == "requires_payment_method":
        return await account.change(session, payment_intent=intent["id"])
    status = "paid" if intent["status"] == "succeeded" else "unpaid"
    return await _complete(account, session, filled, customer, intent, status)


async def _intent(account: Account, session: Object, filled: Filled, customer: Object | None) -> Object:
    said = hidden(session, "payment_intent_data") or {}
    about = {
        name: said[name] for name in ("description", "receipt_email", "setup_future_usage") if name in said
    }
    about["metadata"] = said.get("metadata", {})
    return await payments.intend(
        account, session["amount_total"], customer["id"] if customer else None, **about
    )


async def _complete(
    account: Account,
    session: Object,
    filled: Filled,
    customer: Object | None,
    intent: Object | None,
    status: str,
) -> Object:
    if code := await account.find(hidden(session, "code")):
        await promotions.redeem(account, code)
    if customer and status != "unpaid":
        invoice = await bill_once(account, session, customer, intent)
        session["invoice"] = invoice["id"] if invoice else None
    session["payment_intent"] = intent["id"] if intent else None
    return await _done(account, session, filled, customer, status)


async def _subscribe(
    account: Account, session: Object, filled: Filled, customer: Object, method: Object | None
) -> Object:
    said = hidden(session, "subscription_data") or {}
    due = session["amount_total"]
    if due and method and methods.behaviour(method) == methods.DECLINES:
        # The subscription begins with a payment that goes through; until then there is only a failed attempt.
        intent = await account.find(hidden(session, "tried")) or await payments.intend(
            account, due, customer["id"]
        )
        await payments.attempt(account, intent, method, customer["email"])
        return await account.remember(session, tried=intent["id"])
    code = await account.find(hidden(session, "code"))
    (item, *_) = hidden(session, "line_items")
    subscription, invoice = await subscriptions.begin(account, customer, item, said, method, code)
    session |= {"subscription": subscription["id"], "invoice": invoice["id"]}
    is_paid = invoice["status"] == "paid"
    status = "no_payment_required" if due == 0 else "paid" if is_paid else "unpaid"
    return await _done(account, session, filled, customer, status)


async def _done(
    account: Account, session: Object, filled: Filled, customer: Object | None, status: str
) -> Object:
    email, name = _email(session, filled) or None, filled.name or None
    if customer:
        email, name = customer["email"] or email, customer["name"] or name
    required = session["consent_collection"] or {}
    agreed = "accepted" if required.get("terms_of_service") == "required" else None
    tax = session["automatic_tax"]
    return await account.change(
        session, "checkout.session.completed", status="complete", payment_status=status, url=None,
        automatic_tax={**tax, "status": "complete"} if tax["enabled"] else tax,
        collected_information={"business_name": None, "individual_name": None, "shipping_details": None},
        consent={"promotions": None, "terms_of_service": agreed} if session["consent_collection"] else None,
        customer=customer["id"] if customer else None, customer_details=checkout_shape.details(email, name),
    )  # fmt: skip
