"""Points, badges and the days that were kept kindly."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from gynergy_app.domain.gamification import (
    BadgeCategory,
    DifferenceKind,
    MultiplierType,
    Priced,
    Rarity,
    RecountScope,
    RecountStatus,
    StreakEventKind,
)
from gynergy_app.models import columns


class Badge(SQLModel, table=True):
    """What it takes is `unlock_condition`; the words and the progress shown are made from it."""

    __tablename__ = "badges"

    id: UUID = columns.primary_key()
    key: str = columns.line(unique=True)
    name: str = columns.line()
    description: str = columns.line("")
    icon: str = columns.line()
    category: BadgeCategory = columns.choice(BadgeCategory)
    rarity: Rarity = columns.choice(Rarity)
    unlock_condition: dict[str, Any] = columns.document()
    animation_type: str = columns.line("confetti")
    points_reward: int = columns.number(0)
    is_hidden: bool = columns.flag(False)
    sort_order: int = columns.number(0)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class UserBadge(SQLModel, table=True):
    """A badge somebody holds. A trigger keeps the showcase at three."""

    __tablename__ = "user_badges"
    __table_args__ = (
        UniqueConstraint("user_id", "badge_id", "session_id", postgresql_nulls_not_distinct=True),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    badge_id: UUID = columns.reference("badges.id", ondelete="CASCADE")
    session_id: UUID | None = columns.reference("book_sessions.id", ondelete="SET NULL", nullable=True)
    unlocked_at: datetime = columns.created_at()
    is_showcased: bool = columns.flag(False)
    is_new: bool = columns.flag(True)


class MultiplierConfig(SQLModel, table=True):
    __tablename__ = "multiplier_configs"

    id: UUID = columns.primary_key()
    name: str = columns.line(unique=True)
    multiplier_type: MultiplierType = columns.choice(MultiplierType)
    condition: dict[str, Any] = columns.document()
    multiplier_value: Decimal = columns.factor()
    bonus_points: int = columns.number(0)
    is_active: bool = columns.flag(True)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class PointValue(SQLModel, table=True):
    """What an activity is worth, or what is added to a page's points, from a day on.

    Before the first of them the program's own column holds, or the row of `multiplier_configs`.
    """

    __tablename__ = "point_values"
    __table_args__ = (
        UniqueConstraint("book_id", "activity", "effective_on"),
        CheckConstraint("points >= 0", name="points_not_negative"),
    )

    id: UUID = columns.primary_key()
    book_id: UUID = columns.reference("books.id", ondelete="CASCADE", index=False)
    activity: StrEnum = columns.choice(Priced)
    points: int
    effective_on: date = columns.day()
    set_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    created_at: datetime = columns.created_at()


class PointsTransaction(SQLModel, table=True):
    """One line of the ledger. Never changed: a correction is a line that reverses it and says why.

    `earned_on` is the member's local day, `details` what "Why 18?" needs: the band, each bonus, the badge.
    """

    __tablename__ = "points_transactions"
    __table_args__ = (
        Index(
            "uq_points_transactions_one_award",
            "user_id",
            "source_type",
            "source_id",
            "activity_type",
            unique=True,
            postgresql_where=text("reverses_id is null"),
        ),
        CheckConstraint("reverses_id is null or reason is not null", name="reversal_has_reason"),
        Index(None, "user_id", "session_id", "earned_at"),
        Index(None, "session_id", "earned_on"),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID | None = columns.reference("book_sessions.id", ondelete=None, nullable=True, index=False)
    activity_type: str = columns.line()
    base_points: int = columns.number(0)
    multiplier: Decimal = columns.factor()
    bonus_points: int = columns.number(0)
    final_points: int
    source_type: str = columns.line()
    source_id: UUID
    details: dict[str, Any] = columns.document(column="metadata")
    earned_on: date = columns.day()
    earned_at: datetime = columns.created_at()
    reverses_id: UUID | None = columns.reference(
        "points_transactions.id", ondelete=None, nullable=True, index=False, unique=True
    )
    reason: str | None = columns.words()


class PointTotal(SQLModel, table=True):
    """The sum of a member's ledger in one run, kept by a trigger; `is_listed` says whether ranks count it."""

    __tablename__ = "point_totals"
    __table_args__ = (
        Index(
            "ix_point_totals_leaders",
            "session_id",
            text("total desc"),
            "user_id",
            postgresql_where=text("is_listed"),
        ),
    )

    session_id: UUID = Field(foreign_key="book_sessions.id", ondelete="CASCADE", primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", primary_key=True, index=True)
    total: int = columns.number(0)
    is_listed: bool = columns.flag(True)


class StreakEvent(SQLModel, table=True):
    """A missed day that was forgiven: frozen, or repaired within two days; `created_at` says when it was."""

    __tablename__ = "streak_events"
    __table_args__ = (UniqueConstraint("session_id", "user_id", "day"), Index(None, "user_id", "session_id"))

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID = columns.reference("book_sessions.id", ondelete=None, index=False)
    day: date = columns.day()
    kind: StreakEventKind = columns.choice(StreakEventKind)
    created_at: datetime = columns.created_at()


class Recount(SQLModel, table=True):
    """The ledger worked out anew from its sources and compared, for one member, a cohort or everybody.

    It changes nothing. `reached` is the last member looked at: a worker that was lost goes on from there.
    """

    __tablename__ = "recounts"
    __table_args__ = (
        CheckConstraint(
            "(scope = 'member') = (user_id is not null) and (scope = 'cohort') = (cohort_id is not null)",
            name="scope_has_subject",
        ),
        Index(None, "created_at"),
    )

    id: UUID = columns.primary_key()
    scope: RecountScope = columns.choice(RecountScope, RecountScope.everybody)
    user_id: UUID | None = columns.reference("users.id", ondelete="CASCADE", nullable=True)
    cohort_id: UUID | None = columns.reference("cohorts.id", ondelete="CASCADE", nullable=True)
    asked_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    status: RecountStatus = columns.choice(RecountStatus, RecountStatus.waiting)
    members: int = columns.number(0)
    members_done: int = columns.number(0)
    rows_checked: int = columns.number(0)
    differences: int = columns.number(0)
    reached: UUID | None = None
    started_at: datetime | None = columns.moment()
    finished_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()


class RecountDifference(SQLModel, table=True):
    """One thing that did not agree: what is kept and what its sources make of it. Figures only, no words."""

    __tablename__ = "recount_differences"
    __table_args__ = (Index(None, "recount_id", "user_id"),)

    id: UUID = columns.primary_key()
    recount_id: UUID = columns.reference("recounts.id", ondelete="CASCADE", index=False)
    user_id: UUID = columns.owner()
    session_id: UUID | None = columns.reference("book_sessions.id", ondelete="CASCADE", nullable=True)
    kind: DifferenceKind = columns.choice(DifferenceKind)
    what: str = columns.line("")
    day: date | None = None
    kept: str = columns.line("")
    expected: str = columns.line("")
    created_at: datetime = columns.created_at()
