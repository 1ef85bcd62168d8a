"""Let people have an account, a profile and a sign-in that stays on the server.

Revision ID: a41c2be9d0f1
Revises: 4d1f0c7a9b21
"""

import sqlalchemy as sa
from alembic import op

revision = "a41c2be9d0f1"
down_revision = "4d1f0c7a9b21"
branch_labels = None
depends_on = None

TABLES = [
    "private.rate_limits",
    "private.step_up",
    "users",
    "consents",
    "private.web_sessions",
    "profile_settings",
    "user_roles",
]


def upgrade() -> None:
    op.create_table(
        "rate_limits",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hits", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_limits")),
        schema="private",
        prefixes=["UNLOGGED"],
    )
    op.create_index(
        op.f("ix_rate_limits_window_ends_at"),
        "rate_limits",
        ["window_ends_at"],
        unique=False,
        schema="private",
    )
    op.create_table(
        "step_up",
        sa.Column("id", sa.Integer(), server_default=sa.text("1"), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_step_up_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_up")),
        schema="private",
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supabase_id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.Text(), server_default="", nullable=False),
        sa.Column("last_name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_lower", sa.Text(), sa.Computed("lower(email)", persisted=True), nullable=True),
        sa.Column("profile_image", sa.Text(), nullable=True),
        sa.Column("is_anonymous", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("welcome_email_sent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("id = supabase_id", name=op.f("ck_users_one_identity")),
        sa.ForeignKeyConstraint(
            ["supabase_id"], ["auth.users.id"], name=op.f("fk_users_supabase_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email_lower", name=op.f("uq_users_email_lower")),
        sa.UniqueConstraint("supabase_id", name=op.f("uq_users_supabase_id")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_consents_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("user_id", "kind", "version", name=op.f("uq_consents_user_id_kind_version")),
    )
    op.create_table(
        "web_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("auth_session_id", sa.Uuid(), nullable=True),
        sa.Column("refresh_token_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("access_token_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("access_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column("ip", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_web_sessions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_sessions")),
        schema="private",
    )
    op.create_index(
        op.f("ix_web_sessions_auth_session_id"),
        "web_sessions",
        ["auth_session_id"],
        unique=False,
        schema="private",
    )
    op.create_index(
        op.f("ix_web_sessions_expires_at"), "web_sessions", ["expires_at"], unique=False, schema="private"
    )
    op.create_index(
        op.f("ix_web_sessions_user_id"), "web_sessions", ["user_id"], unique=False, schema="private"
    )
    op.create_table(
        "profile_settings",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("onboarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("morning_reminder_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("morning_reminder_time", sa.Time(), server_default=sa.text("'07:00'"), nullable=False),
        sa.Column("evening_reminder_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("evening_reminder_time", sa.Time(), server_default=sa.text("'20:00'"), nullable=False),
        sa.Column("streak_warning_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("quiet_from", sa.Time(), server_default=sa.text("'22:00'"), nullable=False),
        sa.Column("quiet_to", sa.Time(), server_default=sa.text("'07:00'"), nullable=False),
        sa.Column("email_digest_frequency", sa.Text(), server_default="daily", nullable=False),
        sa.Column("show_streak", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("show_points", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("show_badges", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("show_cohort", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("show_on_leaderboard", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("allow_direct_messages", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("allow_encouragements", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("theme", sa.Text(), server_default="system", nullable=False),
        sa.Column("shortcuts_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "email_digest_frequency in ('never', 'daily', 'weekly')",
            name=op.f("ck_profile_settings_email_digest_frequency_known"),
        ),
        sa.CheckConstraint(
            "theme in ('system', 'dark', 'light')", name=op.f("ck_profile_settings_theme_known")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_profile_settings_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_settings")),
        sa.UniqueConstraint("user_id", name=op.f("uq_profile_settings_user_id")),
    )
    op.create_table(
        "user_roles",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), server_default="user", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role in ('admin', 'user')", name=op.f("ck_user_roles_role_known")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_roles_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_roles")),
        sa.UniqueConstraint("user_id", "role", name=op.f("uq_user_roles_user_id_role")),
    )
    # Closed until the policies say who may: see sql/policies.
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
