"""Badges for the way as a whole: milestones, graduation, the larger pieces of writing, and one another."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

from gynergy_app.domain.gamification.conditions.base import (
    Condition,
    Progress,
    of_need,
    whole_number,
)
from gynergy_app.domain.gamification.story import Story
from gynergy_app.domain.programs import date_of
from gynergy_app.domain.text import counted, spelled

VISION_PARTS = 4
JOURNEY_AREAS = 8


@dataclass(frozen=True)
class Milestone(Condition):
    """`{"type": "milestone", "number": 1, "day": 9}`; reached by writing on or after its day."""

    type: ClassVar[str] = "milestone"
    number: int
    day: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(whole_number(data["number"]), whole_number(data["day"]))

    @property
    def words(self) -> str:
        return f"Write on day {self.day} or after it."

    def measure(self, story: Story) -> Progress:
        if story.last_written_day >= self.day:
            return Progress(self.day, self.day, "Reached")
        ahead = self.day - story.day
        words = f"In {counted(ahead, 'day')}" if ahead > 0 else "With your next page"
        return Progress(max(min(story.day, self.day - 1), 0), self.day, words)


@dataclass(frozen=True)
class Graduate(Condition):
    """`{"type": "graduate", "day": 45, "kept": 36}`"""

    type: ClassVar[str] = "graduate"
    day: int
    kept: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        day, kept = whole_number(data["day"]), whole_number(data["kept"])
        if kept > day:
            raise ValueError(f"{kept} days cannot be kept in {day}")
        return cls(day, kept)

    @property
    def words(self) -> str:
        return f"Reach day {self.day} with at least {self.kept} of its {self.day} days kept."

    def measure(self, story: Story) -> Progress:
        last = date_of(story.start, self.day)
        days = story.kept.any_day | story.kept.repaired
        kept = sum(story.start <= day <= last for day in days)
        if kept >= self.kept and story.day < self.day:
            return Progress(self.kept, self.kept, f"Waits for day {self.day}")
        return of_need(kept, self.kept, "days")

    def is_met(self, story: Story) -> bool:
        return story.day >= self.day and super().is_met(story)


class Part(StrEnum):
    """What is filled in over days, and belongs to none of them."""

    visions = "visions"
    journey = "journey"


@dataclass(frozen=True)
class Complete(Condition):
    """`{"type": "complete", "activity": "visions"}` or `"journey"`"""

    type: ClassVar[str] = "complete"
    is_of_days: ClassVar[bool] = False
    part: Part

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(Part(data["activity"]))

    @property
    def words(self) -> str:
        if self.part == Part.visions:
            return f"Complete all {spelled(VISION_PARTS)} parts of your vision."
        return f"Fill in all {spelled(JOURNEY_AREAS)} areas of your life map."

    def measure(self, story: Story) -> Progress:
        if self.part == Part.visions:
            return of_need(story.visions, VISION_PARTS, "parts")
        return of_need(story.journey_areas, JOURNEY_AREAS, "areas")


@dataclass(frozen=True)
class Share(Condition):
    """`{"type": "share", "count": 5}`"""

    type: ClassVar[str] = "share"
    is_of_days: ClassVar[bool] = False
    count: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(whole_number(data["count"]))

    @property
    def words(self) -> str:
        return f"Share {counted(self.count, 'gratitude action')} with your cohort."

    def measure(self, story: Story) -> Progress:
        return of_need(story.shares, self.count, "shared")


@dataclass(frozen=True)
class Encourage(Condition):
    """`{"type": "encourage", "count": 5}`; who is encouraged three times on one day counts once for it."""

    type: ClassVar[str] = "encourage"
    is_of_days: ClassVar[bool] = False
    count: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(whole_number(data["count"]))

    @property
    def words(self) -> str:
        times = counted(self.count, "time")
        return f"Encourage people in your cohort {times}; each person counts once a day."

    def measure(self, story: Story) -> Progress:
        return of_need(story.encouragements, self.count, "times")


@dataclass(frozen=True)
class Referral(Condition):
    """`{"type": "referral", "count": 5}`; given with its milestone, when somebody invited takes a place."""

    type: ClassVar[str] = "referral"
    is_of_days: ClassVar[bool] = False
    count: int

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(whole_number(data["count"]))

    @property
    def words(self) -> str:
        takes = "takes" if self.count == 1 else "take"
        return f"Invite {counted(self.count, 'person', 'people')} who {takes} a place."

    def measure(self, story: Story) -> Progress:
        return of_need(story.invited, self.count, "people")

    def is_met(self, story: Story) -> bool:
        """No page earns it."""
        return False
