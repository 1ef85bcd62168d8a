"""Making room for the demo people, letting them in, and living their days."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from supabase import AsyncClient, AsyncClientOptions

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member, Role
from gynergy_app.domain.programs import last_day, status_on
from gynergy_app.integrations import stripe_billing, supabase_client
from gynergy_app.local.trouble import Trouble
from gynergy_app.models.accounts import User, UserRole
from gynergy_app.models.payments import FriendCode, Purchase, Subscription
from gynergy_app.models.programs import Book, BookSession, SessionEnrollment
from gynergy_app.operator.demo import buying, replay, talking, together, visions
from gynergy_app.operator.demo.people import (
    DAY_OF_EARLIER,
    DAY_OF_LIVED,
    DAY_OF_RUNNING,
    DAYS_UNTIL_NEXT,
    EARLIER,
    EVERYBODY,
    LIVED,
    NEXT,
    PASSWORD,
    RUNNING,
    Person,
)
from gynergy_app.repositories.errors import DISK_FULL, sqlstate
from gynergy_app.services.payments import codes
from gynergy_app.settings import settings

PLACES = 30
BOOK = "date-zero-gratitude"


async def load() -> None:
    """Everybody, as of today. People who signed up by themselves are left alone."""
    try:
        await _load()
    except DBAPIError as refused:
        if sqlstate(refused) == DISK_FULL:
            raise Trouble("The disk is full. Free some space, then run this again.") from refused
        raise


async def _load() -> None:
    today = clock.day_in("UTC", clock.now())
    starts = {
        LIVED: today - timedelta(days=DAY_OF_LIVED - 1),
        EARLIER: today - timedelta(days=DAY_OF_EARLIER - 1),
        RUNNING: today - timedelta(days=DAY_OF_RUNNING - 1),
        NEXT: today + timedelta(days=DAYS_UNTIL_NEXT),
    }
    async with _auth_service() as auth:
        await _clear(auth)
        sessions = await _open_sessions(starts, today)
        members = {person: await _let_in(auth, person, _came_on(person, starts)) for person in EVERYBODY}
    try:
        async with buying.unhurried():
            await _live_all(members, sessions, starts)
    finally:
        await stripe_billing.close()


async def _live_all(
    members: Mapping[Person, Member], sessions: Mapping[str, UUID], starts: Mapping[str, date]
) -> None:
    """Whoever was given a place comes after those who bought theirs."""
    buyers = [person for person in members if not person.given_by]
    await asyncio.gather(*(_live(person, members[person], sessions, starts) for person in buyers))
    for person in (person for person in members if person.given_by):
        giver = next(each for each in members if each.first_name == person.given_by)
        code = await _code_of(members[giver])
        await _live(person, members[person], sessions, starts, code=code)
    await together.live(members, sessions[RUNNING], starts[RUNNING])


@asynccontextmanager
async def _auth_service() -> AsyncIterator[AsyncClient]:
    """The sign-in service, spoken to as its owner."""
    key = settings.supabase_service_role_key.get_secret_value()
    async with supabase_client.http() as http:
        options = AsyncClientOptions(auto_refresh_token=False, persist_session=False, httpx_client=http)
        yield AsyncClient(settings.supabase_url, key, options)


async def _live(
    person: Person,
    member: Member,
    sessions: Mapping[str, UUID],
    starts: Mapping[str, date],
    *,
    code: str = "",
) -> None:
    if person.cohort:
        start = starts[person.cohort]
        await replay.live(person, member, sessions[person.cohort], start, code=code)
        await visions.write(person, member, start)
        await talking.talk(person, member, start)
    elif not person.is_new:
        await replay.arrive(person, member)
    if person.subscribes:
        await buying.subscribe(member)


async def _code_of(giver: Member) -> str:
    async with as_member(giver.id) as db:
        return (await codes.own(db, giver, now=clock.now()))[0].code


async def _clear(auth: AsyncClient) -> None:
    emails = [person.email for person in EVERYBODY]
    async with as_service() as db:
        former = (await db.exec(select(User.id).where(col(User.email_lower).in_(emails)))).all()
    async with as_service() as db:
        await _forget_money(db, former, emails)
    for user_id in former:
        await auth.auth.admin.delete_user(str(user_id))
    async with as_service() as db:
        await _close_empty_sessions(db)


async def _forget_money(db: AsyncSession, former: Sequence[UUID], emails: Sequence[str]) -> None:
    """It stays when a member leaves; whoever comes anew under her address would find it."""
    await db.exec(delete(FriendCode).where(col(FriendCode.creator_id).in_(former)))
    await db.exec(delete(Subscription).where(col(Subscription.user_id).in_(former)))
    hers = col(Purchase.user_id).in_(former) | col(Purchase.email_lower).in_(emails)
    await db.exec(delete(Purchase).where(hers))


async def _close_empty_sessions(db: AsyncSession) -> None:
    """A session that somebody else joined meanwhile stays, and so does one that holds anybody's pages."""
    lived = select(SessionEnrollment.session_id)
    ours = col(BookSession.cohort_label).in_((LIVED, EARLIER, RUNNING, NEXT))
    empty = await db.exec(select(BookSession.id).where(ours, col(BookSession.id).not_in(lived)))
    for session_id in empty.all():
        with suppress(IntegrityError):
            async with db.begin_nested():
                await db.exec(delete(BookSession).where(col(BookSession.id) == session_id))


async def _open_sessions(starts: dict[str, date], today: date) -> dict[str, UUID]:
    async with as_service() as db:
        book = (await db.exec(select(Book).where(Book.slug == BOOK))).one()
        opened = [_session(book, label, start, today) for label, start in starts.items()]
        db.add_all(opened)
        return {session.cohort_label or "": session.id for session in opened}


def _session(book: Book, label: str, start: date, today: date) -> BookSession:
    end = last_day(start, book.duration_days)
    return BookSession(
        book_id=book.id,
        duration_days=book.duration_days,
        start_date=start,
        end_date=end,
        cohort_label=label,
        status=status_on(today, start, end),
        max_enrollments=PLACES,
    )


def _came_on(person: Person, starts: dict[str, date]) -> datetime:
    """An hour before she joins her cohort. Who has none was here before them all, or came just now."""
    if person.is_new:
        return clock.now() - timedelta(hours=1)
    joined = replay.eve_of(starts.get(person.cohort, min(starts.values()) - timedelta(days=7)))
    return min(joined, clock.now()) - timedelta(hours=1)


async def _let_in(auth: AsyncClient, person: Person, came_on: datetime) -> Member:
    said = {"first_name": person.first_name, "last_name": person.last_name, "timezone": person.timezone}
    made = await auth.auth.admin.create_user(
        {"email": person.email, "password": PASSWORD, "email_confirm": True, "user_metadata": said}
    )
    member_id = UUID(made.user.id)
    async with as_service() as db:
        await db.exec(update(User).where(col(User.id) == member_id).values(created_at=came_on))
        if person.is_admin:
            db.add(UserRole(user_id=member_id, role=Role.admin))
    return Member(
        id=member_id,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        timezone=person.timezone,
        is_admin=person.is_admin,
    )
