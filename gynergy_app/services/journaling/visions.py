"""The four visions: written at any time of a session, kept as often as they change, rewarded once each."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import VISION_DRAFTS, Draft, VisionSubject, VisionType, local_time
from gynergy_app.models.journaling import UserVision
from gynergy_app.repositories import user_visions
from gynergy_app.services import gamification, programs
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import writing
from gynergy_app.services.journaling.session_sheets import SessionSheet, session_sheet, session_sheet_held
from gynergy_app.services.journaling.versions import Desk, Earlier, Version, is_rested
from gynergy_app.services.journaling.writing import Saved


@dataclass(frozen=True)
class VisionPage:
    """A vision as its writer opens it; once the session is over it counts as completed, and is read.

    `emblem` is its picture’s key; `versions` are the earlier readings.
    """

    sheet: SessionSheet
    draft: Draft
    revision: int
    is_completed: bool
    kept_at: datetime | None
    saved_at: datetime | None
    is_editable: bool
    emblem: str = ""
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True)
class Overview:
    """How far each vision is, by kind. One that was never begun is not in it."""

    visions: dict[VisionType, "Glance"]

    @property
    def finished(self) -> int:
        return sum(glance.is_completed for glance in self.visions.values())


@dataclass(frozen=True)
class Glance:
    draft: Draft
    is_completed: bool
    saved_at: datetime
    emblem: str


async def overview(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Overview | None:
    """None for somebody without a place in a session."""
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        return None
    rows = await user_visions.list_all(db, enrolled.session_id, member.id)
    written = {row.vision_type: _glance(row) for row in rows if row.revision}
    return Overview({kind: written[kind] for kind in VisionType if kind in written})


async def open_vision(
    db: AsyncSession,
    member: Member,
    kind: VisionType,
    session_id: UUID | None = None,
    *,
    now: datetime,
    to_read: bool = False,
) -> VisionPage:
    sheet = await session_sheet(db, member, now, session_id, to_read=to_read)
    row = await user_visions.find(db, sheet.session_id, member.id, kind)
    if row is None:
        return VisionPage(sheet, VISION_DRAFTS[kind](), 0, False, None, None, sheet.may_finish)
    return VisionPage(
        sheet=sheet,
        draft=_read(row),
        revision=row.revision,
        is_completed=row.is_completed or not sheet.may_finish,
        kept_at=local_time(row.updated_at, member.timezone) if row.is_completed else None,
        saved_at=row.updated_at,
        is_editable=sheet.may_finish,
        emblem=row.symbols or "",
        versions=await _desk(member, sheet, kind).list_before(db, row.revision),
    )


async def keep_draft(
    db: AsyncSession,
    member: Member,
    kind: VisionType,
    draft: Draft,
    *,
    base_revision: int,
    now: datetime,
    day: date | None = None,
) -> Saved:
    """As `pages.keep_draft`; it belongs to no day. Words that have rested are kept as a version first."""
    sheet = await session_sheet_held(db, member, now)
    row = await user_visions.find(db, sheet.session_id, member.id, kind)
    if row is None and draft.is_empty:
        return Saved(0, now)
    row = row or _blank(member, sheet, kind, now)
    await _write(db, _desk(member, sheet, kind), sheet, row, draft, base_revision, now)
    return Saved(row.revision, now)


async def finish(
    db: AsyncSession,
    member: Member,
    kind: VisionType,
    draft: Draft,
    *,
    base_revision: int,
    now: datetime,
    day: date | None = None,
) -> Completion:
    """Keep it as a version and, the first time, count it. Finished again it earns nothing more."""
    writing.require_complete(draft)
    sheet = await session_sheet_held(db, member, now)
    desk = _desk(member, sheet, kind)
    row = await user_visions.find(db, sheet.session_id, member.id, kind) or _blank(member, sheet, kind, now)
    await _write(db, desk, sheet, row, draft, base_revision, now)
    was_completed, row.is_completed = row.is_completed, True
    row.updated_at = row.updated_at if was_completed else now
    db.add(row)
    await db.flush()
    await desk.keep(db, draft, row.revision, at=now, emblem=row.symbols)
    if was_completed:
        return await gamification.already_kept(db, member, sheet.enrolled, Activity.vision, row.id)
    return await gamification.credit(db, member, sheet.enrolled, Activity.vision, source_id=row.id, now=now)


async def change_emblem(db: AsyncSession, member: Member, key: str | None, *, now: datetime) -> None:
    """Another picture for the highest self, or none. The one before stays with its version."""
    sheet = await session_sheet_held(db, member, now)
    sheet.require_open(exists=True)
    kind = VisionType.highest_self
    row = await user_visions.find(db, sheet.session_id, member.id, kind) or _blank(member, sheet, kind, now)
    if (row.symbols or None) == key:
        return
    if row.symbols or is_rested(row, now):
        await _desk(member, sheet, kind).keep(db, _read(row), row.revision, at=now, emblem=row.symbols)
    row.symbols, row.revision, row.updated_at = key, row.revision + 1, now
    db.add(row)


async def open_version(
    db: AsyncSession,
    member: Member,
    kind: VisionType,
    version_id: UUID,
    session_id: UUID | None = None,
    *,
    now: datetime,
) -> Earlier:
    sheet = await session_sheet(db, member, now, session_id)
    return await _desk(member, sheet, kind).open(db, version_id, VISION_DRAFTS[kind])


async def restore(
    db: AsyncSession, member: Member, kind: VisionType, version_id: UUID, *, now: datetime
) -> bool:
    """Bring an earlier reading back as a new version. What stood there until now is one as well.

    Whether anything changed: what stands there already is not brought back once more.
    """
    sheet = await session_sheet_held(db, member, now)
    sheet.require_open(exists=True)
    desk = _desk(member, sheet, kind)
    earlier = await desk.open(db, version_id, VISION_DRAFTS[kind])
    row = await user_visions.find(db, sheet.session_id, member.id, kind) or _blank(member, sheet, kind, now)
    if _read(row) == earlier.draft and (row.symbols or "") == earlier.emblem:
        return False
    await desk.keep(db, _read(row), row.revision, at=now, emblem=row.symbols)
    _fill(row, earlier.draft, now)
    row.symbols = earlier.emblem or None
    db.add(row)
    await desk.keep(db, earlier.draft, row.revision, at=now, emblem=row.symbols)
    return True


async def _write(
    db: AsyncSession,
    desk: Desk,
    sheet: SessionSheet,
    row: UserVision,
    draft: Draft,
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
        await desk.keep(db, stored, row.revision, at=row.updated_at, emblem=row.symbols)
    _fill(row, draft, now)
    db.add(row)


def _desk(member: Member, sheet: SessionSheet, kind: VisionType) -> Desk:
    return Desk(member, sheet.session_id, VisionSubject(kind.value))


def _blank(member: Member, sheet: SessionSheet, kind: VisionType, now: datetime) -> UserVision:
    return UserVision(
        user_id=member.id, session_id=sheet.session_id, vision_type=kind, created_at=now, updated_at=now
    )


def _read(row: UserVision) -> Draft:
    return VISION_DRAFTS[row.vision_type].of(row.model_dump())


def _fill(row: UserVision, draft: Draft, now: datetime) -> None:
    for name, value in draft.as_dict().items():
        setattr(row, name, value or None)
    row.revision, row.updated_at = row.revision + 1, now


def _glance(row: UserVision) -> Glance:
    return Glance(_read(row), row.is_completed, row.updated_at, row.symbols or "")
