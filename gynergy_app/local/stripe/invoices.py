"""Invoices: what is owed and how it was paid. A customer's credit is used before her card."""

from typing import Any

from gynergy_app.local.stripe import ids, invoice_lines, payments
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.blanks import blank

RETRY_AFTER_DAYS = (3, 5, 7)
"""How long after each failure the card is tried again; after the last one nobody tries any more."""
_NO_PAYMENT_SETTINGS = {"default_mandate": None, "payment_method_options": None, "payment_method_types": None}


async def issue(account: Account, customer: Object, lines: list[Object], reason: str, **about: Any) -> Object:
    """A final invoice. What the customer has in credit is taken off; what is below zero becomes credit."""
    invoice = draft(account, customer, lines, reason) | about
    await account.change(customer, next_invoice_sequence=customer["next_invoice_sequence"] + 1)
    for line in lines:
        line["invoice"] = invoice["id"]
    await account.add(invoice, "invoice.created")
    await _use_credit(account, customer, invoice)
    return await account.change(
        invoice,
        "invoice.finalized",
        status="open",
        effective_at=account.now,
        hosted_invoice_url=f"{account.config.external_url}/i/{invoice['id']}",
        status_transitions={**invoice["status_transitions"], "finalized_at": account.now},
    )


async def collect(account: Account, invoice: Object, method: Object | None) -> Object:
    """Try to be paid. It ends paid; open and processing, when a bank has yet to say; or open and failed."""
    if invoice["amount_remaining"] == 0:
        return await paid(account, invoice)
    intent = await intent_of(account, invoice) or await _intent(account, invoice)
    if method is None:
        return await failed(account, invoice)
    intent = await payments.attempt(account, intent, method, invoice["customer_email"])
    if intent["status"] == "succeeded":
        return await paid(account, invoice)
    if intent["status"] == "processing":
        tried = invoice["attempt_count"] + 1
        return await account.change(invoice, "invoice.updated", attempted=True, attempt_count=tried)
    return await failed(account, invoice)


async def paid(account: Account, invoice: Object) -> Object:
    amount = invoice["amount_due"]
    await account.change(
        invoice, status="paid", amount_paid=amount, amount_remaining=0, attempted=True,
        next_payment_attempt=None,
        attempt_count=invoice["attempt_count"] + bool(amount), auto_advance=False,
        status_transitions={**invoice["status_transitions"], "paid_at": account.now},
    )  # fmt: skip
    for event in ("invoice.updated", "invoice.paid", "invoice.payment_succeeded"):
        await account.tell(event, invoice)
    for link in await account.all("invoice_payment", invoice=invoice["id"], status="open"):
        moments = {**link["status_transitions"], "paid_at": account.now}
        await account.change(
            link, "invoice_payment.paid", status="paid", amount_paid=amount, status_transitions=moments
        )
    return invoice


async def failed(account: Account, invoice: Object) -> Object:
    """Say when it will be tried again, if it will."""
    tried = invoice["attempt_count"] + 1
    days = RETRY_AFTER_DAYS[tried - 1] if tried <= len(RETRY_AFTER_DAYS) else None
    again = account.now + days * payments.DAY if days else None
    await account.change(invoice, attempted=True, attempt_count=tried, next_payment_attempt=again)
    for event in ("invoice.updated", "invoice.payment_failed"):
        await account.tell(event, invoice)
    return invoice


async def void(account: Account, invoice: Object) -> Object:
    moments = {**invoice["status_transitions"], "voided_at": account.now}
    return await account.change(
        invoice, "invoice.voided", status="void", status_transitions=moments, next_payment_attempt=None
    )


async def linked(account: Account, invoice: Object, intent: Object) -> Object:
    """Say that this payment is for this invoice."""
    link = blank(
        "InvoicePayment", id=ids.new("invoice_payment"), object="invoice_payment", created=account.now,
        amount_requested=invoice["amount_due"], currency=invoice["currency"], invoice=invoice["id"],
        is_default=True,
        livemode=False, status="open", status_transitions={"canceled_at": None, "paid_at": None},
        payment=blank("InvoicePayment.Payment", payment_intent=intent["id"], type="payment_intent"),
    )  # fmt: skip
    return await account.add(link)


async def intent_of(account: Account, invoice: Object) -> Object | None:
    links = await account.all("invoice_payment", invoice=invoice["id"], status="open")
    return await account.find(links[0]["payment"]["payment_intent"]) if links else None


async def is_processing(account: Account, invoice: Object) -> bool:
    intent = await intent_of(account, invoice)
    return intent is not None and intent["status"] == "processing"


async def paid_by(account: Account, intent: Object) -> Object | None:
    """The invoice this payment is for."""
    links = await account.all("invoice_payment", payment={"payment_intent": intent["id"]})
    return await account.get(links[0]["invoice"], "invoice") if links else None


async def method_for(account: Account, customer: Object, subscription: Object) -> Object | None:
    """What a subscription is paid by: its own way, or the customer's."""
    wanted = subscription["default_payment_method"] or customer["invoice_settings"]["default_payment_method"]
    return await account.find(wanted)


async def _intent(account: Account, invoice: Object) -> Object:
    about = {
        "description": invoice["description"],
        "receipt_email": None,
        "setup_future_usage": "off_session",
    }
    intent = await payments.intend(account, invoice["amount_due"], invoice["customer"], **about)
    await linked(account, invoice, intent)
    return intent


async def _use_credit(account: Account, customer: Object, invoice: Object) -> None:
    await account.change(invoice, **after_credit(customer, invoice["total"]))
    if customer["balance"] != invoice["ending_balance"]:
        await account.change(customer, "customer.updated", balance=invoice["ending_balance"])


def after_credit(customer: Object, total: int) -> Object:
    """What of a total is left to pay, and what of her credit."""
    used = min(-min(customer["balance"], 0), total)
    due = max(0, total - used) if total > 0 else 0
    return {
        "starting_balance": customer["balance"], "ending_balance": customer["balance"] + used,
        "amount_due": due, "amount_remaining": due,
    }  # fmt: skip


def draft(account: Account, customer: Object, lines: list[Object], reason: str) -> Object:
    subtotal, less = sum(line["amount"] for line in lines), invoice_lines.less(lines)
    invoice_id = ids.new("invoice")
    return blank(
        "Invoice", id=invoice_id, object="invoice", account_country="US", account_name="Practice account",
        amount_due=0, amount_overpaid=0, amount_paid=0, amount_remaining=0, amount_shipping=0,
        attempt_count=0,
        attempted=False, auto_advance=True, automatic_tax={**_NO_TAX}, billing_reason=reason,
        collection_method="charge_automatically", created=account.now, currency="usd",
        customer=customer["id"],
        customer_email=customer["email"], customer_name=customer["name"], customer_tax_exempt="none",
        customer_tax_ids=[], default_tax_rates=[], discounts=_discounts(lines),
        issuer={"account": None, "type": "self"},
        lines=_list(invoice_id, lines), livemode=False, metadata={},
        number=f"{customer['invoice_prefix']}-{customer['next_invoice_sequence']:04}",
        payment_settings={**_NO_PAYMENT_SETTINGS}, period_end=account.now, period_start=account.now,
        post_payment_credit_notes_amount=0, pre_payment_credit_notes_amount=0, starting_balance=0,
        status="draft",
        status_transitions=dict.fromkeys(("finalized_at", "marked_uncollectible_at", "paid_at", "voided_at")),
        subtotal=subtotal, subtotal_excluding_tax=subtotal, total=subtotal - less,
        total_excluding_tax=subtotal - less,
        total_discount_amounts=[each for line in lines for each in line["discount_amounts"]],
        total_pretax_credit_amounts=[], total_taxes=[],
    )  # fmt: skip


_NO_TAX = {"disabled_reason": None, "enabled": False, "liability": None, "provider": None, "status": None}


def _discounts(lines: list[Object]) -> list[str]:
    return list(dict.fromkeys(name for line in lines for name in line["discounts"]))


def _list(invoice_id: str, lines: list[Object]) -> Object:
    return {"object": "list", "data": lines, "has_more": False, "url": f"/v1/invoices/{invoice_id}/lines"}
