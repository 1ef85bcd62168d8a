"""What time does to sessions: upcoming, active, grace period, completed; and to members at the last day.

For a member whose journal is open, a session of her own follows the one that is over.

`domain.programs.stage_on` says when a stage has come, for the whole Earth at once. Whoever must be told of a
stage is told before it is written down: a run that dies halfway is taken up where it stopped, and nobody
hears anything twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member, timezone_or_utc
from gynergy_app.domain.notifications import Notice
from gynergy_app.domain.notifications.notices import session_closed_notice, session_ended_notice
from gynergy_app.domain.programs import SessionStatus, grace_end, programme_day, stage_on, stages_before
from gynergy_app.domain.text import spoken_day
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import graduates, profile_settings, session_enrollments, session_stages, users
from gynergy_app.repositories.graduates import Waiting
from gynergy_app.routes import TODAY
from gynergy_app.services import graduation, personal_sessions
from gynergy_app.services.events import EventType
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled

FIRST = UUID(int=0)
BATCH = 500
EARLIEST = timedelta(days=1)
"""No clock on Earth is further ahead of UTC."""


@dataclass(frozen=True)
class Turn:
    """A session that has come to its next stage."""

    session_id: UUID
    stage: SessionStatus
    days: int
    open_until: date
    is_personal: bool = False

    @property
    def notice(self) -> Notice | None:
        """None where nobody is told: her own days are followed by the next, or closed with her journal."""
        if self.is_personal:
            return None
        match self.stage:
            case SessionStatus.grace_period:
                return session_ended_notice(self.days, spoken_day(self.open_until), self.session_id)
            case SessionStatus.completed:
                return session_closed_notice(self.session_id)
        return None


async def due(db: AsyncSession, *, now: datetime) -> list[Turn]:
    """The sessions whose dates have left their status behind, oldest first."""
    unfinished = await session_stages.list_unfinished(db, (now + EARLIEST).date())
    turns = (_turn(session, now) for session in unfinished)
    return [turn for turn in turns if turn]


def _turn(session: BookSession, now: datetime) -> Turn | None:
    stage = stage_on(now, session.start_date, session.end_date, session.grace_period_end)
    if session.status not in stages_before(stage):
        return None
    return Turn(
        session.id,
        stage,
        programme_day(session.start_date, session.end_date),
        session.grace_period_end or grace_end(session.end_date),
        session.is_personal,
    )


async def tell(db: AsyncSession, turn: Turn, *, after: UUID = FIRST) -> UUID | None:
    """Tell the next members after this one; the answer is the last of them, None when there are no more."""
    members = await session_stages.list_members(db, turn.session_id, after=after, size=BATCH)
    if not members:
        return None
    if turn.notice:
        told = await session_stages.tell_all_once(db, members, turn.notice, TODAY)
        if turn.stage is SessionStatus.completed:
            session_stages.record(db, EventType.session_closed, told, turn.session_id)
    return members[-1]


async def move_on(db: AsyncSession, turn: Turn) -> bool:
    """Write the stage down, after everybody was told. Whether it was not written before."""
    return await session_stages.move_on(db, turn.session_id, stages_before(turn.stage), turn.stage)


async def waiting(db: AsyncSession, *, after: UUID = FIRST, now: datetime) -> Sequence[Waiting]:
    """The next members whose last day has come by their own clocks and for whom nothing was opened yet."""
    return await graduates.list_waiting(db, now, after=after, size=BATCH)


async def graduate(db: AsyncSession, one: Waiting, *, now: datetime) -> bool:
    """As that day's page does, for a member who has not written it. Whether this was the first time."""
    member = await _member(db, one.user_id)
    if member is None:
        return False
    await session_enrollments.hold_practice(db, member.id)
    place = await graduates.find_place(db, member.id, one.session_id)
    if place is None:
        return False
    enrolled = Enrolled.of(place, clock.day_in(member.timezone, now))
    story = (await stories.read(db, member, enrolled)).story(member, enrolled, now)
    return await graduation.graduate(db, member, enrolled, story, now=now)


async def without_days(db: AsyncSession, *, after: UUID = FIRST, now: datetime) -> Sequence[UUID]:
    """The next members whose journal is open and who have no session to live."""
    return await session_stages.list_without_days(db, now, after=after, size=BATCH)


async def begin_days(db: AsyncSession, user_id: UUID, *, now: datetime) -> bool:
    """A session of her own, for whoever still has none. Whether one has begun."""
    member = await _member(db, user_id)
    return member is not None and await personal_sessions.begin(db, member, now=now) is not None


async def _member(db: AsyncSession, user_id: UUID) -> Member | None:
    user = await users.find(db, user_id)
    if user is None:
        return None
    chosen = await profile_settings.get(db, user.id)
    email = "" if user.suspended_at else user.email or ""
    zone = timezone_or_utc(chosen.timezone)
    return Member(user.id, email, user.first_name, user.last_name, zone, is_anonymous=user.is_anonymous)
