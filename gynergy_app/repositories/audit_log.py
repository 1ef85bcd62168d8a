"""The record of what was done at the desks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import User
from gynergy_app.models.audit import AuditLog

_STAFF_ACCESS = text("select * from private.staff_access_to_me(:limit)")


@dataclass(frozen=True)
class Recorded:
    """One row, with the names of who did it and to whom; empty for the operator and for things."""

    row: AuditLog
    actor_name: str
    subject_name: str


async def about_member(db: AsyncSession, user_id: UUID, limit: int) -> list[Recorded]:
    return await _list(db, limit, AuditLog.subject_user_id == user_id)


async def is_noted(db: AsyncSession, by: UUID, action: str, subject: UUID, since: datetime) -> bool:
    """Whether this person did this with this member since then."""
    query = select(AuditLog.id).where(
        AuditLog.subject_user_id == subject,
        AuditLog.actor_id == by,
        AuditLog.action == action,
        AuditLog.created_at > since,
    )
    return (await db.exec(query.limit(1))).first() is not None


async def is_recorded(db: AsyncSession, action: str, subject_id: UUID) -> bool:
    """Whether anybody ever did this with this thing."""
    query = select(AuditLog.id).where(AuditLog.action == action, AuditLog.subject_id == subject_id)
    return (await db.exec(query.limit(1))).first() is not None


async def about_things(db: AsyncSession, subject_ids: Sequence[UUID], limit: int) -> list[Recorded]:
    return await _list(db, limit, col(AuditLog.subject_id).in_(subject_ids))


@dataclass(frozen=True)
class StaffAccess:
    """One thing somebody of the staff did with the caller's account; of them, a first name."""

    action: str
    reason: str
    role: str
    first_name: str
    happened_at: datetime
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


async def staff_access_to_caller(db: AsyncSession, limit: int) -> list[StaffAccess]:
    """The newest first."""
    rows = await (await db.connection()).execute(_STAFF_ACCESS, {"limit": limit})
    return [
        StaffAccess(
            row.action,
            row.reason or "",
            row.role,
            row.first_name or "",
            row.happened_at,
            row.before,
            row.after,
        )
        for row in rows
    ]


async def about_book(db: AsyncSession, book_id: UUID, limit: int) -> list[Recorded]:
    """Rows about the program itself carry its id, rows about its parts name it in `after` or `before`."""
    named = col(AuditLog.after)["book_id"].astext == str(book_id)
    named |= col(AuditLog.before)["book_id"].astext == str(book_id)
    return await _list(db, limit, named | (col(AuditLog.subject_id) == book_id))


async def about_cohort(db: AsyncSession, cohort_id: UUID, limit: int) -> list[Recorded]:
    """What was done in it, and who came to it from another."""
    came = col(AuditLog.after)["to"].astext == str(cohort_id)
    return await _list(db, limit, came | (col(AuditLog.subject_id) == cohort_id))


async def about_kinds(db: AsyncSession, kinds: Sequence[str], limit: int) -> list[Recorded]:
    return await _list(db, limit, col(AuditLog.subject_type).in_(kinds))


async def latest(db: AsyncSession, limit: int) -> list[Recorded]:
    return await _list(db, limit)


async def _list(db: AsyncSession, limit: int, *conditions: object) -> list[Recorded]:
    actor, subject = aliased(User), aliased(User)
    query = (
        select(AuditLog, actor, subject)
        .outerjoin(actor, col(actor.id) == col(AuditLog.actor_id))
        .outerjoin(subject, col(subject.id) == col(AuditLog.subject_user_id))
        .where(*conditions)  # pyright: ignore[reportArgumentType] - columns compared are conditions
        .order_by(col(AuditLog.created_at).desc(), col(AuditLog.id))
        .limit(limit)
    )
    return [Recorded(row, _name(doer), _name(whom)) for row, doer, whom in (await db.exec(query)).all()]


def _name(person: User | None) -> str:
    if person is None:
        return ""
    return f"{person.first_name} {person.last_name}".strip() or person.email or "Guest"
