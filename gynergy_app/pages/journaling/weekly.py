"""The weekly reflection."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.answers import words
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_words
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.domain.journaling import WEEKLY_STARTERS as STARTERS
from gynergy_app.state.journaling import WeeklyState
from gynergy_app.state.session import MemberState

ROUTE = routes.WEEKLY_REFLECTION
TITLE = "Weekly reflection"
DESCRIPTION = "The week looked back on: what went well, what was hard, what to take along."
ON_LOAD = [MemberState.enter, WeeklyState.open]
ACCESS = "member"

SAID = Words(
    name="Week",
    title=TITLE,
    length="About ten minutes",
    titles=(
        "What went well this week?",
        "What was hard, and how did you meet it?",
        "What do you take along?",
    ),
)


def page() -> rx.Component:
    return writing_page(WeeklyState, SAID, (_wins(), _challenges(), _lessons()), _kept())


def _wins() -> rx.Component:
    return question(
        words("wins", label="What went well", starters=STARTERS["wins"]),
        index=1,
        title=SAID.titles[0],
        hint="Go through the days once. What would you tell somebody who missed this week?",
    )


def _challenges() -> rx.Component:
    return question(
        words("challenges", label="What was hard", starters=STARTERS["challenges"]),
        index=2,
        title=SAID.titles[1],
        hint="It need not be solved. That you went through it is enough.",
    )


def _lessons() -> rx.Component:
    return question(
        words("lessons", label="What I take along", starters=STARTERS["lessons"]),
        index=3,
        title=SAID.titles[2],
        hint="One sentence you would like to remember in a month.",
    )


def _kept() -> rx.Component:
    sheet = WeeklyState.sheet
    return rx.fragment(
        kept_words(sheet, "wins", "What went well"),
        kept_words(sheet, "challenges", "What was hard"),
        kept_words(sheet, "lessons", "To take along"),
    )
