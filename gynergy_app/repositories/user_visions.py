"""Visions: one row of each kind for a session."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.journaling import VisionType
from gynergy_app.models.journaling import UserVision


async def find(db: AsyncSession, session_id: UUID, user_id: UUID, kind: VisionType) -> UserVision | None:
    query = select(UserVision).where(
        UserVision.session_id == session_id,
        UserVision.user_id == user_id,
        UserVision.vision_type == kind,
    )
    return (await db.exec(query)).first()


async def list_all(db: AsyncSession, session_id: UUID, user_id: UUID) -> Sequence[UserVision]:
    """At most four."""
    query = select(UserVision).where(UserVision.session_id == session_id, UserVision.user_id == user_id)
    return (await db.exec(query)).all()
