"""What was reported: taken from members, read and decided by admins."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.community import (
    PREVIEW_LIMIT,
    ReportPriority,
    ReportReason,
    ReportStatus,
    priority_of,
)

_REPORT = text("select private.report_post(:post_id, :reason, :details, :priority, :preview_limit, :at)")
_NAME = "coalesce(nullif(trim({0}.first_name || ' ' || {0}.last_name), ''), {0}.email, 'Guest')"
_REPORTS = f"""
    select q.id, p.id as post_id, q.report_reason, coalesce(q.details, '') as details, q.priority, q.status,
        q.preview, q.created_at, q.resolved_at, coalesce(q.resolution_note, '') as note,
        p.user_id as author_id, {_NAME.format("author")} as author, c.name as cohort,
        coalesce(p.title, '') as title, p.content, p.is_approved,
        p.edited_at > q.created_at as is_edited_since, p.deleted_at is not null as is_deleted,
        case when reporter.id is null then '' else {_NAME.format("reporter")} end as reporter,
        case when decider.id is null then '' else {_NAME.format("decider")} end as decided_by
    from moderation_queue q
    join community_posts p on p.id = q.content_id
    join cohorts c on c.id = p.cohort_id
    join users author on author.id = p.user_id
    left join users reporter on reporter.id = q.reported_by
    left join users decider on decider.id = q.resolved_by
    where q.content_type = 'post'
"""  # noqa: S608  pieces of our own
_OPEN = text(f"""
    {_REPORTS} and q.status in ('pending', 'in_review', 'escalated')
    order by array_position(array['urgent', 'high', 'normal', 'low'], q.priority), q.created_at, q.id
    limit :size
""")
_DECIDED = text(f"""
    {_REPORTS} and q.status in ('approved', 'rejected')
    order by q.resolved_at desc, q.id desc
    limit :size
""")


@dataclass(frozen=True)
class Report:
    """One report with its post as it reads now. `preview` is how it began when it was reported."""

    id: UUID
    post_id: UUID
    report_reason: ReportReason
    details: str
    priority: ReportPriority
    status: ReportStatus
    preview: str
    created_at: datetime
    resolved_at: datetime | None
    note: str
    author_id: UUID
    author: str
    cohort: str
    title: str
    content: str
    is_approved: bool
    is_edited_since: bool | None
    is_deleted: bool
    reporter: str
    decided_by: str


async def add(
    db: AsyncSession, post_id: UUID, reason: ReportReason, details: str, now: datetime
) -> str | None:
    """`reported`, or `already` for a second time; None where the caller has no such post to read."""
    said = {
        "post_id": post_id,
        "reason": reason.value,
        "details": details or None,
        "priority": priority_of(reason).value,
        "preview_limit": PREVIEW_LIMIT,
        "at": now,
    }
    return (await (await db.connection()).execute(_REPORT, said)).scalar()


async def list_open(db: AsyncSession, size: int) -> list[Report]:
    """The most urgent first, and of those the oldest."""
    return await _list(db, _OPEN, size)


async def list_decided(db: AsyncSession, size: int) -> list[Report]:
    """The latest decision first."""
    return await _list(db, _DECIDED, size)


async def _list(db: AsyncSession, query: TextClause, size: int) -> list[Report]:
    rows = await (await db.connection()).execute(query, {"size": size})
    return [
        Report(
            **{
                **row._mapping,
                "report_reason": ReportReason(row.report_reason),
                "priority": ReportPriority(row.priority),
                "status": ReportStatus(row.status),
            }
        )
        for row in rows
    ]
