"""Badges: which ones a story has earned, and telling their owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import BADGE_REWARD, Milestone, Story, badge_award, parse
from gynergy_app.domain.notifications import Notice, badge_notice, milestone_notice
from gynergy_app.models.gamification import Badge, PointsTransaction, UserBadge
from gynergy_app.repositories import badges, points_transactions
from gynergy_app.routes import BADGES
from gynergy_app.services import events, notifications
from gynergy_app.services.events import EventType
from gynergy_app.services.gamification.completion import UnlockedBadge
from gynergy_app.services.programs import Enrolled

BADGE = "badge"
"""`source_type` of points that come with a badge; the source is the member's copy of it."""


@dataclass(frozen=True)
class Reached:
    """A milestone, by its programme day."""

    day: int
    name: str


@dataclass(frozen=True)
class Unlocked:
    unlocked: tuple[UnlockedBadge, ...]
    milestone: Reached | None


async def unlock(
    db: AsyncSession, member: Member, enrolled: Enrolled, story: Story, *, now: datetime
) -> Unlocked:
    """Give every badge the story has earned. Call while stepped up and holding the practice."""
    missing = await badges.unheld(db, enrolled.session_id, member.id)
    earned = [badge for badge in missing if parse(badge.unlock_condition).is_met(story)]
    held = [_held(member, enrolled, badge, now) for badge in earned]
    db.add_all(held)
    await db.flush()
    pairs = list(zip(earned, held, strict=True))
    worth = enrolled.rewards or {badge.id: badge.points_reward for badge in earned}
    rows = [_reward(*pair, worth[pair[0].id], story, now) for pair in pairs if worth[pair[0].id]]
    await points_transactions.add_once(db, rows)
    for badge in earned:
        notifications.tell(db, member, _notice(badge, story, enrolled.session_id), href=BADGES, now=now)
        events.record(db, EventType.badge_earned, member, badge=badge.key)
    return Unlocked(tuple(_told(*pair) for pair in pairs), _furthest_milestone(earned))


def _held(member: Member, enrolled: Enrolled, badge: Badge, now: datetime) -> UserBadge:
    return UserBadge(user_id=member.id, badge_id=badge.id, session_id=enrolled.session_id, unlocked_at=now)


def _reward(badge: Badge, held: UserBadge, points: int, story: Story, now: datetime) -> PointsTransaction:
    award = badge_award(points)
    return PointsTransaction(
        user_id=held.user_id,
        session_id=held.session_id,
        activity_type=BADGE_REWARD,
        base_points=award.base,
        final_points=award.final,
        source_type=BADGE,
        source_id=held.id,
        details={**award.details(), "key": badge.key, "name": badge.name},
        earned_on=story.today,
        earned_at=now,
    )


def _notice(badge: Badge, story: Story, session_id: UUID) -> Notice:
    condition = parse(badge.unlock_condition)
    if isinstance(condition, Milestone):
        kept = len(story.kept.any_day | story.kept.repaired)
        return milestone_notice(condition.number, badge.name, condition.day, kept, session_id)
    return badge_notice(badge.key, badge.name, condition.words, badge.points_reward, session_id)


def _told(badge: Badge, held: UserBadge) -> UnlockedBadge:
    return UnlockedBadge(
        user_badge_id=held.id,
        key=badge.key,
        name=badge.name,
        words=parse(badge.unlock_condition).words,
        icon=badge.icon,
        rarity=badge.rarity,
        points=badge.points_reward,
    )


def _furthest_milestone(earned: Sequence[Badge]) -> Reached | None:
    reached = [
        Reached(condition.day, badge.name)
        for badge in earned
        for condition in [parse(badge.unlock_condition)]
        if isinstance(condition, Milestone)
    ]
    return max(reached, key=lambda milestone: milestone.day, default=None)
