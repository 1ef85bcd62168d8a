"""The only place that asks the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_elsewhen: ContextVar[datetime | None] = ContextVar("elsewhen", default=None)


def now() -> datetime:
    """The present moment in UTC, or the one a test or a replay has travelled to."""
    return _elsewhen.get() or datetime.now(UTC)


def day_in(timezone: str, moment: datetime) -> date:
    """The calendar day a member with this IANA zone is living at that moment.

    >>> day_in("Asia/Tokyo", datetime(2026, 1, 1, 20, tzinfo=UTC))
    datetime.date(2026, 1, 2)
    """
    return moment.astimezone(ZoneInfo(timezone)).date()


@contextmanager
def travelling(to: datetime) -> Iterator[None]:
    """Make `now()` answer `to`, for everything called inside."""
    token = _elsewhen.set(to)
    try:
        yield
    finally:
        _elsewhen.reset(token)
