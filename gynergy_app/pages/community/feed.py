"""What a cohort says to each other, the newest first."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.closed import out_of_cohorts, way_to_a_place
from gynergy_app.components.community.posts import beside, cohort_choice, composer, posts
from gynergy_app.components.community.questions import editing, hiding, reporting
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.layout import member_layout, page_head
from gynergy_app.state.community.feed import FeedState
from gynergy_app.state.session import MemberState

ROUTE = routes.COHORT
TITLE = "Cohort"
DESCRIPTION = "What your cohort says to each other."
ON_LOAD = [MemberState.enter, FeedState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        page_head(FeedState.view.title, FeedState.view.lede),
        rx.cond(
            FeedState.is_loading,
            rx.el.div(*[skeleton_card(4, says="Asking for the posts")] * 3, class_name="grid gap-3"),
            rx.cond(FeedState.has_cohort, _feed(), _no_cohort()),
        ),
        title=TITLE,
        here=routes.COHORT,
        own_heading=True,
    )


def _feed() -> rx.Component:
    return rx.fragment(
        cohort_choice(),
        rx.el.div(
            rx.el.div(composer(), posts()),
            rx.el.aside(beside(), aria_label="About this cohort", class_name="grid gap-3"),
            class_name="split split-narrow",
        ),
        editing(),
        reporting(),
        hiding(),
    )


def _no_cohort() -> rx.Component:
    return rx.cond(FeedState.has_place, out_of_cohorts(), _not_yet())


def _not_yet() -> rx.Component:
    return empty_state(
        "You are in no cohort yet",
        "A cohort is everyone who starts on one day. It comes with a start, and is where they talk.",
        way_to_a_place(),
    )
