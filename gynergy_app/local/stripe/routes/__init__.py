"""Every path of the API on one screen, and which of the client's parameters each takes."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gynergy_app.local.stripe.call import Handler, answering
from gynergy_app.local.stripe.errors import Invalid
from gynergy_app.local.stripe.routes import (
    catalogue,
    checkout,
    customers,
    events,
    invoices,
    payments,
    portal,
    refunds,
    subscriptions,
)


def _at(method: str, path: str, handler: Handler, params: str) -> Route:
    return Route(f"/v1/{path}", answering(handler, params), methods=[method])


async def unknown(request: Request) -> Response:
    error = Invalid(f"Unrecognized request URL ({request.method}: {request.url.path}).")
    return JSONResponse(error.body, 404)


ROUTES = [
    _at("POST", "customers", customers.create, "customer_create"),
    _at("GET", "customers", customers.find, "customer_list"),
    _at("GET", "customers/{id}", customers.show, "customer_retrieve"),
    _at("POST", "customers/{id}", customers.update, "customer_update"),
    _at("DELETE", "customers/{id}", customers.delete, "customer_delete"),
    _at("GET", "products", catalogue.products, "product_list"),
    _at("GET", "products/{id}", catalogue.product, "product_retrieve"),
    _at("GET", "prices", catalogue.prices, "price_list"),
    _at("GET", "prices/{id}", catalogue.price, "price_retrieve"),
    _at("POST", "products/{id}", catalogue.update_product, "product_update"),
    _at("POST", "prices", catalogue.create_price, "price_create"),
    _at("POST", "prices/{id}", catalogue.update_price, "price_update"),
    _at("POST", "coupons", catalogue.create_coupon, "coupon_create"),
    _at("GET", "coupons/{id}", catalogue.coupon, "coupon_retrieve"),
    _at("POST", "promotion_codes", catalogue.create_code, "promotion_code_create"),
    _at("GET", "promotion_codes", catalogue.codes, "promotion_code_list"),
    _at("GET", "promotion_codes/{id}", catalogue.code, "promotion_code_retrieve"),
    _at("POST", "promotion_codes/{id}", catalogue.update_code, "promotion_code_update"),
    _at("POST", "checkout/sessions", checkout.create, "checkout.session_create"),
    _at("GET", "checkout/sessions", checkout.find, "checkout.session_list"),
    _at("GET", "checkout/sessions/{id}", checkout.show, "checkout.session_retrieve"),
    _at("POST", "checkout/sessions/{id}/expire", checkout.expire, "checkout.session_expire"),
    _at("GET", "checkout/sessions/{id}/line_items", checkout.line_items, "checkout.session_line_item_list"),
    _at("GET", "payment_intents", payments.intents, "payment_intent_list"),
    _at("GET", "payment_intents/{id}", payments.intent, "payment_intent_retrieve"),
    _at("GET", "charges", payments.charges, "charge_list"),
    _at("GET", "charges/{id}", payments.charge, "charge_retrieve"),
    _at("POST", "refunds", refunds.create, "refund_create"),
    _at("GET", "refunds", refunds.find, "refund_list"),
    _at("GET", "refunds/{id}", refunds.show, "refund_retrieve"),
    _at("POST", "refunds/{id}", refunds.update, "refund_update"),
    _at("GET", "disputes", refunds.disputes, "dispute_list"),
    _at("GET", "disputes/{id}", refunds.dispute, "dispute_retrieve"),
    _at("GET", "subscriptions", subscriptions.find, "subscription_list"),
    _at("GET", "subscriptions/{id}", subscriptions.show, "subscription_retrieve"),
    _at("POST", "subscriptions/{id}", subscriptions.update, "subscription_update"),
    _at("POST", "subscriptions/{id}/resume", subscriptions.resume, "subscription_resume"),
    _at("DELETE", "subscriptions/{id}", subscriptions.cancel, "subscription_cancel"),
    _at("POST", "billing_portal/sessions", portal.create, "billing_portal.session_create"),
    _at("GET", "invoices", invoices.find, "invoice_list"),
    _at("POST", "invoices/create_preview", invoices.preview, "invoice_create_preview"),
    _at("GET", "invoices/{id}", invoices.show, "invoice_retrieve"),
    _at("GET", "invoice_payments", invoices.payments, "invoice_payment_list"),
    _at("GET", "invoice_payments/{id}", invoices.payment, "invoice_payment_retrieve"),
    _at("GET", "payment_methods/{id}", payments.method, "payment_method_retrieve"),
    _at("GET", "events", events.find, "event_list"),
    _at("GET", "events/{id}", events.show, "event_retrieve"),
    Route("/v1/{path:path}", unknown, methods=["GET", "POST", "DELETE"]),
]  # fmt: skip
