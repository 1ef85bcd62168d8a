"""Let a program run for a cohort: its sessions, days, quotes, places and queue.

Revision ID: b52d3cfae102
Revises: a41c2be9d0f1
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b52d3cfae102"
down_revision = "a41c2be9d0f1"
branch_labels = None
depends_on = None

TABLES = [
    "books",
    "actions",
    "book_milestones",
    "book_sessions",
    "quotes",
    "cohorts",
    "session_enrollments",
    "waitlist",
    "cohort_memberships",
]


def upgrade() -> None:
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("admin_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("message_heading", sa.Text(), nullable=True),
        sa.Column("message_description", sa.Text(), nullable=True),
        sa.Column("farewell", sa.Text(), server_default="", nullable=False),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("duration_days", sa.Integer(), server_default=sa.text("45"), nullable=False),
        sa.Column("bridge_duration_days", sa.Integer(), server_default=sa.text("30"), nullable=False),
        sa.Column("morning_journal_points", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("evening_journal_points", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("weekly_journal_points", sa.Integer(), server_default=sa.text("25"), nullable=False),
        sa.Column("daily_action_points", sa.Integer(), server_default=sa.text("15"), nullable=False),
        sa.Column("weekly_action_points", sa.Integer(), server_default=sa.text("25"), nullable=False),
        sa.Column("vision_points", sa.Integer(), server_default=sa.text("20"), nullable=False),
        sa.Column(
            "journey_phases",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("duration_days > 0", name=op.f("ck_books_has_days")),
        sa.ForeignKeyConstraint(
            ["admin_id"], ["users.id"], name=op.f("fk_books_admin_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("slug", name=op.f("uq_books_slug")),
    )
    op.create_index(op.f("ix_books_admin_id"), "books", ["admin_id"], unique=False)
    op.create_table(
        "actions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("action_type", sa.Text(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tip", sa.Text(), nullable=True),
        sa.Column("hyperlink", sa.Text(), nullable=True),
        sa.Column("is_self", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_draw", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_list", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_eulogy", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_journey_table", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_meditation", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("action_type in ('daily', 'weekly')", name=op.f("ck_actions_action_type_known")),
        sa.CheckConstraint("period > 0", name=op.f("ck_actions_period_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name=op.f("fk_actions_book_id_books"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint(
            "book_id", "action_type", "period", name=op.f("uq_actions_book_id_action_type_period")
        ),
    )
    op.create_table(
        "book_milestones",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start_point", sa.Integer(), nullable=False),
        sa.Column("end_point", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name=op.f("fk_book_milestones_book_id_books"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_milestones")),
        sa.UniqueConstraint("book_id", "order", name=op.f("uq_book_milestones_book_id_order")),
    )
    op.create_table(
        "book_sessions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("duration_days", sa.Integer(), server_default=sa.text("45"), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("cohort_label", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="upcoming", nullable=False),
        sa.Column("grace_period_end", sa.Date(), nullable=True),
        sa.Column("max_enrollments", sa.Integer(), nullable=True),
        sa.Column("is_personal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("owner_user_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('upcoming', 'active', 'grace_period', 'completed')",
            name=op.f("ck_book_sessions_status_known"),
        ),
        sa.CheckConstraint("end_date >= start_date", name=op.f("ck_book_sessions_ends_after_start")),
        sa.CheckConstraint(
            "is_personal = (owner_user_id is not null)", name=op.f("ck_book_sessions_personal_has_owner")
        ),
        sa.CheckConstraint("max_enrollments > 0", name=op.f("ck_book_sessions_has_places")),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("fk_book_sessions_book_id_books")),
        sa.ForeignKeyConstraint(
            ["owner_user_id"],
            ["users.id"],
            name=op.f("fk_book_sessions_owner_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_sessions")),
    )
    op.create_index(op.f("ix_book_sessions_book_id"), "book_sessions", ["book_id"], unique=False)
    op.create_index(op.f("ix_book_sessions_owner_user_id"), "book_sessions", ["owner_user_id"], unique=False)
    op.create_index(
        op.f("ix_book_sessions_start_date_end_date"),
        "book_sessions",
        ["start_date", "end_date"],
        unique=False,
    )
    op.create_index(op.f("ix_book_sessions_status"), "book_sessions", ["status"], unique=False)
    op.create_table(
        "quotes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("day > 0", name=op.f("ck_quotes_day_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name=op.f("fk_quotes_book_id_books"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("book_id", "day", name=op.f("uq_quotes_book_id_day")),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("cover_image_url", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("max_members", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("end_date >= start_date", name=op.f("ck_cohorts_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_cohorts_session_id_book_sessions"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("session_id", name=op.f("uq_cohorts_session_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_cohorts_slug")),
    )
    op.create_table(
        "session_enrollments",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_date", sa.Date(), nullable=False),
        sa.Column("morning_completion", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("morning_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("evening_completion", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("evening_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("gratitude_completion", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("gratitude_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("weekly_reflection_completion", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("weekly_reflection_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("weekly_challenge_completion", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("weekly_challenge_streak", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("fk_session_enrollments_book_id_books")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["book_sessions.id"], name=op.f("fk_session_enrollments_session_id_book_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_session_enrollments_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_enrollments")),
        sa.UniqueConstraint("session_id", "user_id", name=op.f("uq_session_enrollments_session_id_user_id")),
    )
    op.create_index(op.f("ix_session_enrollments_book_id"), "session_enrollments", ["book_id"], unique=False)
    op.create_index(
        op.f("ix_session_enrollments_user_id_session_id"),
        "session_enrollments",
        ["user_id", "session_id"],
        unique=False,
    )
    op.create_table(
        "waitlist",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_waitlist_session_id_book_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_waitlist_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist")),
        sa.UniqueConstraint("session_id", "user_id", name=op.f("uq_waitlist_session_id_user_id")),
    )
    op.create_index(
        op.f("ix_waitlist_session_id_joined_at_id"),
        "waitlist",
        ["session_id", "joined_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_waitlist_user_id"), "waitlist", ["user_id"], unique=False)
    op.create_table(
        "cohort_memberships",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), server_default="member", nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "role in ('admin', 'moderator', 'member')", name=op.f("ck_cohort_memberships_role_known")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"],
            ["cohorts.id"],
            name=op.f("fk_cohort_memberships_cohort_id_cohorts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_cohort_memberships_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_memberships")),
        sa.UniqueConstraint("cohort_id", "user_id", name=op.f("uq_cohort_memberships_cohort_id_user_id")),
    )
    op.create_index(op.f("ix_cohort_memberships_user_id"), "cohort_memberships", ["user_id"], unique=False)
    # Closed until the policies say who may: see sql/policies.
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
