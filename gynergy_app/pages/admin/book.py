"""/admin/programs/[book_id]: one program's sessions and days."""

from typing import Any

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import audit_table, edit_cell, prose_cell, state_tag
from gynergy_app.components.buttons import button, button_link
from gynergy_app.components.data_table import Column, data_table, panel
from gynergy_app.components.dialogs import tabs
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.components.phase_editor import phase_editor
from gynergy_app.components.program_editor import editor
from gynergy_app.state.admin.book import BookState, SessionRow
from gynergy_app.state.admin.editor import EditorState
from gynergy_app.state.admin.phases import PhaseState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_BOOK
TITLE = "Program"
DESCRIPTION = "One program: sessions, milestones, actions and quotes."
ON_LOAD = [AdminState.enter, BookState.open, EditorState.close, PhaseState.close]
ACCESS = "admin"


def page() -> rx.Component:
    view = BookState.view
    return admin_layout(
        rx.cond(
            BookState.is_loading,
            skeleton_card(6, says="Opening the program"),
            rx.cond(BookState.is_missing, _nothing(), _program()),
        ),
        editor(),
        phase_editor(),
        title=rx.cond(view.name, view.name, "Program"),
        here=routes.ADMIN_PROGRAMS,
        lede=view.lede,
        zone=view.zone,
    )


def _program() -> rx.Component:
    return tabs(
        ("Sessions", _sessions()),
        ("Phases", _phases()),
        ("Milestones", _milestones()),
        ("Actions", _actions()),
        ("Quotes", _quotes()),
        ("About", _about()),
        ("Record", _record()),
        label="Parts of the program",
    )


def _part(
    title: str, columns: tuple[Column, ...], rows: list[Any], add: rx.Component, empty: str
) -> rx.Component:
    table = data_table(columns, rows, caption=title)
    none = rx.el.p(empty, class_name="px-4 pb-4 text-ink-soft")
    return rx.el.div(panel(rx.cond(rows, table, none), title=title, aside=add, flush=True), class_name="mt-4")


def _add(label: str, kind: str, preset: str = "") -> rx.Component:
    return button(label, icon="plus", on_click=EditorState.add(kind, preset))


def _sessions() -> rx.Component:
    columns = (
        Column("Cohort", lambda row: row.label),
        Column("Days", lambda row: row.days),
        Column("State", _status),
        Column("Places", lambda row: row.places, is_number=True),
        Column("Waiting", lambda row: row.queue, is_number=True),
        Column("Change", lambda row: _edit("session", row.id, f"the session {row.label}"), is_number=True),
    )
    empty = "No session yet. Open one, and its cohort is made with it."
    add = _add("Open a session", "session")
    return rx.fragment(
        _part("Sessions", columns, BookState.view.sessions, add, empty),
        rx.cond(BookState.view.waiting, _queue()),
    )


def _queue() -> rx.Component:
    columns = (
        Column("Waiting", lambda row: link(row.name, href=row.href, class_name="row-link")),
        Column("For", lambda row: row.cohort),
        Column("Place", lambda row: row.place, is_number=True),
        Column("Since", lambda row: row.since),
    )
    first_come = rx.el.p("first come first", class_name="tiny")
    return _part("Who waits", columns, BookState.view.waiting, first_come, "")


def _phases() -> rx.Component:
    columns = (
        Column("Name", lambda row: prose_cell(row.name, row.subtitle)),
        Column("Days", lambda row: rx.el.span(row.days, class_name="whitespace-nowrap")),
        Column("What it is about", lambda row: prose_cell(row.description)),
        Column(
            "Change",
            lambda row: edit_cell(f"the phase {row.name}", PhaseState.edit(row.order)),
            is_number=True,
        ),
    )
    nine = rx.el.p("nine days each", class_name="tiny")
    return _part("Phases", columns, BookState.view.phases, nine, "No phase yet.")


def _status(row: SessionRow) -> rx.Component:
    return state_tag(row.status, row.kind)


def _edit(kind: str, row_id: Any, what: Any) -> rx.Component:
    return edit_cell(what, EditorState.edit(kind, row_id))


def _milestones() -> rx.Component:
    columns = (
        Column("Name", lambda row: row.name),
        Column("Number", lambda row: row.order, is_number=True),
        Column("Days", lambda row: row.days),
        Column("Change", lambda row: _edit("milestone", row.id, f"the milestone {row.name}"), is_number=True),
    )
    empty = "No milestone yet."
    add = _add("Add a milestone", "milestone")
    return _part("Milestones", columns, BookState.view.milestones, add, empty)


def _actions() -> rx.Component:
    columns = (
        Column("For", lambda row: rx.el.span(row.place, class_name="whitespace-nowrap")),
        Column("Asked for", lambda row: prose_cell(row.title, row.tip)),
        Column("As", lambda row: row.asks),
        Column("Change", lambda row: _edit("action", row.id, f"the action of {row.place}"), is_number=True),
    )
    daily, weekly = BookState.view.daily, BookState.view.weekly
    return rx.fragment(
        _part("Daily actions", columns, daily, _add("Add a daily action", "action", "daily"), "None yet."),
        _part("Weekly challenges", columns, weekly, _add("Add a challenge", "action", "weekly"), "None yet."),
    )


def _quotes() -> rx.Component:
    columns = (
        Column("Day", lambda row: rx.el.span(row.day, class_name="whitespace-nowrap")),
        Column("Words", lambda row: prose_cell(row.content, row.author)),
        Column("Change", lambda row: _edit("quote", row.id, f"the quote of {row.day}"), is_number=True),
    )
    return _part("Quotes", columns, BookState.view.quotes, _add("Add a quote", "quote"), "No quote yet.")


def _about() -> rx.Component:
    view = BookState.view
    edit = button("Edit", icon="pencil", on_click=EditorState.edit("book", view.id))
    return rx.el.div(
        panel(_facts(view.facts, is_prose=True), title="As it introduces itself", aside=edit),
        panel(_facts(view.points), title="What pages are worth", aside=rx.el.p("points", class_name="tiny")),
        class_name="desk-grid desk-grid-side mt-4",
    )


def _facts(facts: list[Any], is_prose: bool = False) -> rx.Component:
    rows = rx.foreach(facts, lambda fact: rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value)))
    return rx.el.dl(rows, class_name="kv is-prose" if is_prose else "kv")


def _record() -> rx.Component:
    lines = BookState.view.audit
    none = rx.el.p("Nothing was changed at the desk yet.", class_name="px-4 pb-4 text-ink-soft")
    return rx.el.div(
        panel(
            rx.cond(lines, audit_table(lines, caption="What was changed in this program"), none),
            title="Record",
            aside=rx.el.p("append-only", class_name="tiny"),
            flush=True,
        ),
        class_name="mt-4",
    )


def _nothing() -> rx.Component:
    return empty_state(
        "No program is at this address",
        "It may never have been here, or the link is cut short.",
        button_link("All programs", href=routes.ADMIN_PROGRAMS),
    )
