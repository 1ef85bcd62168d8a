"""Friend codes in the hands of an admin: taken back, or good for longer. Each with its reason, on record."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.payments.codes import VALID_DAYS
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Invalid
from gynergy_app.repositories import friend_codes
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.payments.codes import CodeIsGone


async def take_back(db: AsyncSession, admin: Member, code_id: UUID, reason: str, *, now: datetime) -> None:
    """For good: neither a refund that fails nor a dispute that is won brings it back. Raises `CodeIsGone`."""
    words = _reason(reason)
    async with elevated(db):
        code = await friend_codes.take_back(db, code_id, now)
    if code is None:
        raise CodeIsGone
    await audit.record(
        db, admin, Act.code_taken_back,
        subject_id=code.id, about=code.creator_id, reason=words,
        before={"code": code.code, "state": "open"}, after={"state": "taken back"}, now=now,
    )  # fmt: skip


async def prolong(db: AsyncSession, admin: Member, code_id: UUID, reason: str, *, now: datetime) -> None:
    """As long as a new one, from now on; one that has run out opens again. Raises `CodeIsGone`."""
    words = _reason(reason)
    before = await friend_codes.find(db, code_id)
    until = now + timedelta(days=VALID_DAYS)
    async with elevated(db):
        code = await friend_codes.prolong(db, code_id, until) if before else None
    if code is None or before is None:
        raise CodeIsGone
    await audit.record(
        db, admin, Act.code_prolonged,
        subject_id=code.id, about=code.creator_id, reason=words,
        before={"valid_until": before.expires_at.date()},
        after={"code": code.code, "valid_until": until.date()}, now=now,
    )  # fmt: skip


def _reason(typed: str) -> str:
    words = tidy_line(typed)
    if problem := reason_problem(words):
        raise Invalid({"reason": problem})
    return words
