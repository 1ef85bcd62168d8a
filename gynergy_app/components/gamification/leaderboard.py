"""The pieces of the board: the places, oneself beside oneself, the cohort's day, and the way off."""

import reflex as rx

from gynergy_app.components.forms import segmented, switch
from gynergy_app.components.media import avatar, icon
from gynergy_app.state.gamification.leaderboard import WINDOWS, Bar, LeaderboardState, PlaceRow


def board() -> rx.Component:
    view = LeaderboardState.view
    return rx.el.div(
        segmented(
            "Show",
            "window",
            WINDOWS,
            value=LeaderboardState.window,
            wide=True,
            on_choose=LeaderboardState.choose,
        ),
        rx.el.p(
            "A day runs from midnight to midnight where each member lives. Equal points share a place; "
            "whoever keeps the points private stands below, without one.",
            class_name="meta board-note",
        ),
        rx.el.ol(rx.foreach(view.rows, _place), aria_label=view.title),
        rx.cond(view.nothing, rx.el.p(view.nothing, role="status", class_name="meta board-note")),
        rx.cond(view.ending, rx.el.p(view.ending, class_name="meta end")),
    )


def _place(row: PlaceRow) -> rx.Component:
    points = rx.cond(
        row.points,
        rx.el.span(row.points, rx.el.span(" points", class_name="vh"), class_name="rank-points"),
        rx.el.span("kept private", class_name="meta"),
    )
    return rx.el.li(
        rx.el.span(rx.el.span("Place ", class_name="vh"), row.rank, class_name="rank-place"),
        avatar(row.initial, row.picture, tone=row.tone),
        rx.el.span(row.name, class_name="rank-name"),
        points,
        class_name=rx.cond(row.is_me, rx.cond(row.is_apart, "rank is-me is-apart", "rank is-me"), "rank"),
    )


def beside_oneself() -> rx.Component:
    view = LeaderboardState.view
    return rx.el.section(
        rx.el.h2("You, beside yourself", id="self", class_name="heading"),
        rx.el.p(view.weeks_words, class_name="meta mt-1"),
        rx.cond(view.weeks, rx.el.dl(rx.foreach(view.weeks, _bar), class_name="bars bars-gold")),
        aria_labelledby="self",
        class_name="card",
    )


def day_of_the_cohort() -> rx.Component:
    view = LeaderboardState.view
    return rx.cond(
        view.pulse,
        rx.el.section(
            rx.el.h2("The cohort today", id="pulse", class_name="label"),
            rx.el.dl(rx.foreach(view.pulse, _bar), class_name="bars"),
            rx.el.p("How many, never who or what.", class_name="tiny"),
            aria_labelledby="pulse",
            class_name="card",
        ),
    )


def _bar(bar: Bar) -> rx.Component:
    return rx.el.div(
        rx.el.dt(bar.label),
        rx.el.dd(
            rx.el.span(rx.el.i(style={"width": bar.width}), aria_hidden="true", class_name="track"),
            rx.el.span(bar.figure),
        ),
    )


def way_off() -> rx.Component:
    """Hiding is offered where one is seen."""
    view = LeaderboardState.view
    return rx.el.section(
        rx.el.h2("Your name on this board", id="listing", class_name="vh"),
        rx.cond(view.unlisted, rx.el.p(icon("eye-off", 16), view.unlisted, class_name="meta with-icon")),
        switch(
            "Hide me here",
            checked=view.is_hidden,
            hint="Your cohort no longer sees your name, place or points here. You still see your own.",
            on_tick=LeaderboardState.hide,
        ),
        aria_labelledby="listing",
        class_name="card",
    )
