"""Badges for when a page was finished, and for how a day compares with the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
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
from gynergy_app.domain.gamification.story import Page, Story
from gynergy_app.domain.text import counted, spelled


@dataclass(frozen=True)
class TimeOfDay(Condition):
    """`{"type": "time", "activities": ["morning_journal"], "before": "07:00", "count": 5}`

    Several activities must all be finished in time on the same day; `"any"` means whichever page. A page
    written for yesterday is late and does not count, unless the window begins somewhere, as at midnight.
    """

    type: ClassVar[str] = "time"
    activities: tuple[Activity, ...]
    is_any: bool
    after: time | None
    before: time
    count: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        is_any = data["activities"] == "any"
        activities = DAILY if is_any else tuple(Activity(name) for name in data["activities"])
        if not activities or set(activities) - set(DAILY):
            raise ValueError("only the three pages of a day have a time")
        after = time.fromisoformat(data["after"]) if "after" in data else None
        return cls(activities, is_any, after, time.fromisoformat(data["before"]), whole_number(data["count"]))

    @property
    def words(self) -> str:
        page = "a page" if self.is_any else listed([PAGE_NAMES[activity] for activity in self.activities])
        since = f"between {self.after:%H:%M} and" if self.after else "before"
        together = " on the same day" if len(self.activities) > 1 and not self.is_any else ""
        often = f" on {counted(self.count, 'day')}" if self.count > 1 else together
        return f"Finish {page} {since} {self.before:%H:%M}{often}."

    def measure(self, story: Story) -> Progress:
        days = self._days(story)
        if self.count == 1:
            return Progress(len(days), 1, "Not yet")
        unit = UNITS[self.activities[0]] if len(self.activities) == 1 else "days"
        return of_need(len(days), self.count, unit)

    def _days(self, story: Story) -> set[date]:
        in_time = {activity: set[date]() for activity in self.activities}
        for page in story.pages:
            if page.activity in in_time and self._is_in_time(page):
                in_time[page.activity].add(page.day)
        return set.union(*in_time.values()) if self.is_any else set.intersection(*in_time.values())

    def _is_in_time(self, page: Page) -> bool:
        if self.after is None:
            return page.is_same_day and page.at.time() < self.before
        return self.after <= page.at.time() < self.before


@dataclass(frozen=True)
class Comeback(Condition):
    """`{"type": "comeback", "days_away": 3}`"""

    type: ClassVar[str] = "comeback"
    days_away: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(whole_number(data["days_away"]))

    @property
    def words(self) -> str:
        return f"Write again after {counted(self.days_away, 'day')} or more away."

    def measure(self, story: Story) -> Progress:
        days = sorted(story.kept.any_day)
        gaps = ((later - earlier).days - 1 for earlier, later in pairwise(days))
        return Progress(int(any(gap >= self.days_away for gap in gaps)), 1, "If you ever need it")


@dataclass(frozen=True)
class BetterMood(Condition):
    """`{"type": "mood", "count": 5}`; only days that follow one another are compared."""

    type: ClassVar[str] = "mood"
    count: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(whole_number(data["count"]))

    @property
    def words(self) -> str:
        days = "one day" if self.count == 1 else f"{spelled(self.count)} days"
        return f"Rate your mood higher than the day before on {days}."

    def measure(self, story: Story) -> Progress:
        moods = story.moods
        before = ((mood, moods.get(day - timedelta(days=1))) for day, mood in moods.items())
        return of_need(sum(was is not None and mood > was for mood, was in before), self.count, "days")
