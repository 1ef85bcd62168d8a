"""The bare inputs, written in JavaScript because only the browser can keep what is being typed."""

import reflex as rx
from reflex_components_core.el.elements.forms import Input

from gynergy_app.components.scripts import script

script("own_theme.js", __name__)
script("pictures.js", __name__)
"""Shared by several scripts."""


def _key_and_address(key: rx.Var[str], address: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return key, address


class TextInput(Input):
    """An input, textarea or select that follows the server's value only while nobody is in it."""

    library = script("text_input.jsx", __name__)
    tag = "TextInput"
    _is_tag_in_global_scope = False

    as_: rx.Var[str]
    rows: rx.Var[int]


class ChoiceInput(Input):
    """A checkbox or radio that is ticked at once and follows the server when it answers."""

    library = script("choice_input.jsx", __name__)
    tag = "ChoiceInput"
    _is_tag_in_global_scope = False

    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_tick: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


class PasswordInput(Input):
    library = script("password_input.jsx", __name__)
    tag = "PasswordInput"
    _is_tag_in_global_scope = False


class TimeZoneSelect(rx.Component):
    library = script("time_zone_select.jsx", __name__)
    tag = "TimeZoneSelect"

    name: rx.Var[str]
    value: rx.Var[str]
    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class AccountTheme(rx.Component):
    library = script("account_theme.jsx", __name__)
    tag = "AccountTheme"

    theme: rx.Var[str]


class ThemeChoice(rx.Component):
    library = script("theme_choice.jsx", __name__)
    tag = "ThemeChoice"

    label: rx.Var[str]
    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class ImageUpload(rx.Component):
    library = script("image_upload.jsx", __name__)
    tag = "ImageUpload"

    label: rx.Var[str]
    hint: rx.Var[str]
    action: rx.Var[str]
    name: rx.Var[str]
    max_mb: rx.Var[int]
    picture: rx.Var[str]
    round: rx.Var[bool]
    on_uploaded: rx.EventHandler[_key_and_address]
    on_remove: rx.EventHandler[rx.event.no_args_event_spec]
