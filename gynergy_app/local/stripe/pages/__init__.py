"""The pages Stripe would host: to pay, to look after a subscription, to read an invoice."""

from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from gynergy_app.local.stripe.pages import invoice, operator, pay, portal
from gynergy_app.settings import ROOT

PAGES = [
    Route("/", lambda request: RedirectResponse("/operator"), methods=["GET"]),
    Route("/c/pay/{id}", pay.show, methods=["GET"]),
    Route("/c/pay/{id}", pay.press, methods=["POST"]),
    Route("/r/{id}/{secret}", pay.recover, methods=["GET"]),
    Route("/p/session/{id}", portal.show, methods=["GET"]),
    Route("/p/session/{id}", portal.press, methods=["POST"]),
    Route("/i/{id}", invoice.show, methods=["GET"]),
    Route("/i/{id}", invoice.press, methods=["POST"]),
    Route("/receipts/{id}", invoice.receipt, methods=["GET"]),
    Route("/operator", operator.show, methods=["GET"]),
    Route("/operator/clock", operator.clock, methods=["POST"]),
    Route("/operator/trouble", operator.trouble, methods=["POST"]),
    Route("/operator/post/{name}", operator.post_all, methods=["POST"]),
    Route("/operator/events/{id}/{name}", operator.post, methods=["POST"]),
    Route("/operator/{kind}/{id}/{name}", operator.act, methods=["POST"]),
    Mount("/fonts", StaticFiles(directory=ROOT / "assets" / "fonts")),
]
