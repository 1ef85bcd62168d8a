"""The overview's figures, counted by the database for an admin."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession


@dataclass(frozen=True)
class Figures:
    """Days are days of the zone that was asked for. `pages_*` and `writers_*` are finished pages' only."""

    members: int
    suspended: int
    without_address: int
    running_sessions: int
    enrolled: int
    writers_this_week: int
    pages_today: int
    pages_this_week: int
    waiting: int
    queues: int


@dataclass(frozen=True)
class MailTrouble:
    """`late`: mails that should have left more than ten minutes ago."""

    failed: int
    people: int
    late: int
    oldest_late: datetime | None


@dataclass(frozen=True)
class Queue:
    """A session that is full while people wait for a place in it."""

    book_id: UUID
    label: str
    start_date: date
    places: int
    waiting: int


_FIGURES = text("select * from private.desk_figures(:at, :timezone)")
_BY_DAY = text("select day, pages from private.desk_pages_by_day(:at, :timezone, :days)")
_MAIL = text("select * from private.desk_mail_trouble(:at)")
_QUEUES = text("""
    select b.book_id, coalesce(b.cohort_label, '') as label, b.start_date,
        b.max_enrollments as places, w.waiting
    from book_sessions b
    join (select session_id, count(*) as waiting from waitlist group by session_id) w on w.session_id = b.id
    where b.end_date >= :today
        and b.max_enrollments <= (select count(*) from session_enrollments e where e.session_id = b.id)
    order by b.start_date, b.id
""")
_NEXT_START = text("select min(start_date) from book_sessions where not is_personal and start_date > :today")


async def figures(db: AsyncSession, at: datetime, timezone: str) -> Figures:
    row = (await (await db.connection()).execute(_FIGURES, {"at": at, "timezone": timezone})).one()
    return Figures(**row._mapping)


async def pages_by_day(db: AsyncSession, at: datetime, timezone: str, days: int) -> list[tuple[date, int]]:
    """Every one of the last days, the oldest first, also those without a page."""
    rows = await (await db.connection()).execute(_BY_DAY, {"at": at, "timezone": timezone, "days": days})
    return [(row.day, row.pages) for row in rows]


async def mail_trouble(db: AsyncSession, at: datetime) -> MailTrouble:
    row = (await (await db.connection()).execute(_MAIL, {"at": at})).one()
    return MailTrouble(**row._mapping)


async def queues(db: AsyncSession, today: date) -> list[Queue]:
    rows = await (await db.connection()).execute(_QUEUES, {"today": today})
    return [Queue(**row._mapping) for row in rows]


async def next_start(db: AsyncSession, today: date) -> date | None:
    return (await (await db.connection()).execute(_NEXT_START, {"today": today})).scalar()
