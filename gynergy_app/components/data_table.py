"""Lists that end, figures, and tables that become lists on a phone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from gynergy_app.components.buttons import button

Text = str | rx.Var[str]


def show_more(
    *, has_more: bool | rx.Var[bool], busy: bool | rx.Var[bool], end: Text, **props: Any
) -> rx.Component:
    """The foot of a list: more by request, and a visible end. `on_click` fetches after the last key."""
    more = button("Show more", busy=busy, busy_label="Fetching…", **props)
    return rx.el.div(rx.cond(has_more, more, rx.el.p(end, class_name="meta")), class_name="end")


def figure(label: Text, value: Text | rx.Component, definition: Text | rx.Component = "") -> rx.Component:
    """A number with what it is counted from right under it. Stands inside `figures`."""
    return rx.el.div(
        rx.el.dt(label, class_name="text-ink-soft"),
        rx.el.dd(value, class_name="value"),
        rx.el.dd(definition, class_name="tiny"),
        class_name="figure",
    )


def figures(*children: rx.Component) -> rx.Component:
    return rx.el.dl(*children, class_name="figures")


def panel(
    *children: Any, title: str | rx.Var[str], aside: rx.Component | None = None, flush: bool = False
) -> rx.Component:
    """A titled surface of a desk; `flush` lets a table reach its edges."""
    return rx.el.section(
        rx.el.div(rx.el.h2(title), aside if aside is not None else rx.fragment(), class_name="panel-head"),
        *children,
        class_name="panel panel-flush" if flush else "panel",
    )


@dataclass(frozen=True)
class Column:
    """A column: its heading and how a row's cell is drawn."""

    name: str
    cell: Callable[[Any], Any]
    is_number: bool = False


def data_table(
    columns: Sequence[Column], rows: Sequence[Any] | rx.Var[list[Any]], *, caption: str
) -> rx.Component:
    """A table; on a phone each row is a small list of "heading: cell". The first column names the row."""

    def draw(row: Any) -> rx.Component:
        cells = [
            (rx.el.th if i == 0 else rx.el.td)(
                column.cell(row),
                class_name="num" if column.is_number else "",
                custom_attrs={"scope": "row"} if i == 0 else {"data-label": column.name},
            )
            for i, column in enumerate(columns)
        ]
        return rx.el.tr(*cells, custom_attrs={"data-row": "true"})

    heads = [
        rx.el.th(column.name, custom_attrs={"scope": "col"}, class_name="num" if column.is_number else "")
        for column in columns
    ]
    return rx.el.table(
        rx.el.caption(caption, class_name="vh"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(rows, draw)),
        class_name="table table-list",
    )
