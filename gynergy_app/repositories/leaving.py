"""The wish to leave, and the members whose day has come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, union
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.accounts import User
from gynergy_app.models.payments import Purchase
from gynergy_app.models.private import WebSession
from gynergy_app.models.programs import SessionEnrollment

_ASK = text("select private.ask_to_leave(:deletes_at)")
_STAY = text("select private.stay_after_all(:at)")


async def ask(db: AsyncSession, deletes_at: datetime) -> datetime:
    """When the caller's account goes: the day of an earlier wish stands. Call while stepped up."""
    return (await (await db.connection()).execute(_ASK, {"deletes_at": deletes_at})).scalar_one()


async def stay(db: AsyncSession, now: datetime) -> bool:
    """Take the caller's wish back; whether there was one and it is not too late. Call while stepped up."""
    return (await (await db.connection()).execute(_STAY, {"at": now})).scalar_one()


async def due(db: AsyncSession, now: datetime) -> Sequence[UUID]:
    query = select(User.id).where(col(User.deletes_at) <= now).order_by(col(User.deletes_at))
    return (await db.exec(query)).all()


async def hold_due(db: AsyncSession, user_id: UUID, now: datetime) -> bool:
    """Whether this member still wants to go; if so, nothing else changes her row in this transaction."""
    query = select(User.id).where(User.id == user_id, col(User.deletes_at) <= now).with_for_update()
    return (await db.exec(query)).first() is not None


async def forget_sign_ins(db: AsyncSession, user_id: UUID) -> None:
    await db.exec(delete(WebSession).where(col(WebSession.user_id) == user_id))


async def sessions_of(db: AsyncSession, user_id: UUID) -> Sequence[UUID]:
    """The sessions in which she takes a place: enrolled, or with a seat kept for her."""
    lives = select(SessionEnrollment.session_id).where(SessionEnrollment.user_id == user_id)
    keeps = select(Purchase.session_id).where(
        Purchase.user_id == user_id, col(Purchase.seat_held_until).is_not(None)
    )
    found = (await (await db.connection()).execute(union(lives, keeps))).scalars()
    return [session_id for session_id in found if session_id]
