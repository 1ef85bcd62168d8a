"""What Stripe keeps for her: invoices, receipts, the card, and its own pages about them.

It is asked for when she looks and not kept, but for the money that went back. Nothing here opens a door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.paying import Price
from gynergy_app.errors import NotFound
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object, PaymentsRefused
from gynergy_app.repositories import subscription_payments
from gynergy_app.services.payments.subscriptions import Held
from gynergy_app.settings import settings

SHOWN = 12
BACK = f"{routes.BILLING}?from=portal"
"""Where Stripe's pages lead back to: whatever was changed there is asked for at once."""


class NoReceipt(NotFound):
    def __init__(self) -> None:
        super().__init__("The payment service has no receipt of this. A gift costs nothing and has none.")


class PortalPage(StrEnum):
    """`home` holds everything; `card` is for another way to pay, and leads back when that is done."""

    home = "home"
    card = "card"


@dataclass(frozen=True)
class Invoice:
    """`status` is Stripe's: paid, open, void, uncollectible or draft. `href` leads to its page there."""

    id: str
    number: str
    made_at: datetime
    amount: Price
    status: str
    href: str
    pdf: str


@dataclass(frozen=True)
class Paying:
    """How a subscription is paid, and what is due next: less than its price while there is credit."""

    card: str
    card_until: str
    due: Price | None


async def invoices(customer_ids: Sequence[str]) -> list[Invoice]:
    """The last ones, the newest first."""
    found: list[Object] = []
    for each in customer_ids:
        found += await stripe_billing.list_all("invoice", {"customer": each, "limit": SHOWN}, at_most=SHOWN)
    drawn = [_invoice(each) for each in found if each["status"] != "draft"]
    return sorted(drawn, key=lambda each: each.made_at, reverse=True)[:SHOWN]


async def gone_back(db: AsyncSession, who: Member) -> dict[str, int]:
    """Cents of hers that went back, by invoice. Stripe says of such an invoice that it is paid."""
    return await subscription_payments.gone_back(db, who.id)


async def paying(held: Held) -> Paying:
    paths = ["default_payment_method", "customer.invoice_settings.default_payment_method"]
    subscription = await stripe_billing.get("subscription", held.stripe_id, paths)
    settled = (subscription["customer"].get("invoice_settings") or {}).get("default_payment_method")
    method = subscription["default_payment_method"] or settled
    due = await _due(held.stripe_id) if held.runs and not held.is_ending else None
    return Paying(_method_words(method), _runs_out(method), due)


async def receipt(checkout_id: str) -> str:
    """Where the receipt of something bought once can be read. Raises `NoReceipt`."""
    try:
        session = await stripe_billing.get(
            "checkout.session", checkout_id, ["payment_intent.latest_charge", "invoice"]
        )
    except NotAtStripe:
        raise NoReceipt from None
    charge = (session["payment_intent"] or {}).get("latest_charge") or {}
    invoice = session["invoice"] or {}
    address = charge.get("receipt_url") or invoice.get("hosted_invoice_url")
    if not address:
        raise NoReceipt
    return address


async def open_portal(customer_id: str, page: PortalPage) -> str:
    """An address that is good for minutes: make one for each click."""
    back = f"{settings.public_url.rstrip('/')}{BACK}"
    said: Object = {"customer": customer_id, "return_url": back}
    if page is PortalPage.card:
        done = {"type": "redirect", "redirect": {"return_url": back}}
        said["flow_data"] = {"type": "payment_method_update", "after_completion": done}
    return (await stripe_billing.open_portal(said))["url"]


async def _due(stripe_id: str) -> Price | None:
    """None when nothing more will be charged."""
    try:
        invoice = await stripe_billing.preview_invoice({"subscription": stripe_id})
    except (NotAtStripe, PaymentsRefused):
        return None
    return Price(invoice["amount_due"], invoice["currency"])


def _invoice(invoice: Object) -> Invoice:
    return Invoice(
        id=invoice["id"],
        number=invoice["number"] or "",
        made_at=datetime.fromtimestamp(invoice["created"], UTC),
        amount=Price(invoice["amount_due"], invoice["currency"]),
        status=invoice["status"] or "",
        href=invoice["hosted_invoice_url"] or "",
        pdf=invoice["invoice_pdf"] or "",
    )


def _method_words(method: Object | None) -> str:
    """
    >>> _method_words({"type": "card", "card": {"brand": "visa", "last4": "4242"}}), _method_words(None)
    ('Visa ending in 4242', '')
    """
    if not method:
        return ""
    about = method.get(method["type"]) or {}
    name = about.get("brand") or about.get("bank_name") or method["type"].replace("_", " ")
    last = about.get("last4")
    words = name if name.isupper() else name.capitalize()
    return f"{words} ending in {last}" if last else words


def _runs_out(method: Object | None) -> str:
    """
    >>> _runs_out({"type": "card", "card": {"exp_month": 3, "exp_year": 2029}}), _runs_out(None)
    ('March 2029', '')
    """
    card = (method or {}).get("card")
    return f"{datetime(card['exp_year'], card['exp_month'], 1, tzinfo=UTC):%B %Y}" if card else ""
