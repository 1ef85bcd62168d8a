"""The four visions as cards, and the life map beside them."""

import reflex as rx

from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.components.radar import radar
from gynergy_app.state.journaling import VisionsState
from gynergy_app.state.journaling.visions import VisionCard


def cards() -> rx.Component:
    return rx.el.ul(rx.foreach(VisionsState.cards, _card), class_name="visions")


def _card(card: VisionCard) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(
                _symbol(card),
                rx.el.span(card.name, class_name="vision-name"),
                rx.cond(card.is_finished, rx.el.span(icon("check", 18), class_name="text-accent")),
                class_name="vision-head",
            ),
            rx.cond(
                card.begins,
                rx.el.span(card.begins, dir="auto", class_name="words vision-begins"),
                rx.el.span(card.purpose, class_name="text-ink-soft"),
            ),
            rx.el.span(card.note, class_name="meta"),
            href=card.href,
            custom_attrs={"data-row": "true"},
            class_name="card vision-card",
        )
    )


def vision_rows(cards: list[VisionCard]) -> rx.Component:
    """The same on one line each, for History."""
    return rx.el.ul(rx.foreach(cards, _vision_row), class_name="rows")


def _vision_row(card: VisionCard) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(
                rx.el.span(card.name, class_name="list-name"),
                rx.el.span(card.begins, dir="auto", class_name="version-begins"),
                class_name="grow",
            ),
            icon("chevron-right", class_name="text-ink-soft"),
            href=card.href,
            custom_attrs={"data-row": "true"},
            class_name="list-row",
        )
    )


def _symbol(card: VisionCard) -> rx.Component:
    own = rx.match(
        card.key,
        ("highest-self", icon("mountain", 24)),
        ("mantra", icon("repeat", 24)),
        ("creed", icon("scroll-text", 24)),
        icon("compass", 24),
    )
    emblem = rx.el.img(src=card.emblem, alt="", loading="lazy", class_name="vision-emblem")
    return rx.el.span(rx.cond(card.emblem, emblem, own), aria_hidden="true", class_name="vision-symbol")


def map_card() -> rx.Component:
    return link(
        rx.el.span(
            rx.el.span(
                rx.el.span(icon("map", 24), aria_hidden="true", class_name="vision-symbol"),
                rx.el.span("Life map", class_name="vision-name"),
                class_name="vision-head",
            ),
            rx.el.span(
                "How each area of your life is, how you would like it, why, and how you get there.",
                class_name="text-ink-soft",
            ),
            rx.el.span(VisionsState.map_note, class_name="meta"),
            class_name="vision-map-words",
        ),
        rx.el.span(radar(VisionsState.radar), aria_hidden="true", class_name="vision-map-drawing"),
        href=VisionsState.map_href,
        custom_attrs={"data-row": "true"},
        class_name="card vision-card vision-map",
    )
