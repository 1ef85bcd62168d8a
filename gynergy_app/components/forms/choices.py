"""Ticks, switches, one of several, and the mood."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from gynergy_app.components.forms.fields import Text, problem
from gynergy_app.components.forms.inputs import ChoiceInput, ImageUpload, ThemeChoice
from gynergy_app.components.media import icon as draw_icon
from gynergy_app.domain.journaling import MOOD_WORDS
from gynergy_app.domain.pictures import MOST_MB, WHAT_FITS


def checkbox(
    label: Text | rx.Component,
    name: str,
    *,
    checked: bool | rx.Var[bool] = False,
    error: Text = "",
    **props: Any,
) -> rx.Component:
    """A tick. `on_tick(is_ticked)` hears it."""
    box = ChoiceInput.create(
        type="checkbox", name=name, checked=checked, aria_describedby=f"{name}-error", **props
    )
    return rx.el.div(rx.el.label(box, rx.el.span(label), class_name="check"), problem(error, name))


def switch(
    label: Text, *, checked: bool | rx.Var[bool], hint: Text | None = None, **props: Any
) -> rx.Component:
    """On or off, at once. `on_tick(is_on)` saves it. `hint` says what it does and what it never does."""
    words = [rx.el.span(label, class_name="label")]
    if hint is not None:
        words.append(rx.el.span(hint, class_name="meta block"))
    return rx.el.label(
        ChoiceInput.create(type="checkbox", role="switch", checked=checked, **props),
        rx.el.span(*words),
        class_name="switch",
    )


def radio_group(
    label: Text,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    value: Text = "",
    hint: Text | None = None,
    error: Text = "",
    **props: Any,
) -> rx.Component:
    """One of a few, each in its own line; `options` are (value, words). `on_choose(value)` hears it."""
    rows = [
        rx.el.label(
            ChoiceInput.create(type="radio", name=name, value=option, checked=value == option, **props),
            rx.el.span(words),
            class_name="check",
        )
        for option, words in options
    ]
    return rx.el.fieldset(
        rx.el.legend(label, class_name="label"),
        rx.el.p(hint, class_name="hint") if hint is not None else rx.fragment(),
        *rows,
        problem(error, name),
        aria_describedby=f"{name}-error",
    )


def segmented(
    label: str,
    name: str,
    options: Sequence[tuple[str, str] | tuple[str, str, str]],
    *,
    value: Text,
    wide: bool = False,
    **props: Any,
) -> rx.Component:
    """A filter of two to four: (value, words) or (value, words, icon). `on_choose(value)` hears it."""
    choices = [
        rx.el.label(
            ChoiceInput.create(type="radio", name=name, value=option[0], checked=value == option[0], **props),
            *([draw_icon(option[2], 16)] if len(option) == 3 else []),
            option[1],
        )
        for option in options
    ]
    return rx.el.div(
        *choices, role="radiogroup", aria_label=label, class_name="seg seg-wide" if wide else "seg"
    )


def mood_scale(
    label: Text = "How do you feel after writing?",
    *,
    name: str = "mood_score",
    value: int | rx.Var[int] = 0,
    hint: Text | None = None,
    error: Text = "",
    **props: Any,
) -> rx.Component:
    """Ten lamps, from dim to bright, each with a number and a word. None is chosen until the member does.

    `on_choose(value)` hears the number as text.
    """
    lamps = [_lamp(score, name, value == score, props) for score in range(1, 11)]
    return rx.el.fieldset(
        rx.el.legend(label, class_name="q-title"),
        rx.el.p(hint, class_name="hint mt-2") if hint is not None else rx.fragment(),
        rx.el.div(*lamps, class_name="mood mt-4"),
        problem(error, name),
        aria_describedby=f"{name}-error",
    )


def _lamp(score: int, name: str, is_chosen: bool | rx.Var[bool], props: dict[str, Any]) -> rx.Component:
    return rx.el.label(
        ChoiceInput.create(type="radio", name=name, value=str(score), checked=is_chosen, **props),
        rx.el.span(class_name="lamp", style={"--m": str(score)}, aria_hidden="true"),
        rx.el.b(str(score)),
        rx.el.span(MOOD_WORDS[score - 1]),
    )


def theme_choice(label: str = "Theme", **props: Any) -> rx.Component:
    """System, dark or light. Remembered by the browser; `on_choose(mode)` may store it as well."""
    return ThemeChoice.create(label=label, **props)


def image_upload(
    label: str,
    *,
    action: str,
    field_id: str,
    name: str = "picture",
    picture: Text = "",
    hint: str = "",
    is_face: bool = False,
    **props: Any,
) -> rx.Component:
    """One picture, sent by itself to our own route. `hint` comes before what a picture may be.

    The route answers JSON: `{"key": …, "url": …}`, or a 4xx with `{"error": sentence}`.
    `on_uploaded(key, url)` and `on_remove()` tell the state.
    """
    return ImageUpload.create(
        id=field_id,
        label=label,
        action=action,
        name=name,
        picture=picture,
        hint=f"{hint} {WHAT_FITS} Where it was taken is removed.".lstrip(),
        max_mb=MOST_MB,
        round=is_face,
        **props,
    )
