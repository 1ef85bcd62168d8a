"""Actions and challenges: what a day or a week asked for and what the member did with it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.journaling import LoggedActionType
from gynergy_app.domain.programs import ActionType
from gynergy_app.models.journaling import ActionLog
from gynergy_app.models.programs import Action


async def on_day(db: AsyncSession, session_id: UUID, user_id: UUID, day: date) -> ActionLog | None:
    return await _find(db, session_id, user_id, LoggedActionType.gratitude, day.isoformat())


async def of_week(db: AsyncSession, session_id: UUID, user_id: UUID, week: int) -> ActionLog | None:
    return await _find(db, session_id, user_id, LoggedActionType.weekly_challenge, str(week))


async def asked_on(db: AsyncSession, book_id: UUID, period: int) -> Action | None:
    """The gratitude action of one programme day."""
    query = select(Action).where(
        Action.book_id == book_id, Action.action_type == ActionType.daily, Action.period == period
    )
    return (await db.exec(query)).first()


async def challenges(db: AsyncSession, book_id: UUID) -> Sequence[Action]:
    """The weekly challenges of a book, in order; there are a handful."""
    query = (
        select(Action)
        .where(Action.book_id == book_id, Action.action_type == ActionType.weekly)
        .order_by(col(Action.period))
    )
    return (await db.exec(query)).all()


async def _find(
    db: AsyncSession, session_id: UUID, user_id: UUID, action_type: LoggedActionType, period_key: str
) -> ActionLog | None:
    query = select(ActionLog).where(
        ActionLog.session_id == session_id,
        ActionLog.user_id == user_id,
        ActionLog.action_type == action_type,
        ActionLog.period_key == period_key,
    )
    return (await db.exec(query)).first()
