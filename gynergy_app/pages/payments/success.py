"""/checkout/success: what became of a payment. It grants nothing, and nothing depends on its being open."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.checkout_success import codes, facts, next_steps, slow
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.layout import public_layout
from gynergy_app.components.waiting import Waiting
from gynergy_app.state.home import HomeState
from gynergy_app.state.payments.success import SuccessState

ROUTE = routes.CHECKOUT_SUCCESS
TITLE = "Your payment"
DESCRIPTION = "What became of your payment for the challenge, and where to go on."
ON_LOAD = [HomeState.open, SuccessState.open]
ACCESS = "public"


def page() -> rx.Component:
    said = SuccessState.outcome
    return public_layout(
        Waiting.create(
            is_waiting=SuccessState.is_waiting,
            seconds=SuccessState.looks_every,
            on_look=SuccessState.look_again,
        ),
        rx.cond(said.kind == "looking", _looking(), _found()),
        rx.cond(SuccessState.codes, codes()),
    )


def _looking() -> rx.Component:
    """Also what is read without a script, which this page cannot do without."""
    return rx.el.div(
        rx.el.h1("Your payment", class_name="price-title"),
        rx.el.p(
            "We look up what became of it. Nothing depends on this page: when you have paid, the receipt "
            "comes by mail, and your place opens by itself.",
            class_name="price-lead",
        ),
        rx.el.div(skeleton_card(3, says="Looking up your payment"), class_name="mt-8"),
    )


def _found() -> rx.Component:
    said = SuccessState.outcome
    return rx.el.div(
        facts(),
        rx.el.h1(said.title, class_name="price-title"),
        rx.el.p(said.words, role="status", class_name="price-lead"),
        rx.cond(SuccessState.is_slow, slow()),
        next_steps(),
        class_name="success",
    )
