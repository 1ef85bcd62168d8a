"""What one payment buys: only what exists today."""

import reflex as rx

from gynergy_app.components.media import icon
from gynergy_app.domain.payments.codes import VALID_DAYS

INSIDE = (
    (
        "45 days",
        " of morning and evening pages, an act of thanks a day, a challenge and a look back each week",
    ),
    ("A cohort", " that began on the same day: its day, how many wrote, and points for whoever likes them"),
    ("Vision and life map", ": four pages about who you want to be, and sixteen areas of a life to look at"),
    ("Points, badges, a streak", ", with freezes for missed days, and every number explained"),
    ("Two friend codes", f", each worth the whole challenge, for {VALID_DAYS} days"),
    ("A yearbook", " of the pages you choose, on paper or as a file, when the days are over"),
    ("Your writing", ", yours to read and to export for good, whatever happens to access"),
)


def inside() -> rx.Component:
    return rx.el.div(
        rx.el.h1("One payment.", rx.el.br(), "Nothing after it.", class_name="price-title"),
        rx.el.p(
            "The challenge is paid once: 45 days beside a cohort, with two places to give away. It does not "
            "turn into a subscription.",
            class_name="price-lead",
        ),
        rx.el.ul(*[_line(*each) for each in INSIDE], class_name="price-inside"),
    )


def _line(what: str, words: str) -> rx.Component:
    return rx.el.li(icon("check", 18), rx.el.span(rx.el.b(what), words))
