"""The pieces only the desks use: records, days that were written, and the lists around them."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import text_button
from gynergy_app.components.data_table import Column, data_table
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.admin.member_view import GridRow, PointsRow
from gynergy_app.state.admin.money_needs import Need
from gynergy_app.state.admin.words import AuditLine

Text = str | rx.Var[str]


def key_values(*pairs: tuple[Text, Any], is_prose: bool = False) -> rx.Component:
    """Short facts: a soft name on the left, what holds on the right."""
    rows = [rx.el.div(rx.el.dt(name), rx.el.dd(value)) for name, value in pairs]
    return rx.el.dl(*rows, class_name="kv is-prose" if is_prose else "kv")


def prose_cell(words: Text, below: Text = "") -> rx.Component:
    """Several lines in a table; on a phone they get the row's whole width."""
    return rx.el.span(words, rx.cond(below, rx.el.small(below)), class_name="cell-prose block")


def edit_cell(what: Text, on_click: Any) -> rx.Component:
    """The button at a row's end. `what` completes what is spoken: "Edit the quote of day 4"."""
    return rx.el.span(
        text_button("Edit", aria_label=f"Edit {what}", on_click=on_click), class_name="cell-act"
    )


def state_tag(words: str, kind: str) -> rx.Component:
    """A `tag` whose kind is known only to the state."""
    return rx.el.span(
        words,
        class_name=rx.match(
            kind, ("good", "tag tag-good"), ("wait", "tag tag-wait"), ("bad", "tag tag-bad"), "tag"
        ),
    )


def turning_button(label: Text, *, gives_back: bool | rx.Var[bool], on_click: Any) -> rx.Component:
    """A button that ends something, or gives it back: one element, so it keeps the focus when it turns."""
    return rx.el.button(
        rx.cond(gives_back, icon("rotate-ccw", 18), icon("ban", 18)),
        label,
        type="button",
        class_name=rx.cond(gives_back, "btn", "btn btn-danger"),
        on_click=on_click,
    )


def need_item(need: Need) -> rx.Component:
    symbol = rx.match(
        need.symbol,
        ("mail", icon("mail-warning", 18)),
        ("clock", icon("clock", 18)),
        ("users", icon("users", 18)),
        ("alert", icon("triangle-alert", 18)),
        ("card", icon("credit-card", 18)),
        icon("calendar-days", 18),
    )
    return rx.el.li(
        symbol,
        rx.el.div(rx.el.b(need.title), rx.el.p(need.words)),
        rx.cond(need.href, link(need.action, href=need.href, aria_label=f"{need.action}: {need.title}")),
    )


def lately_item(line: AuditLine) -> rx.Component:
    """An act in one line, for the overview."""
    what = rx.cond(line.href, link(line.what, href=line.href, class_name="row-link"), rx.el.span(line.what))
    return rx.el.li(rx.el.div(what, rx.el.p(f"by {line.who}")), rx.el.span(line.when, class_name="when"))


def audit_table(lines: list[AuditLine], *, caption: str) -> rx.Component:
    columns = [
        Column("When", lambda line: rx.el.span(line.when, class_name="whitespace-nowrap")),
        Column("Who", lambda line: line.who),
        Column("What", lambda line: prose_cell(line.what, line.reason)),
        Column("Before", lambda line: prose_cell(rx.cond(line.before, line.before, "–"))),
        Column("After", lambda line: prose_cell(rx.cond(line.after, line.after, "–"))),
    ]
    return rx.el.div(data_table(columns, lines, caption=caption), class_name="is-record")


def day_grid(rows: list[GridRow]) -> rx.Component:
    """Three lines of days. Each is one picture to a screen reader, which hears it in words."""
    return rx.fragment(
        rx.el.div(rx.foreach(rows, _grid_line), class_name="pgrid"),
        rx.el.p(
            rx.el.span(rx.el.i(class_name="k"), "written"),
            rx.el.span(rx.el.i(class_name="x"), "not written"),
            rx.el.span(rx.el.i(class_name="fz"), "held, not written"),
            rx.el.span(rx.el.i(), "ahead"),
            aria_hidden="true",
            class_name="pkey",
        ),
    )


def _grid_line(row: GridRow) -> rx.Component:
    return rx.fragment(
        rx.el.span(row.name, aria_hidden="true"),
        rx.el.div(
            rx.foreach(row.cells, lambda look: rx.el.i(class_name=look)),
            role="img",
            aria_label=row.says,
            class_name="pr",
        ),
    )


def points_item(row: PointsRow) -> rx.Component:
    """One row of the ledger with how it came to be."""
    return rx.el.li(
        rx.el.div(
            rx.el.span(f"{row.when}, {row.name}"),
            rx.el.p(row.arithmetic, class_name="tiny"),
        ),
        rx.el.span(row.points, class_name=rx.cond(row.is_gain, "text-gold", "")),
    )
