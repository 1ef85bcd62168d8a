"""The sheet of what belongs to a whole session: open from the first look until the session has ended."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.repositories import session_enrollments
from gynergy_app.services.journaling import writing
from gynergy_app.services.journaling.writing import AnotherIsLived, SessionIsOver, Sheet


@dataclass(frozen=True)
class SessionSheet(Sheet):
    """`day` is the session's first, and stands for all of it. Nothing about it is practice."""

    @property
    def is_practice(self) -> bool:
        return False

    @property
    def last_day(self) -> date:
        return self.enrolled.grace_period_end or self.enrolled.end_date

    @property
    def is_session_day(self) -> bool:
        return self.enrolled.is_current and self.today <= self.last_day

    @property
    def may_finish(self) -> bool:
        return self.is_session_day

    def may_edit(self, *, exists: bool) -> bool:
        return self.is_session_day

    def require_open(self, *, exists: bool) -> None:
        if not self.enrolled.is_current:
            raise AnotherIsLived
        if not self.is_session_day:
            raise SessionIsOver

    def require_finishable(self) -> None:
        self.require_open(exists=True)


async def session_sheet(
    db: AsyncSession,
    member: Member,
    now: datetime,
    session_id: UUID | None = None,
    *,
    to_read: bool = False,
) -> SessionSheet:
    """Raises `NotEnrolled`. `session_id`: another session of hers, to be read; `to_read`: so is this one."""
    today = await writing.sheet(db, member, None, now, session_id)
    is_current = today.enrolled.is_current and not to_read
    return SessionSheet(
        enrolled=replace(today.enrolled, is_current=is_current),
        day=today.enrolled.start_date,
        today=today.today,
        may_write_for_yesterday=False,
        opens_from=today.opens_from,
    )


async def session_sheet_held(
    db: AsyncSession, member: Member, now: datetime, session_id: UUID | None = None
) -> SessionSheet:
    """The same for a change: no other change to this member's practice runs beside it."""
    await session_enrollments.hold_practice(db, member.id)
    return await session_sheet(db, member, now, session_id)
