"""Joining a book session and knowing which of its days it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity, Rules, Worth
from gynergy_app.domain.programs import (
    LAST_ENROLLMENT_DAY,
    Phase,
    can_enroll,
    grace_end,
    programme_day,
    read_phases,
)
from gynergy_app.errors import Conflict, NotFound
from gynergy_app.models.cohorts import CohortMembership
from gynergy_app.models.programs import BookSession, SessionEnrollment, Waitlist
from gynergy_app.repositories import book_sessions, graduates, session_enrollments
from gynergy_app.repositories.book_sessions import Place
from gynergy_app.repositories.errors import SESSION_IS_FULL, sqlstate
from gynergy_app.services import events
from gynergy_app.services.events import EventType

OPEN_AHEAD = timedelta(days=180)
"""How far ahead a session is offered."""


class SessionFull(Conflict):
    def __init__(self) -> None:
        super().__init__("The last place was just taken. Wait for one to open, or choose the next start.")


class EnrollmentClosed(Conflict):
    def __init__(self) -> None:
        super().__init__("This session is past day nine and takes nobody in any more. Choose the next start.")


class AlreadyEnrolled(Conflict):
    def __init__(self) -> None:
        super().__init__("You already have a place in this session. Your pages are waiting on Today.")


class SessionGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This session is no longer offered. Choose one of the starts below.")


@dataclass(frozen=True)
class Enrolled:
    """Where a member is: which run, with whom, on which of its days."""

    enrollment: SessionEnrollment
    session_id: UUID
    book_id: UUID
    book_name: str
    cohort_id: UUID | None
    cohort_name: str
    start_date: date
    end_date: date
    grace_period_end: date | None
    today: date
    day: int
    phases: tuple[Phase, ...]
    worth: Worth
    rules: Rules
    """What is in force; of the day itself, where a day long past is lived again."""
    has_graduated_elsewhere: bool = False
    """Whether another session of hers came to its last day, and so has a yearbook."""
    is_current: bool = True
    """Whether she lives this session. Another one of hers is read, and takes no page."""
    is_personal: bool = False
    """Whether she lives it alone, apart from any cohort: nothing it says opens anything."""
    rewards: Mapping[UUID, int] | None = None
    """What badges were worth on a day long past; None is what they are worth now."""

    @property
    def points(self) -> dict[Activity, int]:
        """What each activity is worth today."""
        return self.worth.all_on(self.today)

    def rules_on(self, day: date) -> Rules:
        """Bands and bonuses, with what was announced for this day."""
        return self.worth.extras_on(self.rules, day)

    @property
    def first_day(self) -> int:
        """The programme day on which her days began: day 1, or the day she came."""
        return max(programme_day(self.start_date, self.enrollment.enrollment_date), 1)

    @property
    def open_until(self) -> date:
        """The last day that takes a page, while she lives this session."""
        return self.grace_period_end or grace_end(self.end_date)

    @property
    def has_start(self) -> bool:
        """With others, and not over yet. Days of her own, or past ones, leave her free to choose."""
        return not self.is_personal and self.today <= self.end_date

    @classmethod
    def of(cls, living: book_sessions.Living, today: date) -> "Enrolled":
        session, book = living.session, living.book
        return cls(
            enrollment=living.enrollment,
            session_id=session.id,
            book_id=book.id,
            book_name=book.name,
            cohort_id=living.cohort_id,
            cohort_name=living.cohort_name,
            start_date=session.start_date,
            end_date=session.end_date,
            grace_period_end=session.grace_period_end,
            today=today,
            day=programme_day(session.start_date, today),
            phases=read_phases(book.journey_phases),
            worth=living.worth,
            rules=living.rules,
            has_graduated_elsewhere=living.has_graduated_elsewhere,
            is_personal=session.is_personal,
        )


@dataclass(frozen=True)
class OpenSession:
    """A run somebody may still join. `places_left` is None when there is no limit."""

    session_id: UUID
    label: str
    starts_on: date
    ends_on: date
    day_today: int
    places_left: int | None
    waitlist_place: int | None
    about: str = ""

    @property
    def is_full(self) -> bool:
        return self.places_left == 0


async def current_enrollment(db: AsyncSession, member: Member, *, now: datetime) -> Enrolled | None:
    today = clock.day_in(member.timezone, now)
    living = await book_sessions.find_living(db, member.id, today)
    return Enrolled.of(living, today) if living else None


async def enrollment(
    db: AsyncSession, member: Member, session_id: UUID | None, *, now: datetime
) -> Enrolled | None:
    """Her place in the session asked for; in the one she lives, when none is asked for or it is not hers."""
    current = await current_enrollment(db, member, now=now)
    if current is None or session_id is None or session_id == current.session_id:
        return current
    asked = await graduates.find_place(db, member.id, session_id)
    return replace(Enrolled.of(asked, current.today), is_current=False) if asked else current


async def places(db: AsyncSession, member: Member, *, now: datetime) -> list[Place]:
    """All her sessions: the one she lives, then the latest first."""
    return await book_sessions.list_places(db, member.id, clock.day_in(member.timezone, now))


async def open_sessions(db: AsyncSession, member: Member, *, now: datetime) -> list[OpenSession]:
    """The runs this member may choose from, nearest start first."""
    today = clock.day_in(member.timezone, now)
    earliest = today - timedelta(days=LAST_ENROLLMENT_DAY - 1)
    sessions = await book_sessions.list_open(db, today + OPEN_AHEAD, earliest)
    ids = [session.id for session in sessions]
    taken, about = await book_sessions.places_taken(db, ids), await book_sessions.introductions(db, ids)
    return [
        await _offer(db, session, taken.get(session.id, 0), about.get(session.id, ""), today)
        for session in sessions
    ]


async def nearest_start(db: AsyncSession, member: Member, *, now: datetime) -> date | None:
    """When the start begins that `find_current` would propose, asked for by itself."""
    today = clock.day_in(member.timezone, now)
    return await book_sessions.nearest_start(
        db, today + OPEN_AHEAD, today - timedelta(days=LAST_ENROLLMENT_DAY - 1)
    )


async def _offer(db: AsyncSession, session: BookSession, taken: int, about: str, today: date) -> OpenSession:
    left = None if session.max_enrollments is None else max(session.max_enrollments - taken, 0)
    return OpenSession(
        session_id=session.id,
        label=session.cohort_label or f"{session.start_date:%B %Y}",
        starts_on=session.start_date,
        ends_on=session.end_date,
        day_today=programme_day(session.start_date, today),
        places_left=left,
        waitlist_place=await book_sessions.waitlist_place(db, session.id) if left == 0 else None,
        about=about,
    )


async def enroll(db: AsyncSession, member: Member, session_id: UUID, *, now: datetime) -> Enrolled:
    """Give the member a place in the session and its cohort, or say why not.

    The count is exact under any number of buyers: a trigger counts while holding the session's row.
    """
    today = clock.day_in(member.timezone, now)
    session = await db.get(BookSession, session_id)
    if session is None or session.is_personal or not await book_sessions.takes_people_in(db, session_id):
        raise SessionGone
    if not can_enroll(session.start_date, today):
        raise EnrollmentClosed
    await session_enrollments.hold_practice(db, member.id)
    if await session_enrollments.find(db, session_id, member.id):
        raise AlreadyEnrolled
    await _take_place(db, member, session, today)
    enrolled = await current_enrollment(db, member, now=now)
    if enrolled is None:
        raise SessionGone
    return enrolled


async def _take_place(db: AsyncSession, member: Member, session: BookSession, today: date) -> None:
    cohort_id = await book_sessions.cohort_of(db, session.id)
    place = SessionEnrollment(
        user_id=member.id, book_id=session.book_id, session_id=session.id, enrollment_date=today
    )
    try:
        async with elevated(db):
            db.add(place)
            await db.flush()
            if cohort_id:
                db.add(CohortMembership(cohort_id=cohort_id, user_id=member.id))
            events.record(db, EventType.enrolled, member, session_id=str(session.id))
    except DBAPIError as refused:
        if sqlstate(refused) == SESSION_IS_FULL:
            raise SessionFull from refused
        raise


async def join_waitlist(db: AsyncSession, member: Member, session_id: UUID, *, now: datetime) -> int:
    """Queue for a full session; the answer is the member's place in the queue, counted from 1."""
    await session_enrollments.hold_practice(db, member.id)
    if await session_enrollments.find(db, session_id, member.id):
        raise AlreadyEnrolled
    place = await book_sessions.waitlist_place(db, session_id)
    if place is None:
        async with elevated(db):
            db.add(Waitlist(session_id=session_id, user_id=member.id, joined_at=now))
        place = await book_sessions.waitlist_place(db, session_id)
    return place or 1


def find_current(offers: Sequence[OpenSession]) -> OpenSession | None:
    """The start proposed first: the nearest one with a free place."""
    return next((offer for offer in offers if not offer.is_full), None)
