"""A week's pages as rows: the challenge, sitting still where it is asked for, and the reflection."""

import reflex as rx

from gynergy_app.components.layout import section
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.programs.today import TodayState
from gynergy_app.state.programs.weeks import WeekRow, WeekView


def this_week() -> rx.Component:
    """On Today: nothing here is the next step, so nothing is filled."""
    week = TodayState.view.week
    return rx.cond(week.title, section(_rows(week), title="This week", section_id="week", aside=week.title))


def week_section(week: WeekView) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(week.title, class_name="heading"),
            rx.el.p(week.days, class_name="meta"),
            class_name="sec-head",
        ),
        _rows(week),
        aria_label=week.title,
        class_name="section",
    )


def _rows(week: WeekView) -> rx.Component:
    return rx.el.ul(rx.foreach(week.rows, _row), class_name="card week-rows")


def _row(row: WeekRow) -> rx.Component:
    inside = (
        rx.el.span(
            _symbol(row), aria_hidden="true", class_name=rx.cond(row.is_done, "text-accent", "text-ink-soft")
        ),
        rx.el.span(
            rx.el.span(row.name, class_name="page-name"),
            rx.el.br(),
            rx.el.span(row.note, class_name="meta"),
            class_name="grow",
        ),
        rx.cond(row.points, rx.el.span(row.points, class_name="points")),
    )
    opened = link(
        *inside,
        icon("chevron-right", class_name="text-ink-soft"),
        href=row.href,
        custom_attrs={"data-row": "true"},
        class_name="page-row",
    )
    return rx.el.li(rx.cond(row.href, opened, rx.el.div(*inside, class_name="page-row is-still")))


def _symbol(row: WeekRow) -> rx.Component:
    own = rx.match(
        row.symbol,
        ("goal", icon("goal")),
        ("flower-2", icon("flower-2")),
        ("map", icon("map")),
        icon("notebook-pen"),
    )
    return rx.cond(row.is_done, icon("check"), own)
