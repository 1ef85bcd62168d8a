"""The life map: eight areas with four answers each, as much of it as she likes, and three of them for now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import (
    FOCUS_LIMIT,
    Area,
    Aspect,
    Draft,
    LifeMapDraft,
    VisionSubject,
    areas_of,
    cell,
)
from gynergy_app.errors import Conflict
from gynergy_app.models.journey import Journey
from gynergy_app.repositories import journey
from gynergy_app.services import gamification, programs
from gynergy_app.services.gamification import UnlockedBadge
from gynergy_app.services.journaling import writing
from gynergy_app.services.journaling.session_sheets import SessionSheet, session_sheet, session_sheet_held
from gynergy_app.services.journaling.versions import Desk, Earlier, Version, is_rested
from gynergy_app.services.journaling.writing import Saved


class ThreeAtOnce(Conflict):
    def __init__(self) -> None:
        super().__init__("Three areas are picked already. Take one back to pick another.")


@dataclass(frozen=True)
class LifeMap:
    """The map as its writer opens it. It is never finished: only the end of the session completes it."""

    sheet: SessionSheet
    draft: LifeMapDraft
    revision: int
    saved_at: datetime | None
    focus: tuple[Area, ...] = ()
    hidden: tuple[Area, ...] = ()
    versions: tuple[Version, ...] = ()
    kept_at: datetime | None = None

    @property
    def is_editable(self) -> bool:
        return self.sheet.may_finish

    @property
    def is_completed(self) -> bool:
        return not self.is_editable and self.revision > 0


async def open_map(
    db: AsyncSession,
    member: Member,
    session_id: UUID | None = None,
    *,
    now: datetime,
    to_read: bool = False,
) -> LifeMap:
    sheet = await session_sheet(db, member, now, session_id, to_read=to_read)
    row = await journey.find(db, sheet.session_id, member.id)
    if row is None:
        return LifeMap(sheet, LifeMapDraft(), 0, None)
    hidden = areas_of(row.hidden)
    unseen = {cell(area, aspect) for area in hidden for aspect in Aspect}
    return LifeMap(
        sheet=sheet,
        draft=_read(row),
        revision=row.revision,
        saved_at=row.updated_at if row.revision else None,
        focus=areas_of(row.focus),
        hidden=hidden,
        versions=await _desk(member, sheet).list_before(db, row.revision, without=unseen),
    )


async def glance(db: AsyncSession, member: Member, *, now: datetime) -> LifeMapDraft | None:
    """What is written on it; None for somebody without a place in a session."""
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return None
    row = await journey.find(db, enrolled.session_id, member.id)
    return _read(row) if row else LifeMapDraft()


async def keep_draft(
    db: AsyncSession,
    member: Member,
    draft: LifeMapDraft,
    *,
    base_revision: int,
    now: datetime,
    day: date | None = None,
) -> Saved:
    """As `visions.keep_draft`."""
    sheet = await session_sheet_held(db, member, now)
    row = await journey.find(db, sheet.session_id, member.id)
    if row is None and draft.is_empty:
        return Saved(0, now)
    row = row or _blank(member, sheet, now)
    await _write(db, member, sheet, row, draft, base_revision, now)
    return Saved(row.revision, now)


async def finish(
    db: AsyncSession,
    member: Member,
    draft: LifeMapDraft,
    *,
    base_revision: int,
    now: datetime,
    day: date | None = None,
) -> tuple[UnlockedBadge, ...]:
    """The end of a sitting: keep the map as a version. The answer is the badges that it completes."""
    saved = await keep_draft(db, member, draft, base_revision=base_revision, now=now)
    if not saved.revision:
        return ()
    sheet = await session_sheet(db, member, now)
    await db.flush()
    await _desk(member, sheet).keep(db, draft, saved.revision, at=now)
    return await gamification.look_for_badges(db, member, sheet.enrolled, now=now)


async def pick(
    db: AsyncSession, member: Member, areas: Iterable[str], session_id: UUID | None = None, *, now: datetime
) -> None:
    """Which areas are looked at for now: three at most, none for all of them."""
    picked = areas_of(areas)
    if len(picked) > FOCUS_LIMIT:
        raise ThreeAtOnce
    row = await _row_held(db, member, session_id, now)
    row.focus, row.updated_at = list(picked), now
    db.add(row)


async def hide(
    db: AsyncSession, member: Member, areas: Iterable[str], session_id: UUID | None = None, *, now: datetime
) -> None:
    """Which areas are not shown until they are asked for. Their words stay as they are."""
    row = await _row_held(db, member, session_id, now)
    row.hidden, row.updated_at = list(areas_of(areas)), now
    db.add(row)


async def open_version(
    db: AsyncSession, member: Member, version_id: UUID, session_id: UUID | None = None, *, now: datetime
) -> Earlier:
    sheet = await session_sheet(db, member, now, session_id)
    return await _desk(member, sheet).open(db, version_id, LifeMapDraft)


async def restore(db: AsyncSession, member: Member, version_id: UUID, *, now: datetime) -> bool:
    """As `visions.restore`. What is picked and hidden stays."""
    sheet = await session_sheet_held(db, member, now)
    sheet.require_open(exists=True)
    desk = _desk(member, sheet)
    earlier = await desk.open(db, version_id, LifeMapDraft)
    row = await journey.find(db, sheet.session_id, member.id) or _blank(member, sheet, now)
    if _read(row) == earlier.draft:
        return False
    await desk.keep(db, _read(row), row.revision, at=now)
    _fill(row, earlier.draft, now)
    db.add(row)
    await desk.keep(db, earlier.draft, row.revision, at=now)
    return True


async def _row_held(db: AsyncSession, member: Member, session_id: UUID | None, now: datetime) -> Journey:
    sheet = await session_sheet_held(db, member, now, session_id)
    sheet.require_open(exists=True)
    return await journey.find(db, sheet.session_id, member.id) or _blank(member, sheet, now)


async def _write(
    db: AsyncSession,
    member: Member,
    sheet: SessionSheet,
    row: Journey,
    draft: LifeMapDraft,
    base_revision: int,
    now: datetime,
) -> None:
    writing.require_fits(draft)
    sheet.require_open(exists=True)
    stored = _read(row)
    writing.require_based_on(draft, stored, row.revision, base_revision)
    if draft == stored:
        return
    if is_rested(row, now):
        await _desk(member, sheet).keep(db, stored, row.revision, at=row.updated_at)
    _fill(row, draft, now)
    db.add(row)


def _desk(member: Member, sheet: SessionSheet) -> Desk:
    return Desk(member, sheet.session_id, VisionSubject.life_map)


def _blank(member: Member, sheet: SessionSheet, now: datetime) -> Journey:
    return Journey(
        user_id=member.id,
        session_id=sheet.session_id,
        entry_date=sheet.today,
        created_at=now,
        updated_at=now,
    )


def _read(row: Journey) -> LifeMapDraft:
    return LifeMapDraft.of(row.model_dump())


def _fill(row: Journey, draft: Draft, now: datetime) -> None:
    for name, value in draft.as_dict().items():
        setattr(row, name, value or None)
    row.revision, row.updated_at = row.revision + 1, now
