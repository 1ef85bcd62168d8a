"""Places to give away. A code of somebody else is met only through the two functions named here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, text
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import CodeRevocation
from gynergy_app.models.payments import FriendCode

_LOOK = text("select * from private.look_at_friend_code(:code, :at)")
_OWN_PLACE = text("select * from private.own_place_by_code(:code)")
_REDEEM = text("select * from private.redeem_friend_code(:code, :user_id, :session_id, :at)")


@dataclass(frozen=True)
class Seen:
    """A code as its page shows it. Without `session_id` its giver lives no session just now."""

    state: CodeState
    giver_name: str | None
    is_own: bool
    valid_until: datetime | None
    session_id: UUID | None
    label: str | None
    starts_on: date | None
    places_left: int | None


@dataclass(frozen=True)
class Outcome:
    """`outcome` is `redeemed`, or the reason why nothing happened."""

    outcome: str
    code_id: UUID | None
    giver_id: UUID | None
    purchase_id: UUID | None


@dataclass(frozen=True)
class OwnPlace:
    """What the caller has by a code she used. Without `session_id` she chose no start with it."""

    purchase_id: UUID
    session_id: UUID | None


async def of_member(db: AsyncSession, user_id: UUID) -> Sequence[FriendCode]:
    """The codes she may give, in the order they came."""
    query = select(FriendCode).where(FriendCode.creator_id == user_id)
    return (await db.exec(query.order_by(col(FriendCode.created_at), col(FriendCode.code)))).all()


async def look_at(db: AsyncSession, code: str, now: datetime) -> Seen:
    """Call while stepped up."""
    row = (await (await db.connection()).execute(_LOOK, {"code": code, "at": now})).one()
    return Seen(**{**row._mapping, "state": CodeState(row.state)})


async def own_place(db: AsyncSession, code: str) -> OwnPlace | None:
    """Call while stepped up."""
    row = (await (await db.connection()).execute(_OWN_PLACE, {"code": code})).first()
    return OwnPlace(**row._mapping) if row else None


async def redeem(
    db: AsyncSession, code: str, user_id: UUID, session_id: UUID | None, now: datetime
) -> Outcome:
    """Spend it, if it may be spent. Call while stepped up."""
    said = {"code": code, "user_id": user_id, "session_id": session_id, "at": now}
    return Outcome(**(await (await db.connection()).execute(_REDEEM, said)).one()._mapping)


async def revoke(db: AsyncSession, user_id: UUID, code_id: UUID, now: datetime) -> bool:
    """Take back an unused code of hers. Call while stepped up."""
    unused = (
        col(FriendCode.id) == code_id,
        col(FriendCode.creator_id) == user_id,
        col(FriendCode.is_active),
        col(FriendCode.used_at).is_(None),
    )
    change = update(FriendCode).where(*unused).returning(col(FriendCode.id))
    values = {"is_active": False, "revoked_at": now, "revoked_by": CodeRevocation.giver}
    return (await db.exec(change.values(**values))).first() is not None


async def take_back(db: AsyncSession, code_id: UUID, now: datetime) -> FriendCode | None:
    """For an admin, stepped up. None for one that is used or taken back already."""
    change = update(FriendCode).where(*_open(code_id)).returning(FriendCode)
    values = {"is_active": False, "revoked_at": now, "revoked_by": CodeRevocation.admin}
    return (await db.exec(change.values(**values))).scalar_one_or_none()


async def prolong(db: AsyncSession, code_id: UUID, until: datetime) -> FriendCode | None:
    """For an admin, stepped up. None for one that is used, taken back or good for as long already."""
    change = update(FriendCode).where(*_open(code_id), col(FriendCode.expires_at) < until)
    return (await db.exec(change.values(expires_at=until).returning(FriendCode))).scalar_one_or_none()


def _open(code_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Nobody has used it or taken it back."""
    return (
        col(FriendCode.id) == code_id,
        col(FriendCode.is_active).is_(True),
        col(FriendCode.used_at).is_(None),
    )


async def find(db: AsyncSession, code_id: UUID) -> FriendCode | None:
    return (await db.exec(select(FriendCode).where(FriendCode.id == code_id))).first()


async def of_purchase(db: AsyncSession, purchase_id: UUID) -> Sequence[FriendCode]:
    """The codes that came with a purchase, for the worker."""
    query = select(FriendCode).where(FriendCode.purchase_id == purchase_id)
    return (await db.exec(query.order_by(col(FriendCode.code)))).all()


async def find_used(db: AsyncSession, code_id: UUID) -> FriendCode | None:
    """For the worker."""
    code = await db.get(FriendCode, code_id)
    return code if code and code.used_at else None


async def ending(db: AsyncSession, now: datetime, until: datetime) -> Sequence[FriendCode]:
    """Unused codes that end in between, those of one purchase together. For the worker."""
    query = select(FriendCode).where(
        col(FriendCode.is_active),
        col(FriendCode.used_at).is_(None),
        col(FriendCode.creator_id).is_not(None),
        col(FriendCode.expires_at) > now,
        col(FriendCode.expires_at) <= until,
    )
    order = (col(FriendCode.expires_at), col(FriendCode.purchase_id), col(FriendCode.code))
    return (await db.exec(query.order_by(*order))).all()
