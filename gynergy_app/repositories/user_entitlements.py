"""What a member may open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import UserEntitlement


async def find(db: AsyncSession, user_id: UUID) -> UserEntitlement | None:
    return (await db.exec(select(UserEntitlement).where(UserEntitlement.user_id == user_id))).first()


async def open_community(db: AsyncSession, user_id: UUID, now: datetime) -> None:
    """For good; the moment of the first time stays."""
    opened = {"has_community_access": True, "community_access_at": now}
    first_time = func.coalesce(col(UserEntitlement.community_access_at), now)
    statement = (
        insert(UserEntitlement)
        .values(UserEntitlement(user_id=user_id, **opened).model_dump())
        .on_conflict_do_update(
            index_elements=["user_id"],
            set_={"has_community_access": True, "community_access_at": first_time},
        )
    )
    await (await db.connection()).execute(statement)
