"""Runs of a program: which are open, and which one a member is living."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import Rules, Worth
from gynergy_app.domain.programs import SessionStatus, grace_end
from gynergy_app.models.cohorts import Cohort
from gynergy_app.models.programs import Book, BookSession, SessionEnrollment, Waitlist
from gynergy_app.repositories import multiplier_configs, point_values

LIVING = (SessionStatus.active, SessionStatus.upcoming, SessionStatus.grace_period)
"""States in which a session still belongs to a member's days."""


@dataclass(frozen=True)
class Living:
    """One member's place in a book session."""

    enrollment: SessionEnrollment
    session: BookSession
    book: Book
    cohort_id: UUID | None
    cohort_name: str
    worth: Worth
    rules: Rules
    has_graduated_elsewhere: bool = False


@dataclass(frozen=True)
class Place:
    """One of somebody's sessions, by name. `open_until` is the last day that takes a page."""

    session_id: UUID
    program: str
    start_date: date
    end_date: date
    open_until: date
    came_on: date

    def holds(self, day: date) -> bool:
        return self.start_date <= day <= self.open_until


async def find_living(db: AsyncSession, user_id: UUID, today: date) -> Living | None:
    """The session whose days the member counts: the one running today, else the next, else the last.

    One lived with others comes before one that an archive brought back.
    """
    return await read_place(db, places_of(user_id).order_by(*_living_first(today)))


async def list_places(db: AsyncSession, user_id: UUID, today: date) -> list[Place]:
    """All her sessions: the one she lives, then the latest first."""
    query = (
        select(BookSession, Book.name, col(SessionEnrollment.enrollment_date))
        .join(SessionEnrollment, col(SessionEnrollment.session_id) == col(BookSession.id))
        .join(Book, col(Book.id) == col(BookSession.book_id))
        .where(col(SessionEnrollment.user_id) == user_id)
        .order_by(*_living_first(today))
    )
    return [_place(*row) for row in (await db.exec(query)).all()]


def _place(session: BookSession, program: str, came_on: date) -> Place:
    until = session.grace_period_end or grace_end(session.end_date)
    return Place(session.id, program, session.start_date, session.end_date, until, came_on)


def _living_first(today: date) -> tuple[Any, ...]:
    start, end = col(BookSession.start_date), col(BookSession.end_date)
    runs_today = (start <= today) & (end >= today)
    is_alone = runs_today & col(BookSession.is_personal)
    return runs_today.desc(), is_alone.asc(), (start > today).desc(), start.desc(), col(BookSession.id)


def places_of(user_id: UUID) -> Any:
    """A member's places in sessions, for whoever says which of them, and which first."""
    return (
        select(SessionEnrollment, BookSession, Book, Cohort)
        .add_columns(point_values.of_a_book(), multiplier_configs.in_force(), _graduated_elsewhere(user_id))
        .join(BookSession, col(BookSession.id) == col(SessionEnrollment.session_id))
        .join(Book, col(Book.id) == col(SessionEnrollment.book_id))
        .outerjoin(Cohort, col(Cohort.session_id) == col(BookSession.id))
        .where(col(SessionEnrollment.user_id) == user_id)
    )


def _graduated_elsewhere(user_id: UUID) -> Any:
    """Whether another session of hers came to its last day with a page in it."""
    other = aliased(SessionEnrollment)
    query = select(other.id).where(
        other.user_id == user_id,
        col(other.graduated_at).is_not(None),
        col(other.id) != col(SessionEnrollment.id),
    )
    return query.correlate(SessionEnrollment).exists()


async def read_place(db: AsyncSession, query: Any) -> Living | None:
    """The first of them."""
    row = (await db.exec(query.limit(1))).first()
    if row is None:
        return None
    enrollment, session, book, cohort, announced, in_force, elsewhere = row
    worth = Worth.of(book, map(point_values.read, announced))
    return Living(
        enrollment,
        session,
        book,
        cohort.id if cohort else None,
        cohort.name if cohort else "",
        worth,
        multiplier_configs.read(in_force),
        elsewhere,
    )


async def list_open(db: AsyncSession, latest_start: date, earliest_start: date) -> Sequence[BookSession]:
    """Shared sessions that have not ended, oldest start first. The caller decides who may still come in."""
    query = (
        select(BookSession)
        .where(~col(BookSession.is_personal))
        .where(col(BookSession.status).in_((SessionStatus.active, SessionStatus.upcoming)))
        .where(col(BookSession.start_date).between(earliest_start, latest_start))
        .where(text("private.takes_people_in(book_sessions.id)"))
        .order_by(col(BookSession.start_date))
    )
    return (await db.exec(query)).all()


@dataclass(frozen=True)
class OnOffer:
    """A run as strangers may know it. `places_left` is None when there is no limit."""

    session_id: UUID
    label: str
    starts_on: date
    ends_on: date
    places_left: int | None
    about: str


async def list_on_offer(db: AsyncSession, earliest_start: date, latest_start: date) -> list[OnOffer]:
    """What `list_open` finds, for somebody who may read no session. Call while stepped up."""
    query = text("select * from private.starts_on_offer(:earliest, :latest)")
    asked = {"earliest": earliest_start, "latest": latest_start}
    return [OnOffer(**row._mapping) for row in await (await db.connection()).execute(query, asked)]


_NEAREST = text("""
    select min(s.start_date)
    from (
        select id, start_date, max_enrollments from book_sessions
        where not is_personal and status in ('active', 'upcoming')
            and start_date between :earliest and :latest and private.takes_people_in(id)
    ) s
    left join lateral private.places_taken(array[s.id]) t on true
    where s.max_enrollments is null or s.max_enrollments > coalesce(t.taken, 0)
""")


async def nearest_start(db: AsyncSession, latest_start: date, earliest_start: date) -> date | None:
    """The first day of the nearest shared session that still has room."""
    asked = {"latest": latest_start, "earliest": earliest_start}
    return (await (await db.connection()).execute(_NEAREST, asked)).scalar()


async def places_taken(db: AsyncSession, session_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many are enrolled, without showing who."""
    rows = await (await db.connection()).execute(
        text("select session_id, taken from private.places_taken(:ids)"), {"ids": list(session_ids)}
    )
    return {row.session_id: row.taken for row in rows}


async def takes_people_in(db: AsyncSession, session_id: UUID) -> bool:
    """Whether an admin has left its cohort open."""
    query = text("select private.takes_people_in(:session_id)")
    return bool((await (await db.connection()).execute(query, {"session_id": session_id})).scalar())


async def introductions(db: AsyncSession, session_ids: Sequence[UUID]) -> dict[UUID, str]:
    """How public cohorts describe themselves to whoever is choosing."""
    query = text("select session_id, description from private.cohort_introductions(:ids)")
    rows = await (await db.connection()).execute(query, {"ids": list(session_ids)})
    return {row.session_id: row.description for row in rows}


async def waitlist_place(db: AsyncSession, session_id: UUID) -> int | None:
    """The caller's position in the queue for a full session, counted from 1; None when not in it."""
    row: Row | None = (
        await (await db.connection()).execute(
            text("select private.my_waitlist_place(:session_id) as place"), {"session_id": session_id}
        )
    ).first()
    return row.place if row else None


async def waits(db: AsyncSession, session_id: UUID, user_id: UUID) -> bool:
    """Whether this member is in its queue."""
    query = select(Waitlist.id).where(Waitlist.session_id == session_id, Waitlist.user_id == user_id)
    return (await db.exec(query)).first() is not None


async def named(db: AsyncSession, session_ids: Sequence[UUID]) -> Sequence[BookSession]:
    """Those of them that are still there."""
    if not session_ids:
        return ()
    return (await db.exec(select(BookSession).where(col(BookSession.id).in_(session_ids)))).all()


async def cohort_of(db: AsyncSession, session_id: UUID) -> UUID | None:
    """The cohort that lives this session, also for somebody who is only about to join it."""
    query = text("select private.cohort_of(:session_id)")
    return (await (await db.connection()).execute(query, {"session_id": session_id})).scalar()


@dataclass(frozen=True)
class Pulse:
    """How many of a cohort finished which page on the day each of them is living."""

    members: int
    mornings: int
    evenings: int
    gratitude_actions: int


async def pulse(db: AsyncSession, cohort_id: UUID, at: datetime) -> Pulse:
    row = (
        await (await db.connection()).execute(
            text("select * from private.cohort_pulse(:cohort_id, :at)"), {"cohort_id": cohort_id, "at": at}
        )
    ).one()
    return Pulse(row.members, row.mornings, row.evenings, row.gratitude_actions)


async def book_name(db: AsyncSession, session_id: UUID) -> str:
    """The program a session runs; raises `NoResultFound` for a session that is not there."""
    query = (
        select(Book.name)
        .join(BookSession, col(BookSession.book_id) == col(Book.id))
        .where(BookSession.id == session_id)
    )
    return (await db.exec(query)).one()
