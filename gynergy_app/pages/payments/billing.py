"""/me/billing: the subscription, what it costs and when, and every paper about money."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.accounts import last_word
from gynergy_app.components.billing import (
    all_papers,
    ask_again,
    came_back,
    cancel_dialog,
    invoice,
    offer,
    purchase,
    subscription,
    switch_dialog,
)
from gynergy_app.components.buttons import button
from gynergy_app.components.feedback import banner, error_state, skeleton_card, skeleton_rows
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.links import link
from gynergy_app.components.waiting import Waiting
from gynergy_app.state.payments.billing import BillingState
from gynergy_app.state.session import MemberState

ROUTE = routes.BILLING
TITLE = "Billing"
DESCRIPTION = "Your subscription, what it costs and when, invoices and receipts."
ON_LOAD = [MemberState.enter, BillingState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        Waiting.create(is_waiting=BillingState.returned.kind == "waiting", on_look=BillingState.look_again),
        rx.el.div(last_word(BillingState.note, BillingState.is_good_news), class_name="mb-6 empty:hidden"),
        rx.el.div(came_back(), role="status"),
        rx.cond(
            BillingState.is_loaded,
            rx.fragment(_journal(), _invoices(), _purchases()),
            rx.fragment(skeleton_card(6), skeleton_card(3)),
        ),
        cancel_dialog(),
        switch_dialog(),
        title="Billing",
        here=ROUTE,
        lede="What you pay for, and when. Reading and taking along what you wrote never cost anything.",
        reading=True,
    )


def _journal() -> rx.Component:
    held = rx.el.div(rx.foreach(BillingState.cards, subscription), class_name="grid gap-5")
    two = banner(
        "You have two journal subscriptions.",
        "One is enough: cancel the one you do not need. It stays open until the day that is paid.",
        symbol="circle-alert",
    )
    return section(
        rx.cond(BillingState.has_two, rx.el.div(two, class_name="mb-5")),
        rx.cond(BillingState.cards, held, offer()),
        title="The journal",
        section_id="journal",
        aside=rx.cond(BillingState.cards, ask_again()),
    )


def _invoices() -> rx.Component:
    away = error_state(
        "The invoices could not be read just now.",
        "The payment service does not answer. Nothing is lost, and nothing else on this page depends on it.",
        button("Try again", on_click=BillingState.fetch_papers),
    )
    none = rx.el.p("None yet. The first one comes with the first charge.", class_name="meta")
    rows = rx.el.ul(rx.foreach(BillingState.invoices, invoice), class_name="rows")
    return section(
        rx.match(
            BillingState.papers,
            ("ready", rx.cond(BillingState.invoices, rx.fragment(rows, all_papers()), none)),
            ("away", away),
            skeleton_rows(2, says="Asking for your invoices"),
        ),
        title="Invoices",
        section_id="invoices",
    )


def _purchases() -> rx.Component:
    none = rx.el.p(
        "Nothing yet. ",
        link("See the challenge", href=routes.PRICING),
        ", which is paid once.",
        class_name="meta",
    )
    rows = rx.el.ul(rx.foreach(BillingState.purchases, purchase), class_name="rows")
    return section(
        rx.cond(BillingState.purchases, rows, none),
        title="Bought once",
        section_id="purchases",
    )
