"""Counting, in one statement that also gives the verdict."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.private import RateLimit

MOST = 1_000_000
"""Nobody's limit is higher, and the counter never overflows."""


class Counted(NamedTuple):
    """What the running window of a key holds, and when it ends."""

    hits: int
    ends_at: datetime


async def count(db: AsyncSession, key: str, window: timedelta, now: datetime) -> Counted:
    """Count one hit. Parallel callers are answered with different numbers of hits."""
    is_over = col(RateLimit.window_ends_at) <= now
    statement = (
        insert(RateLimit)
        .values(key=key, hits=1, window_ends_at=now + window)
        .on_conflict_do_update(
            index_elements=[RateLimit.key],
            set_={
                "hits": case((is_over, 1), else_=func.least(col(RateLimit.hits) + 1, MOST)),
                "window_ends_at": case((is_over, now + window), else_=RateLimit.window_ends_at),
            },
        )
        .returning(col(RateLimit.hits), col(RateLimit.window_ends_at))
    )
    return Counted(*(await (await db.connection()).execute(statement)).one())


async def give_back(db: AsyncSession, key: str, ends_at: datetime) -> None:
    """Undo one hit, unless its window is over: the next one never held it."""
    statement = (
        update(RateLimit)
        .where(col(RateLimit.key) == key, col(RateLimit.window_ends_at) == ends_at)
        .values(hits=RateLimit.hits - 1)
    )
    await (await db.connection()).execute(statement)
