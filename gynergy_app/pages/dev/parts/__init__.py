"""The page of parts, part by part."""

from gynergy_app.pages.dev.parts.filling_in import buttons, choices, fields, mood
from gynergy_app.pages.dev.parts.reading import (
    drawings,
    lists_and_tables,
    people_and_tags,
    saved_and_private,
    type_roles,
    waiting_and_empty,
)
from gynergy_app.pages.dev.parts.stepping_out import layers, tabs_and_filters

__all__ = [
    "buttons",
    "choices",
    "drawings",
    "fields",
    "layers",
    "lists_and_tables",
    "mood",
    "people_and_tags",
    "saved_and_private",
    "tabs_and_filters",
    "type_roles",
    "waiting_and_empty",
]
