"""Let members of a cohort encourage one another, and stay out of each other's way.

Revision ID: 5d3a91c7e2b8
Revises: b1d40e7c92a6
"""

import sqlalchemy as sa
from alembic import op

revision = "5d3a91c7e2b8"
down_revision = "b1d40e7c92a6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "encouragements",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("message_type", sa.Text(), nullable=False),
        sa.Column("custom_message", sa.Text(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("sender_id <> recipient_id", name=op.f("ck_encouragements_to_somebody_else")),
        sa.CheckConstraint(
            "(message_type = 'custom') = (custom_message is not null)",
            name=op.f("ck_encouragements_own_words_or_ready"),
        ),
        sa.CheckConstraint(
            "length(custom_message) between 1 and 200", name=op.f("ck_encouragements_custom_message_short")
        ),
        sa.CheckConstraint(
            "message_type in ('custom', 'keep_going', 'great_job', 'youve_got_this', 'proud_of_you')",
            name=op.f("ck_encouragements_message_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["users.id"], name=op.f("fk_encouragements_sender_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["users.id"],
            name=op.f("fk_encouragements_recipient_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"],
            ["cohorts.id"],
            name=op.f("fk_encouragements_cohort_id_cohorts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["book_sessions.id"],
            name=op.f("fk_encouragements_session_id_book_sessions"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encouragements")),
    )
    for columns in (
        ["cohort_id"],
        ["session_id"],
        ["sender_id", "recipient_id", "sent_on"],
        ["recipient_id", "created_at"],
    ):
        op.create_index(op.f(f"ix_encouragements_{'_'.join(columns)}"), "encouragements", columns)
    op.create_table(
        "user_blocks",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("blocker_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("blocker_id <> blocked_id", name=op.f("ck_user_blocks_nobody_blocks_herself")),
        sa.ForeignKeyConstraint(
            ["blocker_id"], ["users.id"], name=op.f("fk_user_blocks_blocker_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["users.id"], name=op.f("fk_user_blocks_blocked_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_blocks")),
        sa.UniqueConstraint("blocker_id", "blocked_id", name=op.f("uq_user_blocks_blocker_id_blocked_id")),
    )
    op.create_index(op.f("ix_user_blocks_blocked_id"), "user_blocks", ["blocked_id"])
    for table in ("encouragements", "user_blocks"):
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    op.drop_table("user_blocks")
    op.drop_table("encouragements")
