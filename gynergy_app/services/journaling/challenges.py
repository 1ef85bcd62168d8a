"""The weekly challenge: what the week asks, and what the member did with it.

There are six; after the last they come round again. In the week of meditation the answer is not asked for:
one logged meditation is a yes and completes the page by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import ChallengeDraft, LoggedActionType, Week
from gynergy_app.domain.programs import period_of
from gynergy_app.models.journaling import ActionLog
from gynergy_app.models.programs import Action
from gynergy_app.repositories import action_logs, meditations
from gynergy_app.services import gamification
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import week_sheets, writing
from gynergy_app.services.journaling.week_sheets import WeekSheet
from gynergy_app.services.journaling.writing import Saved


@dataclass(frozen=True)
class Challenge:
    """What a week asks for. `video` is an address, or empty."""

    title: str
    tip: str = ""
    video: str = ""
    has_eulogy: bool = False
    is_meditation: bool = False
    has_map: bool = False

    @classmethod
    def of(cls, action: Action | None) -> "Challenge":
        if action is None:
            return cls("Choose one small thing for this week, and do it each day.")
        return cls(
            action.title,
            action.tip or "",
            action.hyperlink or "",
            action.is_eulogy,
            action.is_meditation,
            action.is_journey_table,
        )


@dataclass(frozen=True)
class ChallengePage:
    """The page as its writer opens it. `sittings`: meditations logged in this week, where they decide."""

    sheet: WeekSheet
    challenge: Challenge
    draft: ChallengeDraft
    sittings: int
    revision: int
    is_completed: bool
    kept_at: datetime | None
    saved_at: datetime | None
    is_editable: bool


async def open_challenge(
    db: AsyncSession,
    member: Member,
    *,
    now: datetime,
    day: date | None = None,
    session_id: UUID | None = None,
) -> ChallengePage:
    """The challenge of this week, or of the week that `day` is in."""
    sheet = await week_sheets.challenge_sheet(db, member, day, now, session_id)
    log = await _find(db, member, sheet)
    asked = await _asked(db, sheet)
    return ChallengePage(
        sheet=sheet,
        challenge=Challenge.of(asked),
        draft=_read(log),
        sittings=await _sittings(db, member, sheet, asked),
        revision=log.revision if log else 0,
        is_completed=bool(log and log.is_completed),
        kept_at=await gamification.kept_at(db, member, Activity.weekly_challenge, log),
        saved_at=log.updated_at if log else None,
        is_editable=sheet.may_edit(exists=log is not None),
    )


async def keep_draft(
    db: AsyncSession, member: Member, draft: ChallengeDraft, *, day: date, base_revision: int, now: datetime
) -> Saved:
    """As `pages.keep_draft`; `day` is any day of the week meant."""
    await week_sheets.hold(db, member)
    sheet = await week_sheets.challenge_sheet(db, member, day, now)
    sittings = await _sittings(db, member, sheet, await _asked(db, sheet))
    draft = replace(draft, is_done=True) if sittings else draft
    if draft.is_empty and not await _find(db, member, sheet):
        return Saved(0, now)
    log = await _write(db, member, sheet, draft, base_revision)
    return Saved(log.revision, now)


async def finish(
    db: AsyncSession, member: Member, draft: ChallengeDraft, *, day: date, base_revision: int, now: datetime
) -> Completion:
    """As `pages.finish`. "Not this week" is an answer too and earns the same."""
    await week_sheets.hold(db, member)
    sheet = await week_sheets.challenge_sheet(db, member, day, now)
    asked = await _asked(db, sheet)
    if Challenge.of(asked).is_meditation:
        draft = replace(draft, is_done=await _sittings(db, member, sheet, asked) > 0)
    else:
        writing.require_complete(draft)
    log = await _write(db, member, sheet, draft, base_revision)
    return await _complete(db, member, sheet, log, now)


async def judge_by_sitting(
    db: AsyncSession, member: Member, *, day: date, now: datetime
) -> Completion | None:
    """A meditation was logged: in its week that is a yes. The answer is None where nothing new was earned.

    The caller holds the member's practice.
    """
    sheet = await week_sheets.challenge_sheet(db, member, day, now)
    asked = await _asked(db, sheet)
    if not Challenge.of(asked).is_meditation:
        return None
    log = await _find(db, member, sheet) or _new_log(member, sheet, asked)
    log.is_done = True
    db.add(log)
    return None if log.is_completed else await _complete(db, member, sheet, log, now)


def asked_in(week: Week, challenges: Sequence[Action]) -> Action | None:
    """Which of a book's challenges a week takes."""
    return challenges[period_of(week.number, len(challenges)) - 1] if challenges else None


async def _complete(
    db: AsyncSession, member: Member, sheet: WeekSheet, log: ActionLog, now: datetime
) -> Completion:
    if log.is_completed:
        return await gamification.already_kept(db, member, sheet.enrolled, Activity.weekly_challenge, log.id)
    sheet.require_finishable()
    log.is_completed, log.completed_at = True, now
    db.add(log)
    await db.flush()
    return await gamification.keep(
        db, member, sheet.enrolled, Activity.weekly_challenge, day=sheet.day, source_id=log.id, now=now
    )


async def _asked(db: AsyncSession, sheet: WeekSheet) -> Action | None:
    return asked_in(sheet.week, await action_logs.challenges(db, sheet.enrolled.book_id))


async def _sittings(db: AsyncSession, member: Member, sheet: WeekSheet, asked: Action | None) -> int:
    if asked is None or not asked.is_meditation:
        return 0
    week = sheet.week
    return await meditations.count_between(db, sheet.session_id, member.id, week.first, week.last)


async def _find(db: AsyncSession, member: Member, sheet: WeekSheet) -> ActionLog | None:
    return await action_logs.of_week(db, sheet.session_id, member.id, sheet.week.number)


def _new_log(member: Member, sheet: WeekSheet, asked: Action | None) -> ActionLog:
    return ActionLog(
        user_id=member.id,
        action_id=asked.id if asked else None,
        session_id=sheet.session_id,
        action_type=LoggedActionType.weekly_challenge,
        period_key=str(sheet.week.number),
        entry_date=sheet.day,
    )


async def _write(
    db: AsyncSession, member: Member, sheet: WeekSheet, draft: ChallengeDraft, base_revision: int
) -> ActionLog:
    """The row with this text in it."""
    writing.require_fits(draft)
    log = await _find(db, member, sheet)
    sheet.require_open(exists=log is not None)
    log = log or _new_log(member, sheet, await _asked(db, sheet))
    stored = _read(log)
    writing.require_based_on(draft, stored, log.revision, base_revision)
    if draft != stored:
        _fill(log, draft)
        db.add(log)
    return log


def _read(log: ActionLog | None) -> ChallengeDraft:
    return ChallengeDraft.of(log.model_dump()) if log else ChallengeDraft()


def _fill(log: ActionLog, draft: ChallengeDraft) -> None:
    for name, value in draft.as_dict().items():
        setattr(log, name, value if value != "" else None)
    log.revision += 1
