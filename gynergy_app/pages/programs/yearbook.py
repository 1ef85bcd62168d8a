"""The yearbook: chosen page by page, read here, printed from here, or set as a PDF."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components import yearbook
from gynergy_app.components.buttons import button_link
from gynergy_app.components.feedback import empty_state, skeleton_card
from gynergy_app.components.layout import member_layout
from gynergy_app.components.privacy import only_you
from gynergy_app.state.programs.yearbook import YearbookState
from gynergy_app.state.session import MemberState

ROUTE = routes.YEARBOOK
TITLE = "Yearbook"
DESCRIPTION = "Your days as a book: chosen page by page, private, on the screen and as a PDF."
ON_LOAD = [MemberState.enter, YearbookState.open]
ACCESS = "member"


def page() -> rx.Component:
    content = rx.cond(
        YearbookState.has_book, _book(), rx.cond(YearbookState.is_unknown, _unknown(), _not_yet())
    )
    return member_layout(
        rx.cond(YearbookState.is_loading, skeleton_card(8, says="Opening your book"), content),
        title=TITLE,
        here=routes.HISTORY,
        lede="Choose page by page. What you leave out stays on your pages as it is.",
        reading=True,
    )


def _book() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(YearbookState.saved, role="status", class_name="state"),
            only_you("only-you-yearbook"),
            class_name="row spread",
        ),
        yearbook.parts(),
        yearbook.title_leaf(),
        yearbook.mood_leaf(),
        yearbook.gratitude_leaf(),
        yearbook.word_leaf(),
        yearbook.badge_leaf(),
        yearbook.photo_leaf(),
        yearbook.closing_leaf(),
        yearbook.file_card(),
        yearbook.volumes(),
        class_name="yearbook",
    )


def _unknown() -> rx.Component:
    return rx.el.div(
        empty_state(
            "There is no yearbook at this address",
            "A yearbook is made of a session of yours that has come to its last day, with a page in it.",
            button_link("Your latest yearbook", href=routes.YEARBOOK, kind="primary"),
        ),
        yearbook.volumes(),
        class_name="grid gap-4",
    )


def _not_yet() -> rx.Component:
    return empty_state(
        "Your yearbook begins on the last day",
        "It is made of a session that has come to its last day, with at least one page in it.",
        button_link("Open Today", href=routes.TODAY, kind="primary"),
    )
