"""Rows that return with an archive, where nothing stands in their place."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.journaling import VisionType
from gynergy_app.models.gamification import Badge, PointsTransaction, StreakEvent, UserBadge
from gynergy_app.models.journaling import ActionLog, Journal, UserVision, VisionVersion
from gynergy_app.models.journey import Journey


async def vision(db: AsyncSession, session_id: UUID, user_id: UUID, kind: VisionType) -> UserVision | None:
    query = select(UserVision).where(
        UserVision.session_id == session_id, UserVision.user_id == user_id, UserVision.vision_type == kind
    )
    return (await db.exec(query)).first()


async def page_ids(db: AsyncSession, session_id: UUID, user_id: UUID) -> set[str]:
    query = select(Journal.id).where(Journal.session_id == session_id, Journal.user_id == user_id)
    return {str(page_id) for page_id in (await db.exec(query)).all()}


async def life_map(db: AsyncSession, session_id: UUID, user_id: UUID) -> Journey | None:
    query = select(Journey).where(Journey.session_id == session_id, Journey.user_id == user_id)
    return (await db.exec(query)).first()


async def badge_ids(db: AsyncSession) -> set[UUID]:
    return set((await db.exec(select(Badge.id))).all())


async def is_untouched(db: AsyncSession, session_id: UUID, user_id: UUID) -> bool:
    """Whether she has written nothing there yet, earned nothing and been forgiven no day."""
    kinds = (Journal, ActionLog, UserVision, PointsTransaction, UserBadge, StreakEvent)
    for kind in kinds:
        query = select(kind.id).where(kind.session_id == session_id, kind.user_id == user_id).limit(1)
        if (await db.exec(query)).first() is not None:
            return False
    return True


async def add_version(db: AsyncSession, version: VisionVersion) -> None:
    statement = insert(VisionVersion).values(**version.model_dump())
    await db.exec(
        statement.on_conflict_do_nothing(index_elements=["user_id", "session_id", "subject", "revision"])
    )
