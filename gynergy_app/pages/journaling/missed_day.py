"""Two lines for a day that stayed empty."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.answers import words
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_words
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.domain.journaling import EVENING_STARTERS as STARTERS
from gynergy_app.state.journaling import MissedDayState
from gynergy_app.state.session import MemberState

ROUTE = routes.MISSED_DAY
TITLE = "A short page"
DESCRIPTION = "Two lines bring a missed day back."
ON_LOAD = [MemberState.enter, MissedDayState.open]
ACCESS = "member"

SAID = Words(
    name="Missed day",
    title=TITLE,
    length="Two lines",
    titles=("One thing from that day worth keeping", "One thought it leaves you with"),
)


def page() -> rx.Component:
    return writing_page(MissedDayState, SAID, (_success(), _insight()), _kept())


def _success() -> rx.Component:
    return question(
        words("success", label="Worth keeping", starters=STARTERS["success"]),
        index=1,
        title=SAID.titles[0],
        hint="The day counts again with these two lines. They earn no points.",
    )


def _insight() -> rx.Component:
    return question(
        words("insight", label="A thought", starters=STARTERS["insight"]),
        index=2,
        title=SAID.titles[1],
        hint="A few words are enough.",
    )


def _kept() -> rx.Component:
    sheet = MissedDayState.sheet
    return rx.fragment(
        rx.el.p("This day counts as kept.", class_name="text-ink-soft"),
        kept_words(sheet, "success", "Worth keeping"),
        kept_words(sheet, "insight", "A thought"),
    )
