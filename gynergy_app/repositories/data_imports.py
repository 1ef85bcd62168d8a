"""Archives that members brought back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts.archives import UNDER_WAY
from gynergy_app.models.accounts import DataImport


async def under_way(db: AsyncSession, user_id: UUID) -> DataImport | None:
    query = select(DataImport).where(DataImport.user_id == user_id, col(DataImport.status).in_(UNDER_WAY))
    return (await db.exec(query)).first()


async def latest(db: AsyncSession, user_id: UUID) -> DataImport | None:
    query = select(DataImport).where(DataImport.user_id == user_id)
    return (await db.exec(query.order_by(col(DataImport.created_at).desc()).limit(1))).first()


async def find(db: AsyncSession, import_id: UUID, *, lock: bool = False) -> DataImport | None:
    query = select(DataImport).where(DataImport.id == import_id)
    return (await db.exec(query.with_for_update() if lock else query)).first()


async def lost(db: AsyncSession, before: datetime) -> Sequence[DataImport]:
    """Those whose worker never came back."""
    query = select(DataImport).where(col(DataImport.status).in_(UNDER_WAY), DataImport.updated_at < before)
    return (await db.exec(query.limit(100))).all()
