"""The starts somebody may buy a place in, also for who has no account yet."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.programs import LAST_ENROLLMENT_DAY, programme_day
from gynergy_app.repositories import book_sessions
from gynergy_app.services import programs
from gynergy_app.services.programs import OPEN_AHEAD, OpenSession


async def on_offer(db: AsyncSession, member: Member | None, *, now: datetime) -> list[OpenSession]:
    """Nearest first. A stranger's day is that of UTC: nothing says yet which clock she lives by."""
    if member:
        return await programs.open_sessions(db, member, now=now)
    today = now.date()
    earliest = today - timedelta(days=LAST_ENROLLMENT_DAY - 1)
    async with elevated(db):
        offered = await book_sessions.list_on_offer(db, earliest, today + OPEN_AHEAD)
    return [
        OpenSession(
            session_id=each.session_id,
            label=each.label,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            day_today=programme_day(each.starts_on, today),
            places_left=each.places_left,
            waitlist_place=None,
            about=each.about,
        )
        for each in offered
    ]
