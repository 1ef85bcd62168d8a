"""/admin/cohorts/[cohort_id]: one cohort, its members and the days they kept."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import audit_table, state_tag
from gynergy_app.components.buttons import button, button_link
from gynergy_app.components.cohort_editor import cohort_editor
from gynergy_app.components.data_table import figure, figures, panel, show_more
from gynergy_app.components.feedback import empty_state, note, skeleton_card
from gynergy_app.components.forms import segmented, text_field
from gynergy_app.components.heat_map import heat_map
from gynergy_app.components.layout import admin_layout
from gynergy_app.state.admin.cohort import EVERYONE, MODERATORS, CohortState
from gynergy_app.state.admin.cohort_acts import CohortActState
from gynergy_app.state.admin.recounts import RecountState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_COHORT
TITLE = "Cohort"
DESCRIPTION = "One cohort: members, moderators, places and the days that were kept."
ON_LOAD = [AdminState.enter, CohortState.open, CohortActState.close]
ACCESS = "admin"

TYPING_ENDS_AFTER = 250


def page() -> rx.Component:
    view = CohortState.view
    return admin_layout(
        rx.cond(
            CohortState.is_loading,
            skeleton_card(6, says="Opening the cohort"),
            rx.cond(CohortState.is_missing, _nothing(), _cohort()),
        ),
        cohort_editor(),
        title=rx.cond(view.name, view.name, "Cohort"),
        here=routes.ADMIN_COHORTS,
        lede=rx.cond(view.name, rx.fragment(view.lede, " ", state_tag(view.state, view.kind)), rx.fragment()),
        actions=rx.cond(
            view.has_days & ~CohortState.is_missing,
            rx.el.div(
                button("Compare ledgers", on_click=RecountState.ask_cohort),
                button("Take somebody in", icon="plus", on_click=CohortActState.ask_to_add),
                class_name="row",
            ),
            rx.fragment(),
        ),
        zone=view.zone,
    )


def _cohort() -> rx.Component:
    view = CohortState.view
    return rx.fragment(
        rx.el.div(
            figures(rx.foreach(view.figures, lambda one: figure(one.name, one.value))),
            class_name="figures-four",
        ),
        rx.el.div(_members(), class_name="mt-4"),
        rx.el.div(_about(), _record(), class_name="desk-stack mt-4"),
    )


def _members() -> rx.Component:
    view, rows = CohortState.view, CohortState.rows
    found = rx.fragment(
        heat_map(rows, view.heads, caption="Members and the days they kept", on_change=CohortActState.ask_of),
        show_more(
            has_more=CohortState.has_more,
            busy=CohortState.is_fetching,
            end=CohortState.end,
            on_click=CohortState.more,
        ),
    )
    none = rx.el.p("Nobody by these words is in this cohort.", class_name="text-ink-soft pb-4")
    return panel(
        rx.el.div(
            text_field(
                "Name or address",
                "search",
                type="search",
                value=CohortState.search,
                auto_complete="off",
                on_change=CohortState.look.debounce(TYPING_ENDS_AFTER),
            ),
            segmented(
                "Show",
                "show",
                ((EVERYONE, "Everyone"), (MODERATORS, "Moderators")),
                value=CohortState.show,
                on_choose=CohortState.choose,
            ),
            class_name="desk-tools",
        ),
        rx.cond(rows, found, none),
        note(
            "That a day was kept, never with what.",
            "A cell says whether a day was kept. No page here can open anybody’s words.",
            symbol="lock",
        ),
        title="Members",
    )


def _about() -> rx.Component:
    facts = rx.foreach(
        CohortState.view.about, lambda fact: rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value))
    )
    return panel(
        rx.el.dl(facts, class_name="kv is-prose"),
        title="About",
        aside=button("Edit", icon="pencil", on_click=CohortActState.ask_about),
    )


def _record() -> rx.Component:
    lines = CohortState.view.audit
    none = rx.el.p("Nothing was changed at the desk yet.", class_name="px-4 pb-4 text-ink-soft")
    return panel(
        rx.cond(lines, audit_table(lines, caption="What was done in this cohort"), none),
        title="Record",
        aside=rx.el.p("append-only", class_name="tiny"),
        flush=True,
    )


def _nothing() -> rx.Component:
    return empty_state(
        "No cohort is at this address",
        "It may never have been here, or the link is cut short.",
        button_link("All cohorts", href=routes.ADMIN_COHORTS),
    )
