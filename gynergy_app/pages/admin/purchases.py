"""/admin/payments/purchases: finding a purchase, and adding up what is found."""

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
from gynergy_app.domain.payments.kinds import SOLD
from gynergy_app.state.admin.money_words import KINDS, PURCHASES
from gynergy_app.state.admin.purchases import WHEN, PurchaseRow, PurchasesState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_PURCHASES
TITLE = "Purchases"
DESCRIPTION = "Everything that was bought or given, found and added up."
ON_LOAD = [AdminState.enter, PurchasesState.open]
ACCESS = "admin"

PAID_ONCE = ",".join(SOLD)
STATUSES = [
    ("", "Any state"),
    (PAID_ONCE, "Paid, whatever came after"),
    *((status.value, words) for status, (words, _) in PURCHASES.items()),
]
TYPES = [("", "Everything"), *((kind.value, words) for kind, words in KINDS.items())]
MOMENTS = [(moment.value, words) for moment, words in WHEN.items()]


def page() -> rx.Component:
    csv = outside_link(
        icon("download", 18), "CSV", href=PurchasesState.answer.csv, class_name="btn", download=True
    )
    return admin_layout(
        _search(),
        rx.cond(PurchasesState.is_loading, skeleton_rows(8, says="Looking for purchases"), _found()),
        title=TITLE,
        here=ROUTE,
        lede="Money is given back on the page of its purchase.",
        actions=rx.cond(PurchasesState.rows, csv),
        zone=rx.cond(PurchasesState.asked.zone, PurchasesState.asked.zone, PurchasesState.zone),
    )


def _search() -> rx.Component:
    asked = PurchasesState.asked
    return rx.el.form(
        text_field(
            "Name, address, order, friend code or Stripe id",
            "q",
            type="search",
            value=asked.search,
            auto_complete="off",
        ),
        select_field("State", "status", STATUSES, value=asked.status),
        select_field("What", "type", TYPES, value=asked.kind),
        select_field("Days it was", "by", MOMENTS, value=asked.by),
        text_field("From", "from", type="date", value=asked.first),
        text_field("To, with that day", "to", type="date", value=asked.last),
        select_field("In the zone", "zone", PurchasesState.zones, value=asked.zone),
        submit("Search", kind="secondary", icon="search"),
        on_submit=PurchasesState.look_for,
        role="search",
        class_name="desk-tools is-many",
    )


def _found() -> rx.Component:
    columns = (
        Column("Who", lambda row: link(row.who, href=row.href, class_name="row-link")),
        Column("Address", lambda row: rx.el.span(row.email, class_name="break-all")),
        Column("What", lambda row: row.what),
        Column("Amount", lambda row: row.amount, is_number=True),
        Column("State", _state),
        Column("When", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
        Column("Order", lambda row: rx.el.code(row.order)),
    )
    return rx.cond(
        PurchasesState.rows,
        rx.fragment(
            rx.el.div(
                rx.foreach(PurchasesState.answer.sums, lambda words: rx.el.p(words)),
                role="status",
                class_name="sums",
            ),
            rx.el.div(
                data_table(columns, PurchasesState.rows, caption="Purchases"),
                class_name="panel panel-flush is-brief is-whole",
            ),
            show_more(
                has_more=PurchasesState.has_more,
                busy=PurchasesState.is_fetching,
                end=f"These are all. The latest first, by when it was {PurchasesState.answer.when.lower()}.",
                on_click=PurchasesState.more,
            ),
        ),
        _none(),
    )


def _state(row: PurchaseRow) -> rx.Component:
    return rx.el.span(
        state_tag(row.state, row.kind), rx.cond(row.more, rx.el.small(row.more)), class_name="state"
    )


def _none() -> rx.Component:
    return rx.cond(
        PurchasesState.asked.is_narrowed,
        empty_state(
            "No purchase is like that",
            "A part of a name or an address is enough; codes and Stripe’s ids are found whole. "
            "The days count too.",
            button_link("Show all", href=ROUTE),
        ),
        empty_state("Nothing is sold yet", "What is bought, or begun to be bought, stands here at once."),
    )
