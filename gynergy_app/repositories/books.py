"""Programs as the desk keeps them: the book, its runs, and what each day brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.programs import (
    Action,
    Book,
    BookMilestone,
    BookSession,
    Quote,
    SessionEnrollment,
    Waitlist,
)

Part = TypeVar("Part", bound=SQLModel)


@dataclass(frozen=True)
class Run:
    """A shared session and how full it is."""

    session: BookSession
    enrolled: int
    waiting: int


@dataclass(frozen=True)
class Shelved:
    """A book on the desk's list. `next_start` is that of the next shared session after `today`."""

    book: Book
    running: int
    next_start: date | None
    members: int


async def list_all(db: AsyncSession, today: date) -> list[Shelved]:
    shared = (col(BookSession.book_id) == col(Book.id)) & ~col(BookSession.is_personal)
    is_running = (col(BookSession.start_date) <= today) & (col(BookSession.end_date) >= today)
    running = select(func.count()).where(shared, is_running).correlate(Book).scalar_subquery()
    coming = (
        select(func.min(BookSession.start_date))
        .where(shared, col(BookSession.start_date) > today)
        .correlate(Book)
        .scalar_subquery()
    )
    members = (
        select(func.count(func.distinct(SessionEnrollment.user_id)))
        .where(SessionEnrollment.book_id == Book.id)
        .correlate(Book)
        .scalar_subquery()
    )
    rows = await db.exec(
        select(Book, running, coming, members).order_by(col(Book.created_at), col(Book.name))
    )
    return [Shelved(*row) for row in rows.all()]


async def get_for_next_session(db: AsyncSession, book_id: UUID | None) -> Book:
    """The book she has lived, else the first there was."""
    query = select(Book).order_by((col(Book.id) == book_id).desc(), col(Book.created_at), col(Book.name))
    return (await db.exec(query.limit(1))).one()


async def everything(db: AsyncSession) -> Sequence[Book]:
    return (await db.exec(select(Book).order_by(col(Book.created_at), col(Book.name)))).all()


async def runs(db: AsyncSession, book_id: UUID) -> list[Run]:
    """Shared sessions, the latest start first."""
    enrolled = (
        select(func.count())
        .where(SessionEnrollment.session_id == BookSession.id)
        .correlate(BookSession)
        .scalar_subquery()
    )
    waiting = (
        select(func.count())
        .where(Waitlist.session_id == BookSession.id)
        .correlate(BookSession)
        .scalar_subquery()
    )
    query = (
        select(BookSession, enrolled, waiting)
        .where(BookSession.book_id == book_id, ~col(BookSession.is_personal))
        .order_by(col(BookSession.start_date).desc())
    )
    return [Run(*row) for row in (await db.exec(query)).all()]


async def milestones(db: AsyncSession, book_id: UUID) -> Sequence[BookMilestone]:
    query = select(BookMilestone).where(BookMilestone.book_id == book_id).order_by(col(BookMilestone.order))
    return (await db.exec(query)).all()


async def actions(db: AsyncSession, book_id: UUID) -> Sequence[Action]:
    """Those of days, then those of weeks."""
    query = (
        select(Action).where(Action.book_id == book_id).order_by(col(Action.action_type), col(Action.period))
    )
    return (await db.exec(query)).all()


async def quotes(db: AsyncSession, book_id: UUID) -> Sequence[Quote]:
    return (await db.exec(select(Quote).where(Quote.book_id == book_id).order_by(col(Quote.day)))).all()


@dataclass(frozen=True)
class Waiting:
    """Somebody in a queue; `place` is counted from 1 in the queue of that cohort."""

    user_id: UUID
    first_name: str
    last_name: str
    email: str | None
    cohort: str
    place: int
    joined_at: datetime


async def waiting(db: AsyncSession, book_id: UUID, limit: int) -> list[Waiting]:
    """Who waits for a place, asked by an admin."""
    query = text("select * from private.desk_waiting(:book_id, :size)")
    rows = await (await db.connection()).execute(query, {"book_id": book_id, "size": limit})
    return [Waiting(**row._mapping) for row in rows]


async def find(db: AsyncSession, book_id: UUID) -> Book | None:
    return (await db.exec(select(Book).where(Book.id == book_id))).first()


async def find_part(db: AsyncSession, kind: type[Part], part_id: UUID) -> Part | None:
    """A book or a part of one, held until the transaction ends: nobody else changes it meanwhile."""
    table: Any = kind
    return (await db.exec(select(kind).where(table.id == part_id).with_for_update())).first()


async def is_taken(
    db: AsyncSession, kind: type[SQLModel], values: dict[str, Any], *, other_than: UUID | None
) -> bool:
    """Whether another row stands at this place already. In a name, small and large letters are the same."""
    table: Any = kind
    query = select(table.id).where(*(_is_same(getattr(table, name), value) for name, value in values.items()))
    if other_than:
        query = query.where(table.id != other_than)
    return (await db.exec(query)).first() is not None


def _is_same(column: Any, value: Any) -> Any:
    return func.lower(column) == func.lower(value) if type(value) is str else column == value


async def enrolled_in(db: AsyncSession, session_id: UUID) -> int:
    query = select(func.count()).where(SessionEnrollment.session_id == session_id)
    return (await db.exec(query)).one()
