"""The sheet of a page that belongs to a week: open for seven days, kept under the first of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import Week, challenge_of, challenge_on, reflection_of, reflection_on
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import spoken_day
from gynergy_app.errors import Conflict
from gynergy_app.repositories import session_enrollments
from gynergy_app.services.journaling import writing
from gynergy_app.services.journaling.writing import AnotherIsLived, DayIsAhead, SessionIsOver, Sheet

LOOKING_AHEAD = timedelta(days=14)
"""No page of a week is named further ahead: the last day of this week is the furthest anybody asks for."""


class WeekIsOver(Conflict):
    def __init__(self, week: int) -> None:
        super().__init__(f"The page of week {week} is closed for changes. It stays readable for good.")


class WeekIsAhead(Conflict):
    def __init__(self, opens_on: date, programme_day: int, *, has_opened: bool = False) -> None:
        when = f"{spoken_day(opens_on)}, day {programme_day}"
        super().__init__(
            f"On that day none was open yet. The first opened on {when}."
            if has_opened
            else f"This page opens on {when}."
        )


@dataclass(frozen=True)
class WeekSheet(Sheet):
    """`day`, under which the page is kept, is the day it opens; it is finished on any of the seven."""

    week: Week

    @property
    def last_day(self) -> date:
        return self.week.last

    def require_open(self, *, exists: bool) -> None:
        if self.may_edit(exists=exists):
            return
        if not self.enrolled.is_current:
            raise AnotherIsLived
        if self.day > self.today:
            raise WeekIsAhead(self.day, self.programme_day)
        if not self.is_session_day:
            raise SessionIsOver
        raise WeekIsOver(self.week.number)

    def require_finishable(self) -> None:
        if not self.may_finish:
            self.require_open(exists=False)


Which = Callable[[date, date], Week | None]
"""From a session's start and any day: the page of a week that is open then."""


async def reflection_sheet(
    db: AsyncSession, member: Member, day: date | None, now: datetime, session_id: UUID | None = None
) -> WeekSheet:
    """The weekly reflection that is open on `day`, today's when none is named. Raises `WeekIsAhead`."""
    return await _sheet(db, member, day, now, session_id, reflection_on, reflection_of)


async def challenge_sheet(
    db: AsyncSession, member: Member, day: date | None, now: datetime, session_id: UUID | None = None
) -> WeekSheet:
    """The challenge of the week that `day` is in."""
    return await _sheet(db, member, day, now, session_id, challenge_on, challenge_of)


async def hold(db: AsyncSession, member: Member) -> None:
    """As `writing.sheet_held` does: no other change to this member's practice runs beside this one."""
    await session_enrollments.hold_practice(db, member.id)


async def _sheet(
    db: AsyncSession,
    member: Member,
    day: date | None,
    now: datetime,
    session_id: UUID | None,
    on: Which,
    of: Callable[[date, int], Week],
) -> WeekSheet:
    today = await writing.sheet(db, member, None, now, session_id)
    start, asked = today.enrolled.start_date, day or today.today
    if asked > today.today + LOOKING_AHEAD:
        raise DayIsAhead
    week = on(start, asked)
    if week is None:
        first = of(start, 1).first
        raise WeekIsAhead(first, programme_day(start, first), has_opened=first <= today.today)
    return WeekSheet(
        enrolled=today.enrolled,
        day=week.first,
        today=today.today,
        may_write_for_yesterday=False,
        opens_from=today.opens_from,
        week=week,
    )
