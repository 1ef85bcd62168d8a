"""Buttons know when they are busy. One filled button on a page: the next step."""

from typing import Any, Literal

import reflex as rx

from gynergy_app.components.links import link
from gynergy_app.components.media import icon as draw_icon

Kind = Literal["primary", "secondary", "quiet", "danger"]


def _classes(kind: Kind, wide: bool, more: str) -> str:
    names = ["btn", f"btn-{kind}" if kind != "secondary" else "", "btn-wide" if wide else "", more]
    return " ".join(name for name in names if name)


def spinner(small: bool = False) -> rx.Component:
    return rx.el.span(class_name="spin spin-s" if small else "spin", aria_hidden="true")


def button(
    label: str | rx.Var[str],
    *,
    kind: Kind = "secondary",
    busy: bool | rx.Var[bool] = False,
    busy_label: str = "",
    icon: str = "",
    wide: bool = False,
    disabled: bool | rx.Var[bool] = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A button in words. While `busy` it is disabled, says so, and shows `busy_label`.

    Inside a `native_form` the submit button becomes busy by itself when the form leaves.
    """
    ready = [draw_icon(icon, 18)] if icon else []
    return rx.el.button(
        rx.el.span(*ready, label, class_name="ready"),
        rx.el.span(spinner(), busy_label or label, class_name="busy"),
        type=props.pop("type", "button"),
        disabled=busy | disabled
        if isinstance(busy, rx.Var) or isinstance(disabled, rx.Var)
        else busy or disabled,
        aria_busy=rx.cond(busy, "true", "false")
        if isinstance(busy, rx.Var)
        else ("true" if busy else "false"),
        class_name=_classes(kind, wide, class_name),
        **props,
    )


def submit(label: str | rx.Var[str], *, busy_label: str = "", **props: Any) -> rx.Component:
    """The filled button of a form."""
    return button(label, kind=props.pop("kind", "primary"), busy_label=busy_label, type="submit", **props)


def button_link(
    label: str | rx.Var[str],
    *,
    href: str | rx.Var[str],
    kind: Kind = "secondary",
    icon: str = "",
    wide: bool = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A link that looks like a button, for going somewhere."""
    before = [draw_icon(icon, 18)] if icon else []
    return link(*before, label, href=href, class_name=_classes(kind, wide, class_name), **props)


def icon_button(name: str, label: str | rx.Var[str], *, class_name: str = "", **props: Any) -> rx.Component:
    """A round button that is only an icon; `label` is what is spoken."""
    classes = f"icon-btn {class_name}".strip()
    return rx.el.button(draw_icon(name), type="button", aria_label=label, class_name=classes, **props)


def text_button(label: str | rx.Var[str], *, icon: str = "", **props: Any) -> rx.Component:
    """An action in words inside a line of text or at the end of a card."""
    before = [draw_icon(icon, 16)] if icon else []
    return rx.el.button(*before, label, type="button", class_name="link", **props)


def more_link(label: str | rx.Var[str], *, href: str | rx.Var[str]) -> rx.Component:
    """Where a card leads: words and a chevron."""
    return link(label, draw_icon("chevron-right", 16), href=href, class_name="link")


def chip(
    label: str | rx.Var[str],
    *,
    pressed: bool | rx.Var[bool] | None = None,
    icon: str = "",
    words: bool = False,
    **props: Any,
) -> rx.Component:
    """A filter (`pressed` given) or, with `words`, a serif starter that puts its text on the page."""
    if pressed is not None:
        is_var = isinstance(pressed, rx.Var)
        props["aria_pressed"] = rx.cond(pressed, "true", "false") if is_var else str(pressed).lower()
    before = [draw_icon(icon, 16)] if icon else []
    return rx.el.button(
        *before, label, type="button", class_name="chip chip-words" if words else "chip", **props
    )
