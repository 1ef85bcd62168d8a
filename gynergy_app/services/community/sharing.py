"""Sharing a gratitude action: a post with the action's title and words typed for it.

The page stays private. Nothing of it is copied but the title of what the day asked; whatever else the post
says was typed, or put there, by its writer. One action is one post. For badges those are counted that stand:
deleted or hidden ones are not, and a badge that was earned stays.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import PostType
from gynergy_app.domain.programs import period_of, programme_day
from gynergy_app.domain.text import tidy
from gynergy_app.errors import Conflict
from gynergy_app.repositories import action_logs, cohorts, community_posts, session_enrollments
from gynergy_app.repositories.cohorts import Mine
from gynergy_app.services import gamification, programs
from gynergy_app.services.community.posts import require_fits
from gynergy_app.services.gamification import UnlockedBadge
from gynergy_app.services.journaling.gratitude_actions import Prompt
from gynergy_app.services.programs import Enrolled


class NothingToShare(Conflict):
    def __init__(self) -> None:
        super().__init__("There is no finished gratitude action on this day that a cohort could read about.")


@dataclass(frozen=True)
class Offer:
    """What would be posted, and where. `note` is hers alone until she puts it into the post."""

    enrolled: Enrolled
    cohort: Mine
    log_id: UUID
    title: str
    note: str
    is_shared: bool


@dataclass(frozen=True)
class Shared:
    """`was_already`: this action stands there already, with the words it was given first."""

    cohort: Mine
    was_already: bool
    badges: tuple[UnlockedBadge, ...] = ()


async def offer(db: AsyncSession, member: Member, day: date, *, now: datetime) -> Offer | None:
    """None where there is nothing to share: no cohort, no finished page, or an action that did not happen."""
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None or day < enrolled.start_date:
        return None
    mine = await cohorts.list_mine(db, member.id)
    cohort = next((each for each in mine if each.id == enrolled.cohort_id), None)
    log = await action_logs.on_day(db, enrolled.session_id, member.id, day)
    if cohort is None or log is None or not (log.is_completed and log.is_done):
        return None
    period = period_of(programme_day(enrolled.start_date, day))
    asked = await action_logs.asked_on(db, enrolled.book_id, period)
    return Offer(
        enrolled=enrolled,
        cohort=cohort,
        log_id=log.id,
        title=Prompt.of(asked).title,
        note=log.note or log.reflection or "",
        is_shared=await community_posts.has_shared(db, member.id, log.id),
    )


async def share(db: AsyncSession, member: Member, day: date, typed: str, *, now: datetime) -> Shared:
    """Post it, once, and give the badges that this brings. Called twice or in parallel: one post."""
    words = tidy(typed)
    require_fits(words, may_be_empty=True)
    await session_enrollments.hold_practice(db, member.id)
    found = await offer(db, member, day, now=now)
    if found is None:
        raise NothingToShare
    async with elevated(db):
        is_new = await community_posts.add(
            db,
            user_id=member.id,
            cohort_id=found.cohort.id,
            post_type=PostType.win,
            title=found.title,
            content=words,
            linked_action_id=found.log_id,
            created_at=now,
        )
    if not is_new:
        return Shared(found.cohort, was_already=True)
    badges = await gamification.look_for_badges(db, member, found.enrolled, now=now)
    return Shared(found.cohort, was_already=False, badges=badges)
