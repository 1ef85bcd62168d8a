"""What a member writes. No role a person holds reads another's rows here."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from gynergy_app.domain.journaling import EntryType, JournalType, LoggedActionType, VisionSubject, VisionType
from gynergy_app.models import columns


def _session(*, index: bool = False) -> Any:
    """Deleting a run must never take a member's words with it."""
    return columns.reference("book_sessions.id", ondelete=None, index=index)


class Journal(SQLModel, table=True):
    """A page: one type on one day. `revision` grows with each save, so no device overwrites blindly."""

    __tablename__ = "journals"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id", "entry_date", "journal_type"),
        CheckConstraint("mood_score between 1 and 10", name="mood_in_range"),
        CheckConstraint("is_completed = (completed_at is not null)", name="completed_has_moment"),
        Index(None, "user_id", "session_id", "entry_date"),
    )

    id: UUID = columns.primary_key()
    session_id: UUID = _session()
    book_id: UUID = columns.reference("books.id", ondelete=None)
    user_id: UUID = columns.owner(index=False)
    entry_date: date = columns.day()
    journal_type: JournalType = columns.choice(JournalType)
    is_completed: bool = columns.flag(False)
    completed_at: datetime | None = columns.moment()
    revision: int = columns.number(0)
    images: list[str] = columns.texts()

    mood_score: int | None = None
    mood_contribution: str | None = columns.words()
    captured_essence: str | None = columns.words()
    mantra: str | None = columns.words()

    insight: str | None = columns.words()
    insight_impact: str | None = columns.words()
    success: str | None = columns.words()
    changes: str | None = columns.words()
    freeflow: str | None = columns.words()

    wins: str | None = columns.words()
    challenges: str | None = columns.words()
    lessons: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class JournalEntry(SQLModel, table=True):
    """The lines of one kind on a page: her gratitudes, her affirmations."""

    __tablename__ = "journal_entries"
    __table_args__ = (UniqueConstraint("journal_id", "entry_type"),)

    id: UUID = columns.primary_key()
    journal_id: UUID = columns.reference("journals.id", ondelete="CASCADE", index=False)
    entry_type: EntryType = columns.choice(EntryType)
    content: list[str] = columns.texts()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class UserVision(SQLModel, table=True):
    __tablename__ = "user_visions"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id", "vision_type"),
        Index(None, "user_id", "session_id"),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID = _session()
    vision_type: VisionType = columns.choice(VisionType)
    images: list[str] = columns.texts()
    is_completed: bool = columns.flag(False)
    revision: int = columns.number(0)

    name: str | None = columns.words()
    abilities: str | None = columns.words()
    purpose: str | None = columns.words()
    traits: str | None = columns.words()
    symbols: str | None = columns.words()
    mantra: str | None = columns.words()
    creed: str | None = columns.words()

    qualities: str | None = columns.words()
    achievements: str | None = columns.words()
    importance: str | None = columns.words()
    self_values: str | None = columns.words()
    lifestyle: str | None = columns.words()
    foreseen: str | None = columns.words()
    relationships: str | None = columns.words()
    legacy: str | None = columns.words()
    improvement: str | None = columns.words()
    self_evaluation: str | None = columns.words()
    interests: str | None = columns.words()
    triggers: str | None = columns.words()
    envision: str | None = columns.words()
    milestones: str | None = columns.words()
    contributions: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class VisionVersion(SQLModel, table=True):
    """How a vision, or the map of a life, read at one revision: kept so that it can be brought back."""

    __tablename__ = "vision_versions"
    __table_args__ = (
        UniqueConstraint("user_id", "session_id", "subject", "revision"),
        Index(None, "session_id"),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID = _session()
    subject: VisionSubject = columns.choice(VisionSubject)
    revision: int
    fields: dict[str, Any] = columns.document()
    images: list[str] = columns.texts()
    saved_at: datetime = columns.created_at()


class ActionLog(SQLModel, table=True):
    """A gratitude action of a day (`period_key` is its ISO date) or a weekly challenge (its week number)."""

    __tablename__ = "action_logs"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id", "action_type", "period_key"),
        CheckConstraint("is_completed = (completed_at is not null)", name="completed_has_moment"),
        Index(None, "user_id", "session_id", "entry_date"),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    action_id: UUID | None = columns.reference("actions.id", ondelete="SET NULL", nullable=True)
    session_id: UUID = _session()
    action_type: LoggedActionType = columns.choice(LoggedActionType)
    period_key: str = columns.line()
    entry_date: date = columns.day()
    images: list[str] = columns.texts()
    is_done: bool | None = None
    is_completed: bool = columns.flag(False)
    completed_at: datetime | None = columns.moment()
    revision: int = columns.number(0)

    note: str | None = columns.words()
    reflection: str | None = columns.words()
    obstacles: str | None = columns.words()
    items: list[str] = columns.texts(column="list")
    draw: str | None = columns.words()

    reward: str | None = columns.words()
    motivation: str | None = columns.words()
    purpose: str | None = columns.words()
    success: str | None = columns.words()
    focus: str | None = columns.words()
    eulogy: str | None = columns.words()
    freeflow: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Meditation(SQLModel, table=True):
    __tablename__ = "meditations"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id", "entry_date"),
        Index(None, "user_id", "session_id", "entry_date"),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID = _session()
    entry_date: date = columns.day()
    reflection: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()
