"""Badges for pages that follow one another: a first one, a row of them, a whole day, week or weekend."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from gynergy_app.domain.gamification.conditions.base import (
    PAGE_NAMES,
    UNITS,
    Condition,
    Progress,
    listed,
    of_need,
    whole_number,
)
from gynergy_app.domain.gamification.kinds import DAILY, Activity
from gynergy_app.domain.gamification.story import Story
from gynergy_app.domain.gamification.streaks import longest_streak, longest_week_streak
from gynergy_app.domain.programs import WEEK_DAYS, date_of
from gynergy_app.domain.text import counted

SATURDAY = 5


@dataclass(frozen=True)
class Streak(Condition):
    """`{"type": "streak", "activity": "morning_journal", "count": 7}`; `"all"` means whole days."""

    type: ClassVar[str] = "streak"
    activity: Activity | None
    count: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        activity = None if data["activity"] == "all" else Activity(data["activity"])
        if activity and activity not in PAGE_NAMES:
            raise ValueError(f"{activity} has no streak")
        return cls(activity, whole_number(data["count"]))

    @property
    def is_weekly(self) -> bool:
        return self.activity == Activity.weekly_reflection

    @property
    def words(self) -> str:
        page = PAGE_NAMES[self.activity] if self.activity else "all three pages"
        return f"Finish {page} {counted(self.count, 'week' if self.is_weekly else 'day')} in a row."

    def measure(self, story: Story) -> Progress:
        have = self.count if self._longest(story) >= self.count else self._now(story)
        return of_need(have, self.count, UNITS[self.activity] if self.activity else "full days")

    def _longest(self, story: Story) -> int:
        kept = story.kept
        if self.activity is None:
            return longest_streak(kept.whole_days, kept.forgiven)
        if self.is_weekly:
            return longest_week_streak(kept.weeks_of(self.activity))
        return longest_streak(kept.of(self.activity), kept.forgiven)

    def _now(self, story: Story) -> int:
        if self.activity is None:
            return story.kept.whole_streak(story.today, story.open_from)
        if self.is_weekly:
            return story.week_streak_of(self.activity)
        return story.kept.streak_of(self.activity, story.today, story.open_from)


@dataclass(frozen=True)
class First(Condition):
    """`{"type": "first", "activity": "morning_journal"}`"""

    type: ClassVar[str] = "first"
    activity: Activity

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        activity = Activity(data["activity"])
        if activity not in DAILY:
            raise ValueError(f"{activity} has no first")
        return cls(activity)

    @property
    def words(self) -> str:
        return f"Finish {PAGE_NAMES[self.activity]} for the first time."

    def measure(self, story: Story) -> Progress:
        return Progress(len(story.kept.of(self.activity)), 1, "Waits for the first one")


@dataclass(frozen=True)
class Combo(Condition):
    """`{"type": "combo", "activities": [...], "count": 1}`; 7 go `"within": "program_week"`."""

    type: ClassVar[str] = "combo"
    activities: tuple[Activity, ...]
    is_week: bool

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        is_week = data.get("within") == "program_week"
        if data["count"] != (WEEK_DAYS if is_week else 1):
            raise ValueError("a combo is one day, or the seven days of a program week")
        activities = tuple(Activity(name) for name in data["activities"])
        if not activities or set(activities) - set(DAILY):
            raise ValueError("a combo is made of the three pages of a day")
        return cls(activities, is_week)

    @property
    def words(self) -> str:
        pages = listed([PAGE_NAMES[activity] for activity in self.activities])
        if self.is_week:
            return f"Finish {pages} on every day of a program week: days 1 to 7, 8 to 14 and so on."
        return f"Finish {pages} on the same day."

    def measure(self, story: Story) -> Progress:
        days = story.kept.of(self.activities[0]).intersection(*map(story.kept.of, self.activities))
        if self.is_week:
            weeks = (_days_of_week(story.start, week) for week in range(1, story.week + 2))
            best = any(days.issuperset(week) for week in weeks)
            this_week = len(days.intersection(_days_of_week(story.start, story.week)))
            return of_need(WEEK_DAYS if best else this_week, WEEK_DAYS, "full days this week")
        need = len(self.activities)
        today = sum(story.today in story.kept.of(activity) for activity in self.activities)
        return of_need(need if days else today, need, "pages today")


def _days_of_week(start: date, week: int) -> list[date]:
    first = date_of(start, WEEK_DAYS * (week - 1) + 1)
    return [first + timedelta(days=n) for n in range(WEEK_DAYS)]


@dataclass(frozen=True)
class Weekend(Condition):
    """`{"type": "weekend"}`"""

    type: ClassVar[str] = "weekend"

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls()

    @property
    def words(self) -> str:
        return "Finish all three pages on a Saturday and on the Sunday after it."

    def measure(self, story: Story) -> Progress:
        whole = story.kept.whole_days
        if any(day.weekday() == SATURDAY and day + timedelta(days=1) in whole for day in whole):
            return of_need(2, 2, "days")
        saturday = story.today - timedelta(days=(story.today.weekday() - SATURDAY) % 7)
        return of_need(int(saturday in whole and story.today <= saturday + timedelta(days=1)), 2, "days")
