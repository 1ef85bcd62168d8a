"""Weekdays and words as tables that draw themselves: the figures are the chart."""

import reflex as rx

from gynergy_app.state.programs.insight import InsightState, WeekdayRow, WordRow


def _bar(share: str | rx.Var[str], style: str = "bar") -> rx.Component:
    return rx.el.i(aria_hidden="true", class_name=style, style={"width": share})


def _word_of(text: str) -> rx.Component:
    """Broken only where no phone could hold it."""
    return rx.el.span(text, class_name="bar-word")


def _heads(*names: str) -> rx.Component:
    return rx.el.thead(rx.el.tr(*[rx.el.th(name, custom_attrs={"scope": "col"}) for name in names]))


def weekday_table() -> rx.Component:
    return rx.el.table(
        rx.el.caption("Mood after writing, by weekday", class_name="vh"),
        _heads("Weekday", "Average mood", "Written"),
        rx.el.tbody(rx.foreach(InsightState.weekdays, _weekday)),
        class_name="table bar-table",
    )


def _weekday(day: WeekdayRow) -> rx.Component:
    mood = rx.el.span(_bar(day.share), rx.el.b(day.mood), class_name="bar-line")
    return rx.el.tr(
        rx.el.th(_word_of(day.name), custom_attrs={"scope": "row"}),
        rx.el.td(rx.cond(day.mood, mood, rx.el.span("too few to say", class_name="meta"))),
        rx.el.td(day.days, class_name="meta"),
    )


def word_table() -> rx.Component:
    return rx.el.table(
        rx.el.caption("Words used on more days lately than at first", class_name="vh"),
        _heads("Word", "Days, earlier half", "Days, later half"),
        rx.el.tbody(rx.foreach(InsightState.words, _word)),
        class_name="table bar-table",
    )


def _word(row: WordRow) -> rx.Component:
    before = rx.el.span(_bar(row.before_share, "bar is-quiet"), rx.el.b(row.before), class_name="bar-line")
    after = rx.el.span(_bar(row.after_share), rx.el.b(row.after), class_name="bar-line")
    return rx.el.tr(
        rx.el.th(_word_of(row.word), dir="auto", custom_attrs={"scope": "row"}),
        rx.el.td(before),
        rx.el.td(after),
    )
