"""The list of cohorts: which run they live, how full they are, and how many kept yesterday."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.programs import status_on
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.cohorts import Listed
from gynergy_app.services.desks import cohorts
from gynergy_app.state.admin.words import SESSION_STATES, short_date


@dataclass(frozen=True)
class CohortRow:
    id: str
    name: str
    href: str
    program: str
    days: str
    state: str
    kind: str
    people: str
    kept: str


@admin_only
class CohortsState(rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    rows: list[CohortRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _last: tuple[date, UUID] | None = None

    @rx.event
    async def open(self):
        self.rows = await self._fetch(None)
        self.is_loading = False

    @rx.event
    async def more(self):
        if self._last is None:
            return
        self.is_fetching = True
        yield
        self.rows = [*self.rows, *await self._fetch(self._last)]
        self.is_fetching = False

    async def _fetch(self, before: tuple[date, UUID] | None) -> list[CohortRow]:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await cohorts.shelf(db, now=now, before=before)
        self.zone, self._last, self.has_more = who.timezone, found.last, found.last is not None
        return [_row(cohort, clock.day_in(who.timezone, now)) for cohort in found.cohorts]


def _row(cohort: Listed, today: date) -> CohortRow:
    state, kind = state_of(cohort, today)
    return CohortRow(
        id=str(cohort.id),
        name=cohort.name,
        href=routes.admin_cohort(str(cohort.id)),
        program=cohort.book_name or "–",
        days=days_of(cohort, today),
        state=state,
        kind=kind,
        people=people_in(cohort),
        kept=kept_yesterday(cohort),
    )


def state_of(cohort: Listed, today: date) -> tuple[str, str]:
    """A word and the kind of its tag."""
    if cohort.is_alumni:
        return "For good", "good"
    words, kind = SESSION_STATES[
        status_on(today, cohort.start_date, cohort.end_date, cohort.grace_period_end)
    ]
    return (words, kind) if cohort.is_active else (f"{words}, closed", "wait")


def days_of(cohort: Listed, today: date) -> str:
    if cohort.session_id is None:
        return "–"
    return f"{short_date(cohort.start_date, today)} – {short_date(cohort.end_date, today)}"


def people_in(cohort: Listed) -> str:
    if cohort.places is None or cohort.session_id is None:
        return f"{cohort.members:,}"
    return f"{cohort.members:,} of {cohort.places:,}"


def kept_yesterday(cohort: Listed) -> str:
    """Of those who had a yesterday in this run to keep."""
    return f"{cohort.kept:,} of {cohort.expected:,}" if cohort.expected else "–"
