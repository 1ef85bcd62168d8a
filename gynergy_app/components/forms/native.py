"""Forms that the browser submits itself: no JavaScript needed, and nothing in them reaches the state."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class NativeForm(BaseHTML):
    """Reflex's own form always prevents the browser from sending it. This one does not."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]
    no_validate: rx.Var[bool]


def native_form(
    *children: Any, action: str | rx.Var[str], method: str = "post", **props: Any
) -> rx.Component:
    """Sends its fields to one of our routes as a new document. Its submit button becomes busy by itself."""
    return NativeForm.create(*children, action=action, method=method, **props)


def hidden(name: str, value: str | rx.Var[str]) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)
