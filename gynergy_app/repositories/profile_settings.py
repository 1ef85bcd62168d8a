"""Questions about what a member chose."""

from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import ProfileSettings


async def get(db: AsyncSession, user_id: UUID) -> ProfileSettings:
    """What she chose, or what we chose for her before she said anything."""
    found = (await db.exec(select(ProfileSettings).where(ProfileSettings.user_id == user_id))).first()
    return found or ProfileSettings(user_id=user_id)


async def switch_off(db: AsyncSession, user_id: UUID, name: str) -> None:
    """Turn off one of her switches, named as its column is. An account that is gone has none."""
    await db.exec(
        update(ProfileSettings).where(col(ProfileSettings.user_id) == user_id).values({name: False})
    )
