"""The creed."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.vision_page import vision_page
from gynergy_app.domain.journaling import VisionType
from gynergy_app.state.journaling import CreedState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.CREED
TITLE = "Creed"
DESCRIPTION = "What you stand by, also when it costs something."
ON_LOAD = [MemberState.enter, SessionsState.open, CreedState.open]
ACCESS = "member"


def page() -> rx.Component:
    return vision_page(CreedState, VisionType.creed)
