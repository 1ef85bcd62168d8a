"""/: what this is, for somebody who has never seen it. Readable without a script."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.home import claim, days, one_day, price, privacy, questions
from gynergy_app.components.layout import public_layout
from gynergy_app.state.home import HomeState

ROUTE = routes.HOME
TITLE = "Forty-five days of gratitude, written down"
DESCRIPTION = (
    "A page in the morning, one small act of thanks, a page in the evening: about sixteen minutes a day for "
    "forty-five days, beside a cohort. Only you can read what you write."
)
ON_LOAD = [HomeState.open]
ACCESS = "public"


def page() -> rx.Component:
    sections = (claim(), one_day(), days(), price(), privacy(), questions())
    return public_layout(rx.el.div(*sections, class_name="home"))
