"""Gratitude actions: what a day asked for and what the member did with it."""

from datetime import date
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.journaling import LoggedActionType
from gynergy_app.domain.programs import ActionType
from gynergy_app.models.journaling import ActionLog
from gynergy_app.models.programs import Action


async def on_day(db: AsyncSession, session_id: UUID, user_id: UUID, day: date) -> ActionLog | None:
    query = select(ActionLog).where(
        ActionLog.session_id == session_id,
        ActionLog.user_id == user_id,
        ActionLog.action_type == LoggedActionType.gratitude,
        ActionLog.period_key == day.isoformat(),
    )
    return (await db.exec(query)).first()


async def asked_on(db: AsyncSession, book_id: UUID, period: int) -> Action | None:
    """The gratitude action of one programme day."""
    query = select(Action).where(
        Action.book_id == book_id, Action.action_type == ActionType.daily, Action.period == period
    )
    return (await db.exec(query)).first()
