"""The day dial, drawn."""

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx

from gynergy_app.drawing.dial import SAMPLE, Dial, Flag, Ray, rays

__all__ = ["SAMPLE", "Dial", "dial", "rays"]


def _light() -> rx.Component:
    """Lamplight in the middle."""
    stops = ((0, 0.22), (0.55, 0.08), (1, 0))
    gradient = rx.el.svg.radial_gradient(
        *[rx.el.svg.stop(offset=str(at), stop_opacity=str(light)) for at, light in stops],
        id="lamplight",
        class_name="lamplight",
    )
    return rx.fragment(
        rx.el.svg.defs(gradient),
        rx.el.svg.circle(cx="160", cy="160", r="158", fill="url(#lamplight)", class_name="dial-light"),
    )


def _draw_ray(ray: Ray) -> rx.Component:
    return rx.el.svg.path(d=ray.path, class_name=ray.style)


def _draw_flag(flag: Flag) -> rx.Component:
    turned = {"transform": flag.turn}
    return rx.el.svg.rect(
        x=flag.x, y=flag.y, width="8", height="8", rx="1", custom_attrs=turned, class_name=flag.style
    )


def dial(
    drawn: Dial,
    *,
    day: str | int | rx.Var | None = None,
    phase: str | rx.Var[str] | None = None,
    above: str | rx.Var[str] = "Day",
    heading_id: str = "",
    class_name: str = "",
) -> rx.Component:
    """The dial, with the day and the phase in its middle; with `heading_id` those words are the page's h1.

    `drawn` is a `Dial` or a state var of one (typed by its value, so `dial(TodayState.dial)` reads well).
    """
    words = _words(day, phase, above, heading_id) if day is not None else rx.fragment()
    return rx.el.div(
        rx.el.svg(
            _light(),
            rx.el.svg.path(d=drawn.arc, class_name="dial-arc"),
            *_each(drawn.rays, _draw_ray),
            _outline(drawn),
            *_each(drawn.flags, _draw_flag),
            view_box="10 10 300 300",
            role="img",
            aria_label=drawn.says,
        ),
        words,
        class_name=_dial_class(drawn, class_name),
    )


def _each(items: list[Any], draw: Callable[[Any], rx.Component]) -> list[rx.Component]:
    return [rx.foreach(items, draw)] if isinstance(items, rx.Var) else [draw(item) for item in items]


def _outline(drawn: Dial) -> rx.Component:
    turned = {"transform": drawn.outline}
    shape = rx.el.svg.rect(
        x="154", y="22", width="12", height="48", rx="6", custom_attrs=turned, class_name="ray-outline"
    )
    return rx.cond(drawn.outline, shape)


def _dial_class(drawn: Dial, more: str) -> str | rx.Var[str]:
    classes = f"dial {more}".strip()
    if isinstance(drawn.is_whole, rx.Var):
        return rx.cond(drawn.is_whole, f"{classes} dial-whole", classes)
    return f"{classes} dial-whole" if drawn.is_whole else classes


def _words(
    day: str | int | rx.Var, phase: str | rx.Var[str] | None, above: str | rx.Var[str], heading_id: str
) -> rx.Component:
    element = partial(rx.el.h1, id=heading_id, tab_index=-1) if heading_id else rx.el.p
    return element(
        rx.el.span(above, class_name="dial-day"),
        " ",
        rx.el.span(day, class_name="dial-number"),
        " ",
        rx.el.span(phase, class_name="dial-phase") if phase is not None else rx.fragment(),
        class_name="dial-text",
    )
