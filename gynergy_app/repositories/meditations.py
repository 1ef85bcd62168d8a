"""Meditations: one row for each day somebody sat still."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.journaling import Meditation


async def on_day(db: AsyncSession, session_id: UUID, user_id: UUID, day: date) -> Meditation | None:
    query = select(Meditation).where(
        Meditation.session_id == session_id, Meditation.user_id == user_id, Meditation.entry_date == day
    )
    return (await db.exec(query)).first()


async def list_all(db: AsyncSession, session_id: UUID, user_id: UUID) -> Sequence[Meditation]:
    """Newest first; at most one for each day of a session."""
    query = (
        select(Meditation)
        .where(Meditation.session_id == session_id, Meditation.user_id == user_id)
        .order_by(col(Meditation.entry_date).desc())
    )
    return (await db.exec(query)).all()


async def count_between(db: AsyncSession, session_id: UUID, user_id: UUID, first: date, last: date) -> int:
    """On how many days from the first to the last one was logged."""
    query = select(func.count()).where(
        Meditation.session_id == session_id,
        Meditation.user_id == user_id,
        col(Meditation.entry_date).between(first, last),
    )
    return (await db.exec(query)).one()
