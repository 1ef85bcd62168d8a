"""A line over days, drawn: direct labels, points one can reach, and the same figures as a table."""

import reflex as rx

from gynergy_app.components.links import link
from gynergy_app.drawing.chart import EMPTY, Chart, Mark, Point, Reading, line_chart

__all__ = ["EMPTY", "Chart", "Reading", "chart", "line_chart"]


def _draw_point(point: Point) -> rx.Component:
    shared = {
        "class_name": "point",
        "tab_index": point.tab_index,
        "aria_label": point.spoken,
        "style": {"left": point.left, "top": point.top, "--x": point.left},
        "custom_attrs": {"data-stop": "true"},
    }
    value = rx.el.span(point.spoken, class_name="point-value", aria_hidden="true")
    return rx.cond(
        point.href, link(value, href=point.href, **shared), rx.el.span(value, role="img", **shared)
    )


def _draw_line(line: Mark) -> rx.Component:
    return rx.el.div(rx.el.span(line.label), class_name="grid-line", style={"top": line.at})


def _draw_tick(tick: Mark) -> rx.Component:
    return rx.el.span(tick.label, class_name="plot-day", style={"left": tick.at})


def _plot(drawn: Chart) -> rx.Component:
    end = rx.el.span(
        drawn.end_label,
        class_name=rx.cond(drawn.is_end_late, "end-label is-late", "end-label"),
        style={"left": drawn.end_left, "top": drawn.end_top},
        aria_hidden="true",
    )
    lines = rx.el.svg(
        rx.el.svg.path(d=drawn.gaps, class_name="gap"),
        rx.el.svg.path(d=drawn.series, class_name="series"),
        view_box="0 0 100 100",
        preserve_aspect_ratio="none",
        aria_hidden="true",
    )
    return rx.el.div(
        rx.el.div(
            rx.foreach(drawn.lines, _draw_line), rx.foreach(drawn.ticks, _draw_tick), aria_hidden="true"
        ),
        lines,
        rx.foreach(drawn.points, _draw_point),
        end,
        role="group",
        aria_label=drawn.says,
        custom_attrs={"data-roving": "walk"},
        class_name="plot",
    )


def _row(point: Point) -> rx.Component:
    return rx.el.tr(rx.el.th(point.label, custom_attrs={"scope": "row"}), rx.el.td(point.value))


def chart(
    drawn: Chart,
    *,
    tone: str = "warm",
    table_heads: tuple[str, str] = ("Day", "Value"),
    table: rx.Component | None = None,
) -> rx.Component:
    """The line with one tab stop and arrow keys along its points, and the same figures as a table below.

    A `table` of one's own says more than the line does.
    """
    heads = rx.el.tr(*[rx.el.th(head, custom_attrs={"scope": "col"}) for head in table_heads])
    plain = rx.el.table(
        rx.el.caption(drawn.says, class_name="vh"),
        rx.el.thead(heads),
        rx.el.tbody(rx.foreach(drawn.points, _row)),
        class_name="table",
    )
    return rx.el.figure(
        rx.el.div(_plot(drawn), class_name=f"chart tone-{tone}"),
        rx.el.details(rx.el.summary("Show as a table", class_name="link"), plain if table is None else table),
    )
