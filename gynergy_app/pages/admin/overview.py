"""/admin: how many, from what, counted when; and what needs someone."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.admin import lately_item, need_item
from gynergy_app.components.buttons import text_button
from gynergy_app.components.charts import chart
from gynergy_app.components.data_table import figure, figures, panel
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.layout import admin_layout
from gynergy_app.components.money_overview import money_figure
from gynergy_app.state.admin.overview import OverviewState
from gynergy_app.state.session import AdminState

ROUTE = routes.ADMIN
TITLE = "Overview"
DESCRIPTION = "The programme in figures, and what needs someone."
ON_LOAD = [AdminState.enter, OverviewState.open]
ACCESS = "admin"


def page() -> rx.Component:
    view = OverviewState.view
    return admin_layout(
        rx.cond(
            OverviewState.is_loading,
            skeleton_card(6, says="Counting"),
            rx.fragment(
                figures(rx.foreach(view.figures, lambda one: figure(one.label, one.value, one.definition))),
                figures(rx.foreach(view.money, money_figure)),
                rx.el.div(
                    rx.el.div(_pages(), _lately(), class_name="desk-stack"),
                    _needs(),
                    class_name="desk-grid desk-grid-side",
                ),
            ),
        ),
        title=TITLE,
        here=ROUTE,
        lede=rx.cond(
            view.counted,
            rx.fragment(view.counted, " ", text_button("Count again", on_click=OverviewState.open)),
        ),
        zone=view.zone,
    )


def _pages() -> rx.Component:
    view = OverviewState.view
    return panel(
        rx.el.p(view.chart.says, class_name="tiny"),
        chart(view.chart, table_heads=("Day", "Pages finished")),
        title="Pages finished per day",
    )


def _needs() -> rx.Component:
    needs = OverviewState.view.needs
    return panel(
        rx.cond(
            needs,
            rx.el.ul(rx.foreach(needs, need_item), class_name="desk-list"),
            rx.el.p("Nothing waits for a person just now.", class_name="text-ink-soft"),
        ),
        title="Needs someone",
        aside=rx.el.span(OverviewState.view.needs_count, class_name="tiny"),
    )


def _lately() -> rx.Component:
    lately = OverviewState.view.lately
    return panel(
        rx.cond(
            lately,
            rx.el.ul(rx.foreach(lately, lately_item), class_name="desk-list is-plain"),
            rx.el.p("Nothing was done at the desks yet.", class_name="text-ink-soft"),
        ),
        title="Lately at the desks",
    )
