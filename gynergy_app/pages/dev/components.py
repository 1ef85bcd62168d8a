"""/dev/components: every part once, in each state it can have. Never in production."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.layout import member_layout
from gynergy_app.pages.dev import parts

ROUTE = routes.DEV_COMPONENTS
TITLE = "Parts"
DESCRIPTION = "Every part of the product once, in each state it can have."
ON_LOAD: list = []
ACCESS = "public"


def page() -> rx.Component:
    return member_layout(
        parts.buttons(),
        parts.fields(),
        parts.choices(),
        parts.mood(),
        parts.saved_and_private(),
        parts.layers(),
        parts.tabs_and_filters(),
        parts.waiting_and_empty(),
        parts.people_and_tags(),
        parts.lists_and_tables(),
        parts.drawings(),
        parts.type_roles(),
        title=TITLE,
        here=ROUTE,
        lede="Every piece once, in each state it can have.",
    )
