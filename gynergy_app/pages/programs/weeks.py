"""Every week's challenge and reflection."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.closed import no_place
from gynergy_app.components.feedback import empty_state, skeleton_rows
from gynergy_app.components.layout import member_layout
from gynergy_app.components.session_choice import session_choice
from gynergy_app.components.weeks import week_section
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.programs.weeks import WeeksState
from gynergy_app.state.session import MemberState

ROUTE = routes.WEEKS
TITLE = "Weekly pages"
DESCRIPTION = "Each week of the challenge: what it asked for, and how you looked back on it."
ON_LOAD = [MemberState.enter, SessionsState.open, WeeksState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(WeeksState.has_place, _weeks(), _no_place())
    return member_layout(
        session_choice(),
        rx.cond(WeeksState.is_loading, skeleton_rows(4, says="Opening your weeks"), content),
        title=TITLE,
        here=routes.WEEKS,
        lede="A challenge for each week, and from its last day on time to look back.",
        reading=True,
    )


def _weeks() -> rx.Component:
    return rx.cond(
        WeeksState.weeks,
        rx.fragment(rx.foreach(WeeksState.weeks, week_section)),
        empty_state(
            "Your weeks begin with day 1",
            "The first challenge opens then, and the first reflection on day 7.",
            button_link("Back to Today", href=routes.TODAY),
        ),
    )


def _no_place() -> rx.Component:
    return no_place(
        "Your weeks will stand here",
        "Choose when you start, and the first one opens.",
    )
