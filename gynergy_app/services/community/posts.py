"""The feed of a cohort: reading it, writing into it, and taking one's own words back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import TIME_TO_UNDO, PostType, post_problem
from gynergy_app.domain.text import tidy
from gynergy_app.errors import Conflict, Invalid, NotFound
from gynergy_app.models.community import CommunityPost
from gynergy_app.repositories import book_sessions, cohorts, community_posts, session_enrollments
from gynergy_app.repositories.book_sessions import Pulse
from gynergy_app.repositories.cohorts import Mine
from gynergy_app.repositories.community_posts import Key, Own, Post
from gynergy_app.services import programs

Said = TypeVar("Said", Post, Own)
Enter = Callable[[UUID], Awaitable[None]]

PAGE_SIZE = 20
ONE_PRESS = timedelta(minutes=1)
"""The same words said again so soon are one press of a button that came twice."""


class PostGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This post is no longer there.")


class NotYourCohort(NotFound):
    def __init__(self) -> None:
        super().__init__("You are not in that cohort any more. What you typed is still on this device.")


class SharedAnew(Conflict):
    def __init__(self) -> None:
        super().__init__("This action was shared again meanwhile, so the earlier post stays deleted.")


@dataclass(frozen=True)
class Published:
    """`is_new` is false for what stood there already."""

    cohort: Mine
    is_new: bool


@dataclass(frozen=True)
class Feed:
    """One cohort as its member reads it. `next_key` leads to earlier posts; None: there are none.

    `cohorts` are all of hers. There is no pulse on days that a cohort does not live together.
    """

    cohort: Mine
    cohorts: Sequence[Mine]
    posts: Sequence[Post]
    next_key: Key | None
    pulse: Pulse | None


async def read(
    db: AsyncSession,
    member: Member,
    cohort_id: UUID | None = None,
    *,
    enter: Enter | None = None,
    now: datetime,
) -> Feed | None:
    """The cohort asked for, if it is hers; else the one she lives with. None for somebody who has none.

    `enter` is told which one before its posts are read: who listens from then on misses none.
    """
    mine = await cohorts.list_mine(db, member.id)
    if not mine:
        return None
    cohort = _named(mine, cohort_id) or await _lived_with(db, member, mine, now)
    if enter:
        await enter(cohort.id)
    posts, next_key = await earlier(db, cohort.id, None)
    is_lived = cohort.lives_on(clock.day_in(member.timezone, now))
    pulse = await book_sessions.pulse(db, cohort.id, now) if is_lived else None
    return Feed(cohort, mine, posts, next_key, pulse)


async def earlier(db: AsyncSession, cohort_id: UUID, before: Key | None) -> tuple[list[Post], Key | None]:
    """A page of posts before that key, or the newest; and where the next page begins."""
    return _a_page(await community_posts.page(db, cohort_id, before, PAGE_SIZE + 1))


async def list_own(
    db: AsyncSession, member: Member, before: Key | None = None
) -> tuple[list[Own], Key | None]:
    """What she said, in whatever cohort: hers to read and to delete whatever else is closed to her."""
    return _a_page(await community_posts.list_own(db, member.id, before, PAGE_SIZE + 1))


def _a_page(found: list[Said]) -> tuple[list[Said], Key | None]:
    """Asked for one more than it shows, to know whether there are earlier ones."""
    shown, has_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    return shown, (shown[-1].created_at, shown[-1].id) if has_more else None


async def publish(
    db: AsyncSession, member: Member, cohort_id: UUID, kind: PostType, typed: str, *, now: datetime
) -> Published:
    """Say something to one cohort of hers. Said twice within a minute, it is said once."""
    words = tidy(typed)
    require_fits(words)
    cohort = await require_mine(db, member, cohort_id)
    await session_enrollments.hold_practice(db, member.id)
    if await community_posts.has_said(db, member.id, cohort.id, words, since=now - ONE_PRESS):
        return Published(cohort, is_new=False)
    async with elevated(db):
        await community_posts.add(
            db, user_id=member.id, cohort_id=cohort.id, post_type=kind, content=words, created_at=now
        )
    return Published(cohort, is_new=True)


async def edit(db: AsyncSession, member: Member, post_id: UUID, typed: str, *, now: datetime) -> None:
    """Its cohort sees that it was edited. Saved without a change, it was not."""
    words = tidy(typed)
    post = await _own(db, member, post_id)
    if post.deleted_at:
        raise PostGone
    require_fits(words, may_be_empty=bool(post.title))
    if words == post.content:
        return
    async with elevated(db):
        post.content, post.edited_at = words, now
        db.add(post)


async def take_away(db: AsyncSession, member: Member, post_id: UUID, *, now: datetime) -> None:
    """Nobody sees it from now on. It can be put back for a day; then it is gone for good."""
    post = await _own(db, member, post_id)
    if post.deleted_at:
        return
    async with elevated(db):
        post.deleted_at = now
        db.add(post)


async def put_back(db: AsyncSession, member: Member, post_id: UUID, *, now: datetime) -> None:
    post = await _own(db, member, post_id)
    if post.deleted_at and post.deleted_at <= now - TIME_TO_UNDO:
        raise PostGone
    try:
        async with elevated(db):
            post.deleted_at = None
            db.add(post)
    except IntegrityError as taken:
        raise SharedAnew from taken


def require_fits(words: str, *, may_be_empty: bool = False) -> None:
    if problem := post_problem(words, may_be_empty=may_be_empty):
        raise Invalid({"words": problem})


async def require_mine(db: AsyncSession, member: Member, cohort_id: UUID) -> Mine:
    cohort = _named(await cohorts.list_mine(db, member.id), cohort_id)
    if cohort is None:
        raise NotYourCohort
    return cohort


async def _lived_with(db: AsyncSession, member: Member, mine: Sequence[Mine], now: datetime) -> Mine:
    enrolled = await programs.current_enrollment(db, member, now=now)
    return _named(mine, enrolled.cohort_id if enrolled else None) or mine[0]


def _named(mine: Sequence[Mine], cohort_id: UUID | None) -> Mine | None:
    return next((cohort for cohort in mine if cohort.id == cohort_id), None)


async def _own(db: AsyncSession, member: Member, post_id: UUID) -> CommunityPost:
    post = await community_posts.find_own(db, member.id, post_id)
    if post is None:
        raise PostGone
    return post
