"""Sitting still: a timer, a few words, and the days so far."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.answers import words
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_words
from gynergy_app.components.journaling.left_on_device import left_on_device
from gynergy_app.components.journaling.meditation import sittings, timer
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.domain.journaling import MEDITATION_STARTERS as STARTERS
from gynergy_app.state.journaling import MeditationState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState

ROUTE = routes.MEDITATION
TITLE = "Meditation"
DESCRIPTION = "A timer to sit by, and a few words about what stayed."
ON_LOAD = [MemberState.enter, MeditationState.open]
ACCESS = "member"

SAID = Words(
    name="Meditation",
    title=TITLE,
    length="As long as you like",
    titles=("Sit for a while", "What stayed with you?"),
    keep="Log this sitting",
    once="",
    keep_practice="Log this sitting",
    practice="a sitting you log is kept, and earns nothing.",
)


def page() -> rx.Component:
    return writing_page(
        MeditationState, SAID, (_sit(), _word()), _kept(), below=sittings(), stays_on_device=True
    )


def _sit() -> rx.Component:
    return question(
        timer(),
        index=1,
        title=SAID.titles[0],
        hint="It goes on counting while you look away. The timer is optional: sitting is what counts.",
    )


def _word() -> rx.Component:
    return question(
        words("reflection", label="What stayed with you", starters=STARTERS["reflection"]),
        index=2,
        title=SAID.titles[1],
        hint="A few words are enough. They stay on this device until you log them, once a day.",
    )


def _kept() -> rx.Component:
    """Today's sitting. Where writing is closed: what this device holds and the log below does not."""
    return rx.fragment(
        rx.cond(ShellState.closed.title, left_on_device()),
        kept_words(MeditationState.sheet, "reflection", "What stayed with you"),
    )
