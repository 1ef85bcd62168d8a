"""/admin/reports: posts that somebody reported, for a person to decide."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import prose_cell, state_tag
from gynergy_app.components.buttons import button, text_button
from gynergy_app.components.data_table import Column, data_table, panel
from gynergy_app.components.decision import decision
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.domain.community import Verdict
from gynergy_app.state.admin.reports import DecidedRow, ReportsState, WaitingRow
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN_REPORTS
TITLE = "Reports"
DESCRIPTION = "Posts that somebody reported, for a person to decide."
ON_LOAD = [AdminState.enter, ReportsState.open, ReportsState.leave]
ACCESS = "admin"


def page() -> rx.Component:
    return admin_layout(
        rx.cond(
            ReportsState.is_loading,
            skeleton_card(5, says="Looking what waits"),
            rx.fragment(_waiting(), _decided()),
        ),
        decision(ReportsState, on_submit=ReportsState.decide),
        title=TITLE,
        here=ROUTE,
        lede="The most urgent first. An author never learns who reported; journal pages never come here.",
        zone=ReportsState.zone,
    )


def _waiting() -> rx.Component:
    rows = ReportsState.waiting
    return rx.cond(
        rows,
        panel(rx.el.ul(rx.foreach(rows, _waiting_item), class_name="letters"), title="To be decided"),
        empty_state(
            "Nothing waits for a decision",
            "A post comes here when somebody of its cohort reports it.",
        ),
    )


def _waiting_item(row: WaitingRow) -> rx.Component:
    return rx.el.li(
        icon("flag", 18, class_name="text-ink-soft"),
        rx.el.div(
            rx.el.p(
                state_tag(row.priority, row.kind),
                " ",
                link(row.author, href=row.author_href, class_name="row-link"),
                f" in {row.cohort}",
            ),
            rx.cond(row.title, rx.el.p(row.title, dir="auto", class_name="post-title")),
            rx.el.p(row.words, dir="auto", class_name="words mt-1"),
            rx.cond(row.before, rx.el.p(f"Edited since. It began: “{row.before}”", class_name="text-warm")),
            rx.cond(row.state, rx.el.p(row.state, class_name="text-ink-soft")),
            rx.el.ul(
                rx.foreach(row.reports, lambda words: rx.el.li(words, dir="auto")), class_name="signals mt-1"
            ),
            rx.el.p(row.since, class_name="tiny mt-1"),
            class_name="min-w-0",
        ),
        rx.el.div(
            button(
                "Hide",
                aria_label=f"Hide the post of {row.author}",
                on_click=ReportsState.ask(row.post_id, Verdict.hide.value),
            ),
            button(
                "Put aside",
                kind="quiet",
                aria_label=f"Put aside what was reported about {row.author}",
                on_click=ReportsState.ask(row.post_id, Verdict.dismiss.value),
            ),
            class_name="letter-acts",
        ),
    )


def _decided() -> rx.Component:
    columns = (
        Column("Post", lambda row: prose_cell(row.words, row.reason)),
        Column("Author", lambda row: link(row.author, href=row.author_href, class_name="row-link")),
        Column("Decision", _outcome),
        Column("Reason", lambda row: prose_cell(row.note)),
        Column("By", lambda row: row.by),
        Column("When", lambda row: rx.el.span(row.when, class_name="whitespace-nowrap")),
    )
    rows = ReportsState.decided
    none = rx.el.p("Nothing was decided yet.", class_name="px-4 pb-4 text-ink-soft")
    found = rx.cond(rows, data_table(columns, rows, caption="Decided reports"), none)
    return rx.el.div(panel(found, title="Decided lately", flush=True), class_name="mt-4")


def _outcome(row: DecidedRow) -> rx.Component:
    again = text_button(
        "Show again",
        aria_label=f"Show the post of {row.author} again",
        on_click=ReportsState.show_again(row.post_id),
    )
    return rx.el.span(state_tag(row.state, row.kind), rx.cond(row.is_hidden, again))
