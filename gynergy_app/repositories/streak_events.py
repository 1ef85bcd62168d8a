"""Missed days that were forgiven."""

from datetime import date
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import StreakEventKind
from gynergy_app.models.gamification import StreakEvent


async def on_day(db: AsyncSession, session_id: UUID, user_id: UUID, day: date) -> StreakEvent | None:
    query = select(StreakEvent).where(
        StreakEvent.session_id == session_id, StreakEvent.user_id == user_id, StreakEvent.day == day
    )
    return (await db.exec(query)).first()


async def by_kind(
    db: AsyncSession, session_id: UUID, user_id: UUID
) -> dict[StreakEventKind, frozenset[date]]:
    query = select(StreakEvent).where(StreakEvent.session_id == session_id, StreakEvent.user_id == user_id)
    rows = (await db.exec(query)).all()
    return {kind: frozenset(row.day for row in rows if row.kind == kind) for kind in StreakEventKind}
