"""The calendar of forty-five days and one of them opened like a page of a book."""

from typing import Any

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, more_link
from gynergy_app.components.community.share_sheet import share_button
from gynergy_app.components.dialogs import tabs
from gynergy_app.components.layout import section
from gynergy_app.components.links import link
from gynergy_app.components.media import icon, which_of
from gynergy_app.components.privacy import only_you
from gynergy_app.state.programs.calendar import Cell, LaterDay
from gynergy_app.state.programs.history import HistoryState, Opened, Part, Sheet

BEFORE_HER = "Before you came."


def calendar(days: list[Cell] | rx.Var[list[Cell]], week_days: list[str] | rx.Var[list[str]]) -> rx.Component:
    """Seven columns, so a week is a week; three marks a day in the order of the pages."""
    return rx.fragment(
        rx.el.div(
            rx.foreach(week_days, lambda name: rx.el.span(name, class_name="cal-head")),
            aria_hidden="true",
            class_name="cal",
        ),
        rx.el.ol(rx.foreach(days, _cell), class_name="cal"),
        _legend(),
    )


def _cell(cell: Cell) -> rx.Component:
    flag = rx.cond(cell.flag, rx.el.i(aria_hidden="true", class_name=cell.flag))
    ahead = rx.el.span(
        rx.el.b(cell.number), flag, rx.el.span(cell.says, class_name="vh"), class_name=cell.style
    )
    marks = rx.el.span(_mark(cell.morning), _mark(cell.action), _mark(cell.evening), class_name="marks")
    inside = rx.cond(
        cell.is_rest,
        rx.el.small("rest"),
        rx.cond(cell.is_before_her, rx.el.small("before"), marks),
    )
    opened = link(
        rx.el.b(cell.number, aria_hidden="true"),
        rx.el.span(inside, aria_hidden="true"),
        flag,
        href=cell.href,
        aria_label=cell.says,
        custom_attrs={"data-row": "true"},
        class_name=cell.style,
    )
    return rx.el.li(rx.cond(cell.is_ahead, ahead, opened))


def _mark(is_kept: bool) -> rx.Component:
    return rx.el.i(class_name=rx.cond(is_kept, "on", ""))


def _legend() -> rx.Component:
    return rx.el.p(
        rx.el.span(rx.el.i(class_name="on"), "page kept"),
        rx.el.span(rx.el.i(), "not written"),
        rx.el.span(rx.el.i(class_name="dash"), "rest, held by a freeze"),
        rx.el.span(rx.el.i(class_name="flag is-reached"), "milestone reached"),
        rx.el.span("Three marks: morning, action, evening"),
        class_name="legend",
    )


def later_days(days: list[LaterDay]) -> rx.Component:
    """The days of grace that hold a page, under the calendar they are not part of."""
    return rx.cond(
        days,
        section(
            rx.el.div(
                rx.foreach(days, lambda day: more_link(day.name, href=day.href)), class_name="row flex-wrap"
            ),
            title="After day 45",
            section_id="later-days",
        ),
    )


def opened_day() -> rx.Component:
    day = HistoryState.opened
    return rx.el.article(
        rx.el.div(rx.el.p(day.place, class_name="meta"), only_you("only-you-day"), class_name="row spread"),
        rx.el.h2(day.title, id="opened-day", class_name="title-s"),
        rx.cond(day.is_rest, rx.el.p("A day of rest. A freeze held the streak.", class_name="meta mt-1")),
        tabs(
            ("Morning", _sheet(day.morning, _empty("No morning page was written on this day."))),
            ("Action", _action(day)),
            ("Evening", _sheet(day.evening, _empty("No evening page was written on this day."))),
            ("Week", _week(day)),
            label="Pages of this day",
        ),
        _neighbours(),
        aria_labelledby="opened-day",
        class_name="card card-pad book",
    )


def _empty(words: str) -> rx.Var[str]:
    return rx.cond(HistoryState.opened.is_before_her, BEFORE_HER, words)


def _action(day: Opened) -> rx.Component:
    return rx.fragment(
        _sheet(day.action, _empty("No gratitude action was noted on this day.")),
        rx.cond(day.share_day, rx.el.div(share_button(day.share_day), class_name="mt-4")),
    )


def _week(day: Opened) -> rx.Component:
    """What belongs to the whole week of this day."""
    return rx.fragment(
        rx.el.h3(f"{day.week}, looked back on", class_name="prompt mt-4"),
        _sheet(
            day.reflection,
            rx.cond(day.is_week_before_her, BEFORE_HER, "Nothing was written about this week so far."),
        ),
        rx.el.h3(f"{day.week}, its challenge", class_name="prompt mt-8"),
        _sheet(day.challenge, ""),
    )


def _sheet(sheet: Sheet, empty: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.cond(sheet.parts, rx.foreach(sheet.parts, _part), rx.el.p(empty, class_name="meta mt-4")),
        rx.el.div(
            rx.foreach(sheet.images, lambda address, index: _photo(address, index, sheet)),
            class_name="photos",
        ),
        rx.el.div(
            rx.el.p(sheet.foot, class_name="meta"),
            rx.cond(sheet.edit_href, more_link("Open this page", href=sheet.edit_href)),
            class_name="row spread mt-4",
        ),
    )


def _part(part: Part) -> rx.Component:
    return rx.el.section(
        rx.el.h3(part.title, class_name="label"),
        rx.cond(
            part.lines,
            rx.el.ol(
                rx.foreach(part.lines, lambda line: rx.el.li(line, dir="auto")), class_name="words kept-lines"
            ),
            rx.el.p(part.text, dir="auto", class_name="words whitespace-pre-wrap"),
        ),
        class_name="kept mt-4",
    )


def _photo(address: rx.Var[str], index: Any, sheet: Sheet) -> rx.Component:
    which = which_of("Photo", index, sheet.images, alone="A photo")
    return rx.el.img(src=address, alt=f"{which} on this page", loading="lazy")


def _neighbours() -> rx.Component:
    day = HistoryState.opened
    return rx.el.nav(
        rx.cond(
            day.earlier,
            link(icon("chevron-left"), "Earlier", href=day.earlier, class_name="with-icon min-h-11"),
        ),
        rx.el.span(class_name="grow"),
        rx.cond(
            day.later, link("Later", icon("chevron-right"), href=day.later, class_name="with-icon min-h-11")
        ),
        aria_label="Days beside this one",
        class_name="row mt-4",
    )


def no_day_open() -> rx.Component:
    return rx.el.div(
        rx.cond(
            HistoryState.problem,
            rx.el.p(HistoryState.problem, role="status", class_name="no-such-day"),
            rx.el.p("Open a day to read it again.", class_name="text-ink-soft"),
        ),
        button_link("Write today’s page", href=routes.TODAY),
        class_name="card card-pad grid justify-items-start gap-4",
    )
