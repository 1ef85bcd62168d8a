"""/admin/payments: what came in and went back, what comes again, and the codes between them."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import state_tag
from gynergy_app.components.buttons import button_link, submit, text_button
from gynergy_app.components.charts import chart
from gynergy_app.components.data_table import Column, data_table, figures, panel, show_more
from gynergy_app.components.feedback import banner, empty_state, skeleton_card
from gynergy_app.components.forms import segmented, select_field, text_field, time_zone_field
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link, outside_link
from gynergy_app.components.money_overview import bar_item, money_figure
from gynergy_app.state.admin.codes import CodeRow, CodesState
from gynergy_app.state.admin.payments import OWN, PaymentsState
from gynergy_app.state.admin.payments_view import StateRow, StretchRow, TrialRow
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_PAYMENTS
TITLE = "Payments"
DESCRIPTION = "What came in, what went back, what comes again, and the friend codes between."
ON_LOAD = [AdminState.enter, PaymentsState.open]
ACCESS = "admin"

PERIODS = (
    ("30", "Last 30 days"),
    ("90", "Last 90 days"),
    ("365", "Last 365 days"),
    (OWN, "Days of your choice"),
)
STEPS = (("day", "Day"), ("week", "Week"), ("month", "Month"))
CODE_STATES = (
    ("all", "All"),
    ("used", "Used"),
    ("open", "Open"),
    ("expired", "Run out"),
    ("revoked", "Taken back"),
)


def page() -> rx.Component:
    view = PaymentsState.view
    return admin_layout(
        rx.cond(
            PaymentsState.is_loading,
            skeleton_card(6, says="Counting"),
            rx.fragment(_tools(), rx.cond(view.is_empty, _nothing(), _counted())),
        ),
        title=TITLE,
        here=ROUTE,
        lede=rx.cond(
            view.says,
            rx.fragment(view.says, " ", text_button("Count again", on_click=PaymentsState.count_again)),
        ),
        zone=view.zone,
    )


def _tools() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            select_field(
                "Period",
                "period",
                PERIODS,
                value=PaymentsState.preset,
                on_change=PaymentsState.choose_preset,
            ),
            time_zone_field("Days of", "zone", value=PaymentsState.zone, on_choose=PaymentsState.choose_zone),
            segmented("By", "step", STEPS, value=PaymentsState.step, on_choose=PaymentsState.choose_step),
            rx.cond(PaymentsState.view.has_currencies, _currency()),
            class_name="desk-tools money-tools",
        ),
        rx.cond(PaymentsState.preset == OWN, _own_days()),
    )


def _currency() -> rx.Component:
    return select_field(
        "Currency",
        "currency",
        PaymentsState.view.currencies,
        value=PaymentsState.view.currency,
        on_change=PaymentsState.choose_currency,
    )


def _own_days() -> rx.Component:
    return rx.el.form(
        text_field("From", "first", type="date", value=PaymentsState.first),
        text_field("To, that day too", "last", type="date", value=PaymentsState.last),
        submit("Show", kind="secondary"),
        rx.el.p(PaymentsState.problem, role="alert", class_name="error"),
        on_submit=PaymentsState.choose_days,
        no_validate=True,
        class_name="money-days",
    )


def _nothing() -> rx.Component:
    return empty_state(
        "Nothing was sold yet",
        "The first purchase stands here as soon as its payment has arrived. Each figure will say what it is"
        " counted from, and lead to its rows.",
        button_link("Look at the inbox", href=routes.ADMIN_INBOX),
    )


def _counted() -> rx.Component:
    view = PaymentsState.view
    return rx.fragment(
        rx.cond(view.currency_note, banner(view.currency_note, "They are not added to these figures.")),
        figures(rx.foreach(view.figures, money_figure)),
        _revenue(),
        figures(rx.foreach(view.recurring, money_figure)),
        rx.el.div(_subscriptions(), _funnel(), class_name="desk-grid desk-grid-halves"),
        _codes(),
    )


def _revenue() -> rx.Component:
    view = PaymentsState.view
    return panel(
        rx.el.p(view.chart.says, " ", view.step_note, class_name="tiny"),
        rx.el.div(chart(view.chart, tone="accent", table=_stretches()), class_name="money-chart"),
        title="Paid over time",
        aside=outside_link("Download as CSV", href=view.csv, class_name="link", download=True),
    )


def _stretches() -> rx.Component:
    columns = (
        Column("From", _stretch),
        Column("Purchases", lambda row: row.bought, is_number=True),
        Column("Paid", lambda row: row.paid, is_number=True),
        Column("Subscriptions", lambda row: row.renewed, is_number=True),
        Column("Gone back", lambda row: row.back, is_number=True),
        Column("Net", lambda row: row.net, is_number=True),
    )
    return data_table(columns, PaymentsState.view.stretches, caption="Paid, gone back and net")


def _stretch(row: StretchRow) -> rx.Component:
    return _maybe_link(row.label, row.href)


def _maybe_link(words: str, href: str) -> rx.Component:
    return rx.cond(href, link(words, href=href, class_name="row-link"), rx.el.span(words))


def _subscriptions() -> rx.Component:
    return panel(
        rx.el.ul(rx.foreach(PaymentsState.view.subscriptions, _state), class_name="desk-list is-plain"),
        rx.el.p("A refused card leaves the journal open for seven days.", class_name="tiny"),
        _trials(),
        title="Subscriptions by state",
        aside=rx.el.p("as of now", class_name="tiny"),
    )


def _state(row: StateRow) -> rx.Component:
    count = rx.cond(
        row.href,
        link(row.count, href=row.href, aria_label=f"{row.state}: {row.count}", class_name="row-link"),
        rx.el.span(row.count),
    )
    return rx.el.li(rx.el.div(state_tag(row.state, row.kind)), count)


def _trials() -> rx.Component:
    columns = (
        Column("Member", lambda row: _maybe_link(row.name, row.href)),
        Column("Trial ended", lambda row: row.ended),
        Column("Now", _trial_state),
    )
    rows = PaymentsState.view.trials
    return rx.cond(
        rows,
        rx.el.details(
            rx.el.summary("Trials that ended in the period", class_name="link"),
            data_table(columns, rows, caption="Trials that ended in the period"),
        ),
    )


def _trial_state(row: TrialRow) -> rx.Component:
    return state_tag(row.state, row.kind)


def _funnel() -> rx.Component:
    view = PaymentsState.view
    return panel(
        rx.el.ul(rx.foreach(view.codes, bar_item), class_name="funnel"),
        rx.el.p(view.codes_note, class_name="tiny mt-2"),
        title="Friend codes",
        aside=rx.el.p("made in the period", class_name="tiny"),
    )


def _codes() -> rx.Component:
    columns = (
        Column("Code", _code),
        Column("State", _code_state),
        Column("Given by", lambda row: _maybe_link(row.giver, row.giver_href)),
        Column("Used by", lambda row: _maybe_link(row.friend, row.friend_href)),
        Column("Made", lambda row: row.made),
    )
    rows = CodesState.rows
    return panel(
        rx.cond(
            rows,
            rx.el.div(
                data_table(columns, rows, caption="Friend codes made in the period"), class_name="is-brief"
            ),
            rx.el.p("No code of this kind was made in the period.", class_name="px-4 pb-4 text-ink-soft"),
        ),
        show_more(
            has_more=CodesState.has_more,
            busy=CodesState.is_fetching,
            end=CodesState.end,
            on_click=CodesState.more,
        ),
        title="Codes, one by one",
        aside=segmented(
            "Which codes",
            "code_state",
            CODE_STATES,
            value=CodesState.shown,
            wide=True,
            on_choose=CodesState.choose,
        ),
        flush=True,
    )


def _code(row: CodeRow) -> rx.Component:
    return rx.el.span(_maybe_link(row.code, row.href), class_name="mono")


def _code_state(row: CodeRow) -> rx.Component:
    return rx.el.span(state_tag(row.state, row.kind), " ", rx.el.small(row.when), class_name="text-ink-soft")
