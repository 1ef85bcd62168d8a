"""The mark, icons, faces, and what pictures are called."""

from typing import Any, cast

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.links import link

MARK_PATHS = (
    "M12 6V3.5M15.9 7.4 18.7 4M17.9 11l4.4-.8M17.2 15l2.2 1.2M14.1 17.6l1.5 4.3"
    "M9.9 17.6l-1.5 4.3M6.8 15l-2.2 1.3M6.1 11l-4.4-.8M8.1 7.4 5.3 4"
)
TONES = ("warm", "uncommon", "rare", "accent", "epic", "gold")


def icon(name: str, size: int = 20, class_name: str = "") -> rx.Component:
    """A lucide icon, decoration beside a word. `name` must be literal: a Var would ship every icon."""
    return rx.icon(name, size=size, stroke_width=1.75, aria_hidden="true", class_name=class_name)


def mark() -> rx.Component:
    """Nine rays of different length: a week of days that kept different numbers of pages."""
    return rx.el.svg(
        rx.el.path(d=MARK_PATHS),
        view_box="0 0 24 24",
        aria_hidden="true",
        class_name="mark",
    )


def brand(href: str = routes.HOME) -> rx.Component:
    return link(mark(), "GYNERGY", href=href, class_name="brand")


def avatar(
    initial: str | rx.Var[str],
    picture: str | rx.Var[str] = "",
    *,
    name: str | rx.Var[str] = "",
    size: str = "",
    tone: str | rx.Var[str] = "warm",
) -> rx.Component:
    """A face, or its initial. `size` is "" (40), "s" (32) or "l" (72). Without `name` it is decoration."""
    is_named = isinstance(name, rx.Var) or bool(name)
    spoken: dict[str, Any] = {"role": "img", "aria_label": name} if is_named else {"aria_hidden": "true"}
    return rx.el.span(
        rx.el.span(initial),
        rx.cond(picture, rx.el.img(src=picture, alt="", loading="lazy", decoding="async")),
        class_name=f"avatar tone-{tone}" + (f" avatar-{size}" if size else ""),
        **spoken,
    )


def which_of(name: str, index: Any, pictures: Any, *, alone: str) -> rx.Var[str]:
    """Which of several pictures this is, "photo 2 of 3"; the only one needs no number."""
    many = pictures.length()
    return cast(rx.Var[str], rx.cond(many > 1, f"{name} {index + 1} of {many}", alone))
