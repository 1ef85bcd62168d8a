"""The stages of sessions, as the lifecycle moves them on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import Notice
from gynergy_app.domain.programs import SessionStatus
from gynergy_app.models.automation import AutomationEvent
from gynergy_app.models.notifications import Notification
from gynergy_app.models.programs import BookSession, SessionEnrollment

_WITHOUT_DAYS = text("""
    select e.user_id
    from user_entitlements e
    join users u on u.id = e.user_id
    join profile_settings p on p.user_id = e.user_id
    where e.has_journal_access and u.suspended_at is null and e.user_id > :after
        and not exists (
            select from session_enrollments n join book_sessions s on s.id = n.session_id
            where n.user_id = e.user_id
                and (cast(:now as timestamptz) at time zone p.timezone)::date <= case
                    when s.is_personal then s.end_date
                    else coalesce(s.grace_period_end, s.end_date + 30)
                end
        )
    order by e.user_id
    limit :size
""")


async def list_without_days(db: AsyncSession, now: datetime, *, after: UUID, size: int) -> Sequence[UUID]:
    """Whose journal a subscription opens, and whose sessions are all over by her own clock."""
    asked = {"now": now, "after": after, "size": size}
    return (await (await db.connection()).execute(_WITHOUT_DAYS, asked)).scalars().all()


async def list_unfinished(db: AsyncSession, begun_by: date) -> Sequence[BookSession]:
    """Every session that may have moved on: begun somewhere on Earth, and not yet completed."""
    query = (
        select(BookSession)
        .where(BookSession.status != SessionStatus.completed, col(BookSession.start_date) <= begun_by)
        .order_by(col(BookSession.start_date), col(BookSession.id))
    )
    return (await db.exec(query)).all()


async def move_on(
    db: AsyncSession, session_id: UUID, before: Sequence[SessionStatus], stage: SessionStatus
) -> bool:
    """Whether it stood before this stage until now."""
    statement = (
        update(BookSession)
        .where(col(BookSession.id) == session_id, col(BookSession.status).in_(before))
        .values(status=stage)
        .returning(col(BookSession.id))
        .execution_options(synchronize_session=False)
    )
    return (await (await db.connection()).execute(statement)).scalar() is not None


async def list_members(db: AsyncSession, session_id: UUID, *, after: UUID, size: int) -> Sequence[UUID]:
    """The next members of a session after this one."""
    query = (
        select(SessionEnrollment.user_id)
        .where(SessionEnrollment.session_id == session_id, col(SessionEnrollment.user_id) > after)
        .order_by(col(SessionEnrollment.user_id))
        .limit(size)
    )
    return (await db.exec(query)).all()


async def tell_all_once(
    db: AsyncSession, user_ids: Sequence[UUID], notice: Notice, href: str
) -> Sequence[UUID]:
    """Whom of them this was told now; the others knew."""
    lines = [
        Notification(
            user_id=user_id,
            category=notice.category,
            title=notice.title,
            body=notice.body,
            href=href,
            dedupe_key=notice.dedupe_key,
        ).model_dump(exclude={"created_at"})
        for user_id in user_ids
    ]
    statement = (
        insert(Notification)
        .values(lines)
        .on_conflict_do_nothing(index_elements=["user_id", "dedupe_key"])
        .returning(col(Notification.user_id))
    )
    return (await (await db.connection()).execute(statement)).scalars().all()


def record(db: AsyncSession, event_type: str, user_ids: Sequence[UUID], session_id: UUID) -> None:
    payload = {"session_id": str(session_id)}
    db.add_all(
        AutomationEvent(event_type=event_type, user_id=user_id, payload=payload) for user_id in user_ids
    )
