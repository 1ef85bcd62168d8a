"""A draft as the fields of a form, and back. `gratitudes.0` is the first line of the list `gratitudes`."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from gynergy_app.domain.journaling import Draft

OPEN_LINES = 20
"""How many lines a form offers for a list of any length."""

NOT_TYPED = ("images",)
YES, NO = "yes", "no"

Written = TypeVar("Written", bound=Draft)


def as_fields(draft: Draft) -> dict[str, str]:
    """Every field of the form, the empty ones too: a browser asks for exactly these names."""
    flat: dict[str, str] = {}
    for field in fields(draft):
        if field.name in NOT_TYPED:
            continue
        value = getattr(draft, field.name)
        if field.name in draft.lines:
            count = draft.lines[field.name] or max(OPEN_LINES, len(value))
            flat |= {f"{field.name}.{n}": value[n] if n < len(value) else "" for n in range(count)}
        else:
            flat[field.name] = _as_text(value)
    return flat


def as_draft(draft_type: type[Written], given: Mapping[str, str]) -> Written:
    """What a form says. Whatever makes no sense becomes empty, as `Draft.of` promises."""
    raw: dict[str, Any] = dict(given)
    for name, count in draft_type.lines.items():
        raw[name] = [given.get(f"{name}.{n}", "") for n in range(count or _lines_given(name, given))]
    raw["is_done"] = {YES: True, NO: False}.get(given.get("is_done", ""))
    return draft_type.of(raw)


def _lines_given(name: str, given: Mapping[str, str]) -> int:
    return sum(key.startswith(f"{name}.") for key in given)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)
