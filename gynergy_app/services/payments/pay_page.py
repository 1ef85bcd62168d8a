"""The page at Stripe on which a place is paid: what it is asked for, and closing it. Opens no door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gynergy_app.domain.payments.offers import Offer
from gynergy_app.domain.payments.stripe_words import ATTEMPT, PURCHASE_ID
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object, PaymentsRefused
from gynergy_app.routes import CHECKOUT_SUCCESS, PRICING
from gynergy_app.services.payments.applying.purchases import PurchaseTold, look
from gynergy_app.services.payments.orders import Checkout
from gynergy_app.settings import settings


@dataclass(frozen=True)
class Payer:
    """Who is to pay: a customer Stripe knows, or an address."""

    email: str
    customer_id: str | None = None


async def open_page(checkout: Checkout, offer: Offer, payer: Payer) -> Object:
    """Asked again for the same attempt, Stripe answers with the same page."""
    return await stripe_billing.create_checkout(_params(checkout, offer, payer), checkout.key)


async def close_page(checkout_id: str, asked_at: datetime) -> PurchaseTold | None:
    """Let nobody pay there any more. One that cannot be closed has come to its end: then how it stands."""
    try:
        await stripe_billing.expire_checkout(checkout_id)
    except (PaymentsRefused, NotAtStripe):
        return await look(checkout_id, asked_at)
    return None


def _params(checkout: Checkout, offer: Offer, payer: Payer) -> dict[str, Any]:
    """Nothing in here may differ when one attempt is asked for twice."""
    ours = {PURCHASE_ID: str(checkout.purchase_id), ATTEMPT: str(checkout.attempt)}
    site = settings.public_url.rstrip("/")
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "line_items": [{"price": offer.price_id, "quantity": 1}],
        "client_reference_id": str(checkout.purchase_id),
        "adaptive_pricing": {"enabled": True},
        "allow_promotion_codes": True,
        "automatic_tax": {"enabled": settings.stripe_tax},
        "invoice_creation": {"enabled": True},
        "metadata": ours,
        "payment_intent_data": {"metadata": ours},
        "after_expiration": {"recovery": {"enabled": True, "allow_promotion_codes": True}},
        "expires_at": int(checkout.expires_at.timestamp()),
        "success_url": f"{site}{CHECKOUT_SUCCESS}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{site}{PRICING}",
        **_payer(payer),
        **_consent(),
    }


def _payer(payer: Payer) -> dict[str, Any]:
    if payer.customer_id:
        renewed = {"address": "auto", "name": "auto"}
        return {"customer": payer.customer_id, "customer_update": renewed}
    return {"customer_email": payer.email, "customer_creation": "always"}


def _consent() -> dict[str, Any]:
    """Stripe asks for the terms only when the account's public details say where they are."""
    return {"consent_collection": {"terms_of_service": "required"}} if settings.stripe_terms else {}
