"""Repairing a missed day: two lines for it, on a day that has its own page, once in each nine days."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Story, StreakEventKind, repairable
from gynergy_app.domain.journaling import Draft, EveningDraft, JournalType, ShortDraft
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.models.gamification import StreakEvent
from gynergy_app.repositories import session_enrollments, streak_events
from gynergy_app.services import gamification, programs
from gynergy_app.services.gamification import stories
from gynergy_app.services.journaling import NotEnrolled, Saved, Sheet, WrittenElsewhere, pages, writing
from gynergy_app.services.programs import Enrolled

REPAIR_NIGHTS = timedelta(days=2)


class NotRepairable(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Two lines bring back a missed day, within two days and once in each nine days. This is not one."
        )


class TodayComesFirst(Conflict):
    def __init__(self) -> None:
        super().__init__("First a page for today, then two lines for the day you missed.")


@dataclass(frozen=True)
class Repair:
    """A missed day that two lines would bring back. `until` is the last day they may be written on."""

    day: date
    until: date
    needs_today: bool


def offered(story: Story, day: date) -> Repair | None:
    """Whether this day may be repaired, and what it takes. A day that a journey took was not missed."""
    kept = story.kept
    if day < story.first_day or day in kept.crossed:
        return None
    if not repairable(day, story.today, story.start, set(kept.any_day), set(kept.repaired)):
        return None
    return Repair(day, day + REPAIR_NIGHTS, needs_today=story.today not in kept.any_day)


@dataclass(frozen=True)
class ShortPage:
    """The two lines of a missed day, as their writer opens them. `is_completed` once they brought it back."""

    sheet: Sheet
    draft: ShortDraft
    revision: int
    is_completed: bool
    kept_at: datetime | None
    saved_at: datetime | None
    is_editable: bool


async def open_page(db: AsyncSession, member: Member, *, now: datetime, day: date | None = None) -> ShortPage:
    """Raises `NotRepairable` for a day that stays at rest, `TodayComesFirst` before today's page."""
    sheet = await _sheet(db, member, day, now)
    story = (await stories.read(db, member, sheet.enrolled)).story(member, sheet.enrolled, now)
    is_repaired = sheet.day in story.kept.repaired
    if not is_repaired:
        _require_offered(story, sheet.day)
    page = await pages.open_on(db, member, JournalType.evening, sheet)
    return ShortPage(
        sheet=sheet,
        draft=ShortDraft.of(page.draft.as_dict()),
        revision=page.revision,
        is_completed=is_repaired,
        kept_at=None,
        saved_at=page.saved_at,
        is_editable=not is_repaired,
    )


async def keep_draft(
    db: AsyncSession, member: Member, draft: ShortDraft, *, day: date, base_revision: int, now: datetime
) -> Saved:
    """As `pages.keep_draft`: the lines stand on that day's evening page, unfinished."""
    await session_enrollments.hold_practice(db, member.id)
    sheet = await _sheet(db, member, day, now)
    story = (await stories.read(db, member, sheet.enrolled)).story(member, sheet.enrolled, now)
    _require_offered(story, day)
    page = await pages.open_on(db, member, JournalType.evening, sheet)
    lines = _with_lines(page.draft, draft)
    try:
        return await pages.keep_on(
            db, member, JournalType.evening, lines, sheet, base_revision=base_revision, now=now
        )
    except WrittenElsewhere as elsewhere:
        raise WrittenElsewhere(ShortDraft.of(elsewhere.theirs.as_dict()), elsewhere.revision) from elsewhere


async def finish(
    db: AsyncSession, member: Member, draft: ShortDraft, *, day: date, base_revision: int, now: datetime
) -> None:
    """Keep the lines and bring the day back. Called again for a day already repaired, it changes nothing."""
    writing.require_complete(draft)
    sheet = await _sheet(db, member, day, now)
    story = (await stories.read(db, member, sheet.enrolled)).story(member, sheet.enrolled, now)
    if day not in story.kept.repaired:
        await keep_draft(db, member, draft, day=day, base_revision=base_revision, now=now)
    await repair(db, member, day, draft, now=now)


async def _sheet(db: AsyncSession, member: Member, day: date | None, now: datetime) -> Sheet:
    """The missed day's sheet, open although its day is over."""
    sheet = await writing.sheet(db, member, day, now)
    return replace(sheet, opens_from=sheet.day, may_write_for_yesterday=False)


def _require_offered(story: Story, day: date) -> None:
    asked = offered(story, day)
    if asked is None:
        raise NotRepairable
    if asked.needs_today:
        raise TodayComesFirst


async def repair(db: AsyncSession, member: Member, day: date, draft: ShortDraft, *, now: datetime) -> int:
    """Keep two lines for a missed day, which then counts as kept; a freeze spent on it comes back.

    The answer is the streak as it now stands. Called again for a day already repaired, it changes nothing.
    """
    if problems := draft.problems():
        raise Invalid(problems)
    await session_enrollments.hold_practice(db, member.id)
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        raise NotEnrolled
    record = await stories.read(db, member, enrolled)
    story = record.story(member, enrolled, now)
    if day not in story.kept.repaired:
        await _bring_back(db, member, enrolled, story, day, draft, now)
        record = await stories.read(db, member, enrolled)
        story = record.story(member, enrolled, now)
        async with elevated(db):
            gamification.count(enrolled, story)
            db.add(enrolled.enrollment)
    return story.kept.streak(story.today, story.open_from)


async def _bring_back(
    db: AsyncSession,
    member: Member,
    enrolled: Enrolled,
    story: Story,
    day: date,
    draft: ShortDraft,
    now: datetime,
) -> None:
    _require_offered(story, day)
    await _keep_lines(db, member, enrolled, day, draft)
    event = await streak_events.on_day(db, enrolled.session_id, member.id, day)
    async with elevated(db):
        repaired = event or StreakEvent(
            user_id=member.id, session_id=enrolled.session_id, day=day, kind=StreakEventKind.repair
        )
        repaired.kind, repaired.created_at = StreakEventKind.repair, now
        db.add(repaired)


async def _keep_lines(
    db: AsyncSession, member: Member, enrolled: Enrolled, day: date, draft: ShortDraft
) -> None:
    """They stand on that day's evening page, unfinished: a repaired day earns no points."""
    await pages.set_down(
        db, member, enrolled, JournalType.evening, day, lambda page: _with_lines(page, draft)
    )


def _with_lines(page: Draft, draft: ShortDraft) -> Draft:
    return EveningDraft.of({**page.as_dict(), "success": draft.success, "insight": draft.insight})
