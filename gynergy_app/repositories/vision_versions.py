"""How visions and the life map read before. Rows are added, and with the account taken away."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.journaling import VisionSubject
from gynergy_app.models.journaling import VisionVersion


async def add_once(db: AsyncSession, version: VisionVersion) -> None:
    """A revision is kept once, whoever asks again."""
    await db.exec(insert(VisionVersion).on_conflict_do_nothing(), params=[version.model_dump()])


async def list_before(
    db: AsyncSession, session_id: UUID, user_id: UUID, subject: VisionSubject, revision: int
) -> Sequence[VisionVersion]:
    """Newest first. A sitting leaves one, so there are a few dozen at most."""
    query = (
        select(VisionVersion)
        .where(
            VisionVersion.user_id == user_id,
            VisionVersion.session_id == session_id,
            VisionVersion.subject == subject,
            VisionVersion.revision < revision,
        )
        .order_by(col(VisionVersion.revision).desc())
    )
    return (await db.exec(query)).all()


async def find(
    db: AsyncSession, session_id: UUID, user_id: UUID, subject: VisionSubject, version_id: UUID
) -> VisionVersion | None:
    query = select(VisionVersion).where(
        VisionVersion.id == version_id,
        VisionVersion.user_id == user_id,
        VisionVersion.session_id == session_id,
        VisionVersion.subject == subject,
    )
    return (await db.exec(query)).first()
