"""What a member may open: the one function that answers, and the two ways an admin has to decide it."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.payments.access import Entitlement, Right
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Invalid, NotAllowed
from gynergy_app.repositories import user_entitlements, users
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.roles import NoSuchMember


class NotOpen(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This is not open to you just now. Today says why, and what opens it.")


def require(member: Member, right: Right, *, now: datetime) -> None:
    """For what does not come over the socket, where the guard asks. Raises `NotOpen`."""
    if not member.entitlement.allows(right, now):
        raise NotOpen


async def read(db: AsyncSession, user_id: UUID) -> Entitlement:
    """Everything that decides it, in one statement. Ask it with a moment: what is open closes by itself."""
    return await user_entitlements.read(db, user_id)


async def grant(db: AsyncSession, admin: Member, user_id: UUID, reason: str, *, now: datetime) -> None:
    """Open the challenge for somebody who did not pay for it. Raises `Invalid` without a reason."""
    words = _reason(reason)
    await _known(db, user_id)
    async with elevated(db):
        await user_entitlements.grant(db, user_id, now)
    await _record(db, admin, Act.access_granted, user_id, words, now)


async def close(db: AsyncSession, admin: Member, user_id: UUID, reason: str, *, now: datetime) -> None:
    """Close the challenge, whatever opened it. What she buys or is given after this opens it again."""
    words = _reason(reason)
    await _known(db, user_id)
    async with elevated(db):
        await user_entitlements.close(db, user_id, words, now)
    await _record(db, admin, Act.access_closed, user_id, words, now)


def _reason(typed: str) -> str:
    words = tidy_line(typed)
    if problem := reason_problem(words):
        raise Invalid({"reason": problem})
    return words


async def _known(db: AsyncSession, user_id: UUID) -> None:
    if await users.find(db, user_id) is None:
        raise NoSuchMember


async def _record(
    db: AsyncSession, admin: Member, act: Act, user_id: UUID, reason: str, now: datetime
) -> None:
    await audit.record(db, admin, act, subject_id=user_id, about=user_id, reason=reason, now=now)
