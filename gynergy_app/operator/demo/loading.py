"""Making room for the demo people, letting them in, and living their days."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from supabase import AsyncClient, AsyncClientOptions

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.accounts import Member, Role
from gynergy_app.domain.programs import last_day, status_on
from gynergy_app.integrations import supabase_client
from gynergy_app.local.trouble import Trouble
from gynergy_app.models.accounts import User, UserRole
from gynergy_app.models.programs import Book, BookSession, SessionEnrollment
from gynergy_app.operator.demo import replay, visions
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
    await asyncio.gather(*(_live(person, member, sessions, starts) for person, member in members.items()))


@asynccontextmanager
async def _auth_service() -> AsyncIterator[AsyncClient]:
    """The sign-in service, spoken to as its owner."""
    key = settings.supabase_service_role_key.get_secret_value()
    async with supabase_client.http() as http:
        options = AsyncClientOptions(auto_refresh_token=False, persist_session=False, httpx_client=http)
        yield AsyncClient(settings.supabase_url, key, options)


async def _live(person: Person, member: Member, sessions: dict[str, UUID], starts: dict[str, date]) -> None:
    if person.cohort:
        await replay.live(person, member, sessions[person.cohort], starts[person.cohort])
        await visions.write(person, member, starts[person.cohort])
    else:
        await replay.arrive(person, member)


async def _clear(auth: AsyncClient) -> None:
    emails = [person.email for person in EVERYBODY]
    async with as_service() as db:
        former = (await db.exec(select(User.id).where(col(User.email_lower).in_(emails)))).all()
    for user_id in former:
        await auth.auth.admin.delete_user(str(user_id))
    async with as_service() as db:
        await _close_empty_sessions(db)


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
    """An hour before she joins her cohort. Who has none was here before them all."""
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
