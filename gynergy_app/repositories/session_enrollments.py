"""Who lives which book session."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.programs import SessionEnrollment

_HOLD = text("select pg_advisory_xact_lock(hashtextextended('practice:' || :user_id, 0))")


async def find(db: AsyncSession, session_id: UUID, user_id: UUID) -> SessionEnrollment | None:
    query = select(SessionEnrollment).where(
        SessionEnrollment.session_id == session_id, SessionEnrollment.user_id == user_id
    )
    return (await db.exec(query)).first()


async def hold_practice(db: AsyncSession, user_id: UUID) -> None:
    """Let one transaction at a time change this member's practice; released when the transaction ends.

    Two devices finishing two pages at once would otherwise each miss the other's page.
    """
    await (await db.connection()).execute(_HOLD, {"user_id": str(user_id)})
