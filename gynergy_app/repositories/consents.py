"""What members agreed to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import Consent


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[Consent]:
    query = select(Consent).where(Consent.user_id == user_id)
    return (await db.exec(query.order_by(col(Consent.given_at).desc(), col(Consent.kind)))).all()


async def give(db: AsyncSession, user_id: UUID, kind: str, version: str, now: datetime) -> None:
    """Written down once for a wording: agreeing again changes nothing."""
    statement = insert(Consent).values(user_id=user_id, kind=kind, version=version, given_at=now)
    await db.exec(statement.on_conflict_do_nothing(index_elements=["user_id", "kind", "version"]))
