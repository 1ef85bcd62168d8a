"""Labelled fields. Each has a hint and, when something is wrong, a sentence that is read with it."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from gynergy_app.components.forms.inputs import PasswordInput, TextInput, TimeZoneSelect
from gynergy_app.components.media import icon

Text = str | rx.Var[str]


def _given(value: Text | None) -> bool | rx.Var[bool]:
    return value.bool() if isinstance(value, rx.Var) else bool(value)


def problem(error: Text, field_id: str) -> rx.Component:
    """What is wrong with a field. The place is always there, so that an error arriving later is announced."""
    sentence = rx.fragment(icon("circle-alert", 16), rx.el.span(error))
    shown = rx.cond(error, sentence) if isinstance(error, rx.Var) else (sentence if error else rx.fragment())
    return rx.el.p(shown, id=f"{field_id}-error", class_name="error", aria_live="polite")


def described(field_id: str, hint: Text | None, error: Text) -> dict[str, Any]:
    """The attributes that tie an input to its hint and its error."""
    wrong = rx.cond(error, "true", "false") if isinstance(error, rx.Var) else ("true" if error else "false")
    hint_id = f"{field_id}-hint " if _given(hint) is not False else ""
    return {"id": field_id, "aria_describedby": f"{hint_id}{field_id}-error", "aria_invalid": wrong}


def field(
    label: Text,
    control: rx.Component,
    *,
    field_id: str,
    hint: Text | None = None,
    error: Text = "",
    beside: rx.Component | None = None,
) -> rx.Component:
    """A label, what it names, and the words under it. `beside` stands at the label's right."""
    name = rx.el.label(label, html_for=field_id, class_name="label")
    return rx.el.div(
        rx.el.div(name, beside, class_name="spread") if beside is not None else name,
        control,
        rx.el.p(hint, id=f"{field_id}-hint", class_name="hint")
        if _given(hint) is not False
        else rx.fragment(),
        problem(error, field_id),
        class_name="field",
    )


def text_field(
    label: Text,
    name: str,
    *,
    value: Text = "",
    hint: Text | None = None,
    error: Text = "",
    beside: rx.Component | None = None,
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """One line. `value` is followed only while nobody types: no word is lost on a slow line."""
    field_id = field_id or name
    control = TextInput.create(
        name=name,
        value=value,
        class_name="input",
        type=props.pop("type", "text"),
        **described(field_id, hint, error),
        **props,
    )
    return field(label, control, field_id=field_id, hint=hint, error=error, beside=beside)


def email_field(label: Text = "E-mail", name: str = "email", **props: Any) -> rx.Component:
    props = {"auto_complete": "username", "input_mode": "email", "auto_capitalize": "none", **props}
    return text_field(label, name, type="email", **props)


def password_field(
    label: Text = "Password",
    name: str = "password",
    *,
    is_new: bool = False,
    hint: Text | None = None,
    error: Text = "",
    beside: rx.Component | None = None,
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Never bound to state: it travels in a native form only. `is_new` lets the browser propose one."""
    field_id = field_id or name
    control = PasswordInput.create(
        name=name,
        auto_complete="new-password" if is_new else "current-password",
        **described(field_id, hint, error),
        **props,
    )
    return field(label, control, field_id=field_id, hint=hint, error=error, beside=beside)


def text_area(
    label: Text,
    name: str,
    *,
    value: Text = "",
    rows: int = 4,
    hint: Text | None = None,
    error: Text = "",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Several lines, in serif because a person answers them. Grows with its text."""
    field_id = field_id or name
    control = TextInput.create(
        as_="textarea",
        name=name,
        value=value,
        rows=rows,
        class_name="input",
        **described(field_id, hint, error),
        **props,
    )
    return field(label, control, field_id=field_id, hint=hint, error=error)


def select_field(
    label: Text,
    name: str,
    options: Sequence[tuple[str, str]] | rx.Var[list[tuple[str, str]]],
    *,
    value: Text = "",
    hint: Text | None = None,
    error: Text = "",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """One of several; `options` are (value, words)."""
    field_id = field_id or name
    if isinstance(options, rx.Var):
        choices = [rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0]))]
    else:
        choices = [rx.el.option(words, value=option) for option, words in options]
    control = TextInput.create(
        *choices,
        as_="select",
        name=name,
        value=value,
        class_name="input",
        **described(field_id, hint, error),
        **props,
    )
    return field(label, control, field_id=field_id, hint=hint, error=error)


def time_field(label: Text, name: str, *, value: Text = "", **props: Any) -> rx.Component:
    """A time of day, "07:00"."""
    return text_field(label, name, value=value, type="time", **props)


def time_zone_field(
    label: Text = "Time zone",
    name: str = "timezone",
    *,
    value: Text = "",
    hint: Text | None = None,
    error: Text = "",
    field_id: str = "",
    **props: Any,
) -> rx.Component:
    """Every zone of the browser. An empty `value` proposes the browser's own and tells `on_choose` so."""
    field_id = field_id or name
    control = TimeZoneSelect.create(name=name, value=value, **described(field_id, hint, error), **props)
    return field(label, control, field_id=field_id, hint=hint, error=error)


def file_field(
    label: Text, name: str, *, accept: str = "", hint: Text | None = None, error: Text = ""
) -> rx.Component:
    """A file that travels with its native form (`native_form(..., enc_type="multipart/form-data")`)."""
    control = rx.el.input(
        type="file", name=name, accept=accept, class_name="input", **described(name, hint, error)
    )
    return field(label, control, field_id=name, hint=hint, error=error)
