"""A session of her own, for whoever subscribes to the journal and has none to live.

It begins on her day, runs as long as the program, and the next one follows while the journal is open. Nobody
else is in it: no cohort, no board, no graduation. However often and from wherever it is begun, a member lives
one at a time.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.notifications.notices import next_days_notice
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.programs import SessionStatus, last_day
from gynergy_app.models.programs import Book, BookSession, SessionEnrollment
from gynergy_app.repositories import books, session_enrollments, user_entitlements
from gynergy_app.routes import TODAY
from gynergy_app.services import notifications, programs
from gynergy_app.services.programs import Enrolled


async def begin(db: AsyncSession, member: Member, *, now: datetime) -> UUID | None:
    """The session that begins with this; None where there is one to live, or the journal is closed."""
    await session_enrollments.hold_practice(db, member.id)
    if (await user_entitlements.read(db, member.id)).journal(now) is Door.closed:
        return None
    current = await programs.current_enrollment(db, member, now=now)
    if current and is_lived(current):
        return None
    book = await books.get_for_next_session(db, current.book_id if current else None)
    session_id = await _begin(db, member, book, now)
    if current and current.is_personal:
        notice = next_days_notice(book.duration_days, session_id)
        await notifications.tell_once(db, member, notice, href=TODAY, now=now)
    return session_id


def is_lived(place: Enrolled) -> bool:
    """Whether a place leaves nothing to begin. One shared with others is hers until its grace is over."""
    return place.today <= (place.end_date if place.is_personal else place.open_until)


async def _begin(db: AsyncSession, member: Member, book: Book, now: datetime) -> UUID:
    today = clock.day_in(member.timezone, now)
    session = BookSession(
        book_id=book.id,
        duration_days=book.duration_days,
        start_date=today,
        end_date=last_day(today, book.duration_days),
        status=SessionStatus.active,
        is_personal=True,
        owner_user_id=member.id,
    )
    async with elevated(db):
        db.add(session)
        await db.flush()
        place = {"book_id": book.id, "session_id": session.id, "enrollment_date": today}
        db.add(SessionEnrollment(user_id=member.id, **place))
    return session.id
