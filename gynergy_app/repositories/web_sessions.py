"""Questions about sign-ins, asked stepped up, and about the person behind one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member, Role
from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.models.accounts import ProfileSettings, User, UserRole
from gynergy_app.models.private import WebSession
from gynergy_app.repositories import user_entitlements

_RECOGNISED = text("select * from private.recognised(:hashes, :moments)")


@dataclass(frozen=True)
class Recognised:
    """A living sign-in and whose it is: all an event needs, unless something about the sign-in is due."""

    member: Member
    last_seen_at: datetime
    access_expires_at: datetime


async def recognise(db: AsyncSession, moments: Mapping[bytes, datetime]) -> dict[bytes, Recognised]:
    """By the hash of the cookie, each at its moment. Ended sign-ins and suspended members are left out."""
    asked = {"hashes": list(moments), "moments": list(moments.values())}
    rows = await (await db.connection()).execute(_RECOGNISED, asked)
    return {row.token_hash: _recognised(row) for row in rows}


def _recognised(row: Row[tuple[Any, ...]]) -> Recognised:
    member = Member(
        id=row.user_id,
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        timezone=row.timezone,
        is_admin=row.is_admin,
        is_anonymous=row.is_anonymous,
        auth_session=row.token_hash,
        entitlement=user_entitlements.in_words(
            came_by=row.came_by,
            challenge_session_id=row.challenge_session_id,
            challenge_until=row.challenge_until,
            subscription=row.subscription,
            past_due_since=row.past_due_since,
            has_community=row.has_community,
            closed_reason=row.closed_reason,
            taken_back=row.taken_back,
            trial_until=row.trial_until,
            journal_until=row.journal_until,
        ),
    )
    return Recognised(member, row.last_seen_at, row.access_expires_at)


async def find_living(
    db: AsyncSession, token_hash: bytes, now: datetime, *, lock: bool = False
) -> WebSession | None:
    """The sign-in under this hash, unless it was ended or its time is over. `lock` makes others wait."""
    query = select(WebSession).where(
        WebSession.token_hash == token_hash, col(WebSession.revoked_at).is_(None), WebSession.expires_at > now
    )
    return (await db.exec(query.with_for_update() if lock else query)).first()


async def list_living(
    db: AsyncSession, user_id: UUID, now: datetime, *, lock: bool = False
) -> Sequence[WebSession]:
    """A member's sign-ins, the one used last first."""
    query = (
        select(WebSession)
        .where(
            WebSession.user_id == user_id, col(WebSession.revoked_at).is_(None), WebSession.expires_at > now
        )
        .order_by(col(WebSession.last_seen_at).desc())
    )
    return (await db.exec(query.with_for_update() if lock else query)).all()


async def find_member(db: AsyncSession, session: WebSession) -> Member | None:
    """Who is signed in. Nobody, while she is suspended."""
    is_admin = select(UserRole.id).where(UserRole.user_id == User.id, UserRole.role == Role.admin).exists()
    query = (
        select(User, ProfileSettings.timezone, is_admin)
        .outerjoin(ProfileSettings, col(ProfileSettings.user_id) == col(User.id))
        .where(User.id == session.user_id, col(User.suspended_at).is_(None))
    )
    row = (await db.exec(query)).first()
    return (
        _member(*row, session.token_hash, await user_entitlements.read(db, session.user_id)) if row else None
    )


def _member(
    user: User, timezone: str | None, is_admin: bool, token_hash: bytes, entitlement: Entitlement
) -> Member:
    return Member(
        id=user.id,
        email=user.email or "",
        first_name=user.first_name,
        last_name=user.last_name,
        timezone=timezone or "UTC",
        is_admin=is_admin,
        is_anonymous=user.is_anonymous,
        auth_session=token_hash,
        entitlement=entitlement,
    )
