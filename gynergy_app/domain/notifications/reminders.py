"""When a member is reminded of a page, and when we say nothing.

A reminder comes at a time the member chose, or a few minutes later, never in the quiet hours, and never for a
page that is written. A morning brings one at most and an evening one at most: a streak that would end tonight
is told in place of the evening reminder, not beside it, and a look back at the week in place of the morning
one. After three without an answer there are none until the member writes again.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gynergy_app.domain.gamification import Activity, Kept, streak_ending
from gynergy_app.domain.notifications.digest import LookBack
from gynergy_app.domain.notifications.notices import Notice, NotificationCategory
from gynergy_app.domain.notifications.quiet import is_quiet
from gynergy_app.domain.programs import programme_day, programme_week
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
    weekly_digest = "weekly_digest"


REMINDERS_AT: Mapping[Activity, tuple[Reminder, ...]] = {
    Activity.morning_journal: (Reminder.weekly_digest, Reminder.morning),
    Activity.evening_journal: (Reminder.streak_warning, Reminder.evening),
}
"""What may be told at the time of a page; the first that applies is."""


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

    def wrote_in(self, week: int) -> bool:
        """Whether any page is kept for a day of this programme week."""
        return any(programme_week(programme_day(self.first_day, day)) == week for day in self.kept.any_day)


@dataclass(frozen=True)
class Due:
    """What is told now. `streak`: how many days in a row end tonight; `week`: which week is looked back on.

    Each is 0 where it is not the news.
    """

    reminder: Reminder
    day: date
    programme_day: int
    streak: int = 0
    week: int = 0


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
    day, choices = occasion.day, REMINDERS_AT[occasion.page]
    told = practice.told.get(day, frozenset())
    if not practice.first_day <= day <= practice.last_day or practice.unanswered >= MOST_UNANSWERED:
        return None
    if not told.isdisjoint(choices):
        return None
    found = (_news(reminder, occasion, practice) for reminder in choices if reminder in wishes.wanted)
    return next((news for news in found if news), None)


def _news(reminder: Reminder, occasion: Occasion, practice: Practice) -> Due | None:
    day, number = occasion.day, programme_day(practice.first_day, occasion.day)
    if reminder is Reminder.weekly_digest:
        week = week_behind(number)
        return Due(reminder, day, number, week=week) if week and practice.wrote_in(week) else None
    if day in practice.kept.of(occasion.page):
        return None
    if reminder is not Reminder.streak_warning:
        return Due(reminder, day, number)
    streak = streak_ending(practice.kept, day, practice.first_day)
    return Due(reminder, day, number, streak) if streak else None


def week_behind(day: int) -> int:
    """Which programme week ended yesterday; 0 on every other day.

    >>> [week_behind(day) for day in (1, 7, 8, 9, 15, 43)]
    [0, 0, 1, 0, 2, 6]
    """
    return programme_week(day) - 1 if day > 1 and programme_week(day) > programme_week(day - 1) else 0


def silent_from(now: datetime, timezone: str, wishes: Wishes) -> datetime | None:
    """When the quiet hours next begin; None for somebody who has none.

    >>> from datetime import UTC
    >>> chosen = Wishes(frozenset(Reminder), time(7), time(20), quiet_from=time(22), quiet_to=time(7))
    >>> silent_from(datetime(2026, 3, 2, 21, 50, tzinfo=UTC), "UTC", chosen).isoformat()
    '2026-03-02T22:00:00+00:00'
    """
    if wishes.quiet_from == wishes.quiet_to:
        return None
    wall = now.astimezone(ZoneInfo(timezone))
    begins = datetime.combine(wall.date(), wishes.quiet_from, wall.tzinfo)
    return (begins if begins > wall else begins + _ONE_DAY).astimezone(now.tzinfo)


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


def reminder_notice(due: Due, user_id: object, look_back: LookBack | None = None) -> Notice:
    """`look_back` is what a weekly digest tells."""
    title, body = look_back.words if look_back else _words(due)
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
        case Reminder.weekly_digest:
            raise ValueError("A look back brings words of its own.")


def words_on_a_device(due: Due) -> tuple[str, str]:
    """Title and body for a screen that others may see: which page waits, and nothing of the practice."""
    match due.reminder:
        case Reminder.morning:
            return "The morning page is open", f"Day {due.programme_day}."
        case Reminder.evening:
            return "The evening page is open", f"Day {due.programme_day}."
        case Reminder.streak_warning:
            return "Today has no page yet", "Any of its three pages will do, until 03:00."
        case Reminder.weekly_digest:
            return f"Week {due.week} is behind you", "A look back at it is ready."
