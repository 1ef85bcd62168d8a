"""Who is in a cohort: taken in, moved, taken out, made a moderator. Each with a reason, recorded and told."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.notifications.desk_notices import (
    cohort_joined_notice,
    cohort_left_notice,
    cohort_moved_notice,
    moderator_notice,
)
from gynergy_app.domain.notifications.notices import Notice
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.programs import LAST_ENROLLMENT_DAY, can_enroll
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.models.accounts import User
from gynergy_app.models.cohorts import Cohort, CohortMembership
from gynergy_app.models.programs import BookSession, SessionEnrollment
from gynergy_app.repositories import (
    cohorts,
    profile_settings,
    session_enrollments,
    users,
)
from gynergy_app.repositories.errors import SESSION_IS_FULL, sqlstate
from gynergy_app.routes import TODAY
from gynergy_app.services import notifications
from gynergy_app.services.audit import Act
from gynergy_app.services.desks.cohorts import NotInCohort, held, record
from gynergy_app.services.payments import entitlements, places
from gynergy_app.services.programs import SessionFull


class Place(StrEnum):
    """What becomes of a place whose member leaves: it stays once something was written in it."""

    stays = "stays"
    goes = "goes"
    none = "none"


WESTERNMOST = "Etc/GMT+12"
"""Where a day ends last."""


async def add(
    db: AsyncSession, admin: Member, cohort_id: UUID, email: str, reason: str, *, now: datetime
) -> str:
    """Give somebody who is here a place in the cohort’s run, and access to it; the answer is her name."""
    cohort, run = await _with_run(db, cohort_id)
    words = _reason(reason)
    person = await _person(db, email)
    await session_enrollments.hold_practice(db, person.id)
    if await cohorts.membership(db, cohort.id, person.id):
        raise Invalid({"email": "This member is in the cohort already."})
    await _take_in(db, person, cohort, run, now, field="email")
    if (await entitlements.read(db, person.id)).challenge(now) is Door.closed:
        await entitlements.grant(db, admin, person.id, words, now=now)
    notice = cohort_joined_notice(cohort.name, uuid4())
    await _concluded(
        db, admin, Act.cohort_joined, cohort, person, words, notice, now, after={"cohort": cohort.name}
    )
    return _name(person)


async def others(db: AsyncSession, cohort_id: UUID, *, now: datetime) -> list[Cohort]:
    """The cohorts somebody may still be moved to, by the earliest clock there is."""
    first = clock.day_in(WESTERNMOST, now) - timedelta(days=LAST_ENROLLMENT_DAY - 1)
    return list(await cohorts.list_others(db, cohort_id, first))


async def move(
    db: AsyncSession, admin: Member, cohort_id: UUID, user_id: UUID, to: UUID, reason: str, *, now: datetime
) -> str:
    """Into another cohort and its run. A place she wrote in stays hers; an empty one is given back."""
    former, target = await held(db, cohort_id), await _with_run(db, to)
    words = _reason(reason)
    person = await _take_hold(db, former, user_id)
    if await cohorts.membership(db, to, user_id):
        raise Invalid({"to": "This member is in that cohort already."})
    place = await _take_out(db, former, user_id, now)
    await _take_in(db, person, *target, now, field="to")
    notice = cohort_moved_notice(target[0].name, former.name, place is not Place.goes, uuid4())
    before, after = {"cohort": former.name}, {"cohort": target[0].name, "to": target[0].id}
    await _concluded(
        db, admin, Act.cohort_moved, former, person, words, notice, now, before=before, after=after
    )
    return target[0].name


async def remove(
    db: AsyncSession, admin: Member, cohort_id: UUID, user_id: UUID, reason: str, *, now: datetime
) -> bool:
    """Out of the cohort. The answer says whether her place stays, because she wrote in it."""
    cohort = await held(db, cohort_id)
    words = _reason(reason)
    person = await _take_hold(db, cohort, user_id)
    place = await _take_out(db, cohort, user_id, now)
    notice = cohort_left_notice(
        cohort.name, uuid4(), keeps_pages=place is not Place.goes, days_go_on=place is Place.stays
    )
    await _concluded(
        db, admin, Act.cohort_left, cohort, person, words, notice, now, before={"cohort": cohort.name}
    )
    return place is not Place.goes


async def appoint(
    db: AsyncSession, admin: Member, cohort_id: UUID, user_id: UUID, reason: str, *, now: datetime
) -> None:
    await _turn(db, admin, cohort_id, user_id, CohortRole.moderator, reason, now)


async def dismiss(
    db: AsyncSession, admin: Member, cohort_id: UUID, user_id: UUID, reason: str, *, now: datetime
) -> None:
    await _turn(db, admin, cohort_id, user_id, CohortRole.member, reason, now)


async def place_of(db: AsyncSession, cohort_id: UUID, user_id: UUID) -> Place:
    """What becomes of her place when she leaves."""
    return await _place_left(db, await held(db, cohort_id), user_id)


async def _turn(
    db: AsyncSession,
    admin: Member,
    cohort_id: UUID,
    user_id: UUID,
    role: CohortRole,
    reason: str,
    now: datetime,
) -> None:
    cohort = await held(db, cohort_id)
    words = _reason(reason)
    person = await _take_hold(db, cohort, user_id)
    membership = await cohorts.membership(db, cohort_id, user_id)
    if membership is None:
        raise NotInCohort
    was, is_one = membership.role, role is CohortRole.moderator
    if was is role:
        raise Conflict("Somebody else did this a moment before.")
    if is_one and person.suspended_at:
        raise Conflict("This account is suspended. Reinstate it before making it a moderator.")
    async with elevated(db):
        membership.role = role
        db.add(membership)
    act = Act.moderator_appointed if is_one else Act.moderator_dismissed
    notice = moderator_notice(cohort.name, is_one, uuid4())
    await _concluded(
        db, admin, act, cohort, person, words, notice, now, before={"role": was}, after={"role": role}
    )


async def _with_run(db: AsyncSession, cohort_id: UUID) -> tuple[Cohort, BookSession]:
    cohort = await held(db, cohort_id)
    run = await cohorts.hold_run(db, cohort.session_id) if cohort.session_id else None
    if run is None:
        raise Conflict("This cohort has no days of its own: people come in when they have reached day 45.")
    return cohort, run


async def _person(db: AsyncSession, email: str) -> User:
    person = await users.find_by_email(db, tidy_line(email))
    if person is None:
        raise Invalid({"email": "Nobody is here with this address. They can sign up first."})
    if person.suspended_at:
        raise Invalid({"email": "This account is suspended. Reinstate it first."})
    return person


async def _take_hold(db: AsyncSession, cohort: Cohort, user_id: UUID) -> User:
    """One change to a member's practice at a time: a page she finishes meanwhile comes before or after."""
    await session_enrollments.hold_practice(db, user_id)
    person = await users.find(db, user_id)
    if person is None or await cohorts.membership(db, cohort.id, user_id) is None:
        raise NotInCohort
    return person


async def _take_in(
    db: AsyncSession, person: User, cohort: Cohort, run: BookSession, now: datetime, *, field: str
) -> None:
    today = clock.day_in((await profile_settings.get(db, person.id)).timezone, now)
    has_place = await session_enrollments.find(db, run.id, person.id)
    if not has_place:
        _require_open(cohort, run, today, field)
    try:
        async with elevated(db):
            if not has_place:
                db.add(_place(person, run, today))
                await db.flush()
            db.add(CohortMembership(cohort_id=cohort.id, user_id=person.id))
    except DBAPIError as refused:
        if sqlstate(refused) == SESSION_IS_FULL:
            raise SessionFull from refused
        raise


def _require_open(cohort: Cohort, run: BookSession, today: date, field: str) -> None:
    if not cohort.is_active:
        raise Invalid({field: f"{cohort.name} takes nobody in. Open it first."})
    if not can_enroll(run.start_date, today):
        raise Invalid({field: f"{cohort.name} is past day nine and takes nobody in any more."})


def _place(person: User, run: BookSession, today: date) -> SessionEnrollment:
    return SessionEnrollment(user_id=person.id, book_id=run.book_id, session_id=run.id, enrollment_date=today)


async def _take_out(db: AsyncSession, cohort: Cohort, user_id: UUID, now: datetime) -> Place:
    """End the membership; the place too, unless something was written in it: then whoever waits is told."""
    place = await _place_left(db, cohort, user_id)
    run = await db.get(BookSession, cohort.session_id) if place is Place.goes else None
    async with elevated(db):
        await places.leave(db, user_id, cohort.id, run.id if run else None)
    if run:
        await places.tell(db, [run], cause=f"{now:%Y%m%d%H%M}", now=now)
    return place


async def _place_left(db: AsyncSession, cohort: Cohort, user_id: UUID) -> Place:
    if cohort.session_id is None:
        return Place.none
    return Place.stays if await cohorts.has_written(db, user_id, cohort.session_id) else Place.goes


def _reason(said: str) -> str:
    reason = tidy_line(said)
    if problem := reason_problem(reason):
        raise Invalid({"reason": problem})
    return reason


async def _concluded(
    db: AsyncSession,
    admin: Member,
    act: Act,
    cohort: Cohort,
    person: User,
    reason: str,
    notice: Notice,
    now: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write it down, and tell the member."""
    await record(db, admin, act, cohort, about=person, reason=reason, before=before, after=after, now=now)
    told = Member(person.id, person.email or "", person.first_name, person.last_name, "UTC")
    async with elevated(db):
        notifications.tell(db, told, notice, href=TODAY, now=now)


def _name(person: User) -> str:
    return f"{person.first_name} {person.last_name}".strip() or person.email or "Guest"
