"""Yearbooks, and the member's own lines and photos that may stand in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import literal, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.programs import Yearbook

MADE_OF = "made_of"
"""Beside what was chosen: what the file was made of, as `services.yearbook_pages.fingerprint` tells it."""

_LINES = text("""
    select j.entry_date as day, j.journal_type as kind, j.id as page_id, w.field, w.n, w.words
    from journals j
    cross join lateral (
        select 'gratitude' as field, line.n, line.words
        from journal_entries e, unnest(e.content) with ordinality as line (words, n)
        where e.journal_id = j.id and e.entry_type = 'gratitude'
        union all select 'insight', 1, j.insight
        union all select 'success', 1, j.success
        union all select 'lessons', 1, j.lessons
    ) w
    where j.user_id = :user_id and j.session_id = :session_id and j.is_completed
        and j.entry_date >= :first and trim(w.words) <> ''
    order by j.entry_date, j.completed_at, w.field, w.n
""")
_PHOTOS = text("""
    select a.entry_date as day, photo.key
    from action_logs a, unnest(a.images) with ordinality as photo (key, n)
    where a.user_id = :user_id and a.session_id = :session_id and a.is_completed and a.entry_date >= :first
    order by a.entry_date, a.completed_at, photo.n
""")
_VOLUMES = text("""
    select s.id as session_id, b.name as program, s.start_date, s.end_date
    from session_enrollments e
    join book_sessions s on s.id = e.session_id
    join books b on b.id = s.book_id
    where e.user_id = :user_id and s.end_date <= :today
        and (
            exists (
                select from journals j
                where j.user_id = e.user_id and j.session_id = e.session_id and j.is_completed
                    and j.entry_date >= s.start_date
            )
            or exists (
                select from action_logs a
                where a.user_id = e.user_id and a.session_id = e.session_id and a.is_completed
                    and a.entry_date >= s.start_date
            )
        )
    order by s.start_date desc, s.id
""")


@dataclass(frozen=True)
class Volume:
    """A session of hers that a book can be made of."""

    session_id: UUID
    program: str
    start_date: date
    end_date: date


@dataclass(frozen=True)
class Written:
    """A line on a finished page, and where it stands."""

    day: date
    field: str
    item: str
    words: str


async def volumes(db: AsyncSession, user_id: UUID, today: date) -> Sequence[Volume]:
    """Sessions that came to their last day with a page of hers in them, the latest first."""
    asked = {"user_id": user_id, "today": today}
    return [Volume(*row) for row in await (await db.connection()).execute(_VOLUMES, asked)]


async def lines(db: AsyncSession, session_id: UUID, user_id: UUID, first: date) -> list[Written]:
    asked = {"user_id": user_id, "session_id": session_id, "first": first}
    rows = await (await db.connection()).execute(_LINES, asked)
    return [Written(row.day, row.field, f"{row.page_id}.{row.field}.{row.n}", row.words) for row in rows]


async def photos(db: AsyncSession, session_id: UUID, user_id: UUID, first: date) -> list[tuple[date, str]]:
    """Day and storage key, oldest first."""
    asked = {"user_id": user_id, "session_id": session_id, "first": first}
    return [(row.day, row.key) for row in await (await db.connection()).execute(_PHOTOS, asked)]


async def find(db: AsyncSession, session_id: UUID, user_id: UUID) -> Yearbook | None:
    query = select(Yearbook).where(Yearbook.session_id == session_id, Yearbook.user_id == user_id)
    return (await db.exec(query)).first()


async def find_by_id(db: AsyncSession, yearbook_id: UUID) -> Yearbook | None:
    return (await db.exec(select(Yearbook).where(Yearbook.id == yearbook_id))).first()


async def open_for_change(db: AsyncSession, session_id: UUID, user_id: UUID) -> Yearbook:
    """Her book, made if there is none; whoever changes it beside us waits until we are done."""
    blank = Yearbook(session_id=session_id, user_id=user_id)
    values = blank.model_dump(include={"id", "session_id", "user_id"})
    await (await db.connection()).execute(
        insert(Yearbook).values(**values).on_conflict_do_nothing(index_elements=["session_id", "user_id"])
    )
    query = (
        select(Yearbook)
        .where(Yearbook.session_id == session_id, Yearbook.user_id == user_id)
        .with_for_update()
    )
    return (await db.exec(query)).one()


async def record_file(
    db: AsyncSession, yearbook_id: UUID, revision: int, key: str | None, made_of: str
) -> None:
    """What was made of this revision; no key: nothing could be. That never replaces what another made of it.

    No earlier file replaces a later one.
    """
    kept = col(Yearbook.pdf_revision)
    earlier = kept.is_(None) | (kept < revision if key is None else kept <= revision)
    chosen = col(Yearbook.chosen).concat(literal({MADE_OF: made_of}, JSONB))
    values: dict[str, Any] = {"pdf_key": key, "pdf_revision": revision, "chosen": chosen}
    await db.exec(update(Yearbook).where(col(Yearbook.id) == yearbook_id, earlier).values(**values))
