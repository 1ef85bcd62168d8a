"""One of the five milestones."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.layout import member_layout
from gynergy_app.components.milestones import five_milestones, milestone_card, way_in_numbers, way_on
from gynergy_app.components.session_choice import session_choice
from gynergy_app.state.programs.milestone import MilestoneState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.MILESTONE
TITLE = "Milestone"
DESCRIPTION = "A milestone of your days, and the way to it in your own numbers."
ON_LOAD = [MemberState.enter, SessionsState.open, MilestoneState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(MilestoneState.view.name, _milestone(), _nothing_here())
    return member_layout(
        session_choice(),
        rx.cond(MilestoneState.is_loading, _loading(), content),
        title=TITLE,
        here=routes.HISTORY,
        own_heading=True,
        reading=True,
    )


def _milestone() -> rx.Component:
    return rx.el.div(
        milestone_card(),
        rx.cond(MilestoneState.view.is_reached, way_in_numbers()),
        way_on(),
        five_milestones(),
    )


def _nothing_here() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Milestone", class_name="vh"),
        empty_state(
            "Nothing stands here", MilestoneState.problem, button_link("Back to Today", href=routes.TODAY)
        ),
    )


def _loading() -> rx.Component:
    return rx.el.div(rx.el.h1("Milestone", class_name="vh"), skeleton_card(6, says="Counting your days"))
