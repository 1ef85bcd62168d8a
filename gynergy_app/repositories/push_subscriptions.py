"""The browsers that show a member's reminders."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.notifications import PushSubscription


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[PushSubscription]:
    """The newest first."""
    query = select(PushSubscription).where(PushSubscription.user_id == user_id)
    return (await db.exec(query.order_by(col(PushSubscription.created_at).desc()))).all()


async def add(db: AsyncSession, device: PushSubscription) -> bool:
    """False when this browser is held by somebody else."""
    append = insert(PushSubscription).values(**device.model_dump()).on_conflict_do_nothing()
    done = await (await db.connection()).execute(append.returning(col(PushSubscription.id)))
    return done.scalar() is not None


async def change(db: AsyncSession, user_id: UUID, endpoint: str, values: Mapping[str, object]) -> bool:
    """Whether this member has such a browser."""
    statement = (
        update(PushSubscription)
        .where(col(PushSubscription.user_id) == user_id, col(PushSubscription.endpoint) == endpoint)
        .values(**values)
    )
    return (await (await db.connection()).execute(statement)).rowcount == 1


async def remove(db: AsyncSession, user_id: UUID, device_id: UUID | None = None) -> None:
    """One browser of a member, or all of them. What was on its way there goes with it."""
    statement = delete(PushSubscription).where(col(PushSubscription.user_id) == user_id)
    if device_id:
        statement = statement.where(col(PushSubscription.id) == device_id)
    await (await db.connection()).execute(statement)
