"""Invitations. All is written by functions of the database, so that points follow from what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.referrals import MILESTONE, REFERRAL, ReferralStatus, ReviewStatus
from gynergy_app.models.gamification import Badge, PointsTransaction
from gynergy_app.models.referrals import (
    Referral,
    ReferralCode,
    ReferralMilestone,
    ReferralReview,
    UserReferralMilestone,
)

_REMEMBER = text("select private.remember_referral(:code, :purchase_id, :at)")
_CONVERT = text("select * from private.process_referral_conversion(:user_id, :purchase_id, :points, :at)")
_UNDO = text("select private.undo_referral_conversion(:purchase_id, :reason, :at)")
_DECIDE = text("select * from private.decide_referral(:review_id, :is_fine, :reason, :points, :at)")


@dataclass(frozen=True)
class Outcome:
    """What became of an invitation, and which milestones were reached with it.

    `converted`, `review` (a person decides), `rejected`, or `lapsed`: the place was given back meanwhile.
    """

    outcome: str
    referral_id: UUID
    referrer_id: UUID
    milestones: list[str] = field(default_factory=list)


async def code_of(db: AsyncSession, user_id: UUID) -> ReferralCode | None:
    return (await db.exec(select(ReferralCode).where(ReferralCode.user_id == user_id))).first()


async def remember(db: AsyncSession, code: str, now: datetime, *, purchase_id: UUID | None = None) -> str:
    """What became of it: `remembered`, `already`, `own`, `unknown`, `too_late`. Call while stepped up."""
    said = {"code": code, "purchase_id": purchase_id, "at": now}
    return (await (await db.connection()).execute(_REMEMBER, said)).scalar_one()


async def convert(
    db: AsyncSession, user_id: UUID, purchase_id: UUID, points: int, now: datetime
) -> Outcome | None:
    """None when nobody invited her, or it was counted before. Call while stepped up."""
    said = {"user_id": user_id, "purchase_id": purchase_id, "points": points, "at": now}
    row = (await (await db.connection()).execute(_CONVERT, said)).first()
    return Outcome(**row._mapping) if row else None


async def undo(db: AsyncSession, purchase_id: UUID, reason: str, now: datetime) -> bool:
    said = {"purchase_id": purchase_id, "reason": reason, "at": now}
    return bool((await (await db.connection()).execute(_UNDO, said)).scalar())


async def decide(
    db: AsyncSession, review_id: UUID, *, is_fine: bool, reason: str, points: int, now: datetime
) -> Outcome | None:
    """None when it was decided before. Call while stepped up, as an admin."""
    said = {"review_id": review_id, "is_fine": is_fine, "reason": reason, "points": points, "at": now}
    row = (await (await db.connection()).execute(_DECIDE, said)).first()
    return Outcome(**row._mapping) if row else None


async def counted_for(db: AsyncSession, purchase_id: UUID) -> Referral | None:
    """The invitation that counts because of this place."""
    query = select(Referral).where(
        Referral.purchase_id == purchase_id, Referral.status == ReferralStatus.converted
    )
    return (await db.exec(query)).first()


async def about(db: AsyncSession, user_id: UUID) -> Referral | None:
    """How she came, if it was by somebody's link."""
    return (await db.exec(select(Referral).where(Referral.referred_id == user_id))).first()


async def count(db: AsyncSession, referrer_id: UUID, status: ReferralStatus) -> int:
    query = select(func.count()).where(Referral.referrer_id == referrer_id, Referral.status == status)
    return (await db.exec(query)).one()


async def count_given_back(db: AsyncSession, referrer_id: UUID) -> int:
    """Of those who had a place once, how many have none any more."""
    query = select(func.count()).where(
        Referral.referrer_id == referrer_id,
        Referral.status == ReferralStatus.expired,
        col(Referral.converted_at).is_not(None),
    )
    return (await db.exec(query)).one()


async def points(db: AsyncSession, user_id: UUID) -> int:
    """What inviting has brought her in all, bonuses among it and what was reversed taken off."""
    query = select(func.coalesce(func.sum(col(PointsTransaction.final_points)), 0)).where(
        PointsTransaction.user_id == user_id,
        col(PointsTransaction.activity_type).in_((REFERRAL, MILESTONE)),
    )
    return (await db.exec(query)).one()


async def milestones(
    db: AsyncSession, user_id: UUID
) -> Sequence[tuple[ReferralMilestone, UserReferralMilestone | None, Badge | None]]:
    """Each milestone, beside the moment she came to it and the badge it brings."""
    query = (
        select(ReferralMilestone, UserReferralMilestone, Badge)
        .outerjoin(
            UserReferralMilestone,
            (col(UserReferralMilestone.milestone_id) == col(ReferralMilestone.id))
            & (col(UserReferralMilestone.user_id) == user_id),
        )
        .outerjoin(Badge, col(Badge.id) == col(ReferralMilestone.badge_id))
        .where(col(ReferralMilestone.is_active))
        .order_by(col(ReferralMilestone.referrals_required))
    )
    return (await db.exec(query)).all()


async def waiting_reviews(db: AsyncSession, limit: int) -> Sequence[tuple[ReferralReview, Referral]]:
    """What a person is to decide, the oldest first."""
    query = (
        select(ReferralReview, Referral)
        .join(Referral, col(Referral.id) == col(ReferralReview.referral_id))
        .where(ReferralReview.status == ReviewStatus.waiting)
        .order_by(col(ReferralReview.created_at), col(ReferralReview.id))
        .limit(limit)
    )
    return (await db.exec(query)).all()
