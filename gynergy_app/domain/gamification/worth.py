"""What an activity is worth on a day, and what is added to it: the latest value announced, else the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gynergy_app.domain.gamification.kinds import Activity, Extra
from gynergy_app.domain.gamification.rules import Rules

BOOK_COLUMNS: Mapping[Activity, str] = {
    Activity.morning_journal: "morning_journal_points",
    Activity.evening_journal: "evening_journal_points",
    Activity.gratitude_action: "daily_action_points",
    Activity.weekly_reflection: "weekly_journal_points",
    Activity.weekly_challenge: "weekly_action_points",
    Activity.vision: "vision_points",
}
"""Where a program keeps what it started with."""

RULE_FIELDS: Mapping[Extra, str] = {
    Extra.early_morning: "early",
    Extra.whole_day: "whole_day",
    Extra.perfect_week: "perfect_week",
}
"""Where the rules keep what each of them began with."""


def priced(kind: str) -> Activity | Extra:
    return Extra(kind) if kind in set(Extra) else Activity(kind)


@dataclass(frozen=True)
class Announced:
    """A value that holds from a day on, until the next one."""

    activity: Activity | Extra
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
        latest = self._latest(activity, day)
        return self.first[activity] if latest is None else latest

    def extras_on(self, rules: Rules, day: date) -> Rules:
        """The rules with what is announced for this day in place of what they began with.

        >>> worth = Worth({}, (Announced(Extra.whole_day, 15, date(2026, 3, 5)),))
        >>> [worth.extras_on(Rules(whole_day=10, early=5), date(2026, 3, day)).whole_day for day in (4, 5)]
        [10, 15]
        """
        said = {name: self._latest(extra, day) for extra, name in RULE_FIELDS.items()}
        changed = {name: points for name, points in said.items() if points is not None}
        return replace(rules, **changed) if changed else rules

    def _latest(self, kind: Activity | Extra, day: date) -> int | None:
        begun = (one for one in self.announced if one.activity == kind and one.effective_on <= day)
        latest = max(begun, key=lambda one: one.effective_on, default=None)
        return latest.points if latest else None

    def all_on(self, day: date) -> dict[Activity, int]:
        return {activity: self.on(activity, day) for activity in self.first}
