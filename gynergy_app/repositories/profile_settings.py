"""Questions about what a member chose."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import ProfileSettings


async def get(db: AsyncSession, user_id: UUID) -> ProfileSettings:
    """What she chose, or what we chose for her before she said anything."""
    found = (await db.exec(select(ProfileSettings).where(ProfileSettings.user_id == user_id))).first()
    return found or ProfileSettings(user_id=user_id)


async def change(db: AsyncSession, user_id: UUID, values: Mapping[str, object]) -> None:
    """Set some of her choices, named as their columns are. An account that is gone has none."""
    await db.exec(update(ProfileSettings).where(col(ProfileSettings.user_id) == user_id).values(**values))
