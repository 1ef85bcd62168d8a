"""The multiplier bands and bonuses, read from the rows of `multiplier_configs`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any, Protocol

from gynergy_app.domain.gamification.kinds import Activity, MultiplierType
from gynergy_app.domain.programs import WEEK_DAYS


class MultiplierRow(Protocol):
    """What a row of `multiplier_configs` must have to be read; the table's own class does."""

    @property
    def multiplier_type(self) -> MultiplierType: ...
    @property
    def condition(self) -> Mapping[str, Any]: ...
    @property
    def multiplier_value(self) -> Decimal: ...
    @property
    def bonus_points(self) -> int: ...
    @property
    def is_active(self) -> bool: ...


@dataclass(frozen=True)
class Band:
    """A stretch of streak lengths and what it multiplies by; `longest` is None where it has no end."""

    shortest: int
    longest: int | None
    multiplier: Decimal

    def holds(self, streak: int) -> bool:
        return self.shortest <= streak and (self.longest is None or streak <= self.longest)

    @property
    def words(self) -> str:
        if self.longest is None:
            return f"Streak of {self.shortest} days and more"
        return f"Streak of {self.shortest} to {self.longest} days"


@dataclass(frozen=True)
class Rules:
    """What is in force: the bands, and the points of each bonus (0 where it is switched off)."""

    bands: tuple[Band, ...] = ()
    whole_day: int = 0
    perfect_week: int = 0
    early: int = 0
    early_before: time = time(8)

    @classmethod
    def of(cls, rows: Iterable[MultiplierRow]) -> "Rules":
        """The active rows; the last one of a kind of bonus wins."""
        active = [row for row in rows if row.is_active]
        bonuses = [bonus for row in active for bonus in [_bonus(row)] if bonus]
        bands = tuple(_band(row) for row in active if row.multiplier_type == MultiplierType.streak)
        return cls(bands, **{name: value for bonus in bonuses for name, value in bonus.items()})

    def band_for(self, streak: int) -> Band | None:
        """The highest band that holds this streak.

        >>> rules = Rules((Band(7, 13, Decimal("1.20")), Band(14, 29, Decimal("1.50"))))
        >>> rules.band_for(6), rules.band_for(13).multiplier
        (None, Decimal('1.20'))
        """
        fitting = (band for band in self.bands if band.holds(streak))
        return max(fitting, key=lambda band: band.multiplier, default=None)

    def multiplier_for(self, streak: int) -> Decimal:
        band = self.band_for(streak)
        return band.multiplier if band else Decimal(1)

    def next_band(self, streak: int) -> Band | None:
        """The band that a longer streak will reach next."""
        ahead = (band for band in self.bands if band.shortest > streak)
        return min(ahead, key=lambda band: band.shortest, default=None)


def _band(row: MultiplierRow) -> Band:
    longest = row.condition.get("max")
    return Band(int(row.condition["min"]), None if longest is None else int(longest), row.multiplier_value)


def _bonus(row: MultiplierRow) -> dict[str, Any] | None:
    if row.multiplier_type == MultiplierType.combo:
        is_week = row.condition.get("days", 1) == WEEK_DAYS
        return {"perfect_week" if is_week else "whole_day": row.bonus_points}
    if (
        row.multiplier_type == MultiplierType.time
        and row.condition.get("activity") == Activity.morning_journal
    ):
        return {"early": row.bonus_points, "early_before": time.fromisoformat(row.condition["before"])}
    return None
