"""Everything a member fills in."""

from gynergy_app.components.forms.choices import (
    MOOD_WORDS,
    checkbox,
    image_upload,
    mood_scale,
    radio_group,
    segmented,
    switch,
    theme_choice,
)
from gynergy_app.components.forms.fields import (
    email_field,
    field,
    file_field,
    password_field,
    problem,
    select_field,
    text_area,
    text_field,
    time_field,
    time_zone_field,
)
from gynergy_app.components.forms.native import hidden, native_form

__all__ = [
    "MOOD_WORDS",
    "checkbox",
    "email_field",
    "field",
    "file_field",
    "hidden",
    "image_upload",
    "mood_scale",
    "native_form",
    "password_field",
    "problem",
    "radio_group",
    "segmented",
    "select_field",
    "switch",
    "text_area",
    "text_field",
    "theme_choice",
    "time_field",
    "time_zone_field",
]
