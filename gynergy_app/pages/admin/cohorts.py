"""/admin/cohorts: every cohort, how full it is, and how many kept yesterday."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import state_tag
from gynergy_app.components.data_table import Column, data_table, show_more
from gynergy_app.components.feedback import empty_state, skeleton_rows
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.state.admin.cohorts import CohortRow, CohortsState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_COHORTS
TITLE = "Cohorts"
DESCRIPTION = "Every cohort: its days, its people, and how many kept yesterday."
ON_LOAD = [AdminState.enter, CohortsState.open]
ACCESS = "admin"


def page() -> rx.Component:
    rows = CohortsState.rows
    found = rx.fragment(
        rx.el.div(data_table(COLUMNS, rows, caption="Cohorts"), class_name="panel panel-flush"),
        show_more(
            has_more=CohortsState.has_more,
            busy=CohortsState.is_fetching,
            end="The latest start first.",
            on_click=CohortsState.more,
        ),
    )
    nobody = empty_state("No cohort yet", "A cohort is made with the session it lives. Open one in Programs.")
    return admin_layout(
        rx.cond(
            CohortsState.is_loading,
            skeleton_rows(3, says="Opening the cohorts"),
            rx.cond(rows, found, nobody),
        ),
        title=TITLE,
        here=ROUTE,
        lede="Who lives which days together.",
        zone=CohortsState.zone,
    )


def _state(row: CohortRow) -> rx.Component:
    return state_tag(row.state, row.kind)


COLUMNS = (
    Column("Cohort", lambda row: link(row.name, href=row.href, class_name="row-link")),
    Column("Program", lambda row: row.program),
    Column("Days", lambda row: row.days),
    Column("State", _state),
    Column("Members", lambda row: row.people, is_number=True),
    Column("Kept yesterday", lambda row: row.kept, is_number=True),
)
