"""The overview of money: figures that lead to their rows, a funnel, events that were given up."""

import reflex as rx

from gynergy_app.components.buttons import button
from gynergy_app.components.data_table import figure
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.state.admin.inbox_acts import InboxActState as Acts
from gynergy_app.state.admin.inbox_view import DeadLetter
from gynergy_app.state.admin.payments_view import Bar, MoneyFigure


def money_figure(one: MoneyFigure) -> rx.Component:
    """Its number is the link, so that what is counted can be looked at; the rest has one below."""
    number = rx.cond(
        one.href,
        link(one.value, href=one.href, aria_label=f"{one.label}: {one.value}, show the rows"),
        rx.fragment(one.value),
    )
    also = rx.cond(one.also_href, link(one.also, href=one.also_href, class_name="row-link"))
    return figure(one.label, number, rx.fragment(one.definition, " ", also))


def bar_item(bar: Bar) -> rx.Component:
    """A line of a funnel; the bar says again what the number says."""
    return rx.el.li(
        rx.el.div(
            rx.el.span(bar.label, " ", rx.el.small(bar.of)),
            rx.el.b(bar.value),
            class_name="funnel-words",
        ),
        rx.el.div(rx.el.i(style={"width": bar.width}), class_name="funnel-bar", aria_hidden="true"),
    )


def dead_letter(letter: DeadLetter) -> rx.Component:
    """Who is waiting for it comes first, then why it did not work, then what can be done."""
    symbol = rx.cond(
        letter.is_harmful,
        icon("triangle-alert", 18, class_name="text-danger"),
        icon("circle-alert", 18, class_name="text-ink-soft"),
    )
    about = rx.cond(
        letter.about_href,
        link(rx.cond(letter.about, letter.about, "Open"), href=letter.about_href, class_name="row-link"),
    )
    return rx.el.li(
        symbol,
        rx.el.div(
            rx.el.p(rx.el.b(letter.harm)),
            rx.el.p(letter.what, " ", about),
            rx.el.p(letter.error, class_name="why"),
            rx.el.p(letter.tries, class_name="tiny"),
            rx.el.p(letter.event_type, " ", letter.event_id, class_name="tiny mono"),
        ),
        _letter_acts(letter),
    )


def _letter_acts(letter: DeadLetter) -> rx.Component:
    what = letter.event_id
    return rx.el.div(
        rx.cond(
            letter.has_words,
            rx.fragment(
                button("Payload", aria_label=f"Payload of {what}", on_click=Acts.look_inside(letter.id)),
                button(
                    "Replay",
                    icon="rotate-ccw",
                    aria_label=f"Replay {what}",
                    on_click=Acts.replay(letter.id),
                ),
            ),
        ),
        button(
            "Put aside",
            kind="quiet",
            aria_label=f"Put {what} aside",
            on_click=Acts.ask(letter.id, letter.event_type),
        ),
        class_name="letter-acts",
    )
