"""The pages Stripe would host: to pay, to look after a subscription, to read an invoice."""

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from gynergy_app.local.stripe.pages import pay
from gynergy_app.settings import ROOT

PAGES = [
    Route("/c/pay/{id}", pay.show, methods=["GET"]),
    Route("/c/pay/{id}", pay.press, methods=["POST"]),
    Route("/r/{id}/{secret}", pay.recover, methods=["GET"]),
    Mount("/fonts", StaticFiles(directory=ROOT / "assets" / "fonts")),
]
