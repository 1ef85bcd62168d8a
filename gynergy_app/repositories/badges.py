"""The shelf of badges and what a member holds of it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import and_, col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.gamification import Badge, UserBadge


async def shelf(
    db: AsyncSession, session_id: UUID | None, user_id: UUID
) -> Sequence[tuple[Badge, UserBadge]]:
    """Every badge in shelf order, beside the member's own copy of it in this session (None without one)."""
    held = and_(
        col(UserBadge.badge_id) == col(Badge.id),
        col(UserBadge.user_id) == user_id,
        or_(col(UserBadge.session_id) == session_id, col(UserBadge.session_id).is_(None)),
    )
    query = select(Badge, UserBadge).outerjoin(UserBadge, held).order_by(col(Badge.sort_order))
    return (await db.exec(query)).all()


async def unheld(db: AsyncSession, session_id: UUID, user_id: UUID) -> Sequence[Badge]:
    """The badges this member has still to earn in this session."""
    held = select(UserBadge.badge_id).where(
        UserBadge.user_id == user_id,
        or_(col(UserBadge.session_id) == session_id, col(UserBadge.session_id).is_(None)),
    )
    query = select(Badge).where(col(Badge.id).not_in(held)).order_by(col(Badge.sort_order))
    return (await db.exec(query)).all()


async def every(db: AsyncSession) -> Sequence[Badge]:
    return (await db.exec(select(Badge).order_by(col(Badge.sort_order), col(Badge.key)))).all()


async def holders(db: AsyncSession) -> dict[UUID, int]:
    """How many people hold each badge, counted for an admin."""
    rows = await (await db.connection()).execute(
        text("select badge_id, holders from private.badge_holders()")
    )
    return {row.badge_id: row.holders for row in rows}


async def find_held(db: AsyncSession, user_badge_id: UUID, user_id: UUID) -> UserBadge | None:
    query = select(UserBadge).where(UserBadge.id == user_badge_id, UserBadge.user_id == user_id)
    return (await db.exec(query)).first()


async def showcased(db: AsyncSession, user_id: UUID) -> Sequence[tuple[Badge, UserBadge]]:
    """The badges a member shows beside her copies of them, whichever session they come from, oldest first."""
    query = (
        select(Badge, UserBadge)
        .join(UserBadge, col(UserBadge.badge_id) == col(Badge.id))
        .where(UserBadge.user_id == user_id, col(UserBadge.is_showcased))
        .order_by(col(UserBadge.unlocked_at), col(Badge.sort_order))
    )
    return (await db.exec(query)).all()


async def mark_seen(db: AsyncSession, user_id: UUID) -> frozenset[UUID]:
    """Nothing is new any more; the answer names what was."""
    seen = (
        update(UserBadge)
        .where(col(UserBadge.user_id) == user_id, col(UserBadge.is_new))
        .values(is_new=False)
        .returning(col(UserBadge.id))
    )
    return frozenset((await db.exec(seen)).scalars())
