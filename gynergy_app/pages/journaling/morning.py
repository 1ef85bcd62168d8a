"""The morning journal."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.answers import lines, mood, words
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_lines, kept_mood, kept_words
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.domain.journaling import MORNING_STARTERS as STARTERS
from gynergy_app.state.journaling import MorningState
from gynergy_app.state.session import MemberState

ROUTE = routes.MORNING_JOURNAL
TITLE = "Morning journal"
DESCRIPTION = "This morning's page: a dream, five lines, three and three, one sentence."
ON_LOAD = [MemberState.enter, MorningState.open]
ACCESS = "member"

SAID = Words(
    name="Morning",
    title=TITLE,
    length="About eight minutes",
    titles=(
        "Did you dream?",
        "Five lines that begin with “I am”",
        "Three things you are grateful for",
        "Three things you look forward to today",
        "One sentence to carry with you",
        "How are you, now that you have written?",
    ),
)


def page() -> rx.Component:
    questions = (_dream(), _affirmations(), _gratitudes(), _excitements(), _mantra(), _mood())
    return writing_page(MorningState, SAID, questions, _kept())


def _dream() -> rx.Component:
    return question(
        words("captured_essence", label="The essence of the dream", starters=STARTERS["captured_essence"]),
        index=1,
        title=SAID.titles[0],
        hint="If something stayed with you, keep its essence. If not, leave this empty.",
    )


def _affirmations() -> rx.Component:
    return question(
        lines("affirmations", 5, label="I am", placeholder="I am…", starters=STARTERS["affirmations"]),
        index=2,
        title=SAID.titles[1],
        hint="Write them as if they were already true.",
    )


def _gratitudes() -> rx.Component:
    return question(
        lines("gratitudes", 3, label="Grateful for", starters=STARTERS["gratitudes"]),
        index=3,
        title=SAID.titles[2],
        hint="Small and exact is better than large and general. Who was there? What did you hear?",
    )


def _excitements() -> rx.Component:
    return question(
        lines("excitements", 3, label="Looking forward to", starters=STARTERS["excitements"]),
        index=4,
        title=SAID.titles[3],
        hint="They can be ten minutes long.",
    )


def _mantra() -> rx.Component:
    return question(
        words(
            "mantra",
            label="Mantra for today",
            placeholder="Today I will remember…",
            starters=STARTERS["mantra"],
        ),
        index=5,
        title=SAID.titles[4],
        hint="Your mantra for today.",
    )


def _mood() -> rx.Component:
    return question(
        mood(),
        words(
            "mood_contribution",
            label="What shaped it?",
            shows_label=True,
            starters=STARTERS["mood_contribution"],
        ),
        index=6,
        title=SAID.titles[5],
        hint="Higher is lighter. You can change it until tomorrow night.",
    )


def _kept() -> rx.Component:
    sheet = MorningState.sheet
    return rx.fragment(
        kept_words(sheet, "captured_essence", "The dream"),
        kept_lines(sheet, "affirmations", 5, "I am"),
        kept_lines(sheet, "gratitudes", 3, "Grateful for"),
        kept_lines(sheet, "excitements", 3, "Looking forward to"),
        kept_words(sheet, "mantra", "To carry with you"),
        kept_mood(sheet),
        kept_words(sheet, "mood_contribution", "What shaped it"),
    )
