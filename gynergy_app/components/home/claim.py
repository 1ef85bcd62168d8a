"""The first screen: the claim, the one filled button, and the evening of a twelfth day."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.dial import dial, rays
from gynergy_app.components.home.example import FROZEN, MOOD, PAGES, REACHED, TODAY
from gynergy_app.components.home.parts import answered, asked, card_head, way_in
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.domain.journaling import HIGHEST, LOWEST, mood_word
from gynergy_app.domain.programs import phase_of
from gynergy_app.state.home import HomeState
from gynergy_app.state.payments.pricing import ANNOUNCED


def claim() -> rx.Component:
    """What it is, in numbers that can be checked: 8 + 2 + 6 = 16 minutes, forty-five times over."""
    words = rx.el.div(
        rx.el.h1(
            "Sixteen minutes a day. ", rx.el.br(), "Forty-five days. ", rx.el.br(), "Twelve hours in all."
        ),
        rx.el.p(
            "A page in the morning, one small act of thanks, a page in the evening. You write beside a "
            "cohort that began on the same day, and nobody but you can read a word.",
            class_name="home-lead",
        ),
        way_in("primary"),
        rx.cond(
            HomeState.is_signed_in,
            rx.fragment(),
            rx.el.p(
                f"{ANNOUNCED.challenge} once, or nothing with a friend’s code. ",
                link("Make an account", href=routes.SIGN_UP),
                " first, if you like: it is free.",
                class_name="meta mt-3",
            ),
        ),
    )
    return rx.el.section(words, _evening(), class_name="home-claim")


def _evening() -> rx.Component:
    """The dial as a sun behind the page that is being written."""
    drawn = rays(PAGES, today=TODAY, frozen=FROZEN, milestones=REACHED)
    phase = phase_of(TODAY)
    return rx.el.figure(
        rx.el.div(dial(drawn, day=TODAY, phase=phase.name if phase else None), aria_hidden="true"),
        _page(),
        rx.el.figcaption("An invented twelfth day, and the page its writer would see.", class_name="tiny"),
        class_name="home-scene",
    )


def _page() -> rx.Component:
    return rx.el.div(
        card_head(
            "moon-star",
            rx.el.p("Evening journal", class_name="label grow"),
            rx.el.p(icon("check", 16), "Saved 21:04", class_name="state state-kept"),
            rx.el.p(icon("lock", 16), "Only you", class_name="state"),
        ),
        asked("What went well?"),
        answered(
            "I left my phone in my coat at dinner. Jonas told the whole story of the lost key, with all the "
            "voices. I would have missed it."
        ),
        _mood(),
        class_name="card home-page",
    )


def _mood() -> rx.Component:
    said = rx.el.p(
        rx.el.span("How are you, now that you have written?"),
        rx.el.b(f"{MOOD}, {mood_word(MOOD)}"),
        class_name="spread meta",
    )
    lamps = [_lamp(score) for score in range(LOWEST, HIGHEST + 1)]
    return rx.el.div(said, rx.el.div(*lamps, aria_hidden="true", class_name="home-lamps"))


def _lamp(score: int) -> rx.Component:
    return rx.el.i(class_name="on" if score == MOOD else "", style={"--m": str(score)})
