"""What every badge condition can do: say itself in words, and say how far a story has come."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from gynergy_app.domain.gamification.kinds import Activity
from gynergy_app.domain.gamification.story import Story

PAGE_NAMES = {
    Activity.morning_journal: "the morning journal",
    Activity.evening_journal: "the evening journal",
    Activity.gratitude_action: "the gratitude action",
    Activity.weekly_reflection: "the weekly reflection",
}

UNITS = {
    Activity.morning_journal: "mornings",
    Activity.evening_journal: "evenings",
    Activity.gratitude_action: "actions",
    Activity.weekly_reflection: "weeks",
}


@dataclass(frozen=True)
class Progress:
    """How far a story has come: "5 of 7 mornings"."""

    have: int
    need: int
    words: str

    @property
    def percent(self) -> int:
        return min(100 * self.have // self.need, 100)


class Condition(ABC):
    """One way to earn a badge, read from `badges.unlock_condition`."""

    type: ClassVar[str]
    is_of_days: ClassVar[bool] = True
    """Whether it asks for pages of days alone, and for nothing that belongs to no day."""

    @classmethod
    @abstractmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From the stored JSON; any mistake in it is a KeyError, TypeError or ValueError."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What to do, in one sentence."""

    @abstractmethod
    def measure(self, story: Story) -> Progress: ...

    def is_met(self, story: Story) -> bool:
        progress = self.measure(story)
        return progress.have >= progress.need

    def progress(self, story: Story) -> Progress:
        """What to show while the badge is not earned."""
        measured = self.measure(story)
        return Progress(min(measured.have, measured.need), measured.need, measured.words)


def whole_number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{value!r} is not a whole number of at least 1")
    return value


def of_need(have: int, need: int, unit: str) -> Progress:
    """
    >>> of_need(5, 7, "mornings").words
    '5 of 7 mornings'
    """
    return Progress(have, need, f"{min(have, need)} of {need} {unit}")


def listed(names: Sequence[str]) -> str:
    """
    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
