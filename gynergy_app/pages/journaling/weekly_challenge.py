"""The challenge of the week."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import more_link
from gynergy_app.components.journaling.answers import words, yes_or_no
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_words
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.components.links import outside_link
from gynergy_app.domain.journaling import CHALLENGE_STARTERS as STARTERS
from gynergy_app.state.journaling import ChallengeState
from gynergy_app.state.session import MemberState

ROUTE = routes.WEEKLY_CHALLENGE
TITLE = "Weekly challenge"
DESCRIPTION = "What this week asks for, and what came of it."
ON_LOAD = [MemberState.enter, ChallengeState.open]
ACCESS = "member"

SAID = Words(
    name="Challenge",
    title=TITLE,
    length="A few moments of your week, five minutes here",
    titles=("This week’s challenge", "Did you take it up this week?"),
)
ANSWERS = (
    ("reward", "What did it give you?", "What it gave"),
    ("motivation", "What kept you going?", "What kept you going"),
    ("purpose", "Why does it matter to you?", "Why it matters"),
    ("success", "What does it look like once it has taken root?", "Once it has taken root"),
    ("focus", "What do you keep your attention on next?", "Attention next"),
    ("freeflow", "Anything else, if you like", "Anything else"),
)


def page() -> rx.Component:
    return writing_page(ChallengeState, SAID, (_what(), _how()), _kept())


def _what() -> rx.Component:
    ask = ChallengeState.ask
    eulogy = words("eulogy", label="Your eulogy", shows_label=True, starters=STARTERS["eulogy"])
    return question(
        rx.cond(ask.video, rx.el.p(outside_link("Watch the introduction", href=ask.video, target="_blank"))),
        rx.cond(ask.is_meditation, _sittings()),
        rx.cond(ask.has_map, _map()),
        rx.cond(ask.has_eulogy, eulogy),
        index=1,
        title=ask.title,
        hint=ask.tip,
    )


def _sittings() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            f"{ChallengeState.ask.sittings}. One completes this week; seven are the aim.", class_name="label"
        ),
        more_link("Sit now", href=routes.MEDITATION),
        class_name="inset grid gap-1",
    )


def _map() -> rx.Component:
    return rx.el.div(
        rx.el.p("The life map holds what this week asks for, and keeps it.", class_name="label"),
        more_link("Open your life map", href=routes.LIFE_MAP),
        class_name="inset grid gap-1",
    )


def _how() -> rx.Component:
    ask = ChallengeState.ask
    asked = yes_or_no("is_done", yes="Yes, I did", no="Not this week", label="Taken up")
    return question(
        rx.cond(ask.is_meditation, rx.fragment(), asked),
        rx.el.div(
            *[
                words(name, label=label, shows_label=True, starters=STARTERS[name])
                for name, label, _ in ANSWERS
            ],
            class_name=rx.cond(ask.is_meditation, "", "if-yes"),
        ),
        index=2,
        title=rx.cond(ask.is_meditation, "What came of it?", SAID.titles[1]),
        hint=rx.cond(
            ask.is_meditation,
            "Your log is the answer; these lines are there if you want them.",
            "Both answers keep the page, and both earn the same.",
        ),
    )


def _kept() -> rx.Component:
    sheet, ask = ChallengeState.sheet, ChallengeState.ask
    done = rx.cond(ask.is_meditation, f"{ask.sittings}.", "Done this week.")
    return rx.fragment(
        rx.el.h2(ask.title, class_name="prompt mt-6 mb-4"),
        rx.cond(sheet.fields["is_done"] == "yes", rx.el.p(done, class_name="label")),
        rx.cond(
            sheet.fields["is_done"] == "no",
            rx.el.p("Not this week, and that was an answer.", class_name="label"),
        ),
        kept_words(sheet, "eulogy", "Your eulogy"),
        *[kept_words(sheet, name, title) for name, _, title in ANSWERS],
    )
