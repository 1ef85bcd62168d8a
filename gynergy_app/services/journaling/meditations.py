"""Sitting still: a few words about it, logged once a day. It earns nothing by itself.

Words not yet logged stay on the member's device: a row here is a day on which somebody sat. The moment of its
last change stands for a revision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import MeditationDraft, local_time
from gynergy_app.models.journaling import Meditation
from gynergy_app.repositories import meditations
from gynergy_app.services import programs
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import challenges, writing
from gynergy_app.services.journaling.writing import Sheet
from gynergy_app.services.programs import Enrolled

AIM = 7
"""Sittings a week of meditation aims for; one completes it."""


@dataclass(frozen=True)
class Sitting:
    """A day somebody sat, and what stayed of it."""

    day: date
    reflection: str


@dataclass(frozen=True)
class MeditationPage:
    """The page of a day, and the days before it, newest first."""

    sheet: Sheet
    draft: MeditationDraft
    revision: int
    is_completed: bool
    kept_at: datetime | None
    saved_at: datetime | None
    is_editable: bool
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True)
class Log:
    """The days of one session on which somebody sat, newest first, to be read."""

    enrolled: Enrolled
    sittings: tuple[Sitting, ...]


async def open_page(
    db: AsyncSession, member: Member, *, now: datetime, day: date | None = None
) -> MeditationPage:
    sheet = await writing.sheet(db, member, day, now)
    rows = await meditations.list_all(db, sheet.session_id, member.id)
    row = next((row for row in rows if row.entry_date == sheet.day), None)
    return MeditationPage(
        sheet=sheet,
        draft=_read(row),
        revision=_revision(row),
        is_completed=row is not None,
        kept_at=local_time(row.created_at, member.timezone) if row else None,
        saved_at=row.updated_at if row else None,
        is_editable=sheet.may_edit(exists=row is not None),
        sittings=_listed(rows),
    )


async def open_log(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Log | None:
    """None for somebody without a place in a session. `session_id`: another session of hers."""
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        return None
    return Log(enrolled, _listed(await meditations.list_all(db, enrolled.session_id, member.id)))


async def log(
    db: AsyncSession, member: Member, draft: MeditationDraft, *, day: date, base_revision: int, now: datetime
) -> Completion | None:
    """Keep the sitting of a day. The answer is what that completed: the challenge of its week, once."""
    writing.require_complete(draft)
    sheet = await writing.sheet_held(db, member, day, now)
    row = await meditations.on_day(db, sheet.session_id, member.id, day)
    sheet.require_open(exists=row is not None)
    writing.require_based_on(draft, _read(row), _revision(row), base_revision)
    row = row or Meditation(
        user_id=member.id, session_id=sheet.session_id, entry_date=sheet.day, created_at=now
    )
    row.reflection = draft.reflection
    db.add(row)
    await db.flush()
    if sheet.is_practice or not sheet.may_finish:
        return None
    return await challenges.judge_by_sitting(db, member, day=sheet.day, now=now)


def _listed(rows: Iterable[Meditation]) -> tuple[Sitting, ...]:
    return tuple(Sitting(row.entry_date, row.reflection or "") for row in rows)


def _read(row: Meditation | None) -> MeditationDraft:
    return MeditationDraft.of(row.model_dump()) if row else MeditationDraft()


def _revision(row: Meditation | None) -> int:
    return int(row.updated_at.timestamp() * 1_000_000) if row else 0
