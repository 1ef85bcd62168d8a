"""What the desks ask about members: who is here, that they wrote, what got to them. Never what they wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import Activity, StreakEventKind
from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus
from gynergy_app.domain.payments.turns import Terms, Turn, Turned
from gynergy_app.models.cohorts import Cohort, CohortMembership
from gynergy_app.models.gamification import PointTotal
from gynergy_app.models.programs import Book, BookSession, SessionEnrollment


@dataclass(frozen=True)
class Listed:
    """One row of the members desk. The days are those she lives now, else the next, else her last.

    The cohort is theirs while she is in it, else the latest that she is in.
    """

    id: UUID
    first_name: str
    last_name: str
    email: str | None
    is_anonymous: bool
    timezone: str
    joined_at: datetime
    is_admin: bool
    suspended_at: datetime | None
    cohort_name: str | None
    start_date: date | None
    end_date: date | None
    last_written: date | None


@dataclass(frozen=True)
class Place:
    """A session a member lives or lived. Who was taken out of its cohort may still have her place in it."""

    session: BookSession
    book_name: str
    cohort_name: str
    is_in_cohort: bool
    enrolled_on: date
    points: int
    enrolled_at: datetime
    graduated_at: datetime | None


@dataclass(frozen=True)
class Mailed:
    template_key: str
    status: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class SignIns:
    devices: int
    last_seen_at: datetime | None


_PAGE = text("select * from private.desk_members(:search, :who, :at, :joined, :id, :size)")
_PROGRESS = text("select * from private.member_progress(:user_id, :session_id)")
_FORGIVEN = text("select day, kind from private.member_forgiven_days(:user_id, :session_id)")
_BADGES = text("select private.member_badge_count(:user_id)")
_MAILS = text("select * from private.member_mails(:user_id, :size)")
_ADDRESS_MAILS = text("select * from private.address_mails(:email, :size)")
_TURNS = text("select told from private.subscription_turns(:user_id)")
_SIGN_INS = text("select devices, last_seen_at from private.member_sign_ins(:user_id, :at)")
_SUSPEND = text("select private.suspend_member(:user_id, :reason, :at)")
_REINSTATE = text("select private.reinstate_member(:user_id)")


async def page(
    db: AsyncSession,
    *,
    search: str,
    who: str,
    at: datetime,
    after: tuple[datetime, UUID] | None,
    size: int,
) -> list[Listed]:
    """The newest first; `after` holds the joining and the id of the last row of the page before."""
    joined, last_id = after or (None, None)
    said = {"search": search, "who": who, "at": at, "joined": joined, "id": last_id, "size": size}
    rows = await (await db.connection()).execute(_PAGE, said)
    return [Listed(**row._mapping) for row in rows]


async def pages_by_day(db: AsyncSession, user_id: UUID, session_id: UUID) -> list[tuple[Activity, date]]:
    rows = await (await db.connection()).execute(_PROGRESS, {"user_id": user_id, "session_id": session_id})
    kinds = (
        ("morning", Activity.morning_journal),
        ("evening", Activity.evening_journal),
        ("gratitude_action", Activity.gratitude_action),
    )
    return [(activity, row.day) for row in rows for name, activity in kinds if getattr(row, name)]


async def forgiven_days(
    db: AsyncSession, user_id: UUID, session_id: UUID
) -> dict[StreakEventKind, frozenset[date]]:
    found = await (await db.connection()).execute(_FORGIVEN, {"user_id": user_id, "session_id": session_id})
    rows = found.all()
    return {kind: frozenset(row.day for row in rows if row.kind == kind) for kind in StreakEventKind}


async def badge_count(db: AsyncSession, user_id: UUID) -> int:
    return (await (await db.connection()).execute(_BADGES, {"user_id": user_id})).scalar() or 0


async def mails(db: AsyncSession, user_id: UUID, size: int) -> list[Mailed]:
    rows = await (await db.connection()).execute(_MAILS, {"user_id": user_id, "size": size})
    return [Mailed(**row._mapping) for row in rows]


async def mails_to(db: AsyncSession, email: str, size: int) -> list[Mailed]:
    """What went to an address that belongs to no account."""
    rows = await (await db.connection()).execute(_ADDRESS_MAILS, {"email": email, "size": size})
    return [Mailed(**row._mapping) for row in rows]


async def subscription_turns(db: AsyncSession, user_id: UUID) -> list[Turned]:
    rows = await (await db.connection()).execute(_TURNS, {"user_id": user_id})
    return [_turned(row.told) for row in rows]


def _turned(told: Mapping[str, Any]) -> Turned:
    terms = Terms(
        SubscriptionStatus(told["status"]),
        told["amount_cents"],
        told["currency"],
        Interval(told["interval"]),
        told["is_ending"],
    )
    return Turned(Turn(told["turn"]), datetime.fromisoformat(told["at"]), told["subscription"], terms)


async def sign_ins(db: AsyncSession, user_id: UUID, at: datetime) -> SignIns:
    row = (await (await db.connection()).execute(_SIGN_INS, {"user_id": user_id, "at": at})).one()
    return SignIns(row.devices, row.last_seen_at)


async def places(db: AsyncSession, user_id: UUID) -> Sequence[Place]:
    """Every session she has a place in, the latest first."""
    query = (
        select(SessionEnrollment, BookSession, Book.name, Cohort)
        .join(BookSession, col(BookSession.id) == col(SessionEnrollment.session_id))
        .join(Book, col(Book.id) == col(SessionEnrollment.book_id))
        .outerjoin(Cohort, col(Cohort.session_id) == col(BookSession.id))
        .where(SessionEnrollment.user_id == user_id)
        .order_by(col(BookSession.start_date).desc())
    )
    rows = (await db.exec(query)).all()
    memberships = select(CohortMembership.cohort_id).where(CohortMembership.user_id == user_id)
    joined = set((await db.exec(memberships)).all())
    totals = (await db.exec(select(PointTotal).where(PointTotal.user_id == user_id))).all()
    points = {total.session_id: total.total for total in totals}
    return [
        Place(
            session,
            book,
            cohort.name if cohort else "",
            cohort is not None and cohort.id in joined,
            enrolled.enrollment_date,
            points.get(session.id, 0),
            enrolled.created_at,
            enrolled.graduated_at,
        )
        for enrolled, session, book, cohort in rows
    ]


async def suspend(db: AsyncSession, user_id: UUID, reason: str, at: datetime) -> bool:
    """Asked stepped up, by an admin. False for somebody who is suspended already."""
    said = {"user_id": user_id, "reason": reason, "at": at}
    return bool((await (await db.connection()).execute(_SUSPEND, said)).scalar())


async def reinstate(db: AsyncSession, user_id: UUID) -> bool:
    return bool((await (await db.connection()).execute(_REINSTATE, {"user_id": user_id})).scalar())
