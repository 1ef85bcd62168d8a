"""Names as Stripe makes them: what it is, then chance."""

import secrets
import string

_SIGNS = string.ascii_letters + string.digits
PREFIXES = {
    "billing_portal.session": "bps", "charge": "ch", "checkout.session": "cs_test", "coupon": "coupon",
    "customer": "cus", "discount": "di", "dispute": "du", "event": "evt", "invoice": "in",
    "invoice_payment": "inpay", "item": "li", "line_item": "il", "payment_intent": "pi",
    "payment_method": "pm",
    "price": "price", "product": "prod", "promotion_code": "promo", "refund": "re", "request": "req",
    "setup_intent": "seti", "subscription": "sub", "subscription_item": "si",
}  # fmt: skip


def new(kind: str) -> str:
    return f"{PREFIXES[kind]}_{''.join(secrets.choice(_SIGNS) for _ in range(24))}"
