"""The record of what was done at the desks."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import User
from gynergy_app.models.audit import AuditLog


@dataclass(frozen=True)
class Recorded:
    """One row, with the names of who did it and to whom; empty for the operator and for things."""

    row: AuditLog
    actor_name: str
    subject_name: str


async def about_member(db: AsyncSession, user_id: UUID, limit: int) -> list[Recorded]:
    return await _list(db, limit, AuditLog.subject_user_id == user_id)


async def about_book(db: AsyncSession, book_id: UUID, limit: int) -> list[Recorded]:
    """Rows about the program itself carry its id, rows about its parts name it in `after` or `before`."""
    named = col(AuditLog.after)["book_id"].astext == str(book_id)
    named |= col(AuditLog.before)["book_id"].astext == str(book_id)
    return await _list(db, limit, named | (col(AuditLog.subject_id) == book_id))


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
