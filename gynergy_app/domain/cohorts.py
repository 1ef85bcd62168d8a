"""The group that lives one book session together, and what an admin may type about it."""

from dataclasses import dataclass
from enum import StrEnum
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
from gynergy_app.domain.program_drafts.sessions import MOST_PLACES
from gynergy_app.domain.text import counted


class CohortRole(StrEnum):
    admin = "admin"
    moderator = "moderator"
    member = "member"


class DayState(StrEnum):
    """What a day of a member looks like from the desk. `ahead` is also a day that can still be written."""

    done = "done"
    partly = "partly"
    rest = "rest"
    quiet = "quiet"
    ahead = "ahead"
    before = "before"


@dataclass(frozen=True)
class CohortDraft(Draft):
    """Without places there is no limit. The name and the days come with the session."""

    description: str = ""
    places: str = ""
    is_active: str = ""
    is_public: str = ""

    @classmethod
    def prose(cls) -> frozenset[str]:
        return frozenset({"description"})

    def problems(self, at: Circumstances) -> Problems:
        return only_found(
            {"description": line_problem(self.description, 600), "places": self._places_problem(at.enrolled)}
        )

    def _places_problem(self, taken: int) -> str | None:
        """
        >>> from datetime import date
        >>> CohortDraft(places="3").problems(Circumstances(date(2026, 3, 1), enrolled=5))["places"]
        'Five people have a place already, so there cannot be fewer.'
        """
        if not self.places:
            return None
        if problem := number_problem(self.places, 1, MOST_PLACES):
            return problem
        if (whole_number(self.places) or 0) < taken:
            people = counted(taken, "person has", "people have").capitalize()
            return f"{people} a place already, so there cannot be fewer."
        return None

    def columns(self) -> dict[str, Any]:
        return {
            "description": self.description or None,
            "places": whole_number(self.places) if self.places else None,
            "is_active": self.is_active == "on",
            "is_public": self.is_public == "on",
        }
