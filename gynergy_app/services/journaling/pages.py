"""Pages of the journal: open one, keep what is typed, finish it.

`open_page`, `keep_draft` and `finish` are the morning's and the evening's; the weekly reflection brings a
sheet of its own to the functions beneath them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import (
    Draft,
    EntryType,
    EveningDraft,
    JournalType,
    MorningDraft,
    WeeklyDraft,
)
from gynergy_app.models.journaling import Journal
from gynergy_app.repositories import journals
from gynergy_app.services import gamification
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import writing
from gynergy_app.services.journaling.writing import Saved, Sheet
from gynergy_app.services.programs import Enrolled

DRAFTS: Mapping[JournalType, type[Draft]] = {
    JournalType.morning: MorningDraft,
    JournalType.evening: EveningDraft,
    JournalType.weekly: WeeklyDraft,
}
ACTIVITIES: Mapping[JournalType, Activity] = {
    JournalType.morning: Activity.morning_journal,
    JournalType.evening: Activity.evening_journal,
    JournalType.weekly: Activity.weekly_reflection,
}
LINES: Mapping[JournalType, Mapping[str, EntryType]] = {
    JournalType.morning: {
        "affirmations": EntryType.affirmation,
        "gratitudes": EntryType.gratitude,
        "excitements": EntryType.excitement,
    },
    JournalType.evening: {"dreams": EntryType.dream},
    JournalType.weekly: {},
}


@dataclass(frozen=True)
class Page:
    """A page as its writer opens it. `kept_at` is what her clock showed when it was finished."""

    sheet: Sheet
    draft: Draft
    revision: int
    is_completed: bool
    kept_at: datetime | None
    saved_at: datetime | None
    is_editable: bool


async def open_page(
    db: AsyncSession,
    member: Member,
    kind: JournalType,
    *,
    now: datetime,
    day: date | None = None,
    session_id: UUID | None = None,
) -> Page:
    return await open_on(db, member, kind, await writing.sheet(db, member, day, now, session_id))


async def open_on(db: AsyncSession, member: Member, kind: JournalType, sheet: Sheet) -> Page:
    """The page that belongs on this sheet."""
    journal = await _find(db, member, sheet, kind)
    return Page(
        sheet=sheet,
        draft=await _read(db, kind, journal),
        revision=journal.revision if journal else 0,
        is_completed=bool(journal and journal.is_completed),
        kept_at=await gamification.kept_at(db, member, ACTIVITIES[kind], journal),
        saved_at=journal.updated_at if journal else None,
        is_editable=sheet.may_edit(exists=journal is not None),
    )


async def keep_draft(
    db: AsyncSession,
    member: Member,
    kind: JournalType,
    draft: Draft,
    *,
    day: date,
    base_revision: int,
    now: datetime,
) -> Saved:
    """Keep what is typed so far. Needs nothing to be complete; changes nothing a page has earned.

    Raises `WrittenElsewhere` when another device wrote since `base_revision`, `Invalid` for a text too long.
    """
    sheet = await writing.sheet_held(db, member, day, now)
    return await keep_on(db, member, kind, draft, sheet, base_revision=base_revision, now=now)


async def keep_on(
    db: AsyncSession,
    member: Member,
    kind: JournalType,
    draft: Draft,
    sheet: Sheet,
    *,
    base_revision: int,
    now: datetime,
) -> Saved:
    """As `keep_draft`; the caller holds the member's practice."""
    journal = await _write(db, member, sheet, kind, draft, base_revision)
    return Saved(journal.revision if journal else 0, now)


async def finish(
    db: AsyncSession,
    member: Member,
    kind: JournalType,
    draft: Draft,
    *,
    day: date,
    base_revision: int,
    now: datetime,
) -> Completion:
    """Finish a page and everything that follows, or nothing at all. Called again, it only keeps the text."""
    sheet = await writing.sheet_held(db, member, day, now)
    return await finish_on(db, member, kind, draft, sheet, base_revision=base_revision, now=now)


async def finish_on(
    db: AsyncSession,
    member: Member,
    kind: JournalType,
    draft: Draft,
    sheet: Sheet,
    *,
    base_revision: int,
    now: datetime,
) -> Completion:
    """As `finish`; the caller holds the member's practice."""
    writing.require_complete(draft)
    journal = await _write(db, member, sheet, kind, draft, base_revision)
    if journal is None:
        return Completion.of_practice(ACTIVITIES[kind])
    if journal.is_completed:
        return await gamification.already_kept(db, member, sheet.enrolled, ACTIVITIES[kind], journal.id)

    sheet.require_finishable()
    journal.is_completed, journal.completed_at = True, now
    await db.flush()
    return await gamification.keep(
        db, member, sheet.enrolled, ACTIVITIES[kind], day=sheet.day, source_id=journal.id, now=now
    )


async def set_down(
    db: AsyncSession,
    member: Member,
    enrolled: Enrolled,
    kind: JournalType,
    day: date,
    change: Callable[[Draft], Draft],
) -> None:
    """Write on a day's page outside its own time, as a repair does; it is not finished by that.

    The caller holds the member's practice.
    """
    journal = await journals.on_day(db, enrolled.session_id, member.id, day, kind)
    stored = await _read(db, kind, journal)
    changed = change(stored)
    writing.require_fits(changed)
    if changed != stored:
        await _fill(db, journal or _blank(member, enrolled, kind, day), kind, changed)


async def _find(db: AsyncSession, member: Member, sheet: Sheet, kind: JournalType) -> Journal | None:
    return await journals.on_day(db, sheet.session_id, member.id, sheet.day, kind)


async def _write(
    db: AsyncSession, member: Member, sheet: Sheet, kind: JournalType, draft: Draft, base_revision: int
) -> Journal | None:
    """The row with this text in it; None for a practice page, or when there was nothing to write down yet."""
    writing.require_fits(draft)
    journal = await _find(db, member, sheet, kind)
    sheet.require_open(exists=journal is not None)
    stored = await _read(db, kind, journal)
    if sheet.is_practice or (journal is None and draft.is_empty):
        return None
    journal = journal or _blank(member, sheet.enrolled, kind, sheet.day)
    writing.require_based_on(draft, stored, journal.revision, base_revision)
    if draft != stored:
        await _fill(db, journal, kind, draft)
    return journal


def _blank(member: Member, enrolled: Enrolled, kind: JournalType, day: date) -> Journal:
    return Journal(
        session_id=enrolled.session_id,
        book_id=enrolled.book_id,
        user_id=member.id,
        entry_date=day,
        journal_type=kind,
    )


async def _fill(db: AsyncSession, journal: Journal, kind: JournalType, draft: Draft) -> None:
    values, lines = draft.as_dict(), LINES[kind]
    for name, value in values.items():
        if name not in lines:
            setattr(journal, name, value if value != "" else None)
    journal.revision += 1
    db.add(journal)
    await db.flush()
    await journals.write_lines(db, journal.id, {lines[name]: values[name] for name in lines})


async def _read(db: AsyncSession, kind: JournalType, journal: Journal | None) -> Draft:
    if journal is None:
        return DRAFTS[kind]()
    lines = await journals.lines_of(db, journal.id)
    return draft_of(kind, journal, lines)


def draft_of(kind: JournalType, journal: Journal, lines: Mapping[EntryType, list[str]]) -> Draft:
    """What a stored page says, as the draft it came from."""
    listed = {name: lines.get(entry_type, []) for name, entry_type in LINES[kind].items()}
    return DRAFTS[kind].of({**journal.model_dump(), **listed})
