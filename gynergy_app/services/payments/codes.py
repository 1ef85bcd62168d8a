"""Friend codes of one's own: to give, to take back, and with or without one's name."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.consents import ConsentKind
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import CodeRevocation
from gynergy_app.errors import Conflict
from gynergy_app.models.payments import FriendCode
from gynergy_app.repositories import consents, friend_codes

NAME_VERSION = "1"


class CodeIsGone(Conflict):
    def __init__(self) -> None:
        super().__init__("This code was used or taken back already. Nothing was changed.")


@dataclass(frozen=True)
class OwnCode:
    """A code to give. `used_on` is a day of its giver's calendar."""

    id: UUID
    code: str
    state: CodeState
    valid_until: datetime
    used_on: date | None
    revoked_by: CodeRevocation | None = None


async def own(db: AsyncSession, member: Member, *, now: datetime) -> list[OwnCode]:
    return [_own(code, member, now) for code in await friend_codes.of_member(db, member.id)]


def _own(code: FriendCode, member: Member, now: datetime) -> OwnCode:
    used_on = clock.day_in(member.timezone, code.used_at) if code.used_at else None
    return OwnCode(code.id, code.code, state_of(code, now), code.expires_at, used_on, code.revoked_by)


def state_of(code: FriendCode, now: datetime) -> CodeState:
    if code.used_at:
        return CodeState.used
    if not code.is_active:
        return CodeState.revoked
    return CodeState.expired if code.expires_at <= now else CodeState.open


async def revoke(db: AsyncSession, member: Member, code_id: UUID, *, now: datetime) -> None:
    """Take an unused code back, for good. Raises `CodeIsGone` when somebody was faster."""
    async with elevated(db):
        if not await friend_codes.revoke(db, member.id, code_id, now):
            raise CodeIsGone


async def show_name(db: AsyncSession, member: Member, *, is_shown: bool, now: datetime) -> None:
    """Whether the pages of her codes say who gave them."""
    kind = ConsentKind.friend_code_name
    await consents.choose(db, member.id, kind, NAME_VERSION, is_given=is_shown, now=now)


async def shows_name(db: AsyncSession, member: Member) -> bool:
    return await consents.is_given(db, member.id, ConsentKind.friend_code_name)
