"""The mantra."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.vision_page import vision_page
from gynergy_app.domain.journaling import VisionType
from gynergy_app.state.journaling import MantraState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.MANTRA
TITLE = "Mantra"
DESCRIPTION = "A sentence or two to come back to."
ON_LOAD = [MemberState.enter, SessionsState.open, MantraState.open]
ACCESS = "member"


def page() -> rx.Component:
    return vision_page(MantraState, VisionType.mantra)
