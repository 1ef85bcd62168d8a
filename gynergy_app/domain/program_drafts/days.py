"""What the days of a program bring: milestones, actions, quotes."""

import re
from dataclasses import dataclass
from typing import Any

from gynergy_app.domain.program_drafts.base import (
    Circumstances,
    Draft,
    Problems,
    line_problem,
    number_problem,
    only_found,
    whole_number,
)
from gynergy_app.domain.programs import PROGRAM_DAYS, WEEK_DAYS, ActionType

WEEKS = (PROGRAM_DAYS - 1) // WEEK_DAYS + 1

_LINK = re.compile(r"https://[^\s/]+\.[^\s]+")


@dataclass(frozen=True)
class MilestoneDraft(Draft):
    order: str = ""
    name: str = ""
    start_point: str = ""
    end_point: str = ""

    def problems(self, at: Circumstances) -> Problems:
        found = {
            "order": number_problem(self.order, 1, 20),
            "name": line_problem(self.name, 60, "Please name the milestone."),
            "start_point": number_problem(self.start_point, 1, PROGRAM_DAYS),
            "end_point": number_problem(self.end_point, 1, PROGRAM_DAYS),
        }
        start, end = whole_number(self.start_point), whole_number(self.end_point)
        if not found["end_point"] and start and end and end < start:
            found["end_point"] = "A stretch ends on the day it begins, or later."
        return only_found(found)

    def columns(self) -> dict[str, Any]:
        numbers = {name: whole_number(getattr(self, name)) for name in ("order", "start_point", "end_point")}
        return numbers | {"name": self.name}


@dataclass(frozen=True)
class ActionDraft(Draft):
    """A gratitude action of a day, or the challenge of a week."""

    action_type: str = ""
    period: str = ""
    title: str = ""
    tip: str = ""
    hyperlink: str = ""
    is_self: str = ""
    is_list: str = ""
    is_draw: str = ""
    is_eulogy: str = ""
    is_meditation: str = ""
    is_journey_table: str = ""

    @classmethod
    def prose(cls) -> frozenset[str]:
        return frozenset({"tip"})

    @property
    def kind(self) -> ActionType:
        return ActionType.weekly if self.action_type == ActionType.weekly else ActionType.daily

    def problems(self, at: Circumstances) -> Problems:
        most = WEEKS if self.kind is ActionType.weekly else PROGRAM_DAYS
        is_linked = not self.hyperlink or _LINK.fullmatch(self.hyperlink)
        known = self.action_type in tuple(ActionType)
        return only_found(
            {
                "action_type": None if known else "Please choose whether it is for a day or for a week.",
                "period": number_problem(self.period, 1, most),
                "title": line_problem(self.title, 120, "Please say what is asked for."),
                "tip": line_problem(self.tip, 600),
                "hyperlink": None
                if is_linked
                else "A link begins with https://, such as https://example.org/page.",
            }
        )

    def columns(self) -> dict[str, Any]:
        """What only a challenge of a week asks for, no day does."""
        is_weekly = self.kind is ActionType.weekly
        return {
            "is_eulogy": is_weekly and bool(self.is_eulogy),
            "is_meditation": is_weekly and bool(self.is_meditation),
            "is_journey_table": is_weekly and bool(self.is_journey_table),
            "action_type": self.kind,
            "period": whole_number(self.period),
            "title": self.title,
            "tip": self.tip or None,
            "hyperlink": self.hyperlink or None,
            "is_self": bool(self.is_self),
            "is_list": bool(self.is_list),
            "is_draw": bool(self.is_draw),
        }


@dataclass(frozen=True)
class QuoteDraft(Draft):
    day: str = ""
    content: str = ""
    author: str = ""
    source: str = ""

    @classmethod
    def prose(cls) -> frozenset[str]:
        return frozenset({"content"})

    def problems(self, at: Circumstances) -> Problems:
        return only_found(
            {
                "day": number_problem(self.day, 1, PROGRAM_DAYS),
                "content": line_problem(self.content, 500, "Please write the words of the day."),
                "author": line_problem(self.author, 120),
                "source": line_problem(self.source, 200),
            }
        )

    def columns(self) -> dict[str, Any]:
        return {
            "day": whole_number(self.day),
            "content": self.content,
            "author": self.author or None,
            "source": self.source or None,
        }
