"""Reading a form of the desk.

A draft holds texts. `problems()` has a sentence for each field that cannot be taken; only a draft without
problems has `columns()`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from gynergy_app.domain.programs import PROGRAM_DAYS
from gynergy_app.domain.text import tidy, tidy_line

_FAR_AWAY = date(3000, 1, 1)
"""Dates can be added to without meeting the end of the calendar."""
_NUMBER = re.compile(r"[0-9]{1,9}")

Problems = dict[str, str]


def whole_number(text: str) -> int | None:
    """
    >>> whole_number(" 12 "), whole_number("1.5"), whole_number("-3"), whole_number("²")
    (12, None, None, None)
    """
    return int(text) if _NUMBER.fullmatch(text := text.strip()) else None


def as_date(text: str) -> date | None:
    """A day nobody will live is brought near enough to be counted from, and far enough to be refused.

    >>> as_date("2026-03-01"), as_date("1 March"), as_date("2026-02-30"), as_date("9999-12-31")
    (datetime.date(2026, 3, 1), None, None, datetime.date(3000, 1, 1))
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return min(day, _FAR_AWAY)


def number_problem(text: str, low: int, high: int) -> str | None:
    number = whole_number(text)
    if number is None or not low <= number <= high:
        return f"Please write a whole number from {low} to {high:,}."
    return None


def line_problem(text: str, limit: int, missing: str = "") -> str | None:
    if missing and not text:
        return missing
    return f"Please keep this under {limit} characters." if len(text) > limit else None


def only_found(found: Mapping[str, str | None]) -> Problems:
    return {name: sentence for name, sentence in found.items() if sentence}


@dataclass(frozen=True)
class Circumstances:
    """What surrounds a draft: the admin's day. For a session: its length and people, whether it has begun."""

    today: date
    days: int = PROGRAM_DAYS
    enrolled: int = 0
    has_begun: bool = False


@dataclass(frozen=True)
class Draft(ABC):
    """Every field is a text; a tick is "on" or nothing."""

    @abstractmethod
    def problems(self, at: Circumstances) -> Problems: ...

    @abstractmethod
    def columns(self) -> dict[str, Any]: ...

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> Self:
        """From a form or from a row. Lines are tidied, fields nobody sent are empty."""
        return cls(**{field.name: cls._read(field.name, typed.get(field.name)) for field in fields(cls)})

    @classmethod
    def _read(cls, name: str, said: Any) -> str:
        if said is None or said is False:
            return ""
        if said is True:
            return "on"
        is_prose = name in cls.prose()
        return (tidy if is_prose else tidy_line)(str(said))

    @classmethod
    def prose(cls) -> frozenset[str]:
        """Fields of several lines."""
        return frozenset()

    def typed(self) -> dict[str, str]:
        return asdict(self)
