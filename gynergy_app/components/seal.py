"""A badge as a seal: a wax edge in the colour of its rarity, with its sign inside."""

import reflex as rx

from gynergy_app.components.media import icon

EDGE = (
    "M42.9 7.5Q50 4 57.1 7.5 64.2 11 71.9 12.9 79.6 14.8 82.8 22 85.9 29.2 90.6 35.6 95.3 42 93.1"
    " 49.6 90.9 57.2 90.4 65.1 89.8 73 83.3 77.4 76.7 81.8 71.2 87.5 65.7 93.2 57.9 92.4 50 91.5 42.1"
    " 92.4 34.3 93.2 28.8 87.5 23.3 81.8 16.7 77.4 10.2 73 9.6 65.1 9.1 57.2 6.9 49.6 4.7 42 9.4 35.6"
    " 14.1 29.3 17.2 22 20.4 14.8 28.1 12.9 35.8 11 42.9 7.5Z"
)
SIGNS = (
    "alarm-clock",
    "book-open",
    "calendar-check",
    "calendar-days",
    "circle-check",
    "coffee",
    "compass",
    "crown",
    "eye",
    "flag",
    "flame",
    "flower",
    "footprints",
    "gem",
    "graduation-cap",
    "hand-heart",
    "heart",
    "lamp",
    "map",
    "message-circle-heart",
    "moon",
    "moon-star",
    "mountain",
    "rotate-ccw",
    "send",
    "share-2",
    "shield",
    "sun",
    "sun-medium",
    "sunrise",
    "tent",
    "timer",
    "trending-up",
    "trophy",
    "users",
    "zap",
)
"""Literal, because the build ships only the icons it can name."""


@rx.memo
def _sign(name: rx.Var[str]) -> rx.Component:
    """Shared, so that a page with many seals carries the signs once."""
    return rx.fragment(rx.match(name, *[(sign, icon(sign, 42)) for sign in SIGNS], icon("award", 42)))


def seal(
    sign: str | rx.Var[str],
    rarity: str | rx.Var[str],
    *,
    is_drawn: bool = False,
    reach: str | rx.Var[str] | None = None,
    class_name: str | rx.Var[str] = "",
) -> rx.Component:
    """`is_drawn` draws the rim, once, when the seal appears. The class `is-outline` leaves only its lines.

    `reach` colours the rim of an outline as far as that dash array says: "0.714 1".
    """
    rim = "seal-rim draw" if is_drawn else "seal-rim"
    way = {"stroke_dasharray": reach, "custom_attrs": {"pathLength": "1"}}
    reached = [rx.el.path(d=EDGE, class_name="seal-reach", **way)] if reach is not None else []
    return rx.el.span(
        rx.el.svg(
            rx.el.path(d=EDGE, class_name="seal-face"),
            rx.el.path(d=EDGE, class_name=rim, custom_attrs={"pathLength": "1"}),
            rx.el.circle(cx="50", cy="50", r="37", class_name="seal-inner"),
            *reached,
            view_box="0 0 100 100",
        ),
        _sign(name=sign),
        aria_hidden="true",
        class_name=f"seal {class_name}",
        custom_attrs={"data-rarity": rarity},
    )
