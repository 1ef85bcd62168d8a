"""Appointing and dismissing admins, suspending members: each act once, by somebody who may, and written down.

Nobody acts on herself. Since whoever acts is an admin and stays one, the last admin cannot disappear; the
lock holds this true when two act at the same moment.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, Invalid, NotAllowed, NotFound
from gynergy_app.models.accounts import User
from gynergy_app.repositories import members, user_roles, users
from gynergy_app.services import audit, sessions
from gynergy_app.services.audit import Act

REASON_LIMIT = 200


class NoSuchMember(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "There is no member at this address any more. The list of members shows who is here."
        )


class NotOnYourself(NotAllowed):
    def __init__(self) -> None:
        super().__init__("You cannot do this to your own account. Ask another admin.")


class NoLongerAdmin(NotAllowed):
    def __init__(self) -> None:
        super().__init__("You are no longer an admin, so nothing was changed.")


class AlreadyDone(Conflict):
    """Somebody else did it a moment before."""


async def appoint_by_email(db: AsyncSession, email: str, *, now: datetime) -> None:
    """The operator's way, at the machine itself: how the first admin comes to be."""
    user = await users.find_by_email(db, email)
    if user is None:
        raise NotFound(f"Nobody has signed up with {email}. Ask them to sign up first.")
    await _appoint(db, None, user, "", now)


async def appoint(db: AsyncSession, by: Member, user_id: UUID, reason: str, *, now: datetime) -> None:
    subject = await _take_hold(db, by, user_id)
    if subject.suspended_at:
        raise Conflict("This account is suspended. Reinstate it before making it an admin.")
    if subject.is_anonymous:
        raise Conflict("An account without an address cannot be an admin: there would be no way back in.")
    await _appoint(db, by, subject, _reason(reason), now)


async def dismiss(db: AsyncSession, by: Member, user_id: UUID, reason: str, *, now: datetime) -> None:
    subject = await _take_hold(db, by, user_id)
    words = _reason(reason)
    async with elevated(db):
        if not await user_roles.remove_admin(db, subject.id):
            raise AlreadyDone("This member is not an admin any more.")
    was, is_now = {"admin": True}, {"admin": False}
    await _write_down(db, by, Act.admin_dismissed, subject, words, was, is_now, now)


async def suspend(db: AsyncSession, by: Member, user_id: UUID, reason: str, *, now: datetime) -> None:
    """Close the account until somebody reinstates it. Every sign-in ends; what was written is kept."""
    subject = await _take_hold(db, by, user_id)
    words = _reason(reason)
    async with elevated(db):
        if not await members.suspend(db, subject.id, words, now):
            raise AlreadyDone("This account is suspended already.")
        await sessions.end_all(db, subject.id, now)
    after = {"suspended_at": now.isoformat(timespec="seconds")}
    await _write_down(db, by, Act.member_suspended, subject, words, {"suspended_at": None}, after, now)


async def reinstate(db: AsyncSession, by: Member, user_id: UUID, reason: str, *, now: datetime) -> None:
    subject = await _take_hold(db, by, user_id)
    words = _reason(reason)
    since = subject.suspended_at
    async with elevated(db):
        if not await members.reinstate(db, subject.id) or since is None:
            raise AlreadyDone("This account is not suspended any more.")
    before = {
        "suspended_at": since.isoformat(timespec="seconds"),
        "suspended_reason": subject.suspended_reason,
    }
    await _write_down(db, by, Act.member_reinstated, subject, words, before, {"suspended_at": None}, now)


async def _take_hold(db: AsyncSession, by: Member, user_id: UUID) -> User:
    """Wait for the turn, and make sure that both are still who they were."""
    if user_id == by.id:
        raise NotOnYourself
    await user_roles.hold(db)
    if not await user_roles.is_caller_admin(db):
        raise NoLongerAdmin
    subject = await users.find(db, user_id)
    if subject is None:
        raise NoSuchMember
    return subject


async def _appoint(db: AsyncSession, by: Member | None, subject: User, reason: str, now: datetime) -> None:
    async with elevated(db):
        if not await user_roles.add_admin(db, subject.id):
            raise AlreadyDone("This member is an admin already.")
    was, is_now = {"admin": False}, {"admin": True}
    await _write_down(db, by, Act.admin_appointed, subject, reason, was, is_now, now)


def _reason(said: str) -> str:
    """A sentence one can stand by later: the member may read it, and the record keeps it."""
    reason = tidy_line(said)
    if not reason:
        raise Invalid({"reason": "Please give the reason. The record keeps it."})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"Please keep the reason under {REASON_LIMIT} characters."})
    return reason


async def _write_down(
    db: AsyncSession,
    by: Member | None,
    act: Act,
    subject: User,
    reason: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime,
) -> None:
    await audit.record(
        db,
        by,
        act,
        subject_id=subject.id,
        about=subject.id,
        reason=reason,
        before=before,
        after=after,
        now=now,
    )
