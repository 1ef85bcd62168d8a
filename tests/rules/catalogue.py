"""The reference rows as they stand in `alembic/sql/reference`, read without a database."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from gynergy_app.domain.gamification import BadgeCategory, MultiplierType, Rarity

REFERENCE = Path(__file__).parents[2] / "alembic" / "sql" / "reference"
_TOKEN = re.compile(r"'((?:[^']|'')*)'|(true|false|null)|(-?\d+(?:\.\d+)?)|(\()|(\))")


@dataclass(frozen=True)
class BadgeRow:
    key: str
    name: str
    icon: str
    category: BadgeCategory
    rarity: Rarity
    points: int
    sort_order: int
    animation: str
    condition: dict[str, Any]
    description: str


@dataclass(frozen=True)
class MultiplierRow:
    name: str
    multiplier_type: MultiplierType
    condition: dict[str, Any]
    multiplier_value: Decimal
    bonus_points: int
    is_active: bool = True


def rows(name: str, statement: int = 0) -> Iterator[list[Any]]:
    """The tuples after the nth `values` of a file."""
    sql = re.sub(r"^--.*$", "", (REFERENCE / f"{name}.sql").read_text(), flags=re.MULTILINE)
    values = re.split(r"\bvalues\b", sql)[statement + 1]
    row: list[Any] | None = None
    for quoted, word, number, opens, closes in _TOKEN.findall(
        re.split(r"\bon conflict\b|\n\) as ", values)[0]
    ):
        if opens:
            row = []
        elif closes and row is not None:
            yield row
            row = None
        elif row is not None:
            row.append(_value(quoted, word, number))


def _value(quoted: str, word: str, number: str) -> Any:
    if word:
        return {"true": True, "false": False, "null": None}[word]
    return Decimal(number) if number else quoted.replace("''", "'")


def badges() -> list[BadgeRow]:
    return [_badge(*row) for row in rows("badges")]


def badges_of_invitations() -> list[BadgeRow]:
    """They come beside the 36, and stand on the shelf once they are earned."""
    return [_badge(*row) for *row, _is_hidden in rows("badges_referrals")]


def _badge(key: str, name: str, icon: str, category: str, rarity: str, *rest: Any) -> BadgeRow:
    points, order, animation, condition, words = rest
    kinds = BadgeCategory(category), Rarity(rarity)
    return BadgeRow(key, name, icon, *kinds, int(points), int(order), animation, json.loads(condition), words)


def multipliers() -> list[MultiplierRow]:
    return [
        MultiplierRow(name, MultiplierType(kind), json.loads(condition), value, int(bonus))
        for name, kind, condition, value, bonus in rows("multiplier_configs")
    ]
