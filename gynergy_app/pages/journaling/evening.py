"""The evening journal."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.answers import lines, mood, words
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_lines, kept_mood, kept_words
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.domain.journaling import EVENING_STARTERS as STARTERS
from gynergy_app.state.journaling import EveningState
from gynergy_app.state.session import MemberState

ROUTE = routes.EVENING_JOURNAL
TITLE = "Evening journal"
DESCRIPTION = "Tonight's page: what the day taught, what went well, what tomorrow may bring."
ON_LOAD = [MemberState.enter, EveningState.open]
ACCESS = "member"

SAID = Words(
    name="Evening",
    title=TITLE,
    length="About six minutes",
    titles=(
        "What does this day leave you with?",
        "What went well?",
        "What would you do differently tomorrow?",
        "Anything else?",
        "Five lines of the life you are building",
        "How are you, now that you have written?",
    ),
)


def page() -> rx.Component:
    questions = (_insight(), _success(), _changes(), _freeflow(), _dreams(), _mood())
    return writing_page(EveningState, SAID, questions, _kept())


def _insight() -> rx.Component:
    return question(
        words("insight", label="The thought of the day", starters=STARTERS["insight"]),
        words(
            "insight_impact",
            label="What does it change for you? A word is enough.",
            shows_label=True,
            starters=STARTERS["insight_impact"],
        ),
        index=1,
        title=SAID.titles[0],
        hint="One thought, and a word on what it changes for you. Neither has to be wise.",
    )


def _success() -> rx.Component:
    return question(
        words("success", label="What went well", starters=STARTERS["success"]),
        index=2,
        title=SAID.titles[1],
        hint="Small counts. So does something that only did not go wrong.",
    )


def _changes() -> rx.Component:
    return question(
        words("changes", label="What would change tomorrow", starters=STARTERS["changes"]),
        index=3,
        title=SAID.titles[2],
        hint="One thing, and small enough to happen.",
    )


def _freeflow() -> rx.Component:
    return question(
        words("freeflow", label="Anything else", starters=STARTERS["freeflow"]),
        index=4,
        title=SAID.titles[3],
        hint="Whatever is still on your mind. Leave this empty if nothing is.",
    )


def _dreams() -> rx.Component:
    return question(
        lines("dreams", 5, label="Dream", placeholder="I am…", starters=STARTERS["dreams"]),
        index=5,
        title=SAID.titles[4],
        hint="Write them in the present, as if you already lived them.",
    )


def _mood() -> rx.Component:
    return question(
        mood(),
        index=6,
        title=SAID.titles[5],
        hint="One number is enough. Higher is lighter. You can change it until tomorrow night.",
    )


def _kept() -> rx.Component:
    sheet = EveningState.sheet
    return rx.fragment(
        kept_words(sheet, "insight", "The thought of the day"),
        kept_words(sheet, "insight_impact", "What it changes"),
        kept_words(sheet, "success", "What went well"),
        kept_words(sheet, "changes", "Differently tomorrow"),
        kept_words(sheet, "freeflow", "Anything else"),
        kept_lines(sheet, "dreams", 5, "The life you are building"),
        kept_mood(sheet),
    )
