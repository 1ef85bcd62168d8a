"""Points: every transaction and why."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.closed import no_place
from gynergy_app.components.feedback import skeleton, skeleton_rows
from gynergy_app.components.gamification.points import balance, ledger, no_rows, rules
from gynergy_app.components.layout import member_layout
from gynergy_app.components.session_choice import session_choice
from gynergy_app.state.gamification.points import PointsState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.POINTS
TITLE = "Points"
DESCRIPTION = "Every point of the challenge and where it came from."
ON_LOAD = [MemberState.enter, SessionsState.open, PointsState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(PointsState.has_place, _statement(), _no_place())
    return member_layout(
        session_choice(),
        rx.cond(PointsState.is_loading, _loading(), content),
        title=TITLE,
        here=routes.POINTS,
        lede="Every point and where it came from.",
    )


def _statement() -> rx.Component:
    return rx.el.div(
        rx.el.div(balance(), rx.cond(PointsState.view.has_rows, ledger(), no_rows())),
        rx.cond(PointsState.view.is_former, rx.fragment(), rules()),
        class_name="split split-narrow",
    )


def _no_place() -> rx.Component:
    return no_place(
        "Your statement begins with a place",
        "Choose when you start. From day 1 on, each page you finish earns points.",
    )


def _loading() -> rx.Component:
    return rx.el.div(
        rx.el.div(skeleton("120px", "48px"), class_name="balance"),
        skeleton_rows(6, says="Opening your statement"),
    )
