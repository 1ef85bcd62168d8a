"""The moment after a page is finished: as large as what happened, and no larger."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, icon_button, more_link, text_button
from gynergy_app.components.dialogs import Dialog, closes, opens
from gynergy_app.components.links import link
from gynergy_app.components.scripts import script
from gynergy_app.components.seal import seal
from gynergy_app.state.journaling.celebration import BadgeCard, Celebration, Row
from gynergy_app.state.journaling.writing import WritingState

WHY = "why-these-points"


class _Celebration(rx.Component):
    library = script("celebration.jsx", __name__)
    tag = "Celebration"

    is_open: rx.Var[bool]
    curtain: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class CountUp(rx.Component):
    library = script("celebration.jsx", __name__)
    tag = "CountUp"

    to: rx.Var[int]
    unit: rx.Var[str]


def celebration(state: type[WritingState], also: rx.Component | None = None) -> rx.Component:
    """Opens when the finished page is stored. `also` is one more thing to do with it."""
    shown = state.celebration
    return _Celebration.create(
        _curtain(shown),
        rx.el.div(
            _tick(),
            rx.el.h2(shown.title, id="celebration-title", tab_index=-1, class_name="title mt-4"),
            rx.el.p(shown.line, class_name="meta"),
            rx.cond(shown.points, _points(shown)),
            rx.cond(shown.has_milestone_card, _milestone(shown)),
            rx.el.div(rx.foreach(shown.badges, unlocked), class_name="unlocked-all"),
            rx.cond(shown.closing, rx.el.p(shown.closing, class_name="prompt moment-closing")),
            _way_on(state, shown, [also] if also is not None else []),
            class_name="moment-body",
        ),
        _why(shown),
        is_open=shown.is_open,
        curtain=shown.curtain,
        on_close=state.close_celebration,
        aria_labelledby="celebration-title",
        class_name="moment",
    )


def _tick() -> rx.Component:
    drawn = {"pathLength": "1"}
    from_above = {**drawn, "transform": "rotate(-90 48 48)"}
    return rx.el.svg(
        rx.el.circle(cx="48", cy="48", r="44", class_name="tick-ground"),
        rx.el.circle(cx="48", cy="48", r="44", class_name="draw", custom_attrs=from_above),
        rx.el.path(d="M31 49.5l11.5 11.5L66 37", class_name="draw", custom_attrs=drawn),
        view_box="0 0 96 96",
        aria_hidden="true",
        class_name="tick",
    )


def _points(shown: Celebration) -> rx.Component:
    return rx.fragment(
        CountUp.create(to=shown.points, unit="points", class_name="count number"),
        text_button(f"Why {shown.points}?", **opens(WHY)),
    )


def unlocked(badge: BadgeCard) -> rx.Component:
    """A badge that was just earned."""
    return rx.el.section(
        seal(badge.icon, badge.rarity, is_drawn=True),
        rx.el.div(
            rx.el.p("New badge", class_name="tiny"),
            rx.el.h3(badge.name, class_name="heading"),
            rx.el.p(badge.words, " ", _gold(f"{badge.points} points"), class_name="meta"),
        ),
        aria_label=f"New badge: {badge.name}",
        class_name="card unlocked",
    )


def _gold(words: str) -> rx.Component:
    return rx.el.b(words, class_name="text-gold")


def _milestone(shown: Celebration) -> rx.Component:
    return rx.el.section(
        rx.el.span(class_name="diamond", aria_hidden="true"),
        rx.el.p(f"Day {shown.milestone_day}", class_name="tiny"),
        rx.el.h3(shown.milestone_name, class_name="heading"),
        rx.el.p("A milestone of your forty-five days.", class_name="meta"),
        aria_label=f"Milestone: {shown.milestone_name}",
        class_name="card unlocked",
    )


def _curtain(shown: Celebration) -> rx.Component:
    """The milestone alone on the screen, before everything else."""
    return rx.el.div(
        rx.el.span(class_name="diamond diamond-l"),
        rx.el.p(f"Day {shown.milestone_day}", class_name="meta"),
        rx.el.p(shown.milestone_name, class_name="curtain-name"),
        role="group",
        aria_label=f"Day {shown.milestone_day}: {shown.milestone_name}",
        tab_index=-1,
        class_name="curtain",
    )


def _way_on(state: type[WritingState], shown: Celebration, also: list[rx.Component]) -> rx.Component:
    """A milestone comes first: it is reached once."""
    goes_on = rx.cond(shown.milestone_href, "btn btn-secondary", "btn btn-primary")
    return rx.el.div(
        rx.cond(
            shown.milestone_href,
            link(
                shown.milestone_label,
                href=shown.milestone_href,
                on_click=state.close_celebration,
                class_name="btn btn-primary",
            ),
        ),
        link(shown.next_label, href=shown.next_href, on_click=state.close_celebration, class_name=goes_on),
        *also,
        button("Stay on this page", kind="quiet", on_click=state.close_celebration),
        class_name="moment-way",
    )


def _why(shown: Celebration) -> rx.Component:
    """The arithmetic, row by row."""
    return Dialog.create(
        rx.el.div(
            rx.el.h2(f"Why {shown.points}?", id=f"{WHY}-title", class_name="heading"),
            icon_button("x", "Close", **closes(WHY)),
            class_name="row justify-between",
        ),
        rx.el.dl(rx.foreach(shown.rows, _row), class_name="sum"),
        rx.cond(shown.badge_note, rx.el.p(shown.badge_note, class_name="meta")),
        more_link("Open the whole statement", href=routes.POINTS),
        id=WHY,
        aria_labelledby=f"{WHY}-title",
        class_name="dialog sheet side-sheet",
    )


def _row(row: Row) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.label, rx.cond(row.note, rx.el.small(row.note))),
        rx.el.dd(row.figure),
        class_name=rx.cond(row.is_total, "total", ""),
    )
