"""The hub of the four visions and the life map."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.closed import no_place
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.journaling.vision_cards import cards, map_card
from gynergy_app.components.layout import member_layout
from gynergy_app.components.privacy import only_you
from gynergy_app.components.session_choice import session_choice
from gynergy_app.state.journaling import VisionsState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.VISIONS
TITLE = "Vision"
DESCRIPTION = "Four visions and the map of a life, in your own words."
ON_LOAD = [MemberState.enter, SessionsState.open, VisionsState.open]
ACCESS = "member"


def page() -> rx.Component:
    written = rx.el.div(cards(), map_card(), class_name="visions-all")
    return member_layout(
        session_choice(),
        rx.cond(
            VisionsState.is_loading,
            skeleton_card(6, says="Opening your visions"),
            rx.cond(VisionsState.has_place, written, _no_place()),
        ),
        title=TITLE,
        here=ROUTE,
        lede=VisionsState.lede,
        action=only_you(),
    )


def _no_place() -> rx.Component:
    return no_place(
        "Your visions will stand here",
        "They belong to a session. Choose when you start, and they open.",
    )
