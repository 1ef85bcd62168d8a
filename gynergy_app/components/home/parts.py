"""What several sections share."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import Kind, button_link
from gynergy_app.components.media import icon
from gynergy_app.state.home import HomeState


def band(*children: rx.Component, title: str, lead: str, section_id: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=section_id, class_name="title"),
        rx.el.p(lead, class_name="home-lead"),
        *children,
        aria_labelledby=section_id,
        class_name="home-band",
    )


def way_in(kind: Kind) -> rx.Component:
    """To the starts and what they cost; for who is here already, to Today. Filled once on the page only."""
    return button_link(
        rx.cond(HomeState.is_signed_in, "Open Today", "Choose a start"),
        href=rx.cond(HomeState.is_signed_in, routes.TODAY, routes.PRICING),
        kind=kind,
        class_name="home-way",
    )


def card_head(symbol: str, name: rx.Component, *beside: rx.Component) -> rx.Component:
    return rx.el.div(icon(symbol), name, *beside, class_name="home-card-head")


def asked(words: str) -> rx.Component:
    """A question of the page, above its answer."""
    return rx.el.p(words, class_name="home-asked")


def answered(words: str) -> rx.Component:
    return rx.el.p(words, class_name="words home-ruled")
