"""The gratitude action of a day: what it asks, what the member did with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import PHOTO_LIMIT, ActionDraft, LoggedActionType
from gynergy_app.domain.programs import period_of
from gynergy_app.errors import Conflict
from gynergy_app.models.journaling import ActionLog
from gynergy_app.models.programs import Action
from gynergy_app.repositories import action_logs
from gynergy_app.services import gamification
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import writing
from gynergy_app.services.journaling.writing import Saved, Sheet


class TooManyPhotos(Conflict):
    def __init__(self) -> None:
        super().__init__(f"A page holds {PHOTO_LIMIT} photos. Take one out to add this one.")


class PhotosComeLater(Conflict):
    def __init__(self) -> None:
        super().__init__("Photos can be added from day 1 on. A practice page stays on your device.")


@dataclass(frozen=True)
class Prompt:
    """What the day asks for, and which extra fields it offers."""

    title: str
    tip: str
    has_letter: bool
    has_list: bool
    has_drawing: bool

    @classmethod
    def of(cls, action: Action | None) -> "Prompt":
        if action is None:
            return cls("Do one small thing out of gratitude.", "", False, False, False)
        return cls(action.title, action.tip or "", action.is_self, action.is_list, action.is_draw)


@dataclass(frozen=True)
class ActionPage:
    """The page as its writer opens it."""

    sheet: Sheet
    prompt: Prompt
    draft: ActionDraft
    revision: int
    is_completed: bool
    kept_at: datetime | None
    saved_at: datetime | None
    is_editable: bool


async def open_action(
    db: AsyncSession,
    member: Member,
    *,
    now: datetime,
    day: date | None = None,
    session_id: UUID | None = None,
) -> ActionPage:
    sheet = await writing.sheet(db, member, day, now, session_id)
    log = await action_logs.on_day(db, sheet.session_id, member.id, sheet.day)
    return ActionPage(
        sheet=sheet,
        prompt=Prompt.of(await _asked(db, sheet)),
        draft=read(log),
        revision=log.revision if log else 0,
        is_completed=bool(log and log.is_completed),
        kept_at=await gamification.kept_at(db, member, Activity.gratitude_action, log),
        saved_at=log.updated_at if log else None,
        is_editable=sheet.may_edit(exists=log is not None),
    )


async def keep_draft(
    db: AsyncSession, member: Member, draft: ActionDraft, *, day: date, base_revision: int, now: datetime
) -> Saved:
    """As `pages.keep_draft`. Photos are not part of what is typed: see `attach_photo`."""
    sheet = await writing.sheet_held(db, member, day, now)
    log = await _write(db, member, sheet, draft, base_revision)
    return Saved(log.revision if log else 0, now)


async def finish(
    db: AsyncSession, member: Member, draft: ActionDraft, *, day: date, base_revision: int, now: datetime
) -> Completion:
    """As `pages.finish`. "It did not happen today" is an answer too and earns the same."""
    writing.require_complete(draft)
    sheet = await writing.sheet_held(db, member, day, now)
    log = await _write(db, member, sheet, draft, base_revision)
    if log is None:
        return Completion.of_practice(Activity.gratitude_action)
    if log.is_completed:
        return await gamification.already_kept(db, member, sheet.enrolled, Activity.gratitude_action, log.id)

    sheet.require_finishable()
    log.is_completed, log.completed_at = True, now
    await db.flush()
    return await gamification.keep(
        db, member, sheet.enrolled, Activity.gratitude_action, day=day, source_id=log.id, now=now
    )


async def attach_photo(db: AsyncSession, member: Member, key: str, *, day: date, now: datetime) -> list[str]:
    """Put a stored photo on the page; the answer is every photo on it."""
    sheet = await writing.sheet_held(db, member, day, now)
    if sheet.is_practice:
        raise PhotosComeLater
    log = await action_logs.on_day(db, sheet.session_id, member.id, day)
    sheet.require_open(exists=log is not None)
    log = log or await _new_log(db, member, sheet)
    if len(log.images) >= PHOTO_LIMIT:
        raise TooManyPhotos
    log.images = [*log.images, key]
    db.add(log)
    return log.images


async def remove_photo(db: AsyncSession, member: Member, key: str, *, day: date, now: datetime) -> list[str]:
    """Take a photo off the page; the answer is what stays. Removing it twice is the same as once."""
    sheet = await writing.sheet_held(db, member, day, now)
    log = await action_logs.on_day(db, sheet.session_id, member.id, day)
    if log is None:
        return []
    sheet.require_open(exists=True)
    log.images = [image for image in log.images if image != key]
    db.add(log)
    return log.images


def read(log: ActionLog | None) -> ActionDraft:
    return ActionDraft.of(log.model_dump()) if log else ActionDraft()


async def _asked(db: AsyncSession, sheet: Sheet) -> Action | None:
    day = max(sheet.programme_day, 1)
    return await action_logs.asked_on(db, sheet.enrolled.book_id, period_of(day))


async def _new_log(db: AsyncSession, member: Member, sheet: Sheet) -> ActionLog:
    asked = await _asked(db, sheet)
    return ActionLog(
        user_id=member.id,
        action_id=asked.id if asked else None,
        session_id=sheet.session_id,
        action_type=LoggedActionType.gratitude,
        period_key=sheet.day.isoformat(),
        entry_date=sheet.day,
    )


async def _write(
    db: AsyncSession, member: Member, sheet: Sheet, draft: ActionDraft, base_revision: int
) -> ActionLog | None:
    """The row with this text in it; None for a practice page, or when there was nothing to write down yet."""
    log = await action_logs.on_day(db, sheet.session_id, member.id, sheet.day)
    stored = read(log)
    draft = replace(draft, images=stored.images)
    writing.require_fits(draft)
    sheet.require_open(exists=log is not None)
    if sheet.is_practice or (log is None and draft.is_empty):
        return None
    log = log or await _new_log(db, member, sheet)
    writing.require_based_on(draft, stored, log.revision, base_revision)
    if draft != stored:
        _fill(log, draft)
        db.add(log)
    return log


def _fill(log: ActionLog, draft: ActionDraft) -> None:
    log.is_done = draft.is_done
    log.items = list(draft.items)
    log.note, log.reflection = draft.note or None, draft.reflection or None
    log.obstacles = draft.obstacles or None
    log.revision += 1
