"""Invoices and purchases in the words of their rows."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.offers import spoken_price
from gynergy_app.services.payments.bought import Bought
from gynergy_app.services.payments.papers import Invoice
from gynergy_app.state.payments.notices import day_of

_INVOICES = {
    "paid": ("Paid", "good"),
    "open": ("Open", "bad"),
    "void": ("Not owed any more", "normal"),
    "uncollectible": ("Given up", "normal"),
}
"""Stripe's words for an invoice in ours. One it has not finished is not shown."""


@dataclass(frozen=True)
class InvoiceRow:
    name: str
    day: str
    amount: str
    tag: str
    tone: str
    href: str
    action: str
    pdf: str


@dataclass(frozen=True)
class PurchaseRow:
    """`receipt` leads to a route of ours, which asks Stripe where the receipt is just now."""

    id: str
    name: str
    day: str
    amount: str
    tag: str
    tone: str
    words: str
    receipt: str


def invoice_row(invoice: Invoice, timezone: str, now: datetime, *, back: int = 0) -> InvoiceRow:
    """`back`: cents of it that went back, by a refund or a lost dispute. Stripe still calls it paid."""
    tag, tone = _INVOICES.get(invoice.status, (invoice.status.capitalize(), "normal"))
    if back:
        tag, tone = ("Given back" if back >= invoice.amount.amount_cents else "Partly given back"), "normal"
    return InvoiceRow(
        name=f"Invoice {invoice.number}",
        day=day_of(invoice.made_at, timezone, now),
        amount=spoken_price(invoice.amount),
        tag=tag,
        tone=tone,
        href=invoice.href,
        action="Pay it" if invoice.status == "open" else "Open it",
        pdf=invoice.pdf,
    )


def purchase_row(bought: Bought, timezone: str, now: datetime) -> PurchaseRow:
    tag, tone, words = _standing(bought, timezone, now)
    return PurchaseRow(
        id=str(bought.id),
        name="A place in the challenge",
        day=day_of(bought.at, timezone, now),
        amount="A friend’s gift" if bought.is_gift else spoken_price(bought.amount),
        tag=tag,
        tone=tone,
        words=words,
        receipt=f"/billing/receipts/{bought.id}" if bought.has_receipt else "",
    )


def _standing(bought: Bought, timezone: str, now: datetime) -> tuple[str, str, str]:
    back = spoken_price(bought.given_back)
    match bought.status:
        case PurchaseStatus.refunded:
            day = f" on {day_of(bought.refunded_at, timezone, now)}" if bought.refunded_at else ""
            return "Refunded", "normal", f"All of it was given back{day}."
        case PurchaseStatus.disputed:
            return "Disputed", "wait", "Your bank has asked for the money back. That is not decided yet."
        case PurchaseStatus.review:
            return (
                "Being looked at",
                "wait",
                "What was paid is not what was asked for. A person is looking at it.",
            )
        case _ if bought.is_gift:
            return "Given", "good", ""
        case _ if bought.given_back.amount_cents:
            return "Paid", "good", f"{back} of it was given back."
    return "Paid", "good", ""
