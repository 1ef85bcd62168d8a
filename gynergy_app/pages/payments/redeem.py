"""/redeem: for a code that came without its link."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.layout import public_layout
from gynergy_app.components.links import link
from gynergy_app.components.payments.joining import code_form
from gynergy_app.state.home import HomeState
from gynergy_app.state.payments.redeem import RedeemState

ROUTE = routes.REDEEM
TITLE = "Use a friend code"
DESCRIPTION = "Type the friend code somebody gave you, and see what it opens before you use it."
ON_LOAD = [HomeState.open, RedeemState.open]
ACCESS = "public"


def page() -> rx.Component:
    return public_layout(
        rx.el.div(
            rx.el.h1("Somebody gave you a code.", class_name="join-title"),
            rx.el.p(
                "It opens the whole challenge for you, for nothing. Looking at it spends nothing: you see "
                "until when it is good and when your days would begin, and decide then.",
                class_name="join-lead",
            ),
            rx.el.div(code_form(RedeemState.typed), class_name="mt-7"),
            rx.el.p(
                "Without a code, ",
                link("a place can be bought", href=routes.PRICING),
                ".",
                class_name="meta mt-7",
            ),
            class_name="join-ended",
        ),
    )
