"""/admin/payments/invitations: those with something odd about them, for a person to decide."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import prose_cell, state_tag
from gynergy_app.components.buttons import button
from gynergy_app.components.data_table import Column, data_table, panel, show_more
from gynergy_app.components.decision import decision
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.admin.invitations import FINE, NOT_FINE, DecidedRow, InvitationsState, WaitingRow
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_INVITATIONS
TITLE = "Invitations"
DESCRIPTION = "Invitations with something odd about them, for a person to decide."
ON_LOAD = [AdminState.enter, InvitationsState.open, InvitationsState.leave]
ACCESS = "admin"


def page() -> rx.Component:
    return admin_layout(
        rx.cond(
            InvitationsState.is_loading,
            skeleton_card(5, says="Looking what waits"),
            rx.fragment(_waiting(), _decided()),
        ),
        decision(InvitationsState, on_submit=InvitationsState.decide),
        title=TITLE,
        here=ROUTE,
        lede="Points wait while somebody may have invited herself. The signs decide nothing: a person does.",
        zone=InvitationsState.zone,
    )


def _waiting() -> rx.Component:
    rows = InvitationsState.waiting
    return rx.cond(
        rows,
        panel(rx.el.ul(rx.foreach(rows, _waiting_item), class_name="letters"), title="To be decided"),
        empty_state(
            "Nothing waits for a decision",
            "An invitation comes here when both sides share a mailbox, a card, a customer of Stripe’s"
            " or a device. All others count by themselves.",
        ),
    )


def _waiting_item(row: WaitingRow) -> rx.Component:
    return rx.el.li(
        icon("users", 18, class_name="text-ink-soft"),
        rx.el.div(
            rx.el.p(
                link(row.host, href=row.host_href, class_name="row-link"),
                " invited ",
                link(row.guest, href=row.guest_href, class_name="row-link"),
                ".",
            ),
            rx.el.p(
                row.story,
                " ",
                rx.cond(row.place_href, link("The purchase", href=row.place_href, class_name="row-link")),
                class_name="text-ink-soft",
            ),
            rx.el.ul(
                rx.foreach(row.signals, lambda words: rx.el.li(words)), class_name="signals text-warm mt-1"
            ),
            rx.el.p(row.since, class_name="tiny mt-1"),
        ),
        rx.el.div(
            button(
                "It is fine",
                aria_label=f"It is fine: {row.host} invited {row.guest}",
                on_click=InvitationsState.ask(row.id, FINE),
            ),
            button(
                "Do not count",
                kind="quiet",
                aria_label=f"Do not count: {row.host} invited {row.guest}",
                on_click=InvitationsState.ask(row.id, NOT_FINE),
            ),
            class_name="letter-acts",
        ),
    )


def _decided() -> rx.Component:
    columns = (
        Column("Invitation", _pair),
        Column("Signs", lambda row: prose_cell(row.signals)),
        Column("Decision", lambda row: state_tag(row.state, row.kind)),
        Column("Reason", lambda row: prose_cell(row.reason)),
        Column("By", lambda row: row.by),
        Column("When", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
    )
    rows = InvitationsState.decided
    found = rx.fragment(
        data_table(columns, rows, caption="Decided invitations"),
        show_more(
            has_more=InvitationsState.has_more,
            busy=InvitationsState.is_fetching,
            end=InvitationsState.end,
            on_click=InvitationsState.more,
        ),
    )
    none = rx.el.p("Nothing was decided yet.", class_name="px-4 pb-4 text-ink-soft")
    return rx.el.div(panel(rx.cond(rows, found, none), title="Decided", flush=True), class_name="mt-4")


def _pair(row: DecidedRow) -> rx.Component:
    return rx.el.span(
        link(row.host, href=row.host_href, class_name="row-link"),
        " → ",
        link(row.guest, href=row.guest_href, class_name="row-link"),
    )
