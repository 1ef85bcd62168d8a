"""The cohort by points. A list, no podium; the comparison that counts is the one with oneself."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.closed import no_place
from gynergy_app.components.feedback import empty_state, skeleton_rows
from gynergy_app.components.gamification.leaderboard import beside_oneself, board, day_of_the_cohort, way_off
from gynergy_app.components.layout import member_layout, page_head
from gynergy_app.state.gamification.leaderboard import LeaderboardState
from gynergy_app.state.session import MemberState

ROUTE = routes.LEADERBOARD
TITLE = "Leaderboard"
DESCRIPTION = "Your cohort by points, and you beside yourself."
ON_LOAD = [MemberState.enter, LeaderboardState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(LeaderboardState.has_place, _cohort(), _no_place())
    return member_layout(
        page_head(LeaderboardState.view.title, LeaderboardState.view.lede),
        rx.cond(LeaderboardState.is_loading, skeleton_rows(8, says="Asking for the places"), content),
        title=TITLE,
        here=routes.LEADERBOARD,
        own_heading=True,
    )


def _cohort() -> rx.Component:
    view = LeaderboardState.view
    return rx.el.div(
        rx.cond(view.has_cohort, board(), _no_cohort()),
        rx.el.aside(
            beside_oneself(),
            day_of_the_cohort(),
            rx.cond(view.has_cohort, way_off()),
            aria_label="About this board",
            class_name="grid gap-3",
        ),
        class_name="split split-narrow",
    )


def _no_cohort() -> rx.Component:
    return empty_state(
        "A session of your own",
        "A cohort is the group that starts on one day. You are in none, so your own weeks stand here.",
        button_link("Open Today", href=routes.TODAY),
    )


def _no_place() -> rx.Component:
    return no_place(
        "Your cohort comes with your place",
        "Choose when you start. Everyone who starts that day lives the same days as you.",
    )
