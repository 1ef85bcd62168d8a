"""What members say to their cohort, and what was reported about it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from gynergy_app.domain.community import (
    DETAIL_LIMIT,
    POST_LIMIT,
    PREVIEW_LIMIT,
    PostType,
    PostVisibility,
    ReportedContent,
    ReportPriority,
    ReportReason,
    ReportStatus,
)
from gynergy_app.models import columns


class CommunityPost(SQLModel, table=True):
    """A post in one cohort. What it is linked to is named, never read: its words are a copy.

    Hidden is one that is not `is_approved`, with the reason its author reads.
    """

    __tablename__ = "community_posts"
    __table_args__ = (
        CheckConstraint(f"char_length(content) <= {POST_LIMIT}", name="content_fits"),
        CheckConstraint("is_approved = (hidden_at is null)", name="hidden_has_moment"),
        Index(None, "cohort_id", "created_at", "id"),
        # One action is shared once; deleted, it can be shared again.
        Index(
            "uq_community_posts_shared_once",
            "linked_action_id",
            unique=True,
            postgresql_where=text("deleted_at is null"),
        ),
    )

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner()
    cohort_id: UUID = columns.reference("cohorts.id", ondelete=None, index=False)
    post_type: PostType = columns.choice(PostType, PostType.win)
    title: str | None = columns.words()
    content: str = columns.line()
    media_urls: list[str] = columns.texts()
    linked_journal_id: UUID | None = columns.reference("journals.id", ondelete="SET NULL", nullable=True)
    linked_action_id: UUID | None = columns.reference("action_logs.id", ondelete="SET NULL", nullable=True)
    linked_badge_id: UUID | None = columns.reference("user_badges.id", ondelete="SET NULL", nullable=True)
    reaction_count: int = columns.number(0)
    comment_count: int = columns.number(0)
    share_count: int = columns.number(0)
    reported_count: int = columns.number(0)
    visibility: PostVisibility = columns.choice(PostVisibility, PostVisibility.cohort)
    is_featured: bool = columns.flag(False)
    is_pinned: bool = columns.flag(False)
    is_approved: bool = columns.flag(True)
    hidden_at: datetime | None = columns.moment()
    hidden_reason: str | None = columns.words()
    edited_at: datetime | None = columns.moment()
    deleted_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class ModerationReport(SQLModel, table=True):
    """Something was reported. `preview` is how it read then; the row goes with what it is about."""

    __tablename__ = "moderation_queue"
    __table_args__ = (
        UniqueConstraint("content_type", "content_id", "reported_by"),
        CheckConstraint(f"char_length(details) <= {DETAIL_LIMIT}", name="details_fit"),
        CheckConstraint(f"char_length(preview) <= {PREVIEW_LIMIT}", name="preview_fits"),
        Index(None, "status", "created_at"),
    )

    id: UUID = columns.primary_key()
    content_type: ReportedContent = columns.choice(ReportedContent)
    content_id: UUID
    preview: str = columns.line("")
    reported_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    report_reason: ReportReason = columns.choice(ReportReason)
    details: str | None = columns.words()
    priority: ReportPriority = columns.choice(ReportPriority, ReportPriority.normal)
    status: ReportStatus = columns.choice(ReportStatus, ReportStatus.pending)
    resolved_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    resolution_note: str | None = columns.words()
    resolved_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
