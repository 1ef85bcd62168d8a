"""People, the roles they hold and the choices they made."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from gynergy_app.domain.accounts import ArchiveStatus, DigestFrequency, Role, Theme
from gynergy_app.domain.payments.kinds import AccessType
from gynergy_app.models import columns


def _at(hour: int) -> Any:
    return Field(default=time(hour), sa_column_kwargs={"server_default": text(f"'{hour:02}:00'")})


class User(SQLModel, table=True):
    """A member. `id` is the auth service's id, so policies can say `user_id = auth.uid()`.

    `deletes_at` is set when she asked for her account to go: until then she can take it back. `came_to` and
    `came_at`: the first page of ours that her browser had seen before she had an account.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("id = supabase_id", name="one_identity"),
        CheckConstraint("(came_to is null) = (came_at is null)", name="came_somewhere_sometime"),
    )

    id: UUID = Field(primary_key=True)
    supabase_id: UUID = columns.reference("auth.users.id", ondelete="CASCADE", index=False, unique=True)
    first_name: str = columns.line("")
    last_name: str = columns.line("")
    email: str | None = columns.words()
    email_lower: str | None = Field(
        default=None, sa_column=Column(Text, Computed("lower(email)", persisted=True), unique=True)
    )
    profile_image: str | None = columns.words()
    is_anonymous: bool = columns.flag(False)
    welcome_email_sent: bool = columns.flag(False)
    suspended_at: datetime | None = columns.moment()
    suspended_reason: str | None = columns.words()
    deletes_at: datetime | None = columns.moment()
    came_to: str | None = columns.words()
    came_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class UserRole(SQLModel, table=True):
    __tablename__ = "user_roles"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    role: Role = columns.choice(Role, Role.user)
    created_at: datetime = columns.created_at()


class ProfileSettings(SQLModel, table=True):
    """What a member wants to hear, when, and what others may see."""

    __tablename__ = "profile_settings"
    __table_args__ = (
        # What the sweep of reminders reads of everybody, in its order, without the rows themselves.
        Index(
            "ix_profile_settings_reminders",
            "user_id",
            postgresql_include=[
                "timezone",
                "morning_reminder_enabled",
                "morning_reminder_time",
                "evening_reminder_enabled",
                "evening_reminder_time",
                "streak_warning_enabled",
            ],
        ),
        # Who stands on a board without a place: few, and found among a million without reading the others.
        Index(
            "ix_profile_settings_without_points",
            "user_id",
            postgresql_where=text("show_on_leaderboard and not show_points"),
        ),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False, unique=True)
    bio: str | None = columns.words()
    location: str | None = columns.words()
    timezone: str = columns.line("UTC")
    onboarded_at: datetime | None = columns.moment()

    morning_reminder_enabled: bool = columns.flag(True)
    morning_reminder_time: time = _at(7)
    evening_reminder_enabled: bool = columns.flag(True)
    evening_reminder_time: time = _at(20)
    streak_warning_enabled: bool = columns.flag(True)
    email_reminders_enabled: bool = columns.flag(True)
    push_enabled: bool = columns.flag(True)
    quiet_from: time = _at(22)
    quiet_to: time = _at(7)
    email_digest_frequency: DigestFrequency = columns.choice(DigestFrequency, DigestFrequency.daily)

    show_streak: bool = columns.flag(True)
    show_points: bool = columns.flag(True)
    show_badges: bool = columns.flag(True)
    show_cohort: bool = columns.flag(True)
    show_on_leaderboard: bool = columns.flag(True)
    allow_direct_messages: bool = columns.flag(True)
    allow_encouragements: bool = columns.flag(True)

    theme: Theme = columns.choice(Theme, Theme.system)
    shortcuts_enabled: bool = columns.flag(True)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Consent(SQLModel, table=True):
    """What a member agreed to, in which wording, and when it was taken back."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("user_id", "kind", "version"),)

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    kind: str = columns.line()
    version: str = columns.line()
    given_at: datetime = columns.created_at()
    withdrawn_at: datetime | None = columns.moment()


class UserEntitlement(SQLModel, table=True):
    """What a member may open, worked out by the database from what she bought, was given or subscribes to.

    Two things are an admin's to decide: `admin_granted_at` opens the challenge, `challenge_closed_at` closes
    it against everything that came before that moment.
    """

    __tablename__ = "user_entitlements"

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False, unique=True)
    has_challenge_access: bool = columns.flag(False)
    challenge_access_type: AccessType | None = columns.choice(AccessType, nullable=True)
    challenge_access_granted_at: datetime | None = columns.moment()
    challenge_expires_at: datetime | None = columns.moment()
    challenge_session_id: UUID | None = columns.reference(
        "book_sessions.id", ondelete="SET NULL", nullable=True
    )
    admin_granted_at: datetime | None = columns.moment()
    challenge_closed_at: datetime | None = columns.moment()
    challenge_closed_reason: str | None = columns.words()
    has_journal_access: bool = columns.flag(False)
    journal_subscription_id: UUID | None = columns.reference(
        "subscriptions.id", ondelete="SET NULL", nullable=True
    )
    has_community_access: bool = columns.flag(False)
    community_access_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class DataExport(SQLModel, table=True):
    """Everything a member keeps here in one archive, made by the worker. The file goes after `expires_at`."""

    __tablename__ = "data_exports"

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner()
    status: ArchiveStatus = columns.choice(ArchiveStatus, ArchiveStatus.waiting)
    object_key: str | None = columns.words()
    size_bytes: int | None = Field(default=None, sa_type=BigInteger)
    sha256: str | None = columns.words()
    error: str | None = columns.words()
    ready_at: datetime | None = columns.moment()
    expires_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class DataImport(SQLModel, table=True):
    """An archive a member brought back. `restored` counts its rows by table."""

    __tablename__ = "data_imports"

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner()
    status: ArchiveStatus = columns.choice(ArchiveStatus, ArchiveStatus.waiting)
    object_key: str | None = columns.words()
    restored: dict[str, Any] = columns.document()
    error: str | None = columns.words()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()
