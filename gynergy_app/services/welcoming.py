"""The first minute: a name, a clock, two reminders and a place in a session, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member, name_problem, tidy_name, timezone_problem
from gynergy_app.domain.accounts.preferences import choice_problem
from gynergy_app.domain.notifications import make_room
from gynergy_app.domain.programs import PROGRAM_DAYS
from gynergy_app.emails.letters import WaitlistJoined, Welcome
from gynergy_app.errors import Invalid
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import book_sessions, profile_settings
from gynergy_app.services import accounts, mail, programs, travel
from gynergy_app.services.programs import Enrolled


@dataclass(frozen=True)
class Arrival:
    """What somebody says about herself before her first page. Times are "HH:MM" on her own clock."""

    first_name: str
    last_name: str
    timezone: str
    morning_reminder_time: str
    evening_reminder_time: str

    def problems(self) -> dict[str, str]:
        """A sentence for each field that cannot be taken."""
        last = tidy_name(self.last_name)
        found = {
            "first_name": name_problem(tidy_name(self.first_name)),
            "last_name": name_problem(last) if last else None,
            "timezone": timezone_problem(self.timezone),
            "morning_reminder_time": choice_problem("morning_reminder_time", self.morning_reminder_time),
            "evening_reminder_time": choice_problem("evening_reminder_time", self.evening_reminder_time),
        }
        return {name: sentence for name, sentence in found.items() if sentence}


async def settle_in(db: AsyncSession, member: Member, arrival: Arrival, *, now: datetime) -> Member:
    """Keep what she says about herself. The answer is the member as she now is."""
    if problems := arrival.problems():
        raise Invalid(problems)
    await travel.change_timezone(db, member, arrival.timezone, now=now)
    settled = replace(member, timezone=arrival.timezone, first_name=tidy_name(arrival.first_name))
    await accounts.rename(db, settled, arrival.first_name, arrival.last_name)
    chosen = await accounts.choose(
        db,
        settled,
        morning_reminder_time=arrival.morning_reminder_time,
        evening_reminder_time=arrival.evening_reminder_time,
    )
    chosen.onboarded_at = chosen.onboarded_at or now
    # Who names an hour here means it; the quiet hours she has never seen must not swallow it.
    for at in (chosen.morning_reminder_time, chosen.evening_reminder_time):
        chosen.quiet_from, chosen.quiet_to = make_room(at, chosen.quiet_from, chosen.quiet_to)
    return settled


async def take_place(
    db: AsyncSession, member: Member, arrival: Arrival, session_id: UUID, *, now: datetime
) -> Enrolled:
    """Settle in and join. Raises as `programs.enroll` does and then keeps nothing: the form holds it all."""
    settled = await settle_in(db, member, arrival, now=now)
    enrolled = await programs.enroll(db, settled, session_id, now=now)
    if settled.email:
        letter = Welcome(
            settled.first_name, enrolled.book_name, enrolled.start_date, enrolled.day, PROGRAM_DAYS
        )
        key = f"welcome:{enrolled.enrollment.id}"
        await mail.enqueue(db, letter, to=settled.email, user_id=member.id, dedupe_key=key, now=now)
    return enrolled


async def wait_for_place(
    db: AsyncSession, member: Member, arrival: Arrival, session_id: UUID, *, now: datetime
) -> int:
    """Settle in and queue for a full session; the answer is the place in the queue, counted from 1."""
    settled = await settle_in(db, member, arrival, now=now)
    position = await programs.join_waitlist(db, settled, session_id, now=now)
    session = await db.get(BookSession, session_id)
    if settled.email and session:
        letter = WaitlistJoined(
            settled.first_name, await book_sessions.book_name(db, session_id), session.start_date, position
        )
        key = f"waitlist:{session_id}:{member.id}"
        await mail.enqueue(db, letter, to=settled.email, user_id=member.id, dedupe_key=key, now=now)
    return position


@dataclass(frozen=True)
class Known:
    """Her two reminder times, "HH:MM", and whether she has chosen them."""

    morning: str
    evening: str
    is_settled: bool


async def known_so_far(db: AsyncSession, member: Member) -> Known:
    chosen = await profile_settings.get(db, member.id)
    times = (chosen.morning_reminder_time, chosen.evening_reminder_time)
    return Known(*(f"{at:%H:%M}" for at in times), is_settled=chosen.onboarded_at is not None)
