"""The last day of a session, and what it opens."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.feedback import empty_state, skeleton, skeleton_card
from gynergy_app.components.graduation import graduated
from gynergy_app.components.layout import member_layout
from gynergy_app.components.session_choice import session_choice
from gynergy_app.state.programs.graduation import GraduationState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.GRADUATION
TITLE = "Graduation"
DESCRIPTION = "The last day of your session: what you kept, what opens, what stays."
ON_LOAD = [MemberState.enter, SessionsState.open, GraduationState.open]
ACCESS = "member"


def page() -> rx.Component:
    view = GraduationState.view
    stages = rx.match(
        view.stage,
        ("reached", graduated()),
        ("ahead", _not_yet("The last day lies ahead", view.ahead)),
        ("unwritten", _not_yet("One page is missing", view.ahead)),
        _not_yet("Your days begin with a place", "Choose a start, and come here again on its last day."),
    )
    return member_layout(
        session_choice(),
        rx.cond(GraduationState.is_loading, _loading(), stages),
        title=TITLE,
        here=routes.HISTORY,
        own_heading=True,
        reading=True,
    )


def _not_yet(title: str, words: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.h1("Graduation", class_name="vh"),
        empty_state(title, words, button_link("Open Today", href=routes.TODAY, kind="primary")),
    )


def _loading() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Graduation", class_name="vh"),
        rx.el.div(skeleton("100%", "330px")),
        skeleton_card(4, says="Counting your days"),
    )
