"""/admin/payments/subscriptions: who subscribes to the journal, and how that stands."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import state_tag
from gynergy_app.components.buttons import button_link, submit
from gynergy_app.components.data_table import Column, data_table, show_more
from gynergy_app.components.feedback import empty_state, skeleton_rows
from gynergy_app.components.forms import select_field, text_field
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link, outside_link
from gynergy_app.components.media import icon
from gynergy_app.state.admin.money_words import SUBSCRIPTIONS
from gynergy_app.state.admin.subscriptions import SubscriptionRow, SubscriptionsState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_SUBSCRIPTIONS
TITLE = "Subscriptions"
DESCRIPTION = "Who subscribes to the journal, and how that stands."
ON_LOAD = [AdminState.enter, SubscriptionsState.open]
ACCESS = "admin"

STATUSES = [("", "Any state"), *((status.value, words) for status, (words, _) in SUBSCRIPTIONS.items())]
INTERVALS = [("", "Monthly and yearly"), ("month", "Monthly"), ("year", "Yearly")]


def page() -> rx.Component:
    state = SubscriptionsState
    csv = outside_link(icon("download", 18), "CSV", href=state.answer.csv, class_name="btn", download=True)
    return admin_layout(
        _search(),
        rx.cond(state.is_loading, skeleton_rows(8, says="Looking for subscriptions"), _found()),
        title=TITLE,
        here=ROUTE,
        lede="As Stripe last told it. Their members change them; so does Stripe’s own desk.",
        actions=rx.cond(state.rows, csv),
        zone=state.zone,
    )


def _search() -> rx.Component:
    asked = SubscriptionsState.asked
    return rx.el.form(
        text_field(
            "Name, address or Stripe id",
            "q",
            type="search",
            value=asked.search,
            auto_complete="off",
        ),
        select_field("State", "status", STATUSES, value=asked.status),
        select_field("Paid", "interval", INTERVALS, value=asked.interval),
        submit("Search", kind="secondary", icon="search"),
        on_submit=SubscriptionsState.look_for,
        role="search",
        class_name="desk-tools is-many",
    )


def _found() -> rx.Component:
    columns = (
        Column("Who", _who),
        Column("Address", lambda row: rx.el.span(row.email, class_name="break-all")),
        Column("Price", lambda row: row.price, is_number=True),
        Column("Paid", lambda row: row.paid, is_number=True),
        Column("State", lambda row: state_tag(row.state, row.kind)),
        Column("Next", lambda row: row.next),
        Column("Since", lambda row: rx.el.span(row.since, class_name="whitespace-nowrap")),
        Column("At Stripe", lambda row: rx.el.code(row.stripe_id, class_name="break-all")),
    )
    return rx.cond(
        SubscriptionsState.rows,
        rx.fragment(
            rx.cond(SubscriptionsState.answer.when, _when()),
            rx.el.div(
                rx.foreach(SubscriptionsState.answer.sums, lambda words: rx.el.p(words)),
                role="status",
                class_name="sums",
            ),
            rx.el.div(
                data_table(columns, SubscriptionsState.rows, caption="Subscriptions"),
                class_name="panel panel-flush is-brief",
            ),
            show_more(
                has_more=SubscriptionsState.has_more,
                busy=SubscriptionsState.is_fetching,
                end="These are all. The latest first.",
                on_click=SubscriptionsState.more,
            ),
        ),
        _none(),
    )


def _when() -> rx.Component:
    """The days that a figure of the payments desk was about."""
    said = SubscriptionsState.answer.when
    return rx.el.p(said, " ", link("Show all", href=ROUTE), ".", class_name="tiny mb-4")


def _who(row: SubscriptionRow) -> rx.Component:
    return rx.cond(row.href, link(row.who, href=row.href, class_name="row-link"), rx.el.span(row.who))


def _none() -> rx.Component:
    return rx.cond(
        SubscriptionsState.asked.is_narrowed,
        empty_state(
            "No subscription is like that",
            "A part of a name or an address is enough; Stripe’s ids are found whole.",
            button_link("Show all", href=ROUTE),
        ),
        empty_state("Nobody subscribes yet", "A subscription stands here as soon as Stripe tells of it."),
    )
