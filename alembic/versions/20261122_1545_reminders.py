"""Let members be reminded at their own times, by mail only if they like, and never with a mail that comes too late.

Revision ID: a07c814fd657
Revises: f96b703ec546
"""

import sqlalchemy as sa
from alembic import op

revision = "a07c814fd657"
down_revision = "f96b703ec546"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "profile_settings",
        sa.Column("email_reminders_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.create_index(
        "ix_profile_settings_reminders",
        "profile_settings",
        ["user_id"],
        unique=False,
        postgresql_include=[
            "timezone",
            "morning_reminder_enabled",
            "morning_reminder_time",
            "evening_reminder_enabled",
            "evening_reminder_time",
            "streak_warning_enabled",
        ],
    )
    op.add_column("email_messages", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("email_messages", "expires_at")
    op.drop_index("ix_profile_settings_reminders", table_name="profile_settings")
    op.drop_column("profile_settings", "email_reminders_enabled")
