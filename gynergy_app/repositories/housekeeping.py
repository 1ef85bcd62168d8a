"""Rows whose time is over. Nobody asks about them; they only take room."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.private import RateLimit, WebSession

REMEMBER_SIGN_OUTS = timedelta(days=30)
"""A member can look back this long at where the account was open."""


async def delete_ended_web_sessions(db: AsyncSession, *, now: datetime) -> int:
    long_ago = now - REMEMBER_SIGN_OUTS
    statement = delete(WebSession).where(
        or_(col(WebSession.expires_at) < now, col(WebSession.revoked_at) < long_ago)
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def delete_ended_rate_limits(db: AsyncSession, *, now: datetime) -> int:
    statement = delete(RateLimit).where(col(RateLimit.window_ends_at) < now)
    return (await (await db.connection()).execute(statement)).rowcount
