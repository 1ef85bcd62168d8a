"""A timer to sit by, and the days somebody sat."""

import reflex as rx

from gynergy_app.components.privacy import only_you
from gynergy_app.components.scripts import script
from gynergy_app.state.journaling import MeditationState
from gynergy_app.state.journaling.meditation import Sitting

SCRIPTS = ("bell.js", "sitting.js", "sitting_timer.jsx")
_libraries = {name: script(name, __name__) for name in SCRIPTS}


class SittingTimer(rx.Component):
    """Five, ten, fifteen or twenty minutes. It lives in the browser and asks nothing of the server."""

    library = _libraries["sitting_timer.jsx"]
    tag = "SittingTimer"


def timer() -> rx.Component:
    return SittingTimer.create(class_name="sitting")


def sittings() -> rx.Component:
    """The log, newest first."""
    state = MeditationState
    return rx.cond(
        state.sittings,
        rx.el.section(
            rx.el.div(
                rx.el.h2(state.log_title, id="sittings", class_name="heading"),
                only_you("only-you-sittings"),
                class_name="sec-head",
            ),
            rx.el.ol(rx.foreach(state.sittings, _sitting), class_name="rows"),
            aria_labelledby="sittings",
            class_name="section sittings",
        ),
    )


def _sitting(sitting: Sitting) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            sitting.date, rx.el.span(f", {sitting.place}", class_name="text-ink-soft"), class_name="label"
        ),
        rx.el.p(sitting.reflection, dir="auto", class_name="words whitespace-pre-wrap mt-1"),
        class_name="py-4",
    )
