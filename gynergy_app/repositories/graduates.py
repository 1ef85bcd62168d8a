"""Who has come to the last day of a session, and what is written down of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.programs import BookSession, SessionEnrollment
from gynergy_app.repositories.book_sessions import Living, places_of, read_place

_WAITING = text("""
    select e.id, e.user_id, e.session_id
    from session_enrollments e
    join book_sessions s on s.id = e.session_id
    join profile_settings p on p.user_id = e.user_id
    where e.graduated_at is null
        and not s.is_personal
        and e.id > :after
        and s.end_date <= (cast(:now as timestamptz) at time zone p.timezone)::date
        and (
            exists (
                select from journals j
                where j.user_id = e.user_id and j.session_id = e.session_id and j.is_completed
                    and j.entry_date >= s.start_date
            )
            or exists (
                select from action_logs a
                where a.user_id = e.user_id and a.session_id = e.session_id and a.is_completed
                    and a.entry_date >= s.start_date
            )
        )
    order by e.id
    limit :size
""")
_JOIN_ALUMNI = text("""
    insert into cohort_memberships (cohort_id, user_id, role, joined_at)
    values (private.alumni_cohort(), :user_id, 'member', :now)
    on conflict do nothing
""")
_IN_ALUMNI = text("""
    select exists (
        select from cohort_memberships m join cohorts c on c.id = m.cohort_id
        where m.user_id = :user_id and c.is_alumni
    )
""")


@dataclass(frozen=True)
class Waiting:
    """A place in a session whose last day has come for its member, with a page in it."""

    enrollment_id: UUID
    user_id: UUID
    session_id: UUID


async def list_waiting(db: AsyncSession, now: datetime, *, after: UUID, size: int) -> list[Waiting]:
    """Those nobody has marked yet, each by her own clock; the next ones after this place."""
    rows = await (await db.connection()).execute(_WAITING, {"now": now, "after": after, "size": size})
    return [Waiting(row.id, row.user_id, row.session_id) for row in rows]


async def mark(db: AsyncSession, enrollment_id: UUID, now: datetime) -> bool:
    """Whether this was the first time: of any number asking at once, one is told so."""
    statement = (
        update(SessionEnrollment)
        .where(col(SessionEnrollment.id) == enrollment_id, col(SessionEnrollment.graduated_at).is_(None))
        .values(graduated_at=now)
        .returning(col(SessionEnrollment.id))
        .execution_options(synchronize_session=False)
    )
    return (await (await db.connection()).execute(statement)).scalar() is not None


async def join_alumni(db: AsyncSession, user_id: UUID, now: datetime) -> None:
    await (await db.connection()).execute(_JOIN_ALUMNI, {"user_id": user_id, "now": now})


async def is_alumna(db: AsyncSession, user_id: UUID) -> bool:
    return bool((await (await db.connection()).execute(_IN_ALUMNI, {"user_id": user_id})).scalar())


async def find_begun(db: AsyncSession, user_id: UUID, today: date) -> Living | None:
    """Her place in the session that began last, whether it still runs or not."""
    return await _latest(db, places_of(user_id).where(col(BookSession.start_date) <= today))


async def find_reached(db: AsyncSession, user_id: UUID, today: date) -> Living | None:
    """Her place in the latest session whose last day has come."""
    return await _latest(db, places_of(user_id).where(col(BookSession.end_date) <= today))


async def find_place(db: AsyncSession, user_id: UUID, session_id: UUID) -> Living | None:
    return await read_place(db, places_of(user_id).where(BookSession.id == session_id))


async def _latest(db: AsyncSession, query: Any) -> Living | None:
    return await read_place(db, query.order_by(col(BookSession.start_date).desc()))
