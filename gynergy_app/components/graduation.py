"""The last day: honest counts, and what it opens."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, more_link
from gynergy_app.components.dial import dial
from gynergy_app.components.media import icon
from gynergy_app.state.programs.graduation import GraduationState, Opening


def graduated() -> rx.Component:
    view = GraduationState.view
    return rx.el.div(
        rx.el.section(
            dial(
                view.dial,
                day=view.kept,
                phase=f"of {view.days} days",
                above="Kept",
                class_name="graduation-dial",
            ),
            rx.el.h1("You have come to the last day, ", view.name, ".", class_name="title mt-8"),
            rx.el.p(view.program, class_name="milestone-phase"),
            rx.el.p(
                view.line,
                " Each of those pages was written by you, and all of them stay yours.",
                class_name="meta measure mt-2",
            ),
            rx.el.div(
                button_link("Make your yearbook", href=view.yearbook_href, kind="primary"),
                button_link("Back to Today", href=routes.TODAY, kind="quiet"),
                class_name="moment-way",
            ),
            class_name="graduation",
        ),
        rx.el.section(
            rx.el.h2("What is open to you", id="opens", class_name="heading"),
            rx.el.ul(rx.foreach(view.openings, _opening), class_name="openings"),
            aria_labelledby="opens",
            class_name="section",
        ),
    )


def _opening(opening: Opening) -> rx.Component:
    return rx.el.li(
        rx.el.span(_symbol(opening), aria_hidden="true", class_name="opening-symbol"),
        rx.el.div(
            rx.el.h3(opening.title, class_name="label"),
            rx.el.p(opening.words, class_name="meta"),
            rx.cond(opening.href, more_link(opening.action, href=opening.href)),
        ),
    )


def _symbol(opening: Opening) -> rx.Component | rx.Var:
    return rx.match(
        opening.symbol,
        ("users", icon("users")),
        ("book-open", icon("book-open")),
        ("feather", icon("feather")),
        icon("pen-line"),
    )
