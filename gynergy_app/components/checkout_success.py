"""Pieces of the page after paying: proof, the next step, and the places to give away."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, more_link
from gynergy_app.components.feedback import note
from gynergy_app.components.media import icon
from gynergy_app.components.payments.tickets import SHARED_AS
from gynergy_app.components.sharing import copy_button, qr_code, share_button
from gynergy_app.state.payments.codes import Ticket
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
            "Each code gives one friend the whole challenge, for nothing. They also come by mail.",
            class_name="price-lead",
        ),
        rx.el.ul(rx.foreach(SuccessState.codes, _code), class_name="tickets mt-6"),
        more_link("Your codes, and taking one back", href=routes.FRIEND_CODES),
        aria_labelledby="codes",
        class_name="home-band mt-12",
    )


def _code(code: Ticket) -> rx.Component:
    """To hand on at once; whatever else can be done with it is done where all of them lie."""
    signs = rx.el.div(
        rx.el.h3(code.code, class_name="ticket-code"),
        rx.el.p(code.note, class_name="meta"),
        class_name="grow",
    )
    drawn = qr_code(code.qr.path, code.qr.view, says=f"{code.code} as a QR code")
    acts = rx.el.div(
        copy_button("Copy code", code.code, about=code.code),
        share_button(code.link, title=SHARED_AS, words=code.words, about=f"of {code.code}"),
        class_name="ticket-acts",
    )
    return rx.el.li(rx.el.div(signs, drawn, class_name="ticket-head"), acts, key=code.id, class_name="ticket")
