"""A program as it introduces itself."""

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

MOST_POINTS = 1_000

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

POINTS = (
    "morning_journal_points",
    "evening_journal_points",
    "daily_action_points",
    "weekly_journal_points",
    "weekly_action_points",
    "vision_points",
)


@dataclass(frozen=True)
class BookDraft(Draft):
    """A program as it introduces itself, and what its pages are worth."""

    name: str = ""
    short_name: str = ""
    slug: str = ""
    heading: str = ""
    description: str = ""
    farewell: str = ""
    morning_journal_points: str = ""
    evening_journal_points: str = ""
    daily_action_points: str = ""
    weekly_journal_points: str = ""
    weekly_action_points: str = ""
    vision_points: str = ""

    @classmethod
    def prose(cls) -> frozenset[str]:
        return frozenset({"description", "farewell"})

    def problems(self, at: Circumstances) -> Problems:
        is_slug = bool(_SLUG.fullmatch(self.slug)) and len(self.slug) <= 60
        return only_found(
            {
                "name": line_problem(self.name, 80, "Please name the program."),
                "short_name": line_problem(
                    self.short_name, 30, "Please give it a short name for narrow places."
                ),
                "slug": None
                if is_slug
                else "Please use small letters, digits and single hyphens, 60 at most.",
                "heading": line_problem(self.heading, 120),
                "description": line_problem(self.description, 2_000),
                "farewell": line_problem(self.farewell, 2_000),
            }
            | {name: number_problem(getattr(self, name), 0, MOST_POINTS) for name in POINTS}
        )

    def columns(self) -> dict[str, Any]:
        points = {name: whole_number(getattr(self, name)) for name in POINTS}
        words = {
            "name": self.name,
            "short_name": self.short_name,
            "slug": self.slug,
            "farewell": self.farewell,
        }
        return words | points | {"heading": self.heading or None, "description": self.description or None}
