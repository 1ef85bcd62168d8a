"""The ledger of points."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import User
from gynergy_app.models.gamification import PointsTransaction, PointTotal


async def add_once(db: AsyncSession, rows: Sequence[PointsTransaction]) -> set[UUID]:
    """Append rows whose source has not been rewarded yet; the answer names the ids that were new."""
    if not rows:
        return set()
    append = insert(PointsTransaction).on_conflict_do_nothing().returning(col(PointsTransaction.id))
    return set((await db.exec(append, params=[row.model_dump() for row in rows])).scalars())


async def of_source(
    db: AsyncSession, user_id: UUID, source_id: UUID, activity_type: str
) -> PointsTransaction | None:
    """The row that rewarded this source, not one that reversed it."""
    query = select(PointsTransaction).where(
        PointsTransaction.user_id == user_id,
        PointsTransaction.source_id == source_id,
        PointsTransaction.activity_type == activity_type,
        col(PointsTransaction.reverses_id).is_(None),
    )
    return (await db.exec(query)).first()


async def find(db: AsyncSession, row_id: UUID) -> PointsTransaction | None:
    return (await db.exec(select(PointsTransaction).where(PointsTransaction.id == row_id))).first()


async def is_reversed(db: AsyncSession, row_id: UUID) -> bool:
    query = select(PointsTransaction.id).where(PointsTransaction.reverses_id == row_id)
    return (await db.exec(query)).first() is not None


async def statement(db: AsyncSession, session_id: UUID, user_id: UUID) -> Sequence[PointsTransaction]:
    """Every row of one session, newest first: at most a few hundred."""
    query = (
        select(PointsTransaction)
        .where(PointsTransaction.user_id == user_id, PointsTransaction.session_id == session_id)
        .order_by(col(PointsTransaction.earned_at).desc(), col(PointsTransaction.id))
    )
    return (await db.exec(query)).all()


async def first_of_days(
    db: AsyncSession, session_id: UUID, user_id: UUID, source_type: str
) -> dict[date, datetime]:
    """When something of this kind first earned something on each of her days."""
    query = (
        select(col(PointsTransaction.earned_on), func.min(PointsTransaction.earned_at))
        .where(
            PointsTransaction.session_id == session_id,
            PointsTransaction.user_id == user_id,
            PointsTransaction.source_type == source_type,
            col(PointsTransaction.reverses_id).is_(None),
        )
        .group_by(col(PointsTransaction.earned_on))
    )
    return dict((await db.exec(query)).all())


async def total(db: AsyncSession, session_id: UUID, user_id: UUID) -> int:
    query = select(PointTotal.total).where(PointTotal.session_id == session_id, PointTotal.user_id == user_id)
    return (await db.exec(query)).first() or 0


async def earned_between(db: AsyncSession, session_id: UUID, user_id: UUID, first: date, last: date) -> int:
    """What the ledger has of these days of her own clock, corrections included."""
    query = select(func.coalesce(func.sum(PointsTransaction.final_points), 0)).where(
        PointsTransaction.session_id == session_id,
        PointsTransaction.user_id == user_id,
        col(PointsTransaction.earned_on).between(first, last),
    )
    return (await db.exec(query)).one()


async def sum_of_ledger(db: AsyncSession, session_id: UUID, user_id: UUID) -> int:
    """The total counted anew from the rows: what `total` must always equal."""
    query = select(func.coalesce(func.sum(PointsTransaction.final_points), 0)).where(
        PointsTransaction.session_id == session_id, PointsTransaction.user_id == user_id
    )
    return (await db.exec(query)).one()


async def by_hand(
    db: AsyncSession, source_type: str, limit: int
) -> list[tuple[PointsTransaction, User, bool]]:
    """Rows somebody wrote by hand, the newest first, with whose they are and whether they were taken back."""
    reversal = aliased(PointsTransaction)
    query = (
        select(PointsTransaction, User, col(reversal.id).is_not(None))
        .join(User, col(User.id) == col(PointsTransaction.user_id))
        .outerjoin(reversal, col(reversal.reverses_id) == col(PointsTransaction.id))
        .where(PointsTransaction.source_type == source_type, col(PointsTransaction.reverses_id).is_(None))
        .order_by(col(PointsTransaction.earned_at).desc(), col(PointsTransaction.id))
        .limit(limit)
    )
    return [(row, user, bool(is_back)) for row, user, is_back in (await db.exec(query)).all()]
