"""The members desk: finding people, and one person from first touch to today. That they wrote, never what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.domain.gamification import (
    Activity,
    Kept,
    StreakEventKind,
    freezes_due,
    freezes_left,
    kept_from,
)
from gynergy_app.domain.journaling import open_from
from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import tidy_line
from gynergy_app.repositories import (
    audit_log,
    cohorts,
    members,
    points_transactions,
    profile_settings,
    user_entitlements,
    user_roles,
    users,
)
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.repositories.members import Listed, Mailed, Place, SignIns
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.gamification.statement import Entry, entries_of
from gynergy_app.services.roles import NoSuchMember

PAGE_SIZE = 25
SEARCH_LIMIT = 100
MAILS_SHOWN = 30
AUDIT_SHOWN = 50
A_VISIT = timedelta(minutes=30)
"""Opening the same page again within this time is the same visit."""


class Group(StrEnum):
    """Which members are listed. `unreached`: a mail of the last seven days did not arrive."""

    everyone = "everyone"
    admins = "admins"
    suspended = "suspended"
    unreached = "unreached"


@dataclass(frozen=True)
class Found:
    """`last` is where the next page begins; None at the end of the list."""

    members: tuple[Listed, ...]
    last: tuple[datetime, UUID] | None


@dataclass(frozen=True)
class Progress:
    """The days of one session: which page was written on which of them, and what that makes."""

    place: Place
    today: date
    day: int
    kept: Kept
    streak: int
    freezes_left: int


@dataclass(frozen=True)
class Person:
    id: UUID
    name: str
    email: str
    picture: str
    timezone: str
    joined_at: datetime
    is_anonymous: bool
    is_admin: bool
    suspended_at: datetime | None
    suspended_reason: str


@dataclass(frozen=True)
class MemberFile:
    """`progress` and `entries` are of the session she lives now, else the next, else the last."""

    person: Person
    places: tuple[Place, ...]
    progress: Progress | None
    entries: tuple[Entry, ...]
    badges: int
    mails: tuple[Mailed, ...]
    sign_ins: SignIns
    access: Entitlement
    cohorts: tuple[tuple[str, CohortRole], ...]
    audit: tuple[Recorded, ...]


async def search(
    db: AsyncSession,
    words: str = "",
    group: Group = Group.everyone,
    *,
    now: datetime,
    after: tuple[datetime, UUID] | None = None,
) -> Found:
    """A page of members whose name or address holds the words, the newest first."""
    looked_for = tidy_line(words)[:SEARCH_LIMIT].lower()
    rows = await members.page(db, search=looked_for, who=group, at=now, after=after, size=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    has_more = len(rows) > PAGE_SIZE
    return Found(tuple(shown), (shown[-1].joined_at, shown[-1].id) if has_more else None)


async def note_visit(db: AsyncSession, by: Member, user_id: UUID, *, now: datetime) -> None:
    """Write down that an admin opened a member's page, once for a visit. The member can read it."""
    if by.id == user_id or await users.find(db, user_id) is None:
        return
    if not await audit_log.is_noted(db, by.id, Act.member_opened, user_id, now - A_VISIT):
        await audit.record(db, by, Act.member_opened, subject_id=user_id, about=user_id, now=now)


async def read(db: AsyncSession, user_id: UUID, *, now: datetime) -> MemberFile:
    person = await _person(db, user_id)
    places = await members.places(db, user_id)
    place = _current(places, clock.day_in(person.timezone, now))
    session_id = place.session.id if place else None
    rows = await points_transactions.statement(db, session_id, user_id) if session_id else ()
    return MemberFile(
        person=person,
        places=tuple(places),
        progress=await _progress(db, person, place, now) if place else None,
        entries=entries_of(rows, person.timezone),
        badges=await members.badge_count(db, user_id),
        mails=tuple(await members.mails(db, user_id, MAILS_SHOWN)),
        sign_ins=await members.sign_ins(db, user_id, now),
        access=await user_entitlements.read(db, user_id),
        cohorts=tuple(await cohorts.of_member(db, user_id)),
        audit=tuple(await audit_log.about_member(db, user_id, AUDIT_SHOWN)),
    )


async def _person(db: AsyncSession, user_id: UUID) -> Person:
    user = await users.find(db, user_id)
    if user is None:
        raise NoSuchMember
    settings = await profile_settings.get(db, user_id)
    return Person(
        id=user.id,
        name=f"{user.first_name} {user.last_name}".strip() or user.email or "Guest",
        email=user.email or "",
        picture=user.profile_image or "",
        timezone=settings.timezone,
        joined_at=user.created_at,
        is_anonymous=user.is_anonymous,
        is_admin=await user_roles.is_admin(db, user_id),
        suspended_at=user.suspended_at,
        suspended_reason=user.suspended_reason or "",
    )


def _current(places: Sequence[Place], today: date) -> Place | None:
    """The session running today, else the one that starts next or later, else the last one."""

    def nearness(place: Place) -> tuple[bool, bool, date]:
        start, end = place.session.start_date, place.session.end_date
        return start <= today <= end, start > today, start

    return max(places, key=nearness, default=None)


async def _progress(db: AsyncSession, person: Person, place: Place, now: datetime) -> Progress:
    session, today = place.session, clock.day_in(person.timezone, now)
    earliest = open_from(now, person.timezone)
    pages = await members.pages_by_day(db, person.id, session.id)
    forgiven = await members.forgiven_days(db, person.id, session.id)
    kept = _with_freezes(pages, forgiven, session.start_date, earliest)
    return Progress(
        place=place,
        today=today,
        day=programme_day(session.start_date, today),
        kept=kept,
        streak=kept.streak(today, earliest),
        freezes_left=freezes_left(kept.frozen, kept.any_day, kept.repaired),
    )


def _with_freezes(
    pages: Sequence[tuple[Activity, date]],
    forgiven: Mapping[StreakEventKind, frozenset[date]],
    start: date,
    earliest: date,
) -> Kept:
    """As the member's own pages show it: freezes her next page will write down are counted already."""
    written = [(activity, day) for activity, day in pages if day >= start]
    kept = kept_from(written, forgiven, start)
    due = freezes_due(
        kept.any_day, kept.frozen, earliest, start, repaired=kept.repaired, crossed=kept.crossed
    )
    frozen = forgiven.get(StreakEventKind.freeze, frozenset()) | frozenset(due)
    return kept_from(written, {**forgiven, StreakEventKind.freeze: frozen}, start)


def span(place: Place) -> list[date]:
    """Every day of a session, the first one first."""
    length = (place.session.end_date - place.session.start_date).days + 1
    return [place.session.start_date + timedelta(days=n) for n in range(length)]
