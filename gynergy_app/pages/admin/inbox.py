"""/admin/payments/inbox: what Stripe told us, what was given up, and whether both sides agree."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import prose_cell, state_tag
from gynergy_app.components.buttons import button, text_button
from gynergy_app.components.data_table import Column, data_table, figure, figures, panel, show_more
from gynergy_app.components.decision import decision
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.feedback import banner, empty_state, skeleton_card
from gynergy_app.components.forms import select_field, text_field
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.components.money_overview import dead_letter
from gynergy_app.components.waiting import Waiting
from gynergy_app.state.admin.inbox import InboxState
from gynergy_app.state.admin.inbox_acts import InboxActState as Acts
from gynergy_app.state.admin.inbox_view import EventRow
from gynergy_app.state.admin.reconciliation import DifferenceRow, ReconciliationState, RoundRow
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_INBOX
TITLE = "Inbox"
DESCRIPTION = "What Stripe told us, what was given up, and whether both sides agree."
ON_LOAD = [AdminState.enter, InboxState.open, ReconciliationState.open, Acts.leave, Acts.close_payload]
ACCESS = "admin"

PAYLOAD = "payload"
TYPING_ENDS_AFTER = 300
SHOWS = (
    ("every", "Every state"),
    ("waiting", "Waiting or being followed"),
    ("again", "Tried again"),
    ("done", "Done"),
    ("not_ours", "Not ours"),
    ("dead", "Given up"),
    ("aside", "Put aside"),
)


def page() -> rx.Component:
    view = InboxState.view
    return admin_layout(
        rx.cond(
            InboxState.is_loading,
            skeleton_card(6, says="Opening the inbox"),
            rx.fragment(
                rx.cond(view.worker, banner(view.worker, view.worker_words, symbol="clock")),
                figures(rx.foreach(view.counts, lambda one: figure(one.label, one.value, one.definition))),
                _dead(),
                _reconciliation(),
                _events(),
            ),
        ),
        decision(Acts, on_submit=Acts.decide),
        _payload_dialog(),
        title=TITLE,
        here=ROUTE,
        lede="Each event is kept before it is followed, and has its effects once, however often it is sent.",
        actions=rx.cond(
            view.may_replay_all,
            button(view.replay_all, kind="primary", icon="rotate-ccw", on_click=Acts.replay_all),
        ),
        zone=view.zone,
    )


def _dead() -> rx.Component:
    view = InboxState.view
    return panel(
        rx.cond(
            view.dead,
            rx.el.ul(rx.foreach(view.dead, dead_letter), class_name="letters"),
            rx.el.p("Nothing was given up. Nobody has to do anything here.", class_name="text-ink-soft"),
        ),
        title="Given up, for a person to look at",
        aside=rx.el.p(view.dead_note, class_name="tiny"),
    )


def _events() -> rx.Component:
    columns = (
        Column("Arrived", lambda row: rx.el.span(row.arrived, class_name="whitespace-nowrap")),
        Column("Type", _type),
        Column("About", _about),
        Column("Tries", lambda row: row.tries, is_number=True),
        Column("Took", lambda row: rx.el.span(row.took, class_name="whitespace-nowrap"), is_number=True),
        Column("State", _state),
        Column("Payload", _acts),
    )
    rows = InboxState.rows
    found = rx.fragment(
        rx.el.div(data_table(columns, rows, caption="Events"), class_name="is-brief is-shelf"),
        show_more(
            has_more=InboxState.has_more,
            busy=InboxState.is_fetching,
            end=InboxState.end,
            on_click=InboxState.more,
        ),
    )
    return panel(_filters(), rx.cond(rows, found, _no_event()), title="Everything that arrived", flush=True)


def _filters() -> rx.Component:
    return rx.el.div(
        select_field("State", "show", SHOWS, value=InboxState.show, on_change=InboxState.choose_show),
        select_field(
            "Type",
            "event_type",
            InboxState.view.types,
            value=InboxState.event_type,
            on_change=InboxState.choose_type,
        ),
        text_field(
            "Id of the event, or of what it is about",
            "an_id",
            type="search",
            value=InboxState.an_id,
            auto_complete="off",
            on_change=InboxState.look.debounce(TYPING_ENDS_AFTER),
        ),
        role="search",
        class_name="desk-tools px-4 mt-2",
    )


def _no_event() -> rx.Component:
    return rx.el.div(
        empty_state(
            "No such event",
            "An id is looked for whole, as Stripe writes it. The other two fields count too.",
            button("Show everything", on_click=InboxState.clear),
        ),
        class_name="p-4",
    )


def _type(row: EventRow) -> rx.Component:
    return rx.el.span(
        row.event_type, rx.el.small(row.event_id), class_name="cell-prose event-type block mono"
    )


def _about(row: EventRow) -> rx.Component:
    return rx.cond(
        row.about_href, link(row.about, href=row.about_href, class_name="row-link"), rx.el.span(row.about)
    )


def _state(row: EventRow) -> rx.Component:
    return rx.el.span(
        state_tag(row.state, row.kind),
        rx.cond(row.more, rx.el.small(row.more)),
        class_name="event-state",
    )


def _acts(row: EventRow) -> rx.Component:
    look = text_button("Look", aria_label=f"Look at {row.event_id}", on_click=Acts.look_inside(row.id))
    return rx.el.span(rx.cond(row.has_words, look), class_name="cell-act")


def _reconciliation() -> rx.Component:
    view = ReconciliationState.view
    columns = (
        Column("Began", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
        Column("Looked at", lambda row: prose_cell(row.looked_at, row.trouble)),
        Column("Found", _round_state),
    )
    return panel(
        Waiting.create(is_waiting=view.is_running, on_look=ReconciliationState.look),
        rx.el.div(
            rx.el.p(view.says, role="status"),
            rx.el.p(
                "What was missed is fetched, what is unsettled is asked for, and what differs is set right.",
                f" {view.following}",
                class_name="tiny measure",
            ),
            class_name="px-4 pb-4",
        ),
        _differences(),
        rx.cond(
            view.rounds,
            rx.fragment(
                rx.el.h3("Last rounds", class_name="part-name"),
                data_table(columns, view.rounds, caption="Last rounds"),
            ),
        ),
        title="Compared with Stripe",
        aside=button(
            "Compare now",
            icon="refresh-cw",
            busy=view.is_running,
            busy_label="Comparing…",
            on_click=ReconciliationState.ask,
        ),
        flush=True,
    )


def _round_state(row: RoundRow) -> rx.Component:
    return state_tag(row.found, row.kind)


def _differences() -> rx.Component:
    columns = (
        Column("What differed", _difference),
        Column("Seen", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
        Column("Here it was", lambda row: prose_cell(row.before)),
        Column("Stripe says", lambda row: prose_cell(row.after)),
    )
    rows = ReconciliationState.view.differences
    return rx.cond(
        rows,
        rx.fragment(
            rx.el.h3("What differed, and was set right", class_name="part-name"),
            data_table(columns, rows, caption="What differed, and was set right"),
        ),
    )


def _difference(row: DifferenceRow) -> rx.Component:
    plain = rx.el.span(row.id, class_name="mono")
    an_id = rx.cond(row.href, link(row.id, href=row.href, class_name="row-link mono"), plain)
    return rx.el.span(row.what, rx.el.small(an_id), class_name="cell-prose block")


def _payload_dialog() -> rx.Component:
    return dialog(
        rx.el.p(Acts.payload_note, class_name="mt-2 text-ink-soft"),
        rx.el.pre(Acts.payload, tab_index=0, role="region", aria_label="Payload", class_name="payload mt-4"),
        dialog_actions(
            button("Close", **closes(PAYLOAD)), button("Replay", icon="rotate-ccw", on_click=Acts.replay_open)
        ),
        title="What the event said",
        dialog_id=PAYLOAD,
        open=Acts.payload != "",
        on_close=Acts.close_payload,
        wide=True,
    )
