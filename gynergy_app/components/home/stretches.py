"""The dial unrolled: five times nine days, and how to read them."""

import reflex as rx

from gynergy_app.components.home.example import FROZEN, PAGES, REACHED, TODAY
from gynergy_app.components.home.parts import band
from gynergy_app.domain.programs import PHASES, Phase

MILESTONES = ("Basecamp", "Adventurer", "Explorer", "Trailblazer", "Summit Seeker")
NINE_DAYS_TO = ("arrive", "put something down", "look up", "choose", "give it away")


def days() -> rx.Component:
    return band(
        rx.el.ol(*[_stretch(phase) for phase in PHASES], class_name="home-stretches"),
        _key(),
        title="Forty-five days, five times nine",
        lead="Each asks one thing. Write on its last day, or after it, and its mark is yours.",
        section_id="days",
    )


def _stretch(phase: Phase) -> rx.Component:
    drawn = [_ray(_style(day)) for day in range(phase.start_day, phase.end_day + 1)]
    return rx.el.li(
        rx.el.div(*drawn, aria_hidden="true", class_name="home-rays"),
        rx.el.p(f"Days {phase.start_day} to {phase.end_day}", class_name="meta"),
        rx.el.h3(phase.name, class_name="heading"),
        rx.el.p(f"Nine days to {NINE_DAYS_TO[phase.order - 1]}.", class_name="text-ink-soft"),
        rx.el.p(
            _diamond(is_reached=phase.end_day in REACHED),
            MILESTONES[phase.order - 1],
            class_name="home-mark",
        ),
    )


def _style(day: int) -> str:
    if day in FROZEN:
        return "is-frozen"
    if day not in PAGES:
        return "is-ahead"
    return f"is-today page-{PAGES[day]}" if day == TODAY else f"page-{PAGES[day]}"


def _ray(style: str) -> rx.Component:
    return rx.el.i(class_name=f"home-ray {style}")


def _diamond(*, is_reached: bool) -> rx.Component:
    return rx.el.i(aria_hidden="true", class_name="home-diamond is-reached" if is_reached else "home-diamond")


def _key() -> rx.Component:
    longer = (_ray("page-1"), _ray("page-2"), _ray("page-3"))
    return rx.el.ul(
        _explained("The longer a day, the more of its three pages were written", *longer),
        _explained("A missed day, held by a freeze", _ray("is-frozen")),
        _explained("A milestone, gold once reached", _diamond(is_reached=True)),
        class_name="home-key",
    )


def _explained(words: str, *drawn: rx.Component) -> rx.Component:
    return rx.el.li(rx.el.span(*drawn, aria_hidden="true", class_name="home-rays"), words)
