"""Staying out of somebody's way. Whoever is blocked is not told, and no answer she gets tells her."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Conflict
from gynergy_app.repositories import user_blocks


class NobodyBlocksHerself(Conflict):
    def __init__(self) -> None:
        super().__init__("This is you. Nothing was changed.")


async def block(db: AsyncSession, member: Member, other: UUID, *, now: datetime) -> None:
    """From now on neither meets the other among the members, nor sends the other anything."""
    if other == member.id:
        raise NobodyBlocksHerself
    await user_blocks.add(db, member.id, other, now)


async def unblock(db: AsyncSession, member: Member, other: UUID) -> None:
    await user_blocks.remove(db, member.id, other)
