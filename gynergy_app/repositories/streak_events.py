"""Missed days that were forgiven."""

from datetime import date
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.gamification import StreakEvent


async def on_day(db: AsyncSession, session_id: UUID, user_id: UUID, day: date) -> StreakEvent | None:
    query = select(StreakEvent).where(
        StreakEvent.session_id == session_id, StreakEvent.user_id == user_id, StreakEvent.day == day
    )
    return (await db.exec(query)).first()
