"""Months and years from an anchor: who began on the 31st pays on the last day of a short month."""

import calendar
from datetime import UTC, datetime


def following(anchor: int, after: int, interval: str, count: int = 1) -> int:
    """The first end of a period later than `after`.

    >>> day = lambda *date: int(datetime(*date, tzinfo=UTC).timestamp())
    >>> following(day(2026, 1, 31), day(2026, 2, 28), "month") == day(2026, 3, 31)
    True
    """
    months = count * (12 if interval == "year" else 1)
    passed = 0
    while (end := _later(anchor, passed)) <= after:
        passed += months
    return end


def _later(anchor: int, months: int) -> int:
    began = datetime.fromtimestamp(anchor, UTC)
    year, month = divmod(began.year * 12 + began.month - 1 + months, 12)
    day = min(began.day, calendar.monthrange(year, month + 1)[1])
    return int(began.replace(year=year, month=month + 1, day=day).timestamp())
