"""/pricing: what the challenge costs, what is inside, and the way to buy it. Readable without a script."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.layout import public_layout
from gynergy_app.components.pricing import afterwards, inside, order, rules
from gynergy_app.state.home import HomeState
from gynergy_app.state.payments.pricing import PricingState

ROUTE = routes.PRICING
TITLE = "One payment, nothing after it"
DESCRIPTION = (
    "The challenge is paid once and does not turn into a subscription: 45 days beside a cohort, two places "
    "to give away, and a refund rule in one sentence."
)
ON_LOAD = [HomeState.open, PricingState.open]
ACCESS = "public"


def page() -> rx.Component:
    return public_layout(
        rx.el.div(
            rx.el.div(inside(), order(), class_name="price-two"),
            afterwards(),
            rules(),
            class_name="price",
        )
    )
