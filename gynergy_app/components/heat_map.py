"""Members by days: a table in which each cell is a state. That a day was kept, never with what."""

from typing import Any

import reflex as rx

from gynergy_app.components.admin import edit_cell
from gynergy_app.components.links import link
from gynergy_app.state.admin.cohort import SAID, Head, MemberRow

KEY = ("done", "partly", "rest", "quiet", "ahead")


def heat_map(rows: list[MemberRow], heads: list[Head], *, caption: str, on_change: Any) -> rx.Component:
    """It scrolls by itself where it is wider than the page; the names stay in sight."""
    table = rx.el.table(
        rx.el.caption(caption, class_name="vh"),
        rx.el.thead(
            rx.el.tr(
                _head("Member"),
                rx.foreach(heads, _day),
                _head("Kept", "num"),
                _head("Points", "num"),
                _head("Change"),
            )
        ),
        rx.el.tbody(rx.foreach(rows, lambda row: _row(row, on_change))),
        class_name="heat",
    )
    return rx.fragment(
        rx.el.div(table, role="region", aria_label=caption, tab_index=0, class_name="scroll"), _key()
    )


def _head(name: str, class_name: str = "") -> rx.Component:
    return rx.el.th(name, custom_attrs={"scope": "col"}, class_name=class_name)


def _day(head: Head) -> rx.Component:
    return rx.el.th(
        rx.el.span("Day ", class_name="vh"),
        rx.el.span(head.day, class_name=rx.cond(head.is_printed, "", "vh")),
        custom_attrs={"scope": "col"},
        class_name="d",
    )


def _row(row: MemberRow, on_change: Any) -> rx.Component:
    beside = rx.cond(row.is_moderator, rx.el.small("Moderator"))
    suspended = rx.cond(row.is_suspended, rx.el.small("Suspended"))
    return rx.el.tr(
        rx.el.th(
            link(row.name, href=row.href, class_name="row-link"),
            beside,
            suspended,
            custom_attrs={"scope": "row"},
            title=row.says,
        ),
        rx.foreach(row.cells, _cell),
        rx.el.td(row.kept, class_name="num"),
        rx.el.td(row.points, class_name="num"),
        rx.el.td(edit_cell(row.name, on_change(row.id))),
        key=row.id,
        custom_attrs={"data-row": "true"},
    )


def _cell(state: rx.Var[str]) -> rx.Component:
    words = rx.match(state, *[(name.value, said) for name, said in SAID.items()], "")
    return rx.el.td(rx.el.span(words, class_name="vh"), class_name=f"d {state}")


def _key() -> rx.Component:
    said = {name.value: words for name, words in SAID.items()}
    return rx.el.p(
        *[rx.el.span(rx.el.i(class_name=name), said[name]) for name in KEY],
        aria_hidden="true",
        class_name="heat-key",
    )
