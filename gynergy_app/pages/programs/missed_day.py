"""Two lines for a day that stayed empty."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, submit
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.forms import text_area
from gynergy_app.components.layout import writing_layout
from gynergy_app.components.privacy import only_you
from gynergy_app.state.programs.missed_day import MissedDayState
from gynergy_app.state.session import MemberState

ROUTE = routes.MISSED_DAY
TITLE = "A short page"
DESCRIPTION = "Two lines bring a missed day back."
ON_LOAD = [MemberState.enter, MissedDayState.open]
ACCESS = "member"


def page() -> rx.Component:
    asked = MissedDayState.asked
    return writing_layout(
        rx.el.div(
            rx.cond(
                MissedDayState.is_loading,
                rx.fragment(rx.el.h1(TITLE, class_name="vh"), skeleton_card(4, says="One moment")),
                rx.cond(asked.title, _form(), _closed()),
            ),
            class_name="paper",
        ),
        state=rx.fragment(),
        lock=only_you(),
    )


def _form() -> rx.Component:
    asked, problems = MissedDayState.asked, MissedDayState.problems
    return rx.el.form(
        rx.el.p(asked.title, class_name="meta"),
        rx.el.h1(TITLE, class_name="title"),
        rx.el.p(
            f"Two lines bring this day back, until {asked.until} night. They earn no points.",
            class_name="text-ink-soft",
        ),
        text_area(
            "One thing from that day worth keeping", "success", rows=3, error=problems.get("success", "")
        ),
        text_area("One thought it leaves you with", "insight", rows=3, error=problems.get("insight", "")),
        submit("Keep these two lines", busy_label="Keeping…"),
        on_submit=MissedDayState.keep,
        no_validate=True,
        class_name="grid gap-6",
    )


def _closed() -> rx.Component:
    return rx.fragment(
        rx.el.h1(TITLE, class_name="vh"),
        empty_state(
            MissedDayState.asked.notice,
            "Nothing you wrote is affected.",
            button_link("Back to Today", href=routes.TODAY),
        ),
    )
