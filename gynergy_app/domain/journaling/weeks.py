"""The weeks of a program: which of their pages is open, and on which days.

A page of a week is kept under the day it opens, whenever it is written while it is open. So there is one of
each for a week, and counting weeks needs nothing but dates.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from gynergy_app.domain.programs import WEEK_DAYS, date_of, programme_day, programme_week, reflection_week

_LENGTH = timedelta(days=WEEK_DAYS - 1)


@dataclass(frozen=True)
class Week:
    """The days on which a page of programme week `number` may be written. `first` is its entry date."""

    number: int
    first: date
    last: date


def reflection_of(start: date, number: int) -> Week:
    """Looking back begins on the last day of its week, day 7n, and may take seven days.

    >>> reflection_of(date(2026, 3, 2), 1)
    Week(number=1, first=datetime.date(2026, 3, 8), last=datetime.date(2026, 3, 14))
    """
    first = date_of(start, WEEK_DAYS * number)
    return Week(number, first, first + _LENGTH)


def challenge_of(start: date, number: int) -> Week:
    """A challenge is lived in its own week, days 7n-6 to 7n.

    >>> challenge_of(date(2026, 3, 2), 1)
    Week(number=1, first=datetime.date(2026, 3, 2), last=datetime.date(2026, 3, 8))
    """
    first = date_of(start, WEEK_DAYS * (number - 1) + 1)
    return Week(number, first, first + _LENGTH)


def reflection_on(start: date, day: date) -> Week | None:
    """The reflection that is open on a day; None before day 7."""
    number = reflection_week(programme_day(start, day))
    return reflection_of(start, number) if number else None


def challenge_on(start: date, day: date) -> Week | None:
    """The challenge of a day's week; None before day 1."""
    number = programme_week(programme_day(start, day))
    return challenge_of(start, number) if number >= 1 else None
