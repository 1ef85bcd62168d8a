"""Who came because of whom, and what that brought."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from gynergy_app.domain.referrals import ReferralStatus, ReviewStatus
from gynergy_app.models import columns


class ReferralCode(SQLModel, table=True):
    """What stands in a member's link. Everybody has one from the first day."""

    __tablename__ = "referral_codes"

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False, unique=True)
    code: str = columns.line(unique=True)
    uses_count: int = columns.number(0)
    total_points_earned: int = columns.number(0)
    is_active: bool = columns.flag(True)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Referral(SQLModel, table=True):
    """Somebody came by a link; converted once she has a place. `purchase_id` is the place that did it."""

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint("referrer_id <> referred_id", name="nobody_invites_herself"),
        Index(None, "referrer_id", "status"),
    )

    id: UUID = columns.primary_key()
    referrer_id: UUID = columns.owner(index=False)
    referred_id: UUID = columns.owner(index=False, unique=True)
    referral_code_id: UUID | None = columns.reference("referral_codes.id", ondelete="SET NULL", nullable=True)
    purchase_id: UUID | None = columns.reference("purchases.id", ondelete="SET NULL", nullable=True)
    status: ReferralStatus = columns.choice(ReferralStatus, ReferralStatus.pending)
    points_awarded: int = columns.number(0)
    converted_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class ReferralMilestone(SQLModel, table=True):
    __tablename__ = "referral_milestones"
    __table_args__ = (
        CheckConstraint("referrals_required > 0", name="asks_for_somebody"),
        CheckConstraint("points_bonus >= 0", name="bonus_counted"),
    )

    id: UUID = columns.primary_key()
    name: str = columns.line()
    description: str | None = columns.words()
    referrals_required: int = Field(unique=True)
    points_bonus: int = columns.number(0)
    badge_id: UUID | None = columns.reference("badges.id", ondelete="SET NULL", nullable=True)
    reward_description: str | None = columns.words()
    is_active: bool = columns.flag(True)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class UserReferralMilestone(SQLModel, table=True):
    """A milestone somebody came to. It stays; the points that came with it follow the count."""

    __tablename__ = "user_referral_milestones"
    __table_args__ = (UniqueConstraint("user_id", "milestone_id"),)

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    milestone_id: UUID = columns.reference("referral_milestones.id", ondelete="CASCADE")
    achieved_at: datetime = columns.created_at()


class ReferralReview(SQLModel, table=True):
    """An invitation with something odd about it, for a person to decide. `signals` name what is odd."""

    __tablename__ = "referral_reviews"
    __table_args__ = (Index(None, "status", "created_at"),)

    id: UUID = columns.primary_key()
    referral_id: UUID = columns.reference("referrals.id", ondelete="CASCADE", index=False, unique=True)
    purchase_id: UUID | None = columns.reference("purchases.id", ondelete="SET NULL", nullable=True)
    signals: list[str] = columns.texts()
    status: ReviewStatus = columns.choice(ReviewStatus, ReviewStatus.waiting)
    decided_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    decided_at: datetime | None = columns.moment()
    reason: str | None = columns.words()
    created_at: datetime = columns.created_at()
