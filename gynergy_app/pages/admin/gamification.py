"""/admin/gamification: badges, bands, values, points by hand, and whether every ledger agrees."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import audit_table, edit_cell, prose_cell, state_tag
from gynergy_app.components.buttons import button, submit, text_button
from gynergy_app.components.data_table import Column, data_table, panel, show_more
from gynergy_app.components.dialogs import tabs
from gynergy_app.components.feedback import skeleton_card, tag
from gynergy_app.components.forms import email_field, text_field
from gynergy_app.components.gamification_editor import gamification_editor
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.components.waiting import Waiting
from gynergy_app.state.admin.gamification import (
    BadgeRow,
    BandRow,
    BookValues,
    GamificationState,
    GivenRow,
    ValueRow,
)
from gynergy_app.state.admin.gamification_acts import AWARD, BADGE, BAND, TAKE_BACK, VALUE, WITHDRAW
from gynergy_app.state.admin.gamification_acts import GamificationActState as Acts
from gynergy_app.state.admin.recounts import RecountState, RunRow
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_GAMIFICATION
TITLE = "Points and badges"
DESCRIPTION = "Badges, multiplier bands, point values, points by hand, and whether ledgers agree."
ON_LOAD = [AdminState.enter, GamificationState.open, RecountState.open, Acts.close]
ACCESS = "admin"

TYPING_ENDS_AFTER = 250


def page() -> rx.Component:
    return admin_layout(
        rx.cond(
            GamificationState.is_loading,
            skeleton_card(6, says="Opening the desk"),
            tabs(
                ("Badges", _badges()),
                ("Bands", _bands()),
                ("Values", _values()),
                ("By hand", _by_hand()),
                ("Compare", _recount()),
                ("Record", _record()),
                label="Parts of the desk",
            ),
        ),
        gamification_editor(),
        title=TITLE,
        here=ROUTE,
        lede="What things are worth. What is in a ledger stays as it is.",
        zone=GamificationState.view.zone,
    )


def _part(*children: rx.Component | rx.Var, title: str, aside: rx.Component | None = None) -> rx.Component:
    return rx.el.div(panel(*children, title=title, aside=aside, flush=True), class_name="mt-4")


def _none(words: str) -> rx.Component:
    return rx.el.p(words, class_name="px-4 pb-4 text-ink-soft")


def _badge_name(row: BadgeRow) -> rx.Component:
    return rx.el.span(row.name, rx.cond(row.is_hidden, rx.fragment(" ", tag("Hidden"))))


def _badges() -> rx.Component:
    columns = (
        Column("Badge", _badge_name),
        Column("It takes", lambda row: prose_cell(row.words)),
        Column("Points", lambda row: row.points, is_number=True),
        Column("Held by", lambda row: row.holders, is_number=True),
        Column("Place", lambda row: row.order, is_number=True),
        Column("Change", lambda row: edit_cell(f"the badge {row.name}", Acts.edit(BADGE, row.id))),
    )
    table = data_table(columns, GamificationState.badges, caption="Badges")
    return rx.fragment(
        rx.el.div(_badge_search(), role="search", class_name="desk-tools mt-4"),
        _part(rx.el.div(table, class_name="is-brief is-shelf"), title="Badges"),
        show_more(
            has_more=GamificationState.has_more_badges,
            busy=False,
            end=GamificationState.badges_end,
            on_click=GamificationState.show_all,
        ),
    )


def _badge_search() -> rx.Component:
    return text_field(
        "Name, or what it takes",
        "badge",
        type="search",
        value=GamificationState.sought,
        auto_complete="off",
        on_change=GamificationState.look.debounce(TYPING_ENDS_AFTER),
    )


def _is_on(row: BandRow) -> rx.Component:
    return rx.cond(row.is_active, state_tag("On", "good"), state_tag("Off", "normal"))


def _bands() -> rx.Component:
    columns = (
        Column("Streak", lambda row: row.name),
        Column("Multiplies", lambda row: row.times, is_number=True),
        Column("State", _is_on),
        Column("Change", lambda row: edit_cell(f"the band {row.name}", Acts.edit(BAND, row.id))),
    )
    add = button("Add a band", icon="plus", on_click=Acts.ask(BAND, ""))
    rows = GamificationState.view.bands
    found = rx.cond(
        rows, data_table(columns, rows, caption="Bands"), _none("No band yet: nothing multiplies.")
    )
    return _part(found, title="Multiplier bands", aside=add)


def _values() -> rx.Component:
    return rx.fragment(rx.foreach(GamificationState.view.worth, _book))


def _book(book: BookValues) -> rx.Component:
    columns = (
        Column("For", lambda row: row.activity),
        Column("Points", lambda row: row.points, is_number=True),
        Column("From", lambda row: row.since),
        Column("Change", _withdraw),
    )
    return rx.el.div(
        rx.el.section(
            rx.el.div(
                rx.el.h2(book.name),
                button("Announce a value", icon="plus", on_click=Acts.ask(VALUE, book.book_id)),
                class_name="panel-head",
            ),
            data_table(columns, book.rows, caption="Point values"),
            class_name="panel panel-flush",
        ),
        class_name="mt-4",
    )


def _withdraw(row: ValueRow) -> rx.Component:
    act = text_button(
        "Take back", aria_label=f"Take back the value for {row.activity}", on_click=Acts.ask(WITHDRAW, row.id)
    )
    return rx.cond(row.is_ahead, rx.el.span(act, class_name="cell-act"), rx.el.span("–"))


def _by_hand() -> rx.Component:
    columns = (
        Column("Member", lambda row: row.who),
        Column("When", lambda row: row.when),
        Column("Points", lambda row: row.points, is_number=True),
        Column("Reason", lambda row: prose_cell(row.reason)),
        Column("Change", _taken_back),
    )
    rows = GamificationState.view.given
    give = button("Give points", icon="plus", on_click=Acts.ask(AWARD, ""))
    found = rx.cond(
        rows, data_table(columns, rows, caption="Points by hand"), _none("Nothing was given yet.")
    )
    return _part(found, title="Points by hand", aside=give)


def _taken_back(row: GivenRow) -> rx.Component:
    act = text_button(
        "Take back", aria_label=f"Take back what {row.who} was given", on_click=Acts.ask(TAKE_BACK, row.id)
    )
    return rx.cond(row.is_taken_back, tag("Taken back"), rx.el.span(act, class_name="cell-act"))


def _recount() -> rx.Component:
    view = RecountState.view
    form = rx.el.form(
        email_field(
            "One member’s address",
            "recount_email",
            hint="Empty: everybody.",
            error=RecountState.problem,
            auto_complete="off",
        ),
        submit("Compare", kind="secondary"),
        on_submit=RecountState.ask,
        no_validate=True,
        class_name="grid gap-3 max-w-[440px]",
    )
    return rx.el.div(
        Waiting.create(is_waiting=view.is_running, on_look=RecountState.look),
        panel(
            rx.el.p(
                "Every ledger worked out anew from its pages, row by row, through the rules that held then. "
                "The worker compares and changes nothing.",
                class_name="mb-4 max-w-[64ch] text-ink-soft",
            ),
            form,
            rx.el.p(view.says, role="status", class_name="mt-4"),
            rx.cond(
                view.is_running,
                rx.el.progress(
                    value=view.percent, max=100, aria_label="How far it is", class_name="mt-2 w-full"
                ),
            ),
            title="Compare ledgers with their sources",
        ),
        _differences(),
        _runs(),
        class_name="desk-stack mt-4",
    )


def _differences() -> rx.Component:
    columns = (
        Column("Member", lambda row: link(row.name, href=row.href, class_name="row-link")),
        Column("What", lambda row: prose_cell(row.what)),
        Column("Day", lambda row: row.day),
        Column("Kept", lambda row: row.kept),
        Column("Worked out", lambda row: row.expected),
    )
    rows = RecountState.view.differences
    table = data_table(columns, rows, caption="What does not agree")
    return rx.cond(rows, panel(table, title="What does not agree", flush=True))


def _runs() -> rx.Component:
    columns = (
        Column("Whose", lambda row: row.whose),
        Column("Asked", lambda row: row.when),
        Column("State", _run_state),
        Column("Members", lambda row: row.progress, is_number=True),
        Column("Differences", lambda row: row.found, is_number=True),
    )
    rows = RecountState.view.runs
    found = rx.cond(rows, data_table(columns, rows, caption="Earlier"), _none("Nothing was compared yet."))
    return panel(found, title="Earlier", flush=True)


def _run_state(row: RunRow) -> rx.Component:
    return state_tag(row.state, row.kind)


def _record() -> rx.Component:
    lines = GamificationState.view.audit
    table = audit_table(lines, caption="What was changed here")
    found = rx.cond(lines, table, _none("Nothing was changed at the desk yet."))
    return _part(found, title="Record", aside=rx.el.p("append-only", class_name="tiny"))
