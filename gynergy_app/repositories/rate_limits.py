"""Counting, in one statement that also gives the verdict."""

from datetime import datetime, timedelta

from sqlalchemy import case, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.private import RateLimit

MOST = 1_000_000
"""Nobody's limit is higher, and the counter never overflows."""


async def count(db: AsyncSession, key: str, window: timedelta, now: datetime) -> int:
    """Count one hit; the answer is how many the running window has, distinct for parallel callers."""
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
        .returning(col(RateLimit.hits))
    )
    return (await (await db.connection()).execute(statement)).scalar_one()
