"""The weekly reflection: one page for each programme week, open from its last day for seven days.

Its entry date is the day it opens (day 7n), whichever of the seven it is finished on: one page for a week.
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType, WeeklyDraft
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import pages, week_sheets
from gynergy_app.services.journaling.pages import Page
from gynergy_app.services.journaling.writing import Saved


async def open_page(
    db: AsyncSession,
    member: Member,
    *,
    now: datetime,
    day: date | None = None,
    session_id: UUID | None = None,
) -> Page:
    """The page that is open now, or was on `day`. Raises `WeekIsAhead` before the first."""
    sheet = await week_sheets.reflection_sheet(db, member, day, now, session_id)
    return await pages.open_on(db, member, JournalType.weekly, sheet)


async def keep_draft(
    db: AsyncSession, member: Member, draft: WeeklyDraft, *, day: date, base_revision: int, now: datetime
) -> Saved:
    """As `pages.keep_draft`; `day` is any day of the week meant."""
    await week_sheets.hold(db, member)
    sheet = await week_sheets.reflection_sheet(db, member, day, now)
    return await pages.keep_on(
        db, member, JournalType.weekly, draft, sheet, base_revision=base_revision, now=now
    )


async def finish(
    db: AsyncSession, member: Member, draft: WeeklyDraft, *, day: date, base_revision: int, now: datetime
) -> Completion:
    """As `pages.finish`. Earns on the day it is written, for the week it is about."""
    await week_sheets.hold(db, member)
    sheet = await week_sheets.reflection_sheet(db, member, day, now)
    return await pages.finish_on(
        db, member, JournalType.weekly, draft, sheet, base_revision=base_revision, now=now
    )
