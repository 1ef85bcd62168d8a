"""Fifteen questions."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.vision_page import vision_page
from gynergy_app.domain.journaling import VisionType
from gynergy_app.state.journaling import DiscoveryState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.DISCOVERY
TITLE = "Discovery"
DESCRIPTION = "Fifteen questions, in any order and over several days."
ON_LOAD = [MemberState.enter, SessionsState.open, DiscoveryState.open]
ACCESS = "member"


def page() -> rx.Component:
    return vision_page(DiscoveryState, VisionType.discovery)
