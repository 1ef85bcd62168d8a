"""When a member is reminded of a page, and when we say nothing.

A reminder comes at a time the member chose, or a few minutes later, never in the quiet hours, and never for a
page that is written. A morning brings one at most and an evening one at most: a streak that would end tonight
is told in place of the evening reminder, not beside it. After three without an answer there are none until
the member writes again.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gynergy_app.domain.gamification import Activity, Kept, streak_ending
from gynergy_app.domain.notifications.notices import Notice, NotificationCategory
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import counted

WINDOW = timedelta(minutes=15)
"""How long after its time a reminder may still begin. The sweep runs three times in it."""
LATEST = timedelta(hours=1)
"""A mail that could not leave for this long after its time stays here."""
MOST_UNANSWERED = 3

_KEY = "reminder"
_ONE_DAY = timedelta(days=1)


class Reminder(StrEnum):
    morning = "morning"
    evening = "evening"
    streak_warning = "streak_warning"


REMINDERS_AT: Mapping[Activity, tuple[Reminder, ...]] = {
    Activity.morning_journal: (Reminder.morning,),
    Activity.evening_journal: (Reminder.streak_warning, Reminder.evening),
}
"""What may be told at the time of a page; the first that applies is."""


def is_quiet(at: time, quiet_from: time, quiet_to: time) -> bool:
    """Quiet hours may go past midnight; two equal times mean there are none.

    >>> [is_quiet(time(hour), quiet_from=time(22), quiet_to=time(7)) for hour in (21, 22, 0, 6, 7)]
    [False, True, True, True, False]
    """
    if quiet_from <= quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


@dataclass(frozen=True)
class Wishes:
    """What a member chose."""

    wanted: Set[Reminder]
    morning_at: time
    evening_at: time
    quiet_from: time
    quiet_to: time

    def is_quiet(self, at: time) -> bool:
        return is_quiet(at, self.quiet_from, self.quiet_to)


@dataclass(frozen=True)
class Window:
    """What the clocks of a zone showed in the last minutes: from `since` to `until`, on this day."""

    timezone: str
    day: date
    since: time
    until: time

    def holds(self, at: time) -> bool:
        return self.since <= at <= self.until


@dataclass(frozen=True)
class Occasion:
    """The time chosen for a page came just now, on `day`: 23:55 may be told after midnight."""

    page: Activity
    day: date


@dataclass(frozen=True)
class Practice:
    """A member's session as reminders see it."""

    first_day: date
    last_day: date
    kept: Kept = field(default_factory=Kept)
    written_on: Set[date] = frozenset()
    """Days on which any page was finished, those of a week included."""
    told: Mapping[date, Set[Reminder]] = field(default_factory=dict)

    @property
    def unanswered(self) -> int:
        """Reminders since the last day with a page, today's included while it is empty."""
        last = max(self.written_on, default=date.min)
        return sum(len(reminders) for day, reminders in self.told.items() if day > last)


@dataclass(frozen=True)
class Due:
    """What is told now. `streak`: how many days in a row end tonight; 0 where that is not the news."""

    reminder: Reminder
    day: date
    programme_day: int
    streak: int = 0


def windows(now: datetime, timezone: str) -> list[Window]:
    """Two around midnight, when the last minutes belong to two days.

    A time the clocks skip in spring comes when they jump.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
    >>> [(str(window.since), str(window.until)) for window in windows(now, "UTC")]
    [('06:50:00', '07:05:00')]
    """
    zone = ZoneInfo(timezone)
    before, wall = (moment.astimezone(zone).replace(tzinfo=None) for moment in (now - WINDOW, now))
    if before.date() == wall.date():
        return [Window(timezone, wall.date(), before.time(), wall.time())]
    return [
        Window(timezone, before.date(), before.time(), time.max),
        Window(timezone, wall.date(), time.min, wall.time()),
    ]


def occasions(now: datetime, timezone: str, wishes: Wishes) -> list[Occasion]:
    """The chosen times that have just come, unless they, or this moment, lie in the quiet hours."""
    recent = windows(now, timezone)
    if wishes.is_quiet(recent[-1].until):
        return []
    chosen = {Activity.morning_journal: wishes.morning_at, Activity.evening_journal: wishes.evening_at}
    return [
        Occasion(page, window.day)
        for page, at in chosen.items()
        for window in recent
        if window.holds(at) and not wishes.is_quiet(at)
    ]


def due(occasion: Occasion, wishes: Wishes, practice: Practice) -> Due | None:
    """What to tell on this occasion; None for silence."""
    day, page = occasion.day, occasion.page
    told = practice.told.get(day, frozenset())
    if not practice.first_day <= day <= practice.last_day or practice.unanswered >= MOST_UNANSWERED:
        return None
    if day in practice.kept.of(page) or not told.isdisjoint(REMINDERS_AT[page]):
        return None
    number = programme_day(practice.first_day, day)
    for reminder in REMINDERS_AT[page]:
        is_warning = reminder is Reminder.streak_warning
        streak = streak_ending(practice.kept, day, practice.first_day) if is_warning else 0
        if reminder in wishes.wanted and (streak or not is_warning):
            return Due(reminder, day, number, streak)
    return None


def reminder_key(reminder: Reminder, user_id: object, day: date) -> str:
    """The name of one occasion: what carries it is told, and mailed, once."""
    return f"{_KEY}:{reminder}:{user_id}:{day}"


def told_by(keys: Iterable[str]) -> dict[date, frozenset[Reminder]]:
    """Which reminders each day has had, read back from their keys; other keys are left aside.

    >>> told_by(["reminder:morning:7:2026-03-02", "freeze:7:2026-03-01"])[date(2026, 3, 2)]
    frozenset({<Reminder.morning: 'morning'>})
    """
    told: dict[date, frozenset[Reminder]] = {}
    for key in keys:
        kind, *rest = key.split(":")
        if kind == _KEY:
            day = date.fromisoformat(rest[-1])
            told[day] = told.get(day, frozenset()) | {Reminder(rest[0])}
    return told


def reminder_notice(due: Due, user_id: object) -> Notice:
    title, body = _words(due)
    return Notice(NotificationCategory.reminder, title, body, reminder_key(due.reminder, user_id, due.day))


def _words(due: Due) -> tuple[str, str]:
    match due.reminder:
        case Reminder.morning:
            return (
                f"The morning page of day {due.programme_day}",
                "How you are, what you are grateful for, what today is for.",
            )
        case Reminder.evening:
            return (
                f"The evening page of day {due.programme_day}",
                "What happened, what you learned, and one thing to keep.",
            )
        case Reminder.streak_warning:
            return (
                f"Your streak of {counted(due.streak, 'day')} ends tonight without a page",
                "Any of its three pages keeps it, until 03:00. What you wrote stays either way.",
            )
