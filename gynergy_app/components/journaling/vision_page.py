"""A vision on paper: its questions, what is kept of it, and how it read before."""

from collections.abc import Sequence

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.journaling.answers import words
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.kept import kept_words
from gynergy_app.components.journaling.versions import versions
from gynergy_app.components.journaling.writing_page import Words, writing_page
from gynergy_app.components.session_choice import in_this_session
from gynergy_app.domain.journaling import VISION_STARTERS as STARTERS
from gynergy_app.domain.journaling import VisionType
from gynergy_app.state.journaling.remembering import RememberingState
from gynergy_app.state.journaling.vision_words import VISIONS


def vision_page(
    state: type[RememberingState],
    kind: VisionType,
    *,
    more: Sequence[rx.Component] = (),
    more_titles: Sequence[str] = (),
    kept_first: rx.Component | None = None,
) -> rx.Component:
    """`more` are questions after those of the vision, `more_titles` what they are called."""
    said = VISIONS[kind]
    asked = [
        question(
            words(each.field, label=each.kept, starters=STARTERS.get(each.field, ())),
            index=number,
            title=each.title,
            hint=each.hint,
        )
        for number, each in enumerate(said.questions, start=1)
    ]
    titles = (*[each.title for each in said.questions], *more_titles)
    told = Words(
        name=said.name,
        title=said.name,
        length=said.length,
        titles=titles,
        keep="Keep this vision",
        back=in_this_session(routes.VISIONS),
        back_label="Back to your visions",
    )
    kept = [kept_words(state.sheet, each.field, each.kept) for each in said.questions]
    return writing_page(
        state,
        told,
        (*asked, *more),
        rx.fragment(kept_first or rx.fragment(), *kept),
        below=versions(state),
        has_choice=len(titles) > MANY,
    )


MANY = 8
"""From here on a writer may prefer to see one question at a time, or all of them, on any screen."""
