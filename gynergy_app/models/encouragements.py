"""Words between two members of a cohort, and who does not want to meet whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from gynergy_app.domain.encouragements import LONGEST, EncouragementKind
from gynergy_app.models import columns


class Encouragement(SQLModel, table=True):
    """Sent once and never changed; it goes when either of the two goes.

    The page makes the `id` when it begins, so that pressing twice sends one. `sent_on` is the sender's own
    day; `session_id` the session she lived then, in which it counts for her badges.
    """

    __tablename__ = "encouragements"
    __table_args__ = (
        CheckConstraint("sender_id <> recipient_id", name="to_somebody_else"),
        CheckConstraint(
            "(message_type = 'custom') = (custom_message is not null)", name="own_words_or_ready"
        ),
        CheckConstraint(f"length(custom_message) between 1 and {LONGEST}", name="custom_message_short"),
        Index(None, "sender_id", "recipient_id", "sent_on"),
        Index(None, "recipient_id", "created_at"),
    )

    id: UUID = columns.primary_key()
    sender_id: UUID = columns.owner(index=False)
    recipient_id: UUID = columns.owner(index=False)
    cohort_id: UUID = columns.reference("cohorts.id", ondelete="CASCADE")
    session_id: UUID | None = columns.reference("book_sessions.id", ondelete="SET NULL", nullable=True)
    message_type: EncouragementKind = columns.choice(EncouragementKind)
    custom_message: str | None = columns.words()
    sent_on: date = columns.day()
    created_at: datetime = columns.created_at()


class UserBlock(SQLModel, table=True):
    """Neither meets the other among the members or sends the other anything. The blocked one is not told."""

    __tablename__ = "user_blocks"
    __table_args__ = (
        UniqueConstraint("blocker_id", "blocked_id"),
        CheckConstraint("blocker_id <> blocked_id", name="nobody_blocks_herself"),
    )

    id: UUID = columns.primary_key()
    blocker_id: UUID = columns.owner(index=False)
    blocked_id: UUID = columns.owner()
    created_at: datetime = columns.created_at()
