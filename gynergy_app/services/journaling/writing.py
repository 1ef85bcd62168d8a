"""What every kind of page shares: which day it is for, and never losing a word to another device."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import Draft, YesterdayIsClosed, editable, may_write_yesterday, open_from
from gynergy_app.domain.programs import is_session_day, programme_day
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.repositories import session_enrollments
from gynergy_app.services import programs
from gynergy_app.services.programs import Enrolled


class NotEnrolled(Conflict):
    def __init__(self) -> None:
        super().__init__("Your pages begin with a place in a session. Choose your start first.")


class DayIsOver(Conflict):
    def __init__(self, day: date) -> None:
        super().__init__(
            f"The page of {day:%A} {day.day} {day:%B} is closed for changes. It stays readable for good."
        )


class DayIsAhead(Conflict):
    def __init__(self) -> None:
        super().__init__("That day has not begun where you are. Its page opens when it does.")


class SessionIsOver(Conflict):
    def __init__(self) -> None:
        super().__init__("This session has ended. Everything you wrote stays readable and yours.")


class AnotherIsLived(Conflict):
    def __init__(self) -> None:
        super().__init__("Pages are written in the session you live now. This one is kept to be read.")


class WrittenElsewhere(Conflict):
    """The page was changed on another device since this one last saw it. Both texts are safe."""

    def __init__(self, theirs: Draft, revision: int) -> None:
        super().__init__(
            "This page was also written on another device. Both texts are here: choose what stays."
        )
        self.theirs = theirs
        self.revision = revision


@dataclass(frozen=True)
class Saved:
    """`revision` is what the next save must name as its base. `saved_at` is in UTC."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True)
class Sheet:
    """Where a page belongs: the member's place in the program and the day it is written for."""

    enrolled: Enrolled
    day: date
    today: date
    may_write_for_yesterday: bool
    opens_from: date

    @property
    def session_id(self) -> UUID:
        return self.enrolled.session_id

    @property
    def programme_day(self) -> int:
        return programme_day(self.enrolled.start_date, self.day)

    @property
    def is_practice(self) -> bool:
        """Before day 1 a page may be tried out: it earns nothing, and its words never leave the device."""
        return self.programme_day < 1

    @property
    def last_day(self) -> date:
        """Until when it may be finished: a page of a day, until its day is over."""
        return self.day

    @property
    def is_session_day(self) -> bool:
        place = self.enrolled
        return is_session_day(self.day, place.start_date, place.end_date, place.grace_period_end)

    @property
    def may_finish(self) -> bool:
        """A page is finished on its own day, or on the next one until 03:00."""
        is_open = self.day <= self.today and self.opens_from <= self.last_day
        return is_open and self.enrolled.is_current and (self.is_session_day or self.is_practice)

    def may_edit(self, *, exists: bool) -> bool:
        return self.may_finish or (
            exists
            and self.enrolled.is_current
            and any(editable(day, self.today) for day in (self.day, self.last_day))
        )

    def require_open(self, *, exists: bool) -> None:
        if self.may_edit(exists=exists):
            return
        if not self.enrolled.is_current:
            raise AnotherIsLived
        if self.day > self.today:
            raise DayIsAhead
        if not (self.is_session_day or self.is_practice):
            raise SessionIsOver
        raise DayIsOver(self.day)

    def require_finishable(self) -> None:
        if not self.may_finish:
            raise YesterdayIsClosed if self.day < self.today else DayIsAhead


class OpenPage(Protocol):
    """What every kind of page tells the screen it is opened on."""

    @property
    def sheet(self) -> Sheet: ...
    @property
    def draft(self) -> Draft: ...
    @property
    def revision(self) -> int: ...
    @property
    def is_completed(self) -> bool: ...
    @property
    def kept_at(self) -> datetime | None: ...
    @property
    def saved_at(self) -> datetime | None: ...
    @property
    def is_editable(self) -> bool: ...


async def sheet(
    db: AsyncSession, member: Member, day: date | None, now: datetime, session_id: UUID | None = None
) -> Sheet:
    """The sheet for `day`, or for today when none is named. Raises `NotEnrolled`.

    `session_id`: another session of hers, to be read.
    """
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        raise NotEnrolled
    today = clock.day_in(member.timezone, now)
    return Sheet(
        enrolled=enrolled,
        day=day or today,
        today=today,
        may_write_for_yesterday=may_write_yesterday(now, member.timezone),
        opens_from=open_from(now, member.timezone),
    )


async def sheet_held(db: AsyncSession, member: Member, day: date, now: datetime) -> Sheet:
    """The same for a change: no other change to this member's practice runs beside it."""
    await session_enrollments.hold_practice(db, member.id)
    return await sheet(db, member, day, now)


def require_fits(draft: Draft) -> None:
    if excess := draft.too_long():
        raise Invalid(excess)


def require_complete(draft: Draft) -> None:
    if problems := draft.problems():
        raise Invalid(problems)


def require_based_on(draft: Draft, stored: Draft, revision: int, base_revision: int) -> None:
    """Refuse to write over words this device has not seen."""
    if revision != base_revision and draft != stored:
        raise WrittenElsewhere(stored, revision)
