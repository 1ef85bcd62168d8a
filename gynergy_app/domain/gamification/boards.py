"""The leaderboard's windows and ranks."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum


class Window(StrEnum):
    today = "today"
    week = "week"
    month = "month"
    session = "session"


_LENGTHS = {Window.today: 1, Window.week: 7, Window.month: 30}


def first_day(window: Window, today: date, session_start: date) -> date:
    """The first local day whose points count.

    >>> first_day(Window.week, date(2026, 3, 20), date(2026, 3, 1))
    datetime.date(2026, 3, 14)
    """
    length = _LENGTHS.get(window)
    return session_start if length is None else max(session_start, today - timedelta(days=length - 1))


def dense_ranks(points: Sequence[int]) -> list[int]:
    """Equal points share a rank, and no rank is left out. The database ranks by the same rule.

    >>> dense_ranks([50, 80, 50, 20])
    [2, 1, 2, 3]
    """
    places = {value: rank for rank, value in enumerate(sorted(set(points), reverse=True), start=1)}
    return [places[value] for value in points]
