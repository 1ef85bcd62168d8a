"""/cohort/members: the people of a cohort, a few words to one of them, and what they sent."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.closed import lacks, out_of_cohorts, way_to_a_place
from gynergy_app.components.cohort_members import group_choice, members, received
from gynergy_app.components.dialogs import tabs
from gynergy_app.components.encouraging import blocking, brought, encouraging
from gynergy_app.components.feedback import empty_state, skeleton_rows
from gynergy_app.components.layout import member_layout, page_head
from gynergy_app.domain.payments.access import Right
from gynergy_app.state.cohorts.blocking import BlockingState
from gynergy_app.state.cohorts.encouraging import EncouragingState
from gynergy_app.state.cohorts.members import MembersState
from gynergy_app.state.cohorts.received import ReceivedState
from gynergy_app.state.session import MemberState

ROUTE = routes.COHORT_MEMBERS
TITLE = "Members"
DESCRIPTION = "The people you live these days with, and what they sent you."
ON_LOAD = [
    MemberState.enter,
    EncouragingState.close,
    BlockingState.close,
    MembersState.open,
    ReceivedState.open,
]
ACCESS = "member"


def page() -> rx.Component:
    view = MembersState.view
    return member_layout(
        page_head(view.title, view.lede),
        rx.cond(
            MembersState.is_loading,
            skeleton_rows(8, says="Asking who is here"),
            rx.cond(view.has_group, _group(), _no_group()),
        ),
        encouraging(),
        brought(),
        blocking(),
        title=TITLE,
        here=ROUTE,
        own_heading=True,
        reading=True,
    )


def _group() -> rx.Component:
    return rx.fragment(
        group_choice(), tabs(("Everybody", members()), ("Received", received()), label="Your cohort")
    )


def _no_group() -> rx.Component:
    return rx.cond(MembersState.view.has_place, out_of_cohorts(), _not_yet())


def _not_yet() -> rx.Component:
    return empty_state(
        "You are in no cohort",
        "A cohort is the group that starts on one day. Its members appear here.",
        rx.cond(lacks(Right.start), button_link("Open Today", href=routes.TODAY), way_to_a_place()),
    )
