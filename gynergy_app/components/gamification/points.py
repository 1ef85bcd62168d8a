"""The pieces of the statement: the balance, the rows by day, and the rules beside them."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, button_link
from gynergy_app.components.feedback import empty_state, tag
from gynergy_app.components.forms import segmented
from gynergy_app.components.links import link, outside_link
from gynergy_app.components.media import icon
from gynergy_app.state.gamification.points import Day, Line, PointsState, PointsView, Row

FILTERS = [("all", "All"), ("pages", "Pages"), ("badges", "Badges"), ("corrections", "Corrections")]


def balance() -> rx.Component:
    """The total, and the three or four figures that say how today stands."""
    view = PointsState.view
    return rx.el.div(
        rx.el.div(
            rx.el.p(view.total, class_name="balance-total"),
            rx.el.p(
                rx.cond(view.is_former, "points in that session", "points in this challenge"),
                class_name="meta mt-1",
            ),
        ),
        rx.cond(view.is_former, rx.fragment(), _today(view)),
        class_name="balance",
    )


def _today(view: PointsView) -> rx.Component:
    return rx.el.dl(
        _fact("Today", view.today),
        _fact("Last 7 days", view.recently),
        _fact("Multiplier today", view.multiplier),
        rx.cond(view.coming, _fact("What comes next", view.coming)),
        class_name="facts",
    )


def _fact(label: str, figure: str) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(figure))


def ledger() -> rx.Component:
    view = PointsState.view
    return rx.el.div(
        segmented("Show", "shown", FILTERS, value=PointsState.shown, wide=True, on_choose=PointsState.choose),
        rx.cond(view.nothing, rx.el.p(view.nothing, role="status", class_name="meta ledger-nothing")),
        rx.foreach(view.days, _day),
        rx.cond(
            view.has_earlier,
            rx.el.div(button("Show earlier days", on_click=PointsState.show_earlier), class_name="end"),
        ),
        rx.el.p(
            "The rows add up to ",
            view.total,
            ", always. ",
            outside_link("Download as CSV", href=view.csv_href, download=True),
            class_name="meta ledger-foot",
        ),
    )


def no_rows() -> rx.Component:
    first = empty_state(
        "Your first page opens the statement",
        "Each page you finish becomes a row here that says what it earned, and why exactly that much.",
        button_link("Open Today", href=routes.TODAY, kind="primary"),
    )
    none = empty_state("Nothing was earned in that session", "No page of it was finished.")
    return rx.cond(PointsState.view.is_former, none, first)


def _day(day: Day) -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(day.title), rx.el.span(day.subtotal), class_name="ledger-day"),
        rx.foreach(day.rows, _row),
        key=day.title,
        aria_label=day.title,
    )


def _row(row: Row) -> rx.Component:
    """A row is a disclosure: what it says closed is enough, and what it opens answers "why"."""
    return rx.el.details(
        rx.el.summary(
            _symbol(row),
            rx.el.span(
                rx.el.span(row.name, class_name="tx-name"),
                rx.el.br(),
                rx.el.span(row.note, class_name="meta"),
            ),
            rx.el.span(row.amount, class_name=rx.cond(row.is_minus, "tx-amount is-minus", "tx-amount")),
            icon("chevron-down", 16, "tx-chevron"),
        ),
        rx.el.div(
            rx.cond(row.lines, rx.el.dl(rx.foreach(row.lines, _line), class_name="sum")),
            rx.el.p(
                row.words, " ", rx.cond(row.link, link(row.link, href=row.href)), class_name="meta why-words"
            ),
            class_name="why",
        ),
        key=row.id,
        class_name="tx",
        custom_attrs={"data-row": "true"},
    )


def _symbol(row: Row) -> rx.Component:
    drawn = rx.match(
        row.symbol,
        ("morning_journal", icon("sunrise")),
        ("gratitude_action", icon("heart-handshake")),
        ("evening_journal", icon("moon-star")),
        ("weekly_reflection", icon("book-open")),
        ("weekly_challenge", icon("mountain")),
        ("badge", icon("award")),
        ("correction", icon("undo-2")),
        ("invitation", icon("send")),
        icon("circle-plus"),
    )
    return rx.fragment(drawn)


def _line(line: Line) -> rx.Component:
    return rx.el.div(
        rx.el.dt(line.label, rx.cond(line.note, rx.el.small(line.note))),
        rx.el.dd(line.figure),
        class_name=rx.cond(line.is_total, "total", ""),
    )


def rules() -> rx.Component:
    """How the figures come about, with the band marked that counts today."""
    view = PointsState.view
    return rx.el.aside(
        rx.el.h2("How points are counted", id="rules", class_name="heading"),
        _rules_list(view.worth),
        rx.el.h3("Then your streak multiplies", class_name="label"),
        _rules_list(view.bands),
        rx.el.h3("Then bonuses are added", class_name="label"),
        _rules_list(view.bonuses),
        rx.el.p(
            "A badge adds its own points as they are. Points cannot be bought, and a quiet day takes none.",
            class_name="meta",
        ),
        aria_labelledby="rules",
        class_name="rules",
    )


def _rules_list(lines: list[Line]) -> rx.Component:
    return rx.el.dl(rx.foreach(lines, _rule), class_name="sum")


def _rule(line: Line) -> rx.Component:
    mine = rx.cond(line.is_mine, rx.fragment(" ", tag("you, today", kind="good")))
    return rx.el.div(rx.el.dt(line.label, mine), rx.el.dd(line.figure))
