"""Programs (books), their runs, and what each day brings."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from gynergy_app.domain.programs import ActionType, SessionStatus
from gynergy_app.models import columns


class Book(SQLModel, table=True):
    """A program. The points columns are the only base values the product knows."""

    __tablename__ = "books"
    __table_args__ = (CheckConstraint("duration_days > 0", name="has_days"),)

    id: UUID = columns.primary_key()
    admin_id: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    slug: str = columns.line(unique=True)
    name: str = columns.line()
    short_name: str = columns.line()
    heading: str | None = columns.words()
    description: str | None = columns.words()
    message_heading: str | None = columns.words()
    message_description: str | None = columns.words()
    farewell: str = columns.line("")
    cover: str | None = columns.words()
    duration_days: int = columns.number(45)
    bridge_duration_days: int = columns.number(30)
    morning_journal_points: int = columns.number(10)
    evening_journal_points: int = columns.number(10)
    weekly_journal_points: int = columns.number(25)
    daily_action_points: int = columns.number(15)
    weekly_action_points: int = columns.number(25)
    vision_points: int = columns.number(20)
    journey_phases: list[dict[str, Any]] = columns.document(list)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class BookSession(SQLModel, table=True):
    """One run of a book, lived by a cohort, or by one person when `is_personal`."""

    __tablename__ = "book_sessions"
    __table_args__ = (
        CheckConstraint("end_date >= start_date", name="ends_after_start"),
        CheckConstraint("is_personal = (owner_user_id is not null)", name="personal_has_owner"),
        CheckConstraint("max_enrollments > 0", name="has_places"),
        Index(None, "start_date", "end_date"),
        Index(None, "status"),
    )

    id: UUID = columns.primary_key()
    book_id: UUID = columns.reference("books.id", ondelete=None)
    duration_days: int = columns.number(45)
    start_date: date = columns.day()
    end_date: date = columns.day()
    cohort_label: str | None = columns.words()
    status: SessionStatus = columns.choice(SessionStatus, SessionStatus.upcoming)
    grace_period_end: date | None = None
    max_enrollments: int | None = None
    is_personal: bool = columns.flag(False)
    owner_user_id: UUID | None = columns.reference("users.id", ondelete="CASCADE", nullable=True)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class BookMilestone(SQLModel, table=True):
    """A named stretch of the climb; reached by writing on or after its `end_point` day."""

    __tablename__ = "book_milestones"
    __table_args__ = (UniqueConstraint("book_id", "order"), UniqueConstraint("book_id", "end_point"))

    id: UUID = columns.primary_key()
    book_id: UUID = columns.reference("books.id", ondelete="CASCADE", index=False)
    order: int
    name: str = columns.line()
    start_point: int
    end_point: int | None = None
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class SessionEnrollment(SQLModel, table=True):
    """A member's place in a run. The counters are a cache of the dated rows, never the truth."""

    __tablename__ = "session_enrollments"
    __table_args__ = (UniqueConstraint("session_id", "user_id"), Index(None, "user_id", "session_id"))

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    book_id: UUID = columns.reference("books.id", ondelete=None)
    session_id: UUID = columns.reference("book_sessions.id", ondelete=None, index=False)
    enrollment_date: date = columns.day()
    morning_completion: int = columns.number(0)
    morning_streak: int = columns.number(0)
    evening_completion: int = columns.number(0)
    evening_streak: int = columns.number(0)
    gratitude_completion: int = columns.number(0)
    gratitude_streak: int = columns.number(0)
    weekly_reflection_completion: int = columns.number(0)
    weekly_reflection_streak: int = columns.number(0)
    weekly_challenge_completion: int = columns.number(0)
    weekly_challenge_streak: int = columns.number(0)
    graduated_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Yearbook(SQLModel, table=True):
    """What a graduate chose to keep of her days, page by page, and the file made of it.

    `chosen` names the items, never their words: those stay on their pages; `chosen.made_of` is a
    fingerprint of what the file shows. `pdf_revision` is the `revision` that `pdf_key` was made from.
    """

    __tablename__ = "yearbooks"
    __table_args__ = (UniqueConstraint("session_id", "user_id"), Index(None, "user_id", "session_id"))

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID = columns.reference("book_sessions.id", ondelete=None, index=False)
    chosen: dict[str, Any] = columns.document()
    revision: int = columns.number(0)
    pdf_key: str | None = columns.words()
    pdf_revision: int | None = None
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Action(SQLModel, table=True):
    """A gratitude action of a day, or the challenge of a week. `period` counts days or weeks from 1."""

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("book_id", "action_type", "period"),
        CheckConstraint("period > 0", name="period_counts_from_one"),
    )

    id: UUID = columns.primary_key()
    book_id: UUID = columns.reference("books.id", ondelete="CASCADE", index=False)
    action_type: ActionType = columns.choice(ActionType)
    period: int
    title: str = columns.line()
    tip: str | None = columns.words()
    hyperlink: str | None = columns.words()
    is_self: bool = columns.flag(False)
    is_draw: bool = columns.flag(False)
    is_list: bool = columns.flag(False)
    is_eulogy: bool = columns.flag(False)
    is_journey_table: bool = columns.flag(False)
    is_meditation: bool = columns.flag(False)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Quote(SQLModel, table=True):
    """The words of a day. `source` says where its author wrote them."""

    __tablename__ = "quotes"
    __table_args__ = (
        UniqueConstraint("book_id", "day"),
        CheckConstraint("day > 0", name="day_counts_from_one"),
    )

    id: UUID = columns.primary_key()
    book_id: UUID = columns.reference("books.id", ondelete="CASCADE", index=False)
    day: int
    content: str = columns.line()
    author: str | None = columns.words()
    source: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Waitlist(SQLModel, table=True):
    """Who waits for a place, first come first."""

    __tablename__ = "waitlist"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id"),
        Index(None, "session_id", "joined_at", "id"),
    )

    id: UUID = columns.primary_key()
    session_id: UUID = columns.reference("book_sessions.id", ondelete="CASCADE", index=False)
    user_id: UUID = columns.owner()
    joined_at: datetime = columns.created_at()
