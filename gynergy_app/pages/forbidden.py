"""/forbidden: a desk, and somebody who is not an admin."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.layout import public_layout

ROUTE = routes.FORBIDDEN
TITLE = "Not open to you"
DESCRIPTION = "This page is for the people who run GYNERGY."
ON_LOAD: list = []
ACCESS = "public"


def page() -> rx.Component:
    return public_layout(
        rx.el.section(
            rx.el.h1("This page is not open to you.", class_name="title"),
            rx.el.p(
                "It is for the people who run the programme. If you should be one of them, ask an "
                "admin to appoint you. Nothing of yours has changed.",
                class_name="mt-3 text-ink-soft measure",
            ),
            button_link("Back to Today", href=routes.TODAY, kind="primary", class_name="mt-7"),
            class_name="py-16 min-h-[56vh]",
        ),
        action="Today",
        action_href=routes.TODAY,
    )
