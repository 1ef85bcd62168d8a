"""The pieces of the page about inviting: the link, the count, the milestones."""

import reflex as rx

from gynergy_app.components.feedback import empty_state
from gynergy_app.components.seal import seal
from gynergy_app.components.sharing import copy_button, qr_code, share_button
from gynergy_app.state.referrals import InviteState, Mark

TITLE = "GYNERGY"
WORDS = "A gratitude practice of 45 days. This is what I write in."


def link_card() -> rx.Component:
    """To be copied, shared, or read off this screen by somebody beside her."""
    view = InviteState.view
    return rx.el.div(
        rx.el.div(
            rx.el.p("Anybody may have it", class_name="meta"),
            rx.el.p(view.shown_link, class_name="ticket-link"),
            rx.el.div(
                copy_button("Copy link", view.link, class_name="btn btn-primary"),
                share_button(view.link, title=TITLE, words=WORDS, copy_label=""),
                class_name="ticket-acts",
            ),
            class_name="grow",
        ),
        qr_code(view.qr.path, view.qr.view, says="Your link as a QR code"),
        class_name="ticket ticket-whole",
    )


def progress() -> rx.Component:
    view = InviteState.view
    figures = rx.el.dl(
        _figure("Have a place", view.joined, "came by your link"),
        _figure("On the way", view.on_the_way, "have an account, not counted yet"),
        _figure("Points", view.points, "for people and milestones"),
        class_name="figures",
    )
    nobody = empty_state(
        "Nobody has come by your link yet.",
        "Once somebody does and makes an account, you see it here as a number.",
    )
    return rx.fragment(
        rx.cond(view.is_new, nobody, figures),
        rx.el.p(view.next, class_name="meta mt-3"),
    )


def _figure(label: str, value: int | str | rx.Var, about: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="meta"),
        rx.el.dd(value, class_name="value"),
        rx.el.dd(about, class_name="tiny"),
        class_name="figure",
    )


def marks() -> rx.Component:
    return rx.el.ol(rx.foreach(InviteState.view.marks, _mark), class_name="rows")


def _mark(mark: Mark) -> rx.Component:
    return rx.el.li(
        seal(mark.icon, mark.rarity, class_name=rx.cond(mark.is_reached, "seal-s", "seal-s is-outline")),
        rx.el.span(
            rx.el.span(mark.name, class_name="list-name"),
            rx.el.span(mark.asks, " · ", mark.note, class_name="meta block"),
            class_name="grow",
        ),
        rx.cond(
            mark.bonus,
            rx.el.span(
                mark.bonus,
                rx.el.span(" points", class_name="vh"),
                class_name=rx.cond(mark.is_reached, "points", "meta"),
            ),
        ),
        class_name="list-row",
    )
