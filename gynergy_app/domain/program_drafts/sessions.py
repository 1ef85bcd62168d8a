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
FURTHEST_START = timedelta(days=3 * 366)


@dataclass(frozen=True)
class SessionDraft(Draft):
    """One run, as long as its program: the last day is never typed. Without places there is no limit."""

    cohort_label: str = ""
    start_date: str = ""
    max_enrollments: str = ""

    @property
    def start(self) -> date | None:
        return as_date(self.start_date)

    def end(self, days: int) -> date | None:
        """
        >>> SessionDraft(start_date="2026-04-01").end(45)
        datetime.date(2026, 5, 15)
        """
        return last_day(self.start, days) if self.start else None

    @property
    def places(self) -> int | None:
        return whole_number(self.max_enrollments)

    def problems(self, at: Circumstances) -> Problems:
        """Once a session has begun its days stay, so they are not asked about."""
        found = {
            "cohort_label": line_problem(self.cohort_label, 60, "Please give the cohort a name."),
            "max_enrollments": self._places_problem(at.enrolled),
        }
        if not at.has_begun:
            found["start_date"] = self._start_problem(at.today)
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

    def columns(self) -> dict[str, Any]:
        return {
            "cohort_label": self.cohort_label,
            "start_date": self.start,
            "max_enrollments": self.places,
        }
