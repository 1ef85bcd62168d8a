"""Which day a page belongs to, until when it may be written, and what a journey does to a day.

A day is the calendar day on the member's own clock. `entry_date` is stored, so a later change
of zone moves nothing.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gynergy_app.errors import Conflict

YESTERDAY_CLOSES = time(3)
FURTHEST_AHEAD = timedelta(days=2)
"""A journey from the last zone of a day to the first leaves a page at most two dates ahead of today."""

_ONE_DAY = timedelta(days=1)
_HALF_A_DAY = timedelta(hours=12)
_A_WEEK = timedelta(days=7)


class YesterdayIsClosed(Conflict):
    def __init__(self) -> None:
        super().__init__("Yesterday could be written until 03:00. Your words can still be kept for today.")


def local_time(now: datetime, timezone: str) -> datetime:
    """The wall clock of the member, without a zone."""
    return now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def open_from(now: datetime, timezone: str) -> date:
    """The earliest day that may still be written: yesterday until 03:00, then today. Earlier days are over.

    >>> from datetime import UTC
    >>> open_from(datetime(2026, 3, 2, 2, 59, tzinfo=UTC), "UTC")
    datetime.date(2026, 3, 1)
    >>> open_from(datetime(2026, 3, 2, 3, 0, tzinfo=UTC), "UTC")
    datetime.date(2026, 3, 2)
    """
    wall = local_time(now, timezone)
    return wall.date() - _ONE_DAY if wall.time() < YESTERDAY_CLOSES else wall.date()


def may_write_yesterday(now: datetime, timezone: str) -> bool:
    return local_time(now, timezone).time() < YESTERDAY_CLOSES


def writable_day(now: datetime, timezone: str, for_yesterday: bool = False) -> date:
    """The day a page finished now is kept for; raises `YesterdayIsClosed` after 03:00."""
    today = local_time(now, timezone).date()
    if not for_yesterday:
        return today
    if not may_write_yesterday(now, timezone):
        raise YesterdayIsClosed
    return today - _ONE_DAY


def editable(entry_date: date, today: date) -> bool:
    """A page stays open to changes until the end of the next day.

    >>> editable(date(2026, 3, 1), date(2026, 3, 2)), editable(date(2026, 3, 1), date(2026, 3, 3))
    (True, False)
    """
    return today - _ONE_DAY <= entry_date <= today + FURTHEST_AHEAD


def day_crossed(before: str, after: str, now: datetime, crossed: Collection[date] = ()) -> date | None:
    """The day a change of zone takes from the member: less than twelve hours of it could be written in.

    The service stores it as a crossing, so that nobody loses a streak to the date line. It holds the chain,
    adds no length, and comes once a week at most (`crossed` are the earlier ones), so flying gains nothing.

    >>> from datetime import UTC
    >>> day_crossed("Pacific/Pago_Pago", "Pacific/Apia", datetime(2026, 3, 2, 10, 30, tzinfo=UTC))
    datetime.date(2026, 3, 2)
    >>> day_crossed("America/Los_Angeles", "Asia/Tokyo", datetime(2026, 3, 2, 5, 0, tzinfo=UTC))
    """
    here, there = local_time(now, before), local_time(now, after)
    if there <= here:
        return None
    touched = (here.date() + timedelta(days=n) for n in range((there.date() - here.date()).days + 1))
    lost = next((day for day in touched if _shown(day, here) + _left(day, there) < _HALF_A_DAY), None)
    recent = lost and any(abs(lost - other) < _A_WEEK for other in crossed)
    return None if recent else lost


def _shown(day: date, clock: datetime) -> timedelta:
    """How much of a day the clock has shown so far."""
    return max(clock - datetime.combine(day, time()), timedelta())


def _left(day: date, clock: datetime) -> timedelta:
    """How long a day can still be written, from what the clock shows."""
    closes = datetime.combine(day + _ONE_DAY, YESTERDAY_CLOSES)
    return min(max(closes - clock, timedelta()), closes - datetime.combine(day, time()))
