"""What a member's own moods show, said without reading anything into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

WEEK = 7
FEWEST_OF_A_WEEKDAY = 2
NORMAL_SWING = 1
"""Moods drift by a point without any reason worth naming."""


@dataclass(frozen=True)
class Weekday:
    """`number` is 0 on Monday. `mood` is None until there are `FEWEST_OF_A_WEEKDAY` of it."""

    number: int
    days: int
    mood: Fraction | None


@dataclass(frozen=True)
class Trend:
    """The mean of the first and of the latest moods, each over `days` days."""

    first: Fraction
    latest: Fraction
    days: int

    @property
    def is_steady(self) -> bool:
        return abs(self.latest - self.first) <= NORMAL_SWING


def weekdays(moods: Mapping[date, Fraction]) -> list[Weekday]:
    """All seven, Monday first.

    >>> two_mondays = {date(2026, 3, 2): Fraction(6), date(2026, 3, 9): Fraction(7)}
    >>> [(day.days, day.mood) for day in weekdays(two_mondays)][:2]
    [(2, Fraction(13, 2)), (0, None)]
    """
    of_weekday = [[mood for day, mood in moods.items() if day.weekday() == number] for number in range(WEEK)]
    return [
        Weekday(number, len(found), mean(found) if len(found) >= FEWEST_OF_A_WEEKDAY else None)
        for number, found in enumerate(of_weekday)
    ]


def trend(moods: Mapping[date, Fraction]) -> Trend | None:
    """None until the first and the latest week of moods are two different weeks."""
    if len(moods) < 2 * WEEK:
        return None
    in_order = [moods[day] for day in sorted(moods)]
    return Trend(mean(in_order[:WEEK]), mean(in_order[-WEEK:]), WEEK)


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)
