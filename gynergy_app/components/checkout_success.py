"""Pieces of the page after paying: proof, the next step, and the places to give away."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, more_link
from gynergy_app.components.feedback import note, tag
from gynergy_app.components.media import icon
from gynergy_app.state.payments.outcome import Code
from gynergy_app.state.payments.success import SuccessState


def facts() -> rx.Component:
    """What she can quote. Nothing, where no purchase was found."""
    said = SuccessState.outcome
    confirmed = rx.el.span(icon("check", 16), "Payment confirmed", class_name="state state-kept")
    return rx.cond(
        said.order,
        rx.el.p(
            rx.cond(SuccessState.is_paid, confirmed),
            rx.el.span("Order ", said.order),
            rx.el.span(said.amount),
            class_name="success-facts",
        ),
    )


def next_steps() -> rx.Component:
    said = SuccessState.outcome
    sign_in = button_link("Sign in", href=f"{routes.SIGN_IN}?next={routes.TODAY}")
    return rx.fragment(
        rx.cond(
            said.action,
            rx.el.div(
                button_link(said.action, href=said.href, kind="primary"),
                rx.cond(said.kind == "guest", sign_in),
                class_name="row flex-wrap mt-7",
            ),
        ),
        rx.cond(
            SuccessState.is_paid,
            rx.el.p(
                "The receipt is on its way to ",
                rx.el.b(said.mail),
                ". No subscription was started.",
                class_name="meta mt-5",
            ),
        ),
    )


def slow() -> rx.Component:
    words = (
        "If you have paid, nothing is lost: we open your place as soon as the payment service tells us, and "
        "write to you then. You can close this page."
    )
    said = note("This takes longer than usual. You are safe.", words)
    return rx.el.div(said, role="status", class_name="mt-6")


def codes() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Places to give away", id="codes", class_name="title"),
        rx.el.p(
            "Each code gives one friend the whole challenge, for nothing. They are also in your mail.",
            class_name="price-lead",
        ),
        rx.el.ul(rx.foreach(SuccessState.codes, _code), class_name="success-codes"),
        more_link("Share them, or take one back", href=routes.FRIEND_CODES),
        aria_labelledby="codes",
        class_name="home-band mt-12",
    )


def _code(code: Code) -> rx.Component:
    return rx.el.li(
        rx.el.p(code.code, class_name="success-code"),
        rx.el.p(tag("Open", kind="good"), " ", code.until, class_name="meta"),
        class_name="card",
    )
