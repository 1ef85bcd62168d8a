"""What an address shows that leads nowhere."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.layout import public_layout

ROUTE = "/404"
TITLE = "Nothing here"
DESCRIPTION = "There is no page at this address."
ON_LOAD = []
ACCESS = "public"


def page() -> rx.Component:
    return public_layout(
        rx.el.section(
            rx.el.h1("There is no page here.", class_name="title"),
            rx.el.p(
                "The address may be mistyped, or the page has moved. Everything you wrote is where "
                "you left it.",
                class_name="mt-3 text-ink-soft measure",
            ),
            rx.el.div(button_link("Go to Today", href=routes.TODAY, kind="primary"), class_name="mt-7"),
            class_name="py-16 min-h-[56vh]",
        ),
        action="The front page",
        action_href=routes.HOME,
    )
