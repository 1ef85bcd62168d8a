"""Let visions keep their versions, graduates their yearbook, and members take their data away.

Revision ID: d3325964910c
Revises: a07c814fd657
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d3325964910c"
down_revision = "a07c814fd657"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_exports",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('waiting', 'making', 'ready', 'failed', 'expired')",
            name=op.f("ck_data_exports_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_data_exports_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_exports")),
    )
    op.create_index(op.f("ix_data_exports_user_id"), "data_exports", ["user_id"], unique=False)
    op.create_table(
        "data_imports",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column(
            "restored",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('waiting', 'making', 'ready', 'failed', 'expired')",
            name=op.f("ck_data_imports_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_data_imports_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_imports")),
    )
    op.create_index(op.f("ix_data_imports_user_id"), "data_imports", ["user_id"], unique=False)
    op.create_table(
        "user_entitlements",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("has_challenge_access", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("challenge_access_type", sa.Text(), nullable=True),
        sa.Column("has_journal_access", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("has_community_access", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("community_access_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "challenge_access_type in ('purchased', 'friend_code')",
            name=op.f("ck_user_entitlements_challenge_access_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_entitlements_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_entitlements")),
        sa.UniqueConstraint("user_id", name=op.f("uq_user_entitlements_user_id")),
    )
    op.create_table(
        "point_values",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "activity in ('morning_journal', 'evening_journal', 'gratitude_action',"
            " 'weekly_reflection', 'weekly_challenge', 'vision')",
            name=op.f("ck_point_values_activity_known"),
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_point_values_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name=op.f("fk_point_values_book_id_books"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_point_values_set_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_values")),
        sa.UniqueConstraint(
            "book_id", "activity", "effective_on", name=op.f("uq_point_values_book_id_activity_effective_on")
        ),
    )
    op.create_index(op.f("ix_point_values_set_by"), "point_values", ["set_by"], unique=False)
    op.create_table(
        "push_messages",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("href", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "next_attempt_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('queued', 'sending', 'sent', 'failed', 'suppressed', 'cancelled', 'unknown')",
            name=op.f("ck_push_messages_status_known"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_push_messages_attempts_counted")),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["push_subscriptions.id"],
            name=op.f("fk_push_messages_subscription_id_push_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_push_messages_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_messages")),
        sa.UniqueConstraint(
            "subscription_id", "dedupe_key", name=op.f("uq_push_messages_subscription_id_dedupe_key")
        ),
    )
    op.create_index(
        "ix_push_messages_due",
        "push_messages",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("status in ('queued', 'sending')"),
    )
    op.create_index(op.f("ix_push_messages_user_id"), "push_messages", ["user_id"], unique=False)
    op.create_table(
        "vision_versions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "fields", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("images", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "subject in ('highest-self', 'mantra', 'creed', 'discovery', 'life-map')",
            name=op.f("ck_vision_versions_subject_known"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_vision_versions_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_vision_versions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vision_versions")),
        sa.UniqueConstraint(
            "user_id",
            "session_id",
            "subject",
            "revision",
            name=op.f("uq_vision_versions_user_id_session_id_subject_revision"),
        ),
    )
    op.create_index(op.f("ix_vision_versions_session_id"), "vision_versions", ["session_id"], unique=False)
    op.create_table(
        "yearbooks",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "chosen", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.Column("pdf_revision", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_yearbooks_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_yearbooks_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearbooks")),
        sa.UniqueConstraint("session_id", "user_id", name=op.f("uq_yearbooks_session_id_user_id")),
    )
    op.create_index(
        op.f("ix_yearbooks_user_id_session_id"), "yearbooks", ["user_id", "session_id"], unique=False
    )
    op.add_column(
        "cohorts", sa.Column("is_alumni", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("journey", sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column(
        "journey", sa.Column("focus", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column(
        "journey", sa.Column("hidden", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column(
        "profile_settings",
        sa.Column("push_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.add_column("session_enrollments", sa.Column("graduated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "user_visions", sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("users", sa.Column("deletes_at", sa.DateTime(timezone=True), nullable=True))
    for table in (
        "data_exports",
        "data_imports",
        "user_entitlements",
        "point_values",
        "push_messages",
        "vision_versions",
        "yearbooks",
    ):
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    op.drop_column("users", "deletes_at")
    op.drop_column("user_visions", "revision")
    op.drop_column("session_enrollments", "graduated_at")
    op.drop_column("profile_settings", "push_enabled")
    op.drop_column("journey", "hidden")
    op.drop_column("journey", "focus")
    op.drop_column("journey", "revision")
    op.drop_column("cohorts", "is_alumni")
    op.drop_index(op.f("ix_yearbooks_user_id_session_id"), table_name="yearbooks")
    op.drop_table("yearbooks")
    op.drop_index(op.f("ix_vision_versions_session_id"), table_name="vision_versions")
    op.drop_table("vision_versions")
    op.drop_index(op.f("ix_push_messages_user_id"), table_name="push_messages")
    op.drop_index(
        "ix_push_messages_due",
        table_name="push_messages",
        postgresql_where=sa.text("status in ('queued', 'sending')"),
    )
    op.drop_table("push_messages")
    op.drop_index(op.f("ix_point_values_set_by"), table_name="point_values")
    op.drop_table("point_values")
    op.drop_table("user_entitlements")
    op.drop_index(op.f("ix_data_imports_user_id"), table_name="data_imports")
    op.drop_table("data_imports")
    op.drop_index(op.f("ix_data_exports_user_id"), table_name="data_exports")
    op.drop_table("data_exports")
