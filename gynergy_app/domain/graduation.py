"""What a way through a program comes to, in a member's own numbers."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gynergy_app.domain.gamification.streaks import longest_streak

FEW = 3
"""So many days at either end are taken together, so that no single day speaks for a time."""

ASKED_FOR = frozenset({"gratitude", "grateful", "thankful", "thanks", "thank", "today", "morning", "evening"})
"""Words the pages themselves bring along: that she used them says nothing about her."""


@dataclass(frozen=True)
class MoodShift:
    """The mean mood of the first days and of the last."""

    first: Fraction
    last: Fraction
    days: int = FEW


def mood_shift(moods: Mapping[date, Fraction]) -> MoodShift | None:
    """None until the first days and the last ones are not the same.

    >>> days = {date(2026, 3, n): Fraction(mood) for n, mood in enumerate((5, 6, 7, 6, 7, 8), start=1)}
    >>> mood_shift(days)
    MoodShift(first=Fraction(6, 1), last=Fraction(7, 1), days=3)
    >>> mood_shift({date(2026, 3, 1): Fraction(5)}) is None
    True
    """
    if len(moods) < 2 * FEW:
        return None
    in_order = [moods[day] for day in sorted(moods)]
    return MoodShift(sum(in_order[:FEW], Fraction()) / FEW, sum(in_order[-FEW:], Fraction()) / FEW)


def best_run(kept: Set[date], held: Set[date], first: date, last: date) -> int:
    """The longest chain within these days; a day held by a freeze carries it and adds nothing."""
    return longest_streak({day for day in kept if first <= day <= last}, held)


def own_word(often: list[tuple[str, int]]) -> tuple[str, int] | None:
    """The first of the words written on most days that is hers and not the page's.

    >>> own_word([("grateful", 9), ("sea", 4)])
    ('sea', 4)
    """
    return next((found for found in often if found[0] not in ASKED_FOR), None)
