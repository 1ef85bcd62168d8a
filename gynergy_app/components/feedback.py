"""What the page says about itself: waiting, empty, wrong, saved, private."""

from typing import Any, Literal

import reflex as rx

from gynergy_app.components.buttons import spinner
from gynergy_app.components.media import icon

Text = str | rx.Var[str]


def skeleton(width: str = "100%", height: str = "14px") -> rx.Component:
    return rx.el.span(class_name="sk", style={"width": width, "height": height}, aria_hidden="true")


def skeleton_card(lines: int = 3, *, says: str = "Loading") -> rx.Component:
    """A card of the height it will have. Seen only when loading takes more than 150 ms."""
    widths = ["45%", *["100%"] * (lines - 2), "70%"][:lines]
    rows = [rx.el.div(skeleton(width), class_name="py-[5px]") for width in widths]
    return rx.el.div(*rows, role="status", aria_label=says, class_name="card sk-wait")


def skeleton_rows(count: int = 5, *, says: str = "Loading") -> rx.Component:
    """Rows of 60 pixels, as the list will have."""
    row = rx.el.div(
        skeleton("24px", "24px"),
        rx.el.div(skeleton("40%"), class_name="grow"),
        skeleton("56px"),
        class_name="list-row",
    )
    return rx.el.div(*[row] * count, role="status", aria_label=says, class_name="rows sk-wait")


def empty_state(title: Text, words: Text, action: rx.Component | None = None) -> rx.Component:
    """A sentence that teaches, and one action."""
    return rx.el.div(
        rx.el.p(title, class_name="prompt"),
        rx.el.p(words, class_name="meta"),
        action if action is not None else rx.fragment(),
        class_name="empty",
    )


def error_state(happened: Text, safe: Text, action: rx.Component | None = None) -> rx.Component:
    """What happened, what is safe, what to do next."""
    return rx.el.div(
        icon("circle-alert", class_name="text-warm mt-px"),
        rx.el.div(
            rx.el.p(happened, class_name="label"),
            rx.el.p(safe, class_name="meta mt-1 mb-3"),
            action if action is not None else rx.fragment(),
            class_name="grow",
        ),
        role="alert",
        class_name="card flex gap-3 items-start",
    )


def banner(
    headline: Text,
    words: Text = "",
    *,
    tone: Literal["warm", "accent", "gold", "danger"] = "warm",
    symbol: str = "info",
    action: rx.Component | None = None,
) -> rx.Component:
    """A line across the page about all of it."""
    return rx.el.div(
        icon(symbol),
        rx.el.p(rx.el.b(headline), " ", words, class_name="grow"),
        action if action is not None else rx.fragment(),
        role="status",
        class_name=f"banner tone-{tone}",
    )


def note(headline: Text, words: Text | rx.Component = "", *, symbol: str = "info") -> rx.Component:
    """An explanation that stays: privacy, what a switch does."""
    return rx.el.div(icon(symbol, 18), rx.el.p(rx.el.b(headline), " ", words), class_name="note")


SavedState = Literal["here", "saving", "saved", "trouble"]


def saved_state(state: SavedState | rx.Var[str], words: Text = "") -> rx.Component:
    """Where the text is, in words: On this device · Saving… · Saved 21:04. Stands in the writing bar."""
    drawn = {
        "here": rx.el.span(icon("smartphone", 16), words or "On this device", class_name="state"),
        "saving": rx.el.span(spinner(small=True), "Saving…", class_name="state"),
        "saved": rx.el.span(icon("check", 16), words or "Saved", class_name="state state-kept"),
        "trouble": rx.el.span(
            icon("cloud-off", 16), words or "Not sent yet", class_name="state state-trouble"
        ),
    }
    shown: Any = rx.match(state, *drawn.items(), rx.fragment()) if isinstance(state, rx.Var) else drawn[state]
    return rx.el.span(shown, role="status", class_name="with-icon")


def tag(
    label: Text, *, kind: Literal["normal", "good", "wait", "bad", "gold"] = "normal", symbol: str = ""
) -> rx.Component:
    """A state in a word or two."""
    classes = "tag" if kind == "normal" else f"tag tag-{kind}"
    return rx.el.span(*([icon(symbol, 12)] if symbol else []), label, class_name=classes)
