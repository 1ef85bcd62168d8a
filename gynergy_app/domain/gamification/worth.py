"""What an activity is worth on a day: the latest value announced for it, else the program's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gynergy_app.domain.gamification.kinds import Activity

BOOK_COLUMNS: Mapping[Activity, str] = {
    Activity.morning_journal: "morning_journal_points",
    Activity.evening_journal: "evening_journal_points",
    Activity.gratitude_action: "daily_action_points",
    Activity.weekly_reflection: "weekly_journal_points",
    Activity.weekly_challenge: "weekly_action_points",
    Activity.vision: "vision_points",
}
"""Where a program keeps what it started with."""


@dataclass(frozen=True)
class Announced:
    """A value that holds from a day on, until the next one."""

    activity: Activity
    points: int
    effective_on: date


@dataclass(frozen=True)
class Worth:
    """`first` are the program's own values, `announced` what replaced them, in any order."""

    first: Mapping[Activity, int]
    announced: tuple[Announced, ...] = ()

    @classmethod
    def of(cls, book: object, announced: Iterable[Announced] = ()) -> "Worth":
        """From a row of `books` and the values announced for it."""
        first = {activity: getattr(book, column) for activity, column in BOOK_COLUMNS.items()}
        return cls(first, tuple(announced))

    def on(self, activity: Activity, day: date) -> int:
        """
        >>> vision = Activity.vision
        >>> later, soon = Announced(vision, 30, date(2026, 3, 10)), Announced(vision, 25, date(2026, 3, 5))
        >>> worth = Worth({vision: 20}, (later, soon))
        >>> [worth.on(vision, date(2026, 3, day)) for day in (4, 5, 10)]
        [20, 25, 30]
        """
        begun = (one for one in self.announced if one.activity == activity and one.effective_on <= day)
        latest = max(begun, key=lambda one: one.effective_on, default=None)
        return latest.points if latest else self.first[activity]

    def all_on(self, day: date) -> dict[Activity, int]:
        return {activity: self.on(activity, day) for activity in self.first}
