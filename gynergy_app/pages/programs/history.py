"""The forty-five days, and how they felt."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import more_link
from gynergy_app.components.charts import chart
from gynergy_app.components.closed import no_place
from gynergy_app.components.community.share_sheet import share_sheet
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.history import calendar, later_days, no_day_open, opened_day
from gynergy_app.components.journaling.vision_cards import vision_rows
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.privacy import only_you
from gynergy_app.components.session_choice import in_this_session, session_choice
from gynergy_app.domain.programs import MILESTONE_DAYS
from gynergy_app.state.programs.history import HistoryState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.HISTORY
TITLE = "Your 45 days"
DESCRIPTION = "Every day of the challenge, what it kept and how it felt."
ON_LOAD = [MemberState.enter, SessionsState.open, HistoryState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(HistoryState.has_place, _days(), _no_place())
    return member_layout(
        session_choice(),
        rx.cond(HistoryState.is_loading, skeleton_card(6, says="Opening your days"), content),
        share_sheet(),
        title=TITLE,
        here=routes.HISTORY,
        lede=HistoryState.lede,
    )


def _days() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            calendar(HistoryState.cells, HistoryState.week_days),
            later_days(HistoryState.later_days),
            _milestones(),
            _mood(),
            _visions(),
        ),
        rx.el.aside(
            rx.cond(HistoryState.opened.title, opened_day(), no_day_open()), aria_label="The open day"
        ),
        class_name=rx.cond(HistoryState.opened.title, "split has-open", "split"),
    )


def _visions() -> rx.Component:
    """What she is writing towards, once any of it is written."""
    begun = section(
        vision_rows(HistoryState.visions),
        title="Vision",
        section_id="vision",
        aside=only_you("only-you-vision"),
    )
    return rx.cond(HistoryState.visions, begun)


def _milestones() -> rx.Component:
    return section(
        rx.el.div(
            *[more_link(f"Day {day}", href=in_this_session(routes.milestone(day))) for day in MILESTONE_DAYS],
            more_link("Graduation", href=in_this_session(routes.GRADUATION)),
            more_link("Yearbook", href=in_this_session(routes.YEARBOOK)),
            class_name="row flex-wrap",
        ),
        title="Milestones",
        section_id="milestones",
    )


def _mood() -> rx.Component:
    return section(
        rx.cond(
            HistoryState.mood_words,
            rx.fragment(
                rx.el.p(HistoryState.mood_words, class_name="meta"),
                chart(HistoryState.chart, table_heads=("Day", "Mood")),
            ),
            rx.el.p(
                "Each page asks how you are once it is written. The line begins there.", class_name="meta"
            ),
        ),
        title="Mood after writing",
        section_id="mood",
        aside=only_you("only-you-mood"),
    )


def _no_place() -> rx.Component:
    return no_place(
        "Your days will stand here",
        "Choose when you start, and the first one opens.",
    )
