"""Archives that members asked for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import ArchiveStatus
from gynergy_app.domain.accounts.archives import UNDER_WAY
from gynergy_app.models.accounts import DataExport

_HOLD = text("select pg_advisory_xact_lock(hashtextextended('archives:' || :user_id, 0))")


async def hold(db: AsyncSession, user_id: UUID) -> None:
    """Let one wish of this member be taken at a time; released when the transaction ends."""
    await (await db.connection()).execute(_HOLD, {"user_id": str(user_id)})


async def under_way(db: AsyncSession, user_id: UUID) -> DataExport | None:
    query = select(DataExport).where(DataExport.user_id == user_id, col(DataExport.status).in_(UNDER_WAY))
    return (await db.exec(query)).first()


async def latest(db: AsyncSession, user_id: UUID) -> DataExport | None:
    query = select(DataExport).where(DataExport.user_id == user_id)
    return (await db.exec(query.order_by(col(DataExport.created_at).desc()).limit(1))).first()


async def find(db: AsyncSession, export_id: UUID, *, lock: bool = False) -> DataExport | None:
    query = select(DataExport).where(DataExport.id == export_id)
    return (await db.exec(query.with_for_update() if lock else query)).first()


async def over(db: AsyncSession, *, now: datetime, lost_before: datetime) -> Sequence[DataExport]:
    """Whose time has passed, and those a lost worker never finished."""
    is_over = (col(DataExport.status) == ArchiveStatus.ready) & (col(DataExport.expires_at) <= now)
    is_lost = col(DataExport.status).in_(UNDER_WAY) & (col(DataExport.updated_at) < lost_before)
    query = select(DataExport).where(is_over | is_lost).order_by(col(DataExport.created_at)).limit(100)
    return (await db.exec(query)).all()
