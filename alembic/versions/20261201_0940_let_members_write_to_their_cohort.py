"""Let members write to their cohort, and report what does not belong there.

Revision ID: c2f4a7e19b60
Revises: 5d3a91c7e2b8
"""

import sqlalchemy as sa
from alembic import op

revision = "c2f4a7e19b60"
down_revision = "5d3a91c7e2b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moderation_queue",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("preview", sa.Text(), server_default="", nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("report_reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), server_default="normal", nullable=False),
        sa.Column("status", sa.Text(), server_default="pending", nullable=False),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolution_note", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "content_type in ('post', 'comment', 'reflection', 'profile', 'message')",
            name=op.f("ck_moderation_queue_content_type_known"),
        ),
        sa.CheckConstraint(
            "priority in ('low', 'normal', 'high', 'urgent')", name=op.f("ck_moderation_queue_priority_known")
        ),
        sa.CheckConstraint(
            "report_reason in ('spam', 'harassment', 'hate_speech', 'misinformation', 'inappropriate_content', 'self_harm', 'other')",
            name=op.f("ck_moderation_queue_report_reason_known"),
        ),
        sa.CheckConstraint(
            "status in ('pending', 'in_review', 'approved', 'rejected', 'escalated')",
            name=op.f("ck_moderation_queue_status_known"),
        ),
        sa.CheckConstraint("char_length(details) <= 500", name=op.f("ck_moderation_queue_details_fit")),
        sa.CheckConstraint("char_length(preview) <= 200", name=op.f("ck_moderation_queue_preview_fits")),
        sa.ForeignKeyConstraint(
            ["reported_by"],
            ["users.id"],
            name=op.f("fk_moderation_queue_reported_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"],
            ["users.id"],
            name=op.f("fk_moderation_queue_resolved_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_queue")),
        sa.UniqueConstraint(
            "content_type",
            "content_id",
            "reported_by",
            name=op.f("uq_moderation_queue_content_type_content_id_reported_by"),
        ),
    )
    op.create_index(
        op.f("ix_moderation_queue_reported_by"), "moderation_queue", ["reported_by"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_queue_resolved_by"), "moderation_queue", ["resolved_by"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_queue_status_created_at"),
        "moderation_queue",
        ["status", "created_at"],
        unique=False,
    )
    op.create_table(
        "community_posts",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("post_type", sa.Text(), server_default="win", nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("media_urls", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("linked_journal_id", sa.Uuid(), nullable=True),
        sa.Column("linked_action_id", sa.Uuid(), nullable=True),
        sa.Column("linked_badge_id", sa.Uuid(), nullable=True),
        sa.Column("reaction_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("comment_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("share_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reported_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("visibility", sa.Text(), server_default="cohort", nullable=False),
        sa.Column("is_featured", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_approved", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "post_type in ('win', 'reflection', 'milestone', 'encouragement', 'question', 'celebration')",
            name=op.f("ck_community_posts_post_type_known"),
        ),
        sa.CheckConstraint(
            "visibility in ('private', 'cohort', 'public')", name=op.f("ck_community_posts_visibility_known")
        ),
        sa.CheckConstraint("char_length(content) <= 2000", name=op.f("ck_community_posts_content_fits")),
        sa.CheckConstraint(
            "is_approved = (hidden_at is null)", name=op.f("ck_community_posts_hidden_has_moment")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_community_posts_cohort_id_cohorts")
        ),
        sa.ForeignKeyConstraint(
            ["linked_action_id"],
            ["action_logs.id"],
            name=op.f("fk_community_posts_linked_action_id_action_logs"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["linked_badge_id"],
            ["user_badges.id"],
            name=op.f("fk_community_posts_linked_badge_id_user_badges"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["linked_journal_id"],
            ["journals.id"],
            name=op.f("fk_community_posts_linked_journal_id_journals"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_community_posts_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_posts")),
    )
    op.create_index(
        op.f("ix_community_posts_cohort_id_created_at_id"),
        "community_posts",
        ["cohort_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_community_posts_linked_action_id"), "community_posts", ["linked_action_id"], unique=False
    )
    op.create_index(
        op.f("ix_community_posts_linked_badge_id"), "community_posts", ["linked_badge_id"], unique=False
    )
    op.create_index(
        op.f("ix_community_posts_linked_journal_id"), "community_posts", ["linked_journal_id"], unique=False
    )
    op.create_index(op.f("ix_community_posts_user_id"), "community_posts", ["user_id"], unique=False)
    op.create_index(
        "uq_community_posts_shared_once",
        "community_posts",
        ["linked_action_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at is null"),
    )
    for table in ("community_posts", "moderation_queue"):
        op.execute(f"alter table {table} enable row level security")


def downgrade() -> None:
    op.drop_index(
        "uq_community_posts_shared_once",
        table_name="community_posts",
        postgresql_where=sa.text("deleted_at is null"),
    )
    op.drop_index(op.f("ix_community_posts_user_id"), table_name="community_posts")
    op.drop_index(op.f("ix_community_posts_linked_journal_id"), table_name="community_posts")
    op.drop_index(op.f("ix_community_posts_linked_badge_id"), table_name="community_posts")
    op.drop_index(op.f("ix_community_posts_linked_action_id"), table_name="community_posts")
    op.drop_index(op.f("ix_community_posts_cohort_id_created_at_id"), table_name="community_posts")
    op.drop_table("community_posts")
    op.drop_index(op.f("ix_moderation_queue_status_created_at"), table_name="moderation_queue")
    op.drop_index(op.f("ix_moderation_queue_resolved_by"), table_name="moderation_queue")
    op.drop_index(op.f("ix_moderation_queue_reported_by"), table_name="moderation_queue")
    op.drop_table("moderation_queue")
