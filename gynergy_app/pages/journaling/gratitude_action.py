"""The gratitude action of the day."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.community.share_sheet import share_link
from gynergy_app.components.journaling.answers import open_list, words, yes_or_no
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_lines, kept_words
from gynergy_app.components.journaling.photos import kept_photos, photos
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.domain.journaling import ACTION_STARTERS as STARTERS
from gynergy_app.state.journaling import GratitudeActionState
from gynergy_app.state.journaling.fields import OPEN_LINES
from gynergy_app.state.session import MemberState

ROUTE = routes.GRATITUDE_ACTION
TITLE = "Gratitude action"
DESCRIPTION = "Today's action, and a word about what came of it."
ON_LOAD = [MemberState.enter, GratitudeActionState.open]
ACCESS = "member"

SAID = Words(
    name="Action",
    title=TITLE,
    length="A moment of your day, two minutes here",
    titles=("Today’s action", "Did you get to it today?"),
)


def page() -> rx.Component:
    return writing_page(
        GratitudeActionState,
        SAID,
        (_what(), _how()),
        rx.fragment(_kept(), rx.el.div(_share(), class_name="mt-6")),
        also=_share(),
    )


def _share() -> rx.Component:
    """Of an action that was done, once its page is kept: before that there is nothing to tell."""
    heading, fields = GratitudeActionState.heading, GratitudeActionState.sheet.fields
    return rx.cond(
        heading.is_completed & ~heading.is_practice,
        rx.cond(
            fields["is_done"] == "yes",
            share_link(GratitudeActionState.day, on_click=GratitudeActionState.close_celebration),
        ),
    )


def _what() -> rx.Component:
    ask = GratitudeActionState.ask
    listed = open_list("items", OPEN_LINES, label="List", starters=STARTERS["items"])
    return question(
        rx.cond(ask.has_list, listed),
        words("note", label="A note, if you like", shows_label=True, starters=STARTERS["note"]),
        photos(),
        index=1,
        title=ask.title,
        hint=ask.tip,
    )


def _how() -> rx.Component:
    return question(
        yes_or_no("is_done", yes="Yes, I did", no="Not today"),
        rx.el.div(
            words("reflection", label="How did it feel?", shows_label=True, starters=STARTERS["reflection"]),
            class_name="if-yes",
        ),
        rx.el.div(
            words(
                "obstacles", label="What got in the way?", shows_label=True, starters=STARTERS["obstacles"]
            ),
            class_name="if-no",
        ),
        index=2,
        title=SAID.titles[1],
        hint="Both answers finish the page, and both count the same.",
    )


def _kept() -> rx.Component:
    sheet = GratitudeActionState.sheet
    return rx.fragment(
        rx.el.h2(GratitudeActionState.ask.title, class_name="prompt mt-6 mb-4"),
        rx.cond(sheet.fields["is_done"] == "yes", rx.el.p("Done today.", class_name="label")),
        rx.cond(
            sheet.fields["is_done"] == "no", rx.el.p("Not today, and that was an answer.", class_name="label")
        ),
        kept_words(sheet, "reflection", "How it felt"),
        kept_words(sheet, "obstacles", "What got in the way"),
        kept_lines(sheet, "items", OPEN_LINES, "Your list"),
        kept_words(sheet, "note", "Note"),
        kept_photos(),
    )
