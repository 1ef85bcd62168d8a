"""Who keeps the house."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Role
from gynergy_app.models.accounts import UserRole

_HOLD = text("select pg_advisory_xact_lock(hashtextextended('roles', 0))")
_IS_CALLER_ADMIN = text("select private.is_admin()")


async def hold(db: AsyncSession) -> None:
    """Let one transaction at a time change roles or suspend; released when the transaction ends.

    Two admins dismissing each other at the same moment would otherwise leave nobody.
    """
    await (await db.connection()).execute(_HOLD)


async def is_caller_admin(db: AsyncSession) -> bool:
    """As the policies see it now, not as the sign-in remembers it."""
    return bool((await (await db.connection()).execute(_IS_CALLER_ADMIN)).scalar())


async def is_admin(db: AsyncSession, user_id: UUID) -> bool:
    query = select(UserRole.id).where(UserRole.user_id == user_id, UserRole.role == Role.admin)
    return (await db.exec(query)).first() is not None


async def add_admin(db: AsyncSession, user_id: UUID) -> bool:
    """False for somebody who is one already."""
    statement = (
        insert(UserRole)
        .values(user_id=user_id, role=Role.admin)
        .on_conflict_do_nothing(index_elements=["user_id", "role"])
        .returning(col(UserRole.id))
    )
    return (await (await db.connection()).execute(statement)).scalar() is not None


async def remove_admin(db: AsyncSession, user_id: UUID) -> bool:
    statement = delete(UserRole).where(col(UserRole.user_id) == user_id, col(UserRole.role) == Role.admin)
    return (await (await db.connection()).execute(statement)).rowcount == 1


async def admins(db: AsyncSession) -> Sequence[UUID]:
    """Everybody who keeps the house. For the worker: nobody else may see them all."""
    query = select(UserRole.user_id).where(UserRole.role == Role.admin)
    return (await db.exec(query.order_by(col(UserRole.user_id)))).all()
