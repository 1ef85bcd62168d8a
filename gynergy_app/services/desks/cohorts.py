"""The cohorts desk: who is in, how many may come, and which days were kept. Never what was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import CohortDraft, DayState
from gynergy_app.domain.gamification import Kept
from gynergy_app.domain.journaling import open_from
from gynergy_app.domain.program_drafts import Circumstances
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Invalid, NotFound
from gynergy_app.models.accounts import User
from gynergy_app.models.cohorts import Cohort
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import (
    audit_log,
    book_sessions,
    cohorts,
)
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.repositories.cohorts import Listed, Person
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.cohort_people import with_due_freezes

COHORTS_AT_ONCE = 25
MEMBERS_AT_ONCE = 25
SEARCH_LIMIT = 100
AUDIT_SHOWN = 30


class NoSuchCohort(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no cohort at this address. The list of cohorts shows them all.")


class NotInCohort(NotFound):
    def __init__(self) -> None:
        super().__init__("This member is not in the cohort any more. Nothing was changed.")


@dataclass(frozen=True)
class Shelf:
    """`last` is where the next page begins; None at the end of the list."""

    cohorts: tuple[Listed, ...]
    last: tuple[date, UUID] | None


@dataclass(frozen=True)
class Row:
    """A member and each day of the run as a state."""

    person: Person
    days: tuple[DayState, ...]


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    last: tuple[str, UUID] | None


@dataclass(frozen=True)
class CohortFile:
    cohort: Listed
    audit: tuple[Recorded, ...]


async def shelf(db: AsyncSession, *, now: datetime, before: tuple[date, UUID] | None = None) -> Shelf:
    found = await cohorts.page(db, at=now, before=before, size=COHORTS_AT_ONCE + 1)
    shown = tuple(found[:COHORTS_AT_ONCE])
    has_more = len(found) > COHORTS_AT_ONCE
    return Shelf(shown, (shown[-1].start_date, shown[-1].id) if has_more else None)


async def read(db: AsyncSession, cohort_id: UUID, *, now: datetime) -> CohortFile:
    cohort = await cohorts.find_listed(db, cohort_id, at=now)
    if cohort is None:
        raise NoSuchCohort
    return CohortFile(cohort, tuple(await audit_log.about_cohort(db, cohort_id, AUDIT_SHOWN)))


async def members(
    db: AsyncSession,
    cohort: Listed,
    *,
    now: datetime,
    search: str = "",
    role: str = "",
    after: tuple[str, UUID] | None = None,
) -> Page:
    """A page of members by name, with their days."""
    words = tidy_line(search)[:SEARCH_LIMIT].lower()
    found = await cohorts.members(
        db, cohort.id, search=words, role=role, after=after, size=MEMBERS_AT_ONCE + 1
    )
    shown = found[:MEMBERS_AT_ONCE]
    written = await cohorts.kept_days(db, cohort.id, [person.user_id for person in shown])
    rows = tuple(Row(person, day_states(cohort, person, written[person.user_id], now)) for person in shown)
    has_more = len(found) > MEMBERS_AT_ONCE
    return Page(rows, (shown[-1].sort_name, shown[-1].user_id) if has_more else None)


def day_states(
    cohort: Listed, person: Person, written: list[tuple[str, date]], now: datetime
) -> tuple[DayState, ...]:
    """Every day of the run, the first one first. None for a cohort without one."""
    if cohort.session_id is None or person.enrolled_on is None:
        return ()
    kept = with_due_freezes(written, cohort.start_date, open_from(now, person.timezone))
    length = (cohort.end_date - cohort.start_date).days + 1
    days = (cohort.start_date + timedelta(days=n) for n in range(length))
    return tuple(_state(day, kept, person.enrolled_on, open_from(now, person.timezone)) for day in days)


def _state(day: date, kept: Kept, joined: date, earliest: date) -> DayState:
    if day in kept.whole_days:
        return DayState.done
    if day in kept.any_day or day in kept.repaired:
        return DayState.partly
    if day in kept.held:
        return DayState.rest
    if day >= earliest:
        return DayState.ahead
    return DayState.before if day < joined else DayState.quiet


async def change(
    db: AsyncSession, admin: Member, cohort_id: UUID, typed: Mapping[str, Any], *, now: datetime
) -> bool:
    """Description, places and the two switches. False when everything was as it is already."""
    cohort = await held(db, cohort_id)
    run = await cohorts.hold_run(db, cohort.session_id) if cohort.session_id else None
    draft = CohortDraft.of(typed)
    taken = await _taken(db, run)
    if problems := draft.problems(Circumstances(clock.day_in(admin.timezone, now), enrolled=taken)):
        raise Invalid(problems)
    columns = draft.columns()
    if run is None:
        columns.pop("places")
    was = _said(cohort, run)
    before = {name: was[name] for name, value in columns.items() if was[name] != value}
    if not before:
        return False
    async with elevated(db):
        _write(db, cohort, run, columns)
    after = {name: columns[name] for name in before}
    await record(db, admin, Act.cohort_changed, cohort, before=before, after=after, now=now)
    return True


def _said(cohort: Cohort, run: BookSession | None) -> dict[str, Any]:
    return {
        "description": cohort.description,
        "places": run.max_enrollments if run else cohort.max_members,
        "is_active": cohort.is_active,
        "is_public": cohort.is_public,
    }


def _write(db: AsyncSession, cohort: Cohort, run: BookSession | None, columns: Mapping[str, Any]) -> None:
    for name in ("description", "is_active", "is_public"):
        setattr(cohort, name, columns[name])
    db.add(cohort)
    if run and run.max_enrollments != columns["places"]:
        run.max_enrollments = columns["places"]
        db.add(run)


async def _taken(db: AsyncSession, run: BookSession | None) -> int:
    return (await book_sessions.places_taken(db, [run.id])).get(run.id, 0) if run else 0


async def held(db: AsyncSession, cohort_id: UUID) -> Cohort:
    cohort = await cohorts.hold(db, cohort_id)
    if cohort is None:
        raise NoSuchCohort
    return cohort


async def record(
    db: AsyncSession,
    admin: Member,
    act: Act,
    cohort: Cohort,
    *,
    about: User | None = None,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    named = {"name": cohort.name} if about is None else {}
    await audit.record(
        db,
        admin,
        act,
        subject_id=cohort.id,
        about=about.id if about else None,
        reason=reason,
        before={**named, **before} if before is not None else None,
        after={**named, **after} if after is not None else None,
        now=now,
    )
