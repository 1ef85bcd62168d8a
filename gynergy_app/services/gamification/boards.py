"""A cohort by points, and beside it the comparison with oneself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Window
from gynergy_app.domain.programs import WEEK_DAYS, date_of, programme_day, programme_week
from gynergy_app.repositories import book_sessions, leaderboards, profile_settings
from gynergy_app.repositories.book_sessions import Pulse
from gynergy_app.repositories.leaderboards import Place
from gynergy_app.services import programs
from gynergy_app.services.programs import Enrolled

LENGTHS = {Window.today: 1, Window.week: 7, Window.month: 30, Window.session: None}
SHOWN = 50


@dataclass(frozen=True)
class Week:
    """A stretch of programme days and what the member earned in it."""

    first_day: int
    last_day: int
    points: int


@dataclass(frozen=True)
class Board:
    """`places` in order, the member's own always among them. No cohort: no places, no pulse.

    `is_listed`: others see her here; `is_ranked`: with her points, and so in a place.

    `weeks` are the programme week of today and the one before it, older first.
    """

    enrolled: Enrolled
    window: Window
    places: tuple[Place, ...]
    pulse: Pulse | None
    is_listed: bool
    is_ranked: bool
    weeks: tuple[Week, ...]

    @property
    def own(self) -> Place | None:
        return next((place for place in self.places if place.is_me), None)

    @property
    def ranked(self) -> list[Place]:
        return [place for place in self.places if place.rank is not None]

    @property
    def unlisted(self) -> int | None:
        """How many of the cohort keep themselves off the board; None where the board does not tell."""
        listed = len(self.places) - (not self.is_listed)
        if self.pulse is None or self.window is not Window.session or listed >= SHOWN:
            return None
        return max(self.pulse.members - listed, 0)


async def read(db: AsyncSession, member: Member, window: Window, *, now: datetime) -> Board | None:
    """None for somebody without a place in a session. Five questions."""
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return None
    cohort_id = enrolled.cohort_id
    settings = await profile_settings.get(db, member.id)
    earned = await leaderboards.own_days(db, enrolled.session_id, member.id)
    return Board(
        enrolled=enrolled,
        window=window,
        places=await _places(db, cohort_id, window, now) if cohort_id else (),
        pulse=await book_sessions.pulse(db, cohort_id, now) if cohort_id else None,
        is_listed=settings.show_on_leaderboard,
        is_ranked=settings.show_on_leaderboard and settings.show_points,
        weeks=weeks(enrolled, earned),
    )


async def _places(db: AsyncSession, cohort_id: UUID, window: Window, now: datetime) -> tuple[Place, ...]:
    return tuple(await leaderboards.of_cohort(db, cohort_id, LENGTHS[window], now, SHOWN))


def weeks(enrolled: Enrolled, earned: Mapping[date, int]) -> tuple[Week, ...]:
    """The week of today and the week before it, from the day she came; nothing before day 1."""
    last = programme_day(enrolled.start_date, enrolled.end_date)
    today = min(enrolled.day, last)
    if today < 1:
        return ()
    current = programme_week(today)
    first = programme_week(enrolled.first_day)
    return tuple(_week(enrolled, earned, week, today) for week in (current - 1, current) if week >= first)


def _week(enrolled: Enrolled, earned: Mapping[date, int], week: int, today: int) -> Week:
    first = max((week - 1) * WEEK_DAYS + 1, enrolled.first_day)
    last = min(week * WEEK_DAYS, today)
    days = (date_of(enrolled.start_date, day) for day in range(first, last + 1))
    return Week(first, last, sum(earned.get(day, 0) for day in days))
