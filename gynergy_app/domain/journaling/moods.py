"""A mood is a number from 1 to 10; higher is lighter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

LOWEST, HIGHEST = 1, 10
MOOD_WORDS = ("Heavy", "Low", "Worn", "Flat", "Even", "Steady", "Light", "Good", "Bright", "Radiant")


def mood_word(score: int) -> str:
    """
    >>> mood_word(1), mood_word(10)
    ('Heavy', 'Radiant')
    """
    return MOOD_WORDS[score - LOWEST]


def is_mood(score: object) -> bool:
    return isinstance(score, int) and not isinstance(score, bool) and LOWEST <= score <= HIGHEST


def moods_by_day(scores: Iterable[tuple[date, int]]) -> dict[date, Fraction]:
    """One mood for each day: the mean of its morning and its evening.

    >>> moods_by_day([(date(2026, 3, 1), 6), (date(2026, 3, 1), 7)])[date(2026, 3, 1)]
    Fraction(13, 2)
    """
    days: dict[date, list[int]] = {}
    for day, score in scores:
        days.setdefault(day, []).append(score)
    return {day: Fraction(sum(of_day), len(of_day)) for day, of_day in days.items()}


@dataclass(frozen=True)
class MoodPoint:
    """One place on the mood line. `score` is None where nothing was written: a gap stays a gap."""

    day: date
    score: float | None


def mood_line(moods: Mapping[date, Fraction | float], first: date, last: date) -> list[MoodPoint]:
    """Every day from the first to the last, the empty ones included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [MoodPoint(day, float(moods[day]) if day in moods else None) for day in days]


def stretches(line: Iterable[MoodPoint]) -> list[list[MoodPoint]]:
    """The line cut at its gaps, so that no stroke is drawn across a day that was not written.

    >>> d = date(2026, 3, 1)
    >>> line = mood_line({d: 4, d + timedelta(2): 6, d + timedelta(3): 7}, d, d + timedelta(3))
    >>> [[point.score for point in stretch] for stretch in stretches(line)]
    [[4.0], [6.0, 7.0]]
    """
    drawn: list[list[MoodPoint]] = [[]]
    for point in line:
        if point.score is None:
            drawn.append([])
        else:
            drawn[-1].append(point)
    return [stretch for stretch in drawn if stretch]
