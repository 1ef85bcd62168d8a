"""Which day a page belongs to, until when it may be written, and what a journey does to a day.

A day is the calendar day on the member's own clock. `entry_date` is stored, so a later change
of zone moves nothing.
"""

from collections.abc import Collection, Iterable, Set
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gynergy_app.errors import Conflict

YESTERDAY_CLOSES = time(3)
FURTHEST_AHEAD = timedelta(days=2)
"""A journey from the last zone of a day to the first leaves a page at most two dates ahead of today."""

_ONE_DAY = timedelta(days=1)
_NINE_DAYS = timedelta(days=9)


class YesterdayIsClosed(Conflict):
    def __init__(self) -> None:
        super().__init__("Yesterday could be written until 03:00. Your words can still be kept for today.")


def local_time(now: datetime, timezone: str) -> datetime:
    """The wall clock of the member, without a zone."""
    return now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def zone_showing(wall: datetime, at: datetime, zones: Iterable[str]) -> str | None:
    """The first of these zones whose clocks showed this at that moment.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> zone_showing(datetime(2026, 3, 2, 21), noon, ["UTC", "Asia/Tokyo"])
    'Asia/Tokyo'
    """
    return next((zone for zone in zones if local_time(at, zone) == wall), None)


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


def days_crossed(
    before: str, after: str, now: datetime, kept: Set[date], crossed: Collection[date] = ()
) -> list[date]:
    """The unwritten days a change of zone takes from the member: today before it, over after it.

    The service stores them as crossings, so that nobody loses a streak to the date line. A crossing holds the
    chain, adds no length, and comes once in nine days at most (`crossed` are the earlier ones), so nothing is
    gained by flying. Going back a date takes nothing: the day is lived twice and counts once.

    >>> from datetime import UTC
    >>> before_noon = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    >>> days_crossed("Pacific/Honolulu", "Pacific/Auckland", before_noon, kept=set())
    [datetime.date(2026, 3, 2)]
    """
    here, there = local_time(now, before).date(), local_time(now, after).date()
    taken = [here + timedelta(days=n) for n in range((there - here).days)]
    recently = any(abs(day - other) < _NINE_DAYS for day in taken for other in crossed)
    return [] if recently else [day for day in taken if day not in kept]
