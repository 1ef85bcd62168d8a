"""Rows whose time is over. Nobody asks about them; they only take room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.community import UNDECIDED
from gynergy_app.models.community import CommunityPost, ModerationReport
from gynergy_app.models.private import RateLimit, WebSession

REMEMBER_SIGN_OUTS = timedelta(days=30)
"""A member can look back this long at where the account was open."""


_PICTURES = text("""
    with old as (
        select o.name,
            case when (storage.foldername(o.name))[1] ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                then (storage.foldername(o.name))[1]::uuid end as owner
        from storage.objects o
        where o.bucket_id = 'media' and greatest(o.created_at, o.updated_at) < :before and o.name > :after
        order by o.name
        limit :most
    )
    select old.name,
        exists (select from users u where u.id = old.owner and u.profile_image = old.name)
        or exists (select from action_logs a where a.user_id = old.owner and old.name = any (a.images))
        or exists (select from user_visions v where v.user_id = old.owner
            and (v.symbols = old.name or old.name = any (v.images)))
        or exists (select from vision_versions v where v.user_id = old.owner
            and (old.name = any (v.images) or strpos(v.fields::text, old.name) > 0))
        or exists (select from yearbooks y where y.user_id = old.owner
            and (y.pdf_key = old.name or strpos(y.chosen::text, old.name) > 0)) as is_shown
    from old
    order by old.name
""")


@dataclass(frozen=True)
class OldPictures:
    """One stretch of the shelf: what nothing shows any more, and where to go on, "" at the end."""

    unused: Sequence[str]
    last: str


async def old_pictures(db: AsyncSession, *, before: datetime, after: str, most: int) -> OldPictures:
    asked = {"before": before, "after": after, "most": most}
    rows = (await (await db.connection()).execute(_PICTURES, asked)).all()
    return OldPictures([row.name for row in rows if not row.is_shown], rows[-1].name if rows else "")


async def delete_posts_taken_away(db: AsyncSession, *, before: datetime) -> int:
    """What was deleted by its author then or earlier, unless a person still has to look at it."""
    reported = select(col(ModerationReport.content_id)).where(col(ModerationReport.status).in_(UNDECIDED))
    statement = delete(CommunityPost).where(
        col(CommunityPost.deleted_at) <= before, col(CommunityPost.id).not_in(reported)
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def delete_ended_web_sessions(db: AsyncSession, *, now: datetime) -> int:
    long_ago = now - REMEMBER_SIGN_OUTS
    statement = delete(WebSession).where(
        or_(col(WebSession.expires_at) < now, col(WebSession.revoked_at) < long_ago)
    )
    return (await (await db.connection()).execute(statement)).rowcount


async def delete_ended_rate_limits(db: AsyncSession, *, now: datetime) -> int:
    statement = delete(RateLimit).where(col(RateLimit.window_ends_at) < now)
    return (await (await db.connection()).execute(statement)).rowcount
