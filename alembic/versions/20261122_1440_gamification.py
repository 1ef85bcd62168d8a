"""Let what members do be counted, explained and, once in a while, forgiven.

Revision ID: d74f5e1ca324
Revises: c63e4d0bf213
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d74f5e1ca324"
down_revision = "c63e4d0bf213"
branch_labels = None
depends_on = None

TABLES = [
    "badges",
    "multiplier_configs",
    "point_totals",
    "points_transactions",
    "private.point_total_counts",
    "streak_events",
    "user_badges",
]


def upgrade() -> None:
    op.create_table(
        "badges",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("icon", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("rarity", sa.Text(), nullable=False),
        sa.Column(
            "unlock_condition",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("animation_type", sa.Text(), server_default="confetti", nullable=False),
        sa.Column("points_reward", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sort_order", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "category in ('consistency', 'completion', 'speed', 'social', 'milestone', 'special')",
            name=op.f("ck_badges_category_known"),
        ),
        sa.CheckConstraint(
            "rarity in ('common', 'uncommon', 'rare', 'epic', 'legendary')",
            name=op.f("ck_badges_rarity_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badges")),
        sa.UniqueConstraint("key", name=op.f("uq_badges_key")),
    )
    op.create_table(
        "multiplier_configs",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("multiplier_type", sa.Text(), nullable=False),
        sa.Column(
            "condition",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "multiplier_value", sa.Numeric(precision=3, scale=2), server_default=sa.text("1"), nullable=False
        ),
        sa.Column("bonus_points", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "multiplier_type in ('streak', 'combo', 'time', 'special')",
            name=op.f("ck_multiplier_configs_multiplier_type_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_multiplier_configs")),
        sa.UniqueConstraint("name", name=op.f("uq_multiplier_configs_name")),
    )
    op.create_table(
        "point_totals",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_listed", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_point_totals_session_id_book_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_point_totals_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_point_totals")),
    )
    op.create_index(
        "ix_point_totals_leaders",
        "point_totals",
        ["session_id", sa.literal_column("total desc"), "user_id"],
        unique=False,
        postgresql_where=sa.text("is_listed"),
    )
    op.create_index(op.f("ix_point_totals_user_id"), "point_totals", ["user_id"], unique=False)
    op.create_table(
        "points_transactions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("activity_type", sa.Text(), nullable=False),
        sa.Column("base_points", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "multiplier", sa.Numeric(precision=3, scale=2), server_default=sa.text("1"), nullable=False
        ),
        sa.Column("bonus_points", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("final_points", sa.Integer(), nullable=False),
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column(
            "metadata",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.Column("earned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "reverses_id is null or reason is not null",
            name=op.f("ck_points_transactions_reversal_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["points_transactions.id"],
            name=op.f("fk_points_transactions_reverses_id_points_transactions"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_points_transactions_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_points_transactions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_transactions")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_points_transactions_reverses_id")),
    )
    op.create_index(
        op.f("ix_points_transactions_session_id_earned_on"),
        "points_transactions",
        ["session_id", "earned_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_points_transactions_user_id_session_id_earned_at"),
        "points_transactions",
        ["user_id", "session_id", "earned_at"],
        unique=False,
    )
    op.create_index(
        "uq_points_transactions_one_award",
        "points_transactions",
        ["user_id", "source_type", "source_id", "activity_type"],
        unique=True,
        postgresql_where=sa.text("reverses_id is null"),
    )
    op.create_table(
        "point_total_counts",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_point_total_counts_session_id_book_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "total", name=op.f("pk_point_total_counts")),
        schema="private",
    )
    op.create_table(
        "streak_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('freeze', 'repair', 'crossing')", name=op.f("ck_streak_events_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_streak_events_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_streak_events_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streak_events")),
        sa.UniqueConstraint(
            "session_id", "user_id", "day", name=op.f("uq_streak_events_session_id_user_id_day")
        ),
    )
    op.create_index(
        op.f("ix_streak_events_user_id_session_id"), "streak_events", ["user_id", "session_id"], unique=False
    )
    op.create_table(
        "user_badges",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("badge_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("unlocked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_showcased", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_new", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(
            ["badge_id"], ["badges.id"], name=op.f("fk_user_badges_badge_id_badges"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_user_badges_session_id_book_sessions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_badges_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_badges")),
        sa.UniqueConstraint(
            "user_id",
            "badge_id",
            "session_id",
            name=op.f("uq_user_badges_user_id_badge_id_session_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_user_badges_badge_id"), "user_badges", ["badge_id"], unique=False)
    op.create_index(op.f("ix_user_badges_session_id"), "user_badges", ["session_id"], unique=False)
    # Closed until the policies say who may: see sql/policies.
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
