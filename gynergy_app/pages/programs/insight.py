"""What one's own pages show, with every figure also as a table."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.charts import chart
from gynergy_app.components.closed import no_place
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.history import calendar, later_days
from gynergy_app.components.insight import weekday_table, word_table
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.privacy import only_you
from gynergy_app.components.session_choice import session_choice
from gynergy_app.state.programs.insight import InsightState
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.INSIGHT
TITLE = "Patterns"
DESCRIPTION = "What your own pages show: mood, weekdays, words and days kept."
ON_LOAD = [MemberState.enter, SessionsState.open, InsightState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(InsightState.has_place, _patterns(), _no_place())
    return member_layout(
        session_choice(),
        rx.cond(InsightState.is_loading, skeleton_card(6, says="Reading your pages"), content),
        title=TITLE,
        here=routes.INSIGHT,
        lede=InsightState.lede,
    )


def _patterns() -> rx.Component:
    return rx.el.div(_mood(), _weekdays(), _words(), _kept(), later_days(InsightState.later_days))


def _mood() -> rx.Component:
    return section(
        rx.cond(
            InsightState.mood_words,
            rx.fragment(
                rx.el.p(InsightState.mood_words, " ", InsightState.trend_words, class_name="meta measure"),
                chart(InsightState.chart, table_heads=("Day", "Mood")),
            ),
            rx.el.p(
                "Each page asks how you are once it is written. The line begins there.", class_name="meta"
            ),
        ),
        title="Mood after writing",
        section_id="mood",
        aside=only_you("only-you-mood"),
    )


def _weekdays() -> rx.Component:
    return section(
        rx.el.p(InsightState.weekday_words, class_name="meta measure"),
        weekday_table(),
        title="Weekdays",
        section_id="weekdays",
    )


def _words() -> rx.Component:
    often = rx.cond(
        InsightState.most_words,
        rx.el.p("Most days so far: ", InsightState.most_words, ".", class_name="meta measure mt-4"),
    )
    few = rx.el.p(
        "After eight written days, the words you came to use more often stand here.",
        class_name="meta measure",
    )
    return section(
        rx.cond(InsightState.words, word_table(), few), often, title="Words that grew", section_id="words"
    )


def _kept() -> rx.Component:
    return section(
        rx.el.p(InsightState.kept_words, class_name="meta measure mb-4"),
        calendar(InsightState.cells, InsightState.week_days),
        title="Days kept",
        section_id="kept",
    )


def _no_place() -> rx.Component:
    return no_place(
        "Patterns need pages",
        "Choose when you start. After a week of writing there is something to see.",
    )
