"""Writing down what is done at the desks, in the transaction that does it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.models.audit import AuditLog


class Act(StrEnum):
    """Every act that leaves a row, and the word it is found by."""

    admin_appointed = "admin.appointed"
    admin_dismissed = "admin.dismissed"
    member_opened = "member.opened"
    member_exported = "member.exported"
    member_suspended = "member.suspended"
    member_reinstated = "member.reinstated"
    book_added = "book.added"
    book_changed = "book.changed"
    session_added = "session.added"
    session_changed = "session.changed"
    phase_changed = "phase.changed"
    milestone_added = "milestone.added"
    milestone_changed = "milestone.changed"
    milestone_removed = "milestone.removed"
    action_added = "action.added"
    action_changed = "action.changed"
    action_removed = "action.removed"
    quote_added = "quote.added"
    quote_changed = "quote.changed"
    quote_removed = "quote.removed"
    cohort_changed = "cohort.changed"
    cohort_joined = "cohort.joined"
    cohort_moved = "cohort.moved"
    cohort_left = "cohort.left"
    moderator_appointed = "moderator.appointed"
    moderator_dismissed = "moderator.dismissed"
    badge_changed = "badge.changed"
    band_added = "band.added"
    band_changed = "band.changed"
    value_announced = "value.announced"
    value_taken_back = "value.taken_back"
    points_awarded = "points.awarded"
    points_taken_back = "points.taken_back"
    access_granted = "access.granted"
    access_closed = "access.closed"
    purchase_accepted = "purchase.accepted"
    purchase_refund_requested = "purchase.refund_requested"
    code_taken_back = "code.taken_back"
    code_prolonged = "code.prolonged"
    referral_decided = "referral.decided"
    webhook_replayed = "webhook.replayed"
    webhook_dismissed = "webhook.dismissed"
    post_hidden = "post.hidden"
    post_shown = "post.shown"
    report_dismissed = "report.dismissed"
    payments_reconciled = "payments.reconciled"


async def record(
    db: AsyncSession,
    by: Member | None,
    act: Act,
    *,
    subject_id: UUID,
    about: UUID | None = None,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """`by` nobody is the operator at the machine; `about` is the member it was done to."""
    async with elevated(db):
        db.add(
            AuditLog(
                actor_id=by.id if by else None,
                action=act,
                subject_type=act.partition(".")[0],
                subject_id=subject_id,
                subject_user_id=about,
                reason=reason or None,
                before=_plain(before),
                after=_plain(after),
                created_at=now,
            )
        )


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {name: _as_json(value) for name, value in values.items()}


def _as_json(value: Any) -> Any:
    return str(value) if isinstance(value, date | UUID | Decimal) else value
