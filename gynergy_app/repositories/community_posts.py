"""What a cohort says to each other, as one of its members reads it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.community import PostType, Verdict
from gynergy_app.models.community import CommunityPost

Key = tuple[datetime, UUID]
"""Where a page of posts ends."""

# Whoever left the cohort, or is suspended, is in nobody's directory, and her posts are not shown.
_PAGE = text("""
    select p.id, p.user_id, trim(d.first_name || ' ' || d.last_name) as name, d.profile_image as picture,
        p.post_type, coalesce(p.title, '') as title, p.content, p.is_approved,
        coalesce(p.hidden_reason, '') as hidden_reason, p.edited_at is not null as is_edited, p.created_at
    from community_posts p
    join member_directory d on d.id = p.user_id
    join cohort_memberships m on m.user_id = p.user_id and m.cohort_id = p.cohort_id
    where p.cohort_id = :cohort and p.visibility <> 'private' and p.deleted_at is null
        and (cast(:before as timestamptz) is null or (p.created_at, p.id) < (:before, :before_id))
    order by p.created_at desc, p.id desc
    limit :size
""")
# The columns a member's post consists of: no other may be written for her, so none is named.
_ADD = text("""
    insert into community_posts (user_id, cohort_id, post_type, title, content, linked_action_id, created_at)
    values (:user_id, :cohort_id, :post_type, :title, :content, :linked_action_id, :created_at)
    on conflict (linked_action_id) where deleted_at is null do nothing
""")
_MODERATE = text("select * from private.moderate_post(:post_id, :verdict, :reason, :at)")


@dataclass(frozen=True)
class Post:
    """`title` names the action that was shared; empty for what was only said."""

    id: UUID
    user_id: UUID
    name: str
    picture: str | None
    post_type: PostType
    title: str
    content: str
    is_approved: bool
    hidden_reason: str
    is_edited: bool
    created_at: datetime


@dataclass(frozen=True)
class Own:
    """A post as its writer finds it again, wherever it stands."""

    id: UUID
    post_type: PostType
    title: str
    content: str
    created_at: datetime


@dataclass(frozen=True)
class Moderated:
    """Whose post it was, and where."""

    author_id: UUID
    cohort_id: UUID
    cohort_name: str


async def page(db: AsyncSession, cohort_id: UUID, before: Key | None, size: int) -> list[Post]:
    """The newest first."""
    moment, last = before or (None, None)
    said = {"cohort": cohort_id, "before": moment, "before_id": last, "size": size}
    rows = await (await db.connection()).execute(_PAGE, said)
    return [Post(**{**row._mapping, "post_type": PostType(row.post_type)}) for row in rows]


async def add(
    db: AsyncSession,
    *,
    user_id: UUID,
    cohort_id: UUID,
    post_type: PostType,
    content: str,
    created_at: datetime,
    title: str | None = None,
    linked_action_id: UUID | None = None,
) -> bool:
    """False for an action that is shared already. Call while stepped up."""
    said = {
        "user_id": user_id,
        "cohort_id": cohort_id,
        "post_type": post_type.value,
        "title": title,
        "content": content,
        "linked_action_id": linked_action_id,
        "created_at": created_at,
    }
    return (await (await db.connection()).execute(_ADD, said)).rowcount == 1


async def find_own(db: AsyncSession, user_id: UUID, post_id: UUID) -> CommunityPost | None:
    """Also one that was deleted and can still be put back."""
    query = select(CommunityPost).where(CommunityPost.id == post_id, CommunityPost.user_id == user_id)
    return (await db.exec(query)).first()


async def has_said(db: AsyncSession, user_id: UUID, cohort_id: UUID, words: str, *, since: datetime) -> bool:
    query = select(CommunityPost.id).where(
        CommunityPost.user_id == user_id,
        CommunityPost.cohort_id == cohort_id,
        CommunityPost.content == words,
        CommunityPost.created_at >= since,
        col(CommunityPost.deleted_at).is_(None),
    )
    return (await db.exec(query)).first() is not None


async def list_own(db: AsyncSession, user_id: UUID, before: Key | None, size: int) -> list[Own]:
    """What somebody said in all her cohorts, the newest first."""
    query = select(CommunityPost).where(
        CommunityPost.user_id == user_id, col(CommunityPost.deleted_at).is_(None)
    )
    if before:
        query = query.where(tuple_(col(CommunityPost.created_at), col(CommunityPost.id)) < before)
    newest_first = query.order_by(col(CommunityPost.created_at).desc(), col(CommunityPost.id).desc())
    return [
        Own(post.id, post.post_type, post.title or "", post.content, post.created_at)
        for post in (await db.exec(newest_first.limit(size))).all()
    ]


async def has_shared(db: AsyncSession, user_id: UUID, log_id: UUID) -> bool:
    query = select(CommunityPost.id).where(
        CommunityPost.user_id == user_id,
        CommunityPost.linked_action_id == log_id,
        col(CommunityPost.deleted_at).is_(None),
    )
    return (await db.exec(query)).first() is not None


async def moderate(
    db: AsyncSession, post_id: UUID, verdict: Verdict, reason: str, now: datetime
) -> Moderated | None:
    """None where there was nothing to do, or nothing the caller may do. Call while stepped up."""
    said = {"post_id": post_id, "verdict": verdict.value, "reason": reason or None, "at": now}
    row = (await (await db.connection()).execute(_MODERATE, said)).first()
    return Moderated(**row._mapping) if row else None
