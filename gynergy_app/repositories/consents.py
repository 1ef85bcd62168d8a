"""What members agreed to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import Consent


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[Consent]:
    query = select(Consent).where(Consent.user_id == user_id)
    return (await db.exec(query.order_by(col(Consent.given_at).desc(), col(Consent.kind)))).all()


async def give(db: AsyncSession, user_id: UUID, kind: str, version: str, now: datetime) -> None:
    """Written down once for a wording: agreeing again changes nothing."""
    statement = insert(Consent).values(user_id=user_id, kind=kind, version=version, given_at=now)
    await db.exec(statement.on_conflict_do_nothing(index_elements=["user_id", "kind", "version"]))


async def choose(
    db: AsyncSession, user_id: UUID, kind: str, version: str, *, is_given: bool, now: datetime
) -> None:
    """For what can be given and taken back at any time: the last word counts, and its moment."""
    said = {"given_at": now, "withdrawn_at": None} if is_given else {"withdrawn_at": now}
    statement = insert(Consent).values(
        user_id=user_id, kind=kind, version=version, given_at=now, withdrawn_at=None if is_given else now
    )
    keys = ["user_id", "kind", "version"]
    await db.exec(statement.on_conflict_do_update(index_elements=keys, set_=said))


async def is_given(db: AsyncSession, user_id: UUID, kind: str) -> bool:
    query = select(Consent.id).where(
        Consent.user_id == user_id, Consent.kind == kind, col(Consent.withdrawn_at).is_(None)
    )
    return (await db.exec(query)).first() is not None
