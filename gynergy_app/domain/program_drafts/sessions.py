"""Opening a run of a program, and changing it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gynergy_app.domain.program_drafts.base import (
    Circumstances,
    Draft,
    Problems,
    as_date,
    line_problem,
    number_problem,
    only_found,
    whole_number,
)
from gynergy_app.domain.programs import last_day

MOST_PLACES = 100_000
LONGEST_SESSION = 366
FURTHEST_START = timedelta(days=3 * 366)


@dataclass(frozen=True)
class SessionDraft(Draft):
    """One run. Without an end it lasts the program's 45 days; without places there is no limit."""

    cohort_label: str = ""
    start_date: str = ""
    end_date: str = ""
    max_enrollments: str = ""

    @property
    def start(self) -> date | None:
        return as_date(self.start_date)

    @property
    def end(self) -> date | None:
        if not self.end_date and self.start:
            return last_day(self.start)
        return as_date(self.end_date)

    @property
    def places(self) -> int | None:
        return whole_number(self.max_enrollments)

    def problems(self, at: Circumstances) -> Problems:
        """Once a session has begun its dates stay, so they are not asked about."""
        found = {
            "cohort_label": line_problem(self.cohort_label, 60, "Please give the cohort a name."),
            "max_enrollments": self._places_problem(at.enrolled),
        }
        if not at.has_begun:
            found |= {"start_date": self._start_problem(at.today), "end_date": self._end_problem()}
        return only_found(found)

    def _places_problem(self, enrolled: int) -> str | None:
        if not self.max_enrollments:
            return None
        if problem := number_problem(self.max_enrollments, 1, MOST_PLACES):
            return problem
        if self.places is not None and self.places < enrolled:
            return f"{enrolled} people have a place already, so there cannot be fewer."
        return None

    def _start_problem(self, today: date) -> str | None:
        if self.start is None:
            return "Please choose the first day."
        if self.start < today:
            return "The first day cannot lie in the past."
        return "This start is more than three years away." if self.start > today + FURTHEST_START else None

    def _end_problem(self) -> str | None:
        if self.end is None:
            return "Please choose the last day, or leave it empty." if self.end_date else None
        if self.start and self.end <= self.start:
            return "The last day comes after the first."
        if self.start and (self.end - self.start).days >= LONGEST_SESSION:
            return "A session lasts a year at most."
        return None

    def columns(self) -> dict[str, Any]:
        return {
            "cohort_label": self.cohort_label,
            "start_date": self.start,
            "end_date": self.end,
            "max_enrollments": self.places,
        }
