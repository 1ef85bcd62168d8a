"""The phases of a program, kept in one column of its row: each is worded for itself, its days stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.program_drafts import Circumstances
from gynergy_app.domain.program_drafts.phases import PhaseDraft
from gynergy_app.errors import Invalid
from gynergy_app.models.programs import Book
from gynergy_app.repositories import books
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.desks.programs import NoSuchBook, NoSuchPart


async def typed(db: AsyncSession, book_id: UUID, order: int) -> PhaseDraft:
    _, phase = await _held(db, book_id, order)
    return PhaseDraft.of(phase)


async def change(
    db: AsyncSession, admin: Member, book_id: UUID, order: int, said: Mapping[str, Any], *, now: datetime
) -> bool:
    """False when everything was as it is already."""
    draft = PhaseDraft.of(said)
    if problems := draft.problems(Circumstances(clock.day_in(admin.timezone, now))):
        raise Invalid(problems)
    book, phase = await _held(db, book_id, order)
    columns = draft.columns()
    before = {name: phase.get(name, "") for name, value in columns.items() if phase.get(name, "") != value}
    if not before:
        return False
    async with elevated(db):
        book.journey_phases = [
            {**one, **columns} if one["order"] == order else one for one in book.journey_phases
        ]
        db.add(book)
    was, became = _told(phase, before), _told(phase, {name: columns[name] for name in before})
    await audit.record(db, admin, Act.phase_changed, subject_id=book_id, before=was, after=became, now=now)
    return True


def _told(phase: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {"order": phase["order"], **values}


async def _held(db: AsyncSession, book_id: UUID, order: int) -> tuple[Book, dict[str, Any]]:
    book = await books.find_part(db, Book, book_id)
    if book is None:
        raise NoSuchBook
    phase = next((one for one in book.journey_phases if one.get("order") == order), None)
    if phase is None:
        raise NoSuchPart
    return book, phase
