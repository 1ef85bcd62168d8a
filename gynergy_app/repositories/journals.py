"""Pages and the lines on them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.journaling import EntryType, JournalType
from gynergy_app.models.journaling import Journal, JournalEntry


async def on_day(
    db: AsyncSession, session_id: UUID, user_id: UUID, day: date, journal_type: JournalType
) -> Journal | None:
    query = select(Journal).where(
        Journal.session_id == session_id,
        Journal.user_id == user_id,
        Journal.entry_date == day,
        Journal.journal_type == journal_type,
    )
    return (await db.exec(query)).first()


async def completed_on(db: AsyncSession, session_id: UUID, user_id: UUID, day: date) -> Sequence[Journal]:
    """The finished pages of one day."""
    query = select(Journal).where(
        Journal.session_id == session_id,
        Journal.user_id == user_id,
        Journal.entry_date == day,
        col(Journal.is_completed),
    )
    return (await db.exec(query)).all()


async def lines_of(db: AsyncSession, journal_id: UUID) -> dict[EntryType, list[str]]:
    query = select(JournalEntry).where(JournalEntry.journal_id == journal_id)
    return {entry.entry_type: list(entry.content) for entry in (await db.exec(query)).all()}


async def write_lines(db: AsyncSession, journal_id: UUID, lines: Mapping[EntryType, Sequence[str]]) -> None:
    """Replace the lines of these kinds with what the page says now."""
    query = select(JournalEntry).where(JournalEntry.journal_id == journal_id)
    there = {entry.entry_type: entry for entry in (await db.exec(query)).all()}
    for entry_type, content in lines.items():
        entry = there.get(entry_type) or JournalEntry(journal_id=journal_id, entry_type=entry_type)
        entry.content = list(content)
        db.add(entry)
