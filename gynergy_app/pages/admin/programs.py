"""/admin/programs: every program."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button
from gynergy_app.components.data_table import Column, data_table
from gynergy_app.components.feedback import empty_state, skeleton_rows
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.components.program_editor import editor
from gynergy_app.state.admin.editor import EditorState
from gynergy_app.state.admin.programs import ProgramsState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_PROGRAMS
TITLE = "Programs"
DESCRIPTION = "Every program, its sessions and what its days bring."
ON_LOAD = [AdminState.enter, ProgramsState.open, EditorState.close]
ACCESS = "admin"

COLUMNS = (
    Column("Program", lambda row: link(row.name, href=row.href, class_name="row-link")),
    Column("Key", lambda row: row.key),
    Column("Running now", lambda row: row.running),
    Column("Next start", lambda row: row.next_start),
    Column("Members so far", lambda row: row.members, is_number=True),
)


def page() -> rx.Component:
    rows = ProgramsState.rows
    found = rx.cond(
        rows,
        rx.el.div(data_table(COLUMNS, rows, caption="Programs"), class_name="panel panel-flush"),
        empty_state("No program yet", "Add one, then its sessions, actions and quotes."),
    )
    return admin_layout(
        rx.cond(ProgramsState.is_loading, skeleton_rows(2, says="Opening the programs"), found),
        editor(),
        title=TITLE,
        here=ROUTE,
        lede="What members live through, and when.",
        actions=button("Add a program", icon="plus", on_click=EditorState.add("book", "")),
        zone=ProgramsState.zone,
    )
