"""Whom the caller blocked. Who blocked her is not to be asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.encouragements import UserBlock

_BLOCKED = text("select * from private.people_i_blocked()")


@dataclass(frozen=True)
class Blocked:
    id: UUID
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or "A member"


async def list_blocked(db: AsyncSession) -> list[Blocked]:
    rows = await (await db.connection()).execute(_BLOCKED)
    return [Blocked(**row._mapping) for row in rows]


async def add(db: AsyncSession, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Once, however often it is asked for."""
    row = UserBlock(blocker_id=blocker_id, blocked_id=blocked_id, created_at=now)
    await (await db.connection()).execute(
        insert(UserBlock).values(**row.model_dump()).on_conflict_do_nothing()
    )


async def remove(db: AsyncSession, blocker_id: UUID, blocked_id: UUID) -> None:
    pair = delete(UserBlock).where(
        col(UserBlock.blocker_id) == blocker_id, col(UserBlock.blocked_id) == blocked_id
    )
    await (await db.connection()).execute(pair)
