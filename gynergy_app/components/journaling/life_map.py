"""The life map: a drawing of how much is written, and the same as a table one writes in.

The table is one set of fields in two layouts, sixteen panels or rows and columns. Its roles say that it is a
table however it is laid out.
"""

from typing import cast

import reflex as rx

from gynergy_app.components.buttons import button, chip, text_button
from gynergy_app.components.journaling.draft_keeper import Question, problem
from gynergy_app.components.media import icon
from gynergy_app.components.radar import radar
from gynergy_app.domain.journaling import ASPECTS, FOCUS_LIMIT, Area, Aspect, Side, cell
from gynergy_app.domain.text import spelled
from gynergy_app.drawing.radar import Radar
from gynergy_app.state.journaling import LifeMapState
from gynergy_app.state.journaling.map_words import AREAS, QUESTIONS, SIDES, AreaView


def overview() -> rx.Component:
    """The drawing, and beside it how to read it and which areas to look at."""
    return rx.el.div(
        rx.el.figure(
            radar(cast(Radar, LifeMapState.radar)),
            rx.el.figcaption(
                rx.el.span(rx.el.i(class_name="key"), SIDES[Side.now_and_vision]),
                rx.el.span(rx.el.i(class_name="key is-second"), SIDES[Side.why_and_strategy]),
                class_name="legend",
            ),
            class_name="map-drawing",
        ),
        rx.el.div(_picking(), class_name="map-side"),
        class_name="map-top",
    )


def _picking() -> rx.Component:
    """A map that is only read is not picked from."""
    chips = [
        chip(AREAS[area], pressed=_view(area).is_picked, on_click=LifeMapState.pick(area)) for area in Area
    ]
    picking = rx.fragment(
        rx.el.h2(f"Pick {spelled(FOCUS_LIMIT)} for now", id="pick", class_name="heading"),
        rx.el.p(
            "Sixteen panels are a lot. The areas you pick are shown, the others wait folded. "
            "Pick none, and all of them are here.",
            class_name="meta measure",
        ),
        rx.el.div(*chips, role="group", aria_labelledby="pick", class_name="map-chips"),
    )
    return rx.fragment(
        rx.cond(LifeMapState.sheet.is_writable, picking),
        rx.el.p(
            "The drawing shows how much is written, not how well things are: the inner ring is ten words "
            "in a panel, the outer one forty. Nothing has to be full.",
            class_name="meta measure",
        ),
    )


def layouts() -> rx.Component:
    """Panels, or the table: columns where there is room for them, else one area per block."""
    options = (("Panels", False), ("Table", True))
    return rx.el.div(
        *[
            rx.el.label(
                rx.el.input(
                    type="radio",
                    name="layout",
                    checked=LifeMapState.is_table == is_table,
                    on_change=LifeMapState.lay_out(is_table),
                ),
                name,
            )
            for name, is_table in options
        ],
        role="radiogroup",
        aria_label="Layout",
        class_name="seg map-layouts",
    )


def table() -> rx.Component:
    """Every field of the map, in the order of the table."""
    heads = [rx.el.span(QUESTIONS[aspect], role="columnheader") for aspect in Aspect]
    return Question.create(
        rx.el.legend("Your life map", class_name="vh"),
        rx.el.div(
            rx.el.div(rx.el.span("Area", role="columnheader"), *heads, role="row", class_name="map-heads"),
            *[_row(area) for area in Area],
            role="table",
            aria_label="Your life map: eight areas, four answers each",
            class_name=rx.cond(LifeMapState.is_table, "map-table as-table", "map-table"),
        ),
        _unfold(),
        index=1,
        class_name="q",
    )


def _unfold() -> rx.Component:
    state = LifeMapState
    unfold = button(
        rx.cond(state.shows_all, "Fold the others again", state.others),
        aria_expanded=rx.cond(state.shows_all, "true", "false"),
        on_click=state.show_all,
    )
    return rx.cond(state.others, rx.el.div(unfold, class_name="map-unfold"))


def _row(area: Area) -> rx.Component:
    view = _view(area)
    return rx.el.div(
        rx.el.div(
            rx.el.h2(AREAS[area], class_name="map-name"),
            rx.cond(
                view.is_covered,
                rx.el.p("Kept out of sight. Its words are safe.", class_name="meta"),
                rx.el.p(_written(area), class_name="meta map-written"),
            ),
            _sight(area),
            role="rowheader",
            class_name="map-head",
        ),
        *[_panel(area, side) for side in Side],
        role="row",
        hidden=view.is_folded,
        class_name=rx.cond(view.is_covered, "map-row is-covered", "map-row"),
    )


def _view(area: Area) -> AreaView:
    """What the state says of an area, a var in the shape of one."""
    return cast(AreaView, LifeMapState.areas[area])


def _written(area: Area) -> rx.Component:
    view = _view(area)
    return rx.fragment(
        f"{SIDES[Side.now_and_vision]}: {view.now}. {SIDES[Side.why_and_strategy]}: {view.why}.",
    )


def _sight(area: Area) -> rx.Component:
    """Hide an area, look at it for now, or let it be seen again. Each button names its area."""
    state, name = LifeMapState, AREAS[area]
    view = _view(area)
    hide = text_button("Hide", icon="eye-off", aria_label=f"Hide {name}", on_click=state.hide(area))
    look = text_button(
        rx.cond(view.is_covered, "Show for now", "Hide again"),
        aria_label=rx.cond(view.is_covered, f"Show for now: {name}", f"Hide again: {name}"),
        on_click=state.uncover(area),
    )
    keep = text_button("Always show", aria_label=f"Always show {name}", on_click=state.hide(area))
    return rx.el.div(rx.cond(view.is_hidden, rx.fragment(look, keep), hide), class_name="map-sight")


def _panel(area: Area, side: Side) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span(SIDES[side]),
            rx.el.span(_view(area).now if side == Side.now_and_vision else _view(area).why),
            aria_hidden="true",
            class_name="map-side-name",
        ),
        *[_cell(area, aspect) for aspect in ASPECTS[side]],
        hidden=_view(area).is_covered,
        class_name="map-panel",
    )


def _cell(area: Area, aspect: Aspect) -> rx.Component:
    name = cell(area, aspect)
    field = rx.el.textarea(
        name=name, rows="1", aria_label=f"{AREAS[area]}: {QUESTIONS[aspect]}", placeholder=" ", dir="auto"
    )
    return rx.el.div(
        rx.el.p(QUESTIONS[aspect], aria_hidden="true", class_name="label map-asks"),
        rx.el.div(field, class_name="line line-free"),
        problem(name),
        role="cell",
        custom_attrs={"data-answer": name},
        class_name="map-cell",
    )


def read_only() -> rx.Component:
    """Once the session is over: what was written, area by area."""
    fields = LifeMapState.sheet.fields
    parts = [
        rx.cond(
            fields[cell(area, aspect)],
            rx.el.section(
                rx.el.h3(QUESTIONS[aspect], class_name="label"),
                rx.el.p(fields[cell(area, aspect)], dir="auto", class_name="words whitespace-pre-wrap"),
                class_name="kept",
            ),
        )
        for area in Area
        for aspect in Aspect
    ]
    per_area = len(Aspect)
    return rx.fragment(
        *[
            rx.el.section(
                rx.el.h2(AREAS[area], class_name="map-name"),
                rx.cond(
                    _view(area).is_covered,
                    _sight(area),
                    rx.fragment(*parts[number * per_area : (number + 1) * per_area]),
                ),
                class_name="section",
            )
            for number, area in enumerate(Area)
        ]
    )


def lock_line() -> rx.Component:
    return rx.el.p(
        icon("lock", 16),
        "Nobody else can open this page: no coach, no admin.",
        class_name="meta only-desk flex items-center gap-1.5",
    )
