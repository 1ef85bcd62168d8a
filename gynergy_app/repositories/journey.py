"""The life map: one row for a session."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.journey import Journey


async def find(db: AsyncSession, session_id: UUID, user_id: UUID) -> Journey | None:
    query = select(Journey).where(Journey.session_id == session_id, Journey.user_id == user_id)
    return (await db.exec(query)).first()
