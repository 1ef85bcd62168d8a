"""Badges: earned, on the way, and the three to show."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.closed import no_place
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.gamification.badges import (
    badge_dialog,
    choosing_dialog,
    making_room_dialog,
    shelf_row,
    showcase,
)
from gynergy_app.components.layout import member_layout
from gynergy_app.components.session_choice import session_choice
from gynergy_app.state.gamification.badges import BadgesState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.BADGES
TITLE = "Badges"
DESCRIPTION = "The shelf of badges: what is earned, and how far the others are."
ON_LOAD = [MemberState.enter, SessionsState.open, BadgesState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(BadgesState.has_place, _shelf(), _no_place())
    return member_layout(
        session_choice(),
        rx.cond(BadgesState.is_loading, _loading(), content),
        title=TITLE,
        here=routes.BADGES,
        lede=BadgesState.lede,
    )


def _shelf() -> rx.Component:
    return rx.el.div(
        rx.el.div(showcase(), class_name="showcase-frame"),
        rx.foreach(BadgesState.rows, shelf_row),
        badge_dialog(),
        choosing_dialog(),
        making_room_dialog(),
        class_name="shelves",
    )


def _no_place() -> rx.Component:
    return no_place(
        "A shelf of 36 waits for your first page",
        "Choose when you start. The first badge comes with the first page you finish.",
    )


def _loading() -> rx.Component:
    return rx.el.div(skeleton_card(6, says="Opening your shelf"), skeleton_card(6), class_name="grid gap-10")
