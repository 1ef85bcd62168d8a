"""The programs desk, as its tests use it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import GynergyError, Invalid
from gynergy_app.services.desks import programs
from gynergy_app.services.desks.programs import Kind

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SESSION = {"cohort_label": "Cedar", "start_date": "2026-04-01", "max_enrollments": "30"}
QUOTE = {
    "day": "7",
    "content": "Gratitude is the memory of the heart.",
    "author": "Jean Massieu",
    "source": "",
}
BOOK = {
    "name": "A Second Round",
    "short_name": "Round two",
    "morning_journal_points": "10",
    "evening_journal_points": "10",
    "daily_action_points": "15",
    "weekly_journal_points": "25",
    "weekly_action_points": "25",
    "vision_points": "20",
}


async def add(by: Member, kind: Kind, typed: Mapping[str, str], book_id: UUID | None = None) -> UUID:
    async with as_member(by.id) as db:
        return await programs.add(db, by, kind, typed, book_id=book_id, now=NOW)


async def change(
    by: Member, kind: Kind, row_id: UUID, typed: Mapping[str, str], at: datetime = NOW
) -> bool | GynergyError:
    try:
        async with as_member(by.id) as db:
            return await programs.change(db, by, kind, row_id, typed, now=at)
    except GynergyError as refused:
        return refused


async def problems_of(
    by: Member, kind: Kind, typed: Mapping[str, str], book_id: UUID | None
) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        await add(by, kind, typed, book_id)
    return refused.value.problems


async def audit_of(owner_db: psycopg.AsyncConnection, subject: UUID) -> list[tuple]:
    query = "select action, before, after from audit_log where subject_id = %s order by created_at, action"
    return await (await owner_db.execute(query, [subject])).fetchall()
