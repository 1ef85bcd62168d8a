"""What a member is told: in the app, on a device, by mail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from gynergy_app.domain.notifications import MailStatus, MailStream, NotificationCategory
from gynergy_app.models import columns


class Notification(SQLModel, table=True):
    """A line behind the bell. `dedupe_key` names its cause, so a cause is told once."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("user_id", "dedupe_key"),
        Index(None, "user_id", "created_at"),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    category: NotificationCategory = columns.choice(NotificationCategory)
    title: str = columns.line()
    body: str = columns.line("")
    href: str | None = columns.words()
    dedupe_key: str = columns.line()
    read_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()


class PushSubscription(SQLModel, table=True):
    __tablename__ = "push_subscriptions"

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner()
    endpoint: str = columns.line(unique=True)
    p256dh: str = columns.line()
    auth: str = columns.line()
    user_agent: str | None = columns.words()
    last_used_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()


class PushMessage(SQLModel, table=True):
    """A notice on its way to one device. `dedupe_key` names its cause, so a device is told once."""

    __tablename__ = "push_messages"
    __table_args__ = (
        UniqueConstraint("subscription_id", "dedupe_key"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index(
            "ix_push_messages_due",
            "next_attempt_at",
            postgresql_where=text("status in ('queued', 'sending')"),
        ),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner()
    subscription_id: UUID = columns.reference("push_subscriptions.id", ondelete="CASCADE", index=False)
    dedupe_key: str = columns.line()
    title: str = columns.line()
    body: str = columns.line("")
    href: str | None = columns.words()
    status: MailStatus = columns.choice(MailStatus, MailStatus.queued)
    attempts: int = columns.number(0)
    next_attempt_at: datetime = columns.created_at()
    claimed_until: datetime | None = columns.moment()
    expires_at: datetime | None = columns.moment()
    sent_at: datetime | None = columns.moment()
    error: str | None = columns.words()
    created_at: datetime = columns.created_at()


class EmailMessage(SQLModel, table=True):
    """A mail on its way and, afterwards, the proof it went. A sender holds it until `claimed_until`.

    `unknown_at` is when an attempt first ended without an answer: from then on one more is allowed, at most.
    After `expires_at` the mail would be no news any more, and stays here.
    """

    __tablename__ = "email_messages"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index(
            "ix_email_messages_due",
            "next_attempt_at",
            postgresql_where=text("status in ('queued', 'sending')"),
        ),
    )

    id: UUID = columns.primary_key()
    dedupe_key: str = columns.line(unique=True)
    user_id: UUID | None = columns.reference("users.id", ondelete="CASCADE", nullable=True)
    to_email: str = columns.line()
    template_key: str = columns.line()
    context: dict[str, Any] = columns.document()
    stream: MailStream = columns.choice(MailStream, MailStream.transactional)
    status: MailStatus = columns.choice(MailStatus, MailStatus.queued)
    attempts: int = columns.number(0)
    next_attempt_at: datetime = columns.created_at()
    claimed_until: datetime | None = columns.moment()
    unknown_at: datetime | None = columns.moment()
    expires_at: datetime | None = columns.moment()
    message_id: str | None = columns.words()
    sent_at: datetime | None = columns.moment()
    error: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class EmailSuppression(SQLModel, table=True):
    """An address a stream of mail no longer goes to. `email` is lower case."""

    __tablename__ = "email_suppressions"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower"),
        UniqueConstraint("email", "stream"),
    )

    id: UUID = columns.primary_key()
    email: str = columns.line()
    stream: MailStream = columns.choice(MailStream, MailStream.marketing)
    reason: str = columns.line()
    created_at: datetime = columns.created_at()
