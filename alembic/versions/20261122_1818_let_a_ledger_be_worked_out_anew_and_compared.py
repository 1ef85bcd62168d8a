"""Let a ledger be worked out anew and compared.

Revision ID: 3aeab1fe1bf7
Revises: d3325964910c
"""

import sqlalchemy as sa
from alembic import op

revision = "3aeab1fe1bf7"
down_revision = "d3325964910c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recounts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("scope", sa.Text(), server_default="everybody", nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("members", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("members_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rows_checked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("differences", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reached", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(scope = 'member') = (user_id is not null) and (scope = 'cohort') = (cohort_id is not null)",
            name=op.f("ck_recounts_scope_has_subject"),
        ),
        sa.CheckConstraint(
            "scope in ('everybody', 'cohort', 'member')", name=op.f("ck_recounts_scope_known")
        ),
        sa.CheckConstraint(
            "status in ('waiting', 'running', 'done', 'failed')", name=op.f("ck_recounts_status_known")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_recounts_asked_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_recounts_cohort_id_cohorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_recounts_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recounts")),
    )
    op.create_index(op.f("ix_recounts_asked_by"), "recounts", ["asked_by"], unique=False)
    op.create_index(op.f("ix_recounts_cohort_id"), "recounts", ["cohort_id"], unique=False)
    op.create_index(op.f("ix_recounts_created_at"), "recounts", ["created_at"], unique=False)
    op.create_index(op.f("ix_recounts_user_id"), "recounts", ["user_id"], unique=False)
    op.create_table(
        "recount_differences",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("recount_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("kept", sa.Text(), server_default="", nullable=False),
        sa.Column("expected", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('missing', 'unfounded', 'figures', 'arithmetic', 'total', 'badge', 'freeze', 'counter')",
            name=op.f("ck_recount_differences_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["recount_id"],
            ["recounts.id"],
            name=op.f("fk_recount_differences_recount_id_recounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_recount_differences_session_id_book_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_recount_differences_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recount_differences")),
    )
    op.create_index(
        op.f("ix_recount_differences_recount_id_user_id"),
        "recount_differences",
        ["recount_id", "user_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_recount_differences_session_id"), "recount_differences", ["session_id"], unique=False
    )
    op.create_index(op.f("ix_recount_differences_user_id"), "recount_differences", ["user_id"], unique=False)
    for table in ("recounts", "recount_differences"):
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    op.drop_index(op.f("ix_recount_differences_user_id"), table_name="recount_differences")
    op.drop_index(op.f("ix_recount_differences_session_id"), table_name="recount_differences")
    op.drop_index(op.f("ix_recount_differences_recount_id_user_id"), table_name="recount_differences")
    op.drop_table("recount_differences")
    op.drop_index(op.f("ix_recounts_user_id"), table_name="recounts")
    op.drop_index(op.f("ix_recounts_created_at"), table_name="recounts")
    op.drop_index(op.f("ix_recounts_cohort_id"), table_name="recounts")
    op.drop_index(op.f("ix_recounts_asked_by"), table_name="recounts")
    op.drop_table("recounts")
