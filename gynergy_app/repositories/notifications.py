"""Lines behind the bell."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import NotificationCategory
from gynergy_app.models.notifications import Notification

Key = tuple[datetime, UUID]
"""Where a page of lines ends: several may come at the same instant, so the id is part of it."""


async def list_before(
    db: AsyncSession, user_id: UUID, before: Key | None, size: int
) -> Sequence[Notification]:
    """Newest first."""
    key = tuple_(col(Notification.created_at), col(Notification.id))
    query = select(Notification).where(Notification.user_id == user_id)
    if before is not None:
        query = query.where(key < before)
    newest = query.order_by(col(Notification.created_at).desc(), col(Notification.id).desc()).limit(size)
    return (await db.exec(newest)).all()


async def add_once(db: AsyncSession, notification: Notification) -> bool:
    """Tell this, unless it was told under the same `dedupe_key` before."""
    statement = (
        insert(Notification)
        .values(**notification.model_dump())
        .on_conflict_do_nothing(index_elements=["user_id", "dedupe_key"])
        .returning(col(Notification.id))
    )
    return (await (await db.connection()).execute(statement)).scalar() is not None


_TELL = text(
    "select private.tell_member(:user_id, :category, :title, :body, :href, :dedupe_key, :created_at)"
)


async def add_once_for_another(db: AsyncSession, line: Notification) -> bool:
    """The same behind somebody else's bell, because of what the caller did. Call while stepped up."""
    said = line.model_dump(exclude={"id", "read_at"})
    return bool((await (await db.connection()).execute(_TELL, said)).scalar())


async def list_keys(
    db: AsyncSession, user_id: UUID, category: NotificationCategory, *, since: datetime
) -> Sequence[str]:
    """What of this kind was told from then on, by its `dedupe_key`."""
    query = select(Notification.dedupe_key).where(
        Notification.user_id == user_id,
        Notification.category == category,
        Notification.created_at >= since,
    )
    return (await db.exec(query)).all()


async def count_unread(db: AsyncSession, user_id: UUID) -> int:
    query = select(func.count()).where(Notification.user_id == user_id, col(Notification.read_at).is_(None))
    return (await db.exec(query)).one()


async def mark_read(db: AsyncSession, user_id: UUID, now: datetime) -> None:
    await db.exec(
        update(Notification)
        .where(col(Notification.user_id) == user_id, col(Notification.read_at).is_(None))
        .values(read_at=now)
    )
