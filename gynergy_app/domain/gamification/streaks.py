"""Streaks, worked out from dated rows each time they are asked for. Nothing here remembers anything.

A day counts when one of its pages was finished, or when it was repaired. A freeze or a crossing holds the
chain over a day and adds nothing to it.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from gynergy_app.domain.gamification.kinds import DAILY, Activity
from gynergy_app.domain.programs import nine_days_of, programme_day

FREEZES_A_SESSION = 2
REPAIR_DAYS = 2

_ONE_DAY = timedelta(days=1)
_FURTHEST_AHEAD = timedelta(days=2)
_NO_DAYS: frozenset[date] = frozenset()


def streak_on(
    today: date,
    kept: Set[date],
    frozen: Set[date] = _NO_DAYS,
    repaired: Set[date] = _NO_DAYS,
    *,
    open_from: date | None = None,
) -> int:
    """How many days the unbroken chain holds that reaches today or the last day that is over.

    `open_from`: the earliest day that may still be written; until 03:00 that is yesterday, and it breaks no
    chain yet. A page dated after today belongs to someone who has flown west, and still counts.

    >>> march = lambda *days: {date(2026, 3, day) for day in days}
    >>> streak_on(date(2026, 3, 6), march(1, 2, 3, 5))
    1
    >>> streak_on(date(2026, 3, 6), march(1, 2, 3, 5), frozen=march(4))
    4
    >>> streak_on(date(2026, 3, 6), march(1, 2, 3, 5), repaired=march(4))
    5
    >>> streak_on(date(2026, 3, 5), march(1, 2, 3, 5), open_from=date(2026, 3, 4))
    4
    """
    counted = kept | repaired
    day = max((day for day in counted if day <= today + _FURTHEST_AHEAD), default=None)
    still_open = open_from or today
    if day is None or not _reaches(day, still_open, frozen):
        return 0
    not_missed_yet = {still_open + n * _ONE_DAY for n in range((today - still_open).days)}
    return _length_back_from(day, counted, frozen | not_missed_yet)


def _reaches(day: date, open_from: date, held: Set[date]) -> bool:
    """Whether no day was lost between the last one counted and the first one still open."""
    missed = (day + timedelta(days=n) for n in range(1, (open_from - day).days))
    return all(lost in held for lost in missed)


def _length_back_from(day: date, counted: Set[date], held: Set[date]) -> int:
    length = 0
    while True:
        if day in counted:
            length += 1
        elif day not in held:
            return length
        day -= _ONE_DAY


def longest_streak(kept: Set[date], held: Set[date] = _NO_DAYS) -> int:
    """The longest chain there ever was."""
    longest = length = 0
    previous: date | None = None
    for day in sorted(kept):
        is_linked = previous is not None and _reaches(previous, day, held)
        length = length + 1 if is_linked else 1
        longest, previous = max(longest, length), day
    return longest


def week_streak(this_week: int, kept: Set[int], open_week: int | None = None) -> int:
    """The same for programme weeks: the chain that reaches this week or the last.

    `open_week`: the earliest week that may still be written; until 03:00 that may be the last one. As with
    days, a page dated ahead belongs to someone who has flown west.

    >>> week_streak(4, {1, 2, 3}), week_streak(5, {1, 2, 3}), week_streak(5, {1, 2, 3}, open_week=4)
    (3, 0, 3)
    """
    week = max((week for week in kept if week <= this_week + 1), default=None)
    if week is None or week < (this_week if open_week is None else open_week) - 1:
        return 0
    length = 0
    while week - length in kept:
        length += 1
    return length


def longest_week_streak(kept: Set[int]) -> int:
    return max((week_streak(week, kept) for week in kept), default=0)


def freezes_left(frozen: Set[date], kept: Set[date] = _NO_DAYS, repaired: Set[date] = _NO_DAYS) -> int:
    """A freeze on a day that was repaired or kept after all has come back."""
    return max(FREEZES_A_SESSION - len(frozen - repaired - kept), 0)


def freezes_due(
    kept: Set[date],
    frozen: Set[date],
    open_from: date,
    session_start: date,
    *,
    repaired: Set[date] = _NO_DAYS,
    crossed: Set[date] = _NO_DAYS,
) -> list[date]:
    """The missed days that take a freeze now: each that would break a living chain, while freezes are left.

    Days from `open_from` on may still be written, so they are not missed yet. Asking every day and asking
    once after a month give the same answer.

    >>> march = lambda *days: {date(2026, 3, day) for day in days}
    >>> [day.day for day in freezes_due(march(1, 2, 4), set(), date(2026, 3, 9), date(2026, 3, 1))]
    [3, 5]
    """
    counted = kept | repaired
    left = freezes_left(frozen, kept, repaired)
    due: list[date] = []
    is_alive = False
    for n in range((open_from - session_start).days):
        day = session_start + timedelta(days=n)
        if day in counted:
            is_alive = True
        elif is_alive and day not in frozen | crossed:
            is_alive = left > len(due)
            due += [day] if is_alive else []
    return due


def repairable(day: date, today: date, session_start: date, kept: Set[date], repaired: Set[date]) -> bool:
    """A missed day can be written short until the end of the second day after it, once in each nine days.

    >>> start = date(2026, 3, 1)
    >>> repairable(date(2026, 3, 3), date(2026, 3, 5), start, kept={start}, repaired=set())
    True
    >>> repairable(date(2026, 3, 3), date(2026, 3, 6), start, kept={start}, repaired=set())
    False
    """
    if not 1 <= (today - day).days <= REPAIR_DAYS or day < session_start or day in kept | repaired:
        return False
    stretch = nine_days_of(programme_day(session_start, day))
    return all(nine_days_of(programme_day(session_start, other)) != stretch for other in repaired)


@dataclass(frozen=True)
class Kept:
    """Everything a member's streaks are made of: finished days and weeks by activity, and forgiven days."""

    days: Mapping[Activity, frozenset[date]] = field(default_factory=dict)
    weeks: Mapping[Activity, frozenset[int]] = field(default_factory=dict)
    frozen: frozenset[date] = _NO_DAYS
    repaired: frozenset[date] = _NO_DAYS
    crossed: frozenset[date] = _NO_DAYS

    def of(self, activity: Activity) -> frozenset[date]:
        return self.days.get(activity, _NO_DAYS)

    @cached_property
    def any_day(self) -> frozenset[date]:
        """Days with at least one of the three pages."""
        return frozenset().union(*(self.of(activity) for activity in DAILY))

    @cached_property
    def whole_days(self) -> frozenset[date]:
        """Days with all three pages."""
        return self.of(DAILY[0]).intersection(*(self.of(activity) for activity in DAILY[1:]))

    @cached_property
    def held(self) -> frozenset[date]:
        """Days that hold the chain of the day without adding to it."""
        return self.frozen | self.crossed

    @cached_property
    def forgiven(self) -> frozenset[date]:
        """For a single page a repaired day holds as well: it was not that page that was written."""
        return self.held | self.repaired

    def streak(self, today: date, open_from: date | None = None) -> int:
        """The streak of the day: what the ring shows and the multiplier follows."""
        return streak_on(today, self.any_day, self.held, self.repaired, open_from=open_from)

    def streak_of(self, activity: Activity, today: date, open_from: date | None = None) -> int:
        return streak_on(today, self.of(activity), self.forgiven, open_from=open_from)

    def whole_streak(self, today: date, open_from: date | None = None) -> int:
        return streak_on(today, self.whole_days, self.forgiven, open_from=open_from)

    def weeks_of(self, activity: Activity) -> frozenset[int]:
        return self.weeks.get(activity, frozenset())

    def has(self, activity: Activity) -> bool:
        """Whether it was ever finished."""
        return bool(self.of(activity) or self.weeks_of(activity))

    def week_streak_of(self, activity: Activity, this_week: int, open_week: int | None = None) -> int:
        return week_streak(this_week, self.weeks_of(activity), open_week)

    def with_page(self, activity: Activity, day: date) -> "Kept":
        """As it stands once this page is finished."""
        return Kept(
            {**self.days, activity: self.of(activity) | {day}},
            self.weeks,
            self.frozen,
            self.repaired,
            self.crossed,
        )


def streak_ending(kept: Kept, day: date, session_start: date) -> int:
    """How long the chain is that ends with this day if it stays empty; 0 when there is none, or it is held.

    Freezes that are not written down yet count as spent on the days before, and may hold this one.

    >>> march = lambda *days: frozenset(date(2026, 3, day) for day in days)
    >>> written = Kept({Activity.morning_journal: march(1, 2, 5)}, frozen=march(3, 4))
    >>> streak_ending(written, date(2026, 3, 6), date(2026, 3, 1))
    3
    """
    if max(kept.any_day | kept.repaired, default=day) >= day:
        return 0
    tomorrow = day + _ONE_DAY
    forgiven = kept.frozen.union(
        freezes_due(
            kept.any_day, kept.frozen, tomorrow, session_start, repaired=kept.repaired, crossed=kept.crossed
        )
    )
    held = forgiven | kept.crossed
    return 0 if day in held else streak_on(day, kept.any_day, held, kept.repaired)
