"""The programs desk: books, their runs, and what each day brings. A change leaves its before and after."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.program_drafts import (
    ActionDraft,
    BookDraft,
    Circumstances,
    Draft,
    MilestoneDraft,
    QuoteDraft,
    SessionDraft,
)
from gynergy_app.domain.programs import PHASES, grace_end, last_day, status_on
from gynergy_app.errors import Conflict, Invalid, NotFound
from gynergy_app.models.programs import Action, Book, BookMilestone, BookSession, Quote
from gynergy_app.repositories import audit_log, books
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.repositories.books import Run, Shelved, Waiting
from gynergy_app.repositories.errors import UNIQUE_VIOLATION, sqlstate
from gynergy_app.services import audit
from gynergy_app.services.audit import Act

AUDIT_SHOWN = 50
WAITING_SHOWN = 200


class NoSuchBook(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no program at this address. The list of programs shows them all.")


class NoSuchPart(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "This was removed meanwhile. What you typed is still here; add it anew if it is needed."
        )


class ChangedMeanwhile(Conflict):
    def __init__(self) -> None:
        super().__init__("Somebody else has just taken this place in the program. Nothing of yours was lost.")


class Kind(StrEnum):
    """What a form of the desk is about."""

    book = "book"
    session = "session"
    milestone = "milestone"
    action = "action"
    quote = "quote"


@dataclass(frozen=True)
class _Form:
    """How one kind is read, kept and told apart.

    `places` are what no two rows of a book may share, each with what is said beside its last field.
    """

    row: type[SQLModel]
    draft: type[Draft]
    named_by: tuple[str, ...]
    places: Mapping[tuple[str, ...], str]


FORMS: Mapping[Kind, _Form] = {
    Kind.book: _Form(Book, BookDraft, ("name",), {("slug",): "Another program has this key."}),
    Kind.session: _Form(
        BookSession,
        SessionDraft,
        ("cohort_label",),
        {
            (
                "cohort_label",
            ): "Another session of this program has a cohort of this name. Please choose another."
        },
    ),
    Kind.milestone: _Form(
        BookMilestone,
        MilestoneDraft,
        ("order", "name"),
        {
            ("order",): "Another milestone has this number.",
            ("end_point",): "Another milestone is reached on this day.",
        },
    ),
    Kind.action: _Form(
        Action,
        ActionDraft,
        ("action_type", "period"),
        {
            (
                "action_type",
                "period",
            ): "This day or week has its action already. Edit that one, or choose another."
        },
    ),
    Kind.quote: _Form(
        Quote,
        QuoteDraft,
        ("day",),
        {("day",): "This day has its quote already. Edit that one, or choose another day."},
    ),
}
REMOVABLE = (Kind.milestone, Kind.action, Kind.quote)


@dataclass(frozen=True)
class BookFile:
    book: Book
    runs: tuple[Run, ...]
    milestones: tuple[BookMilestone, ...]
    actions: tuple[Action, ...]
    quotes: tuple[Quote, ...]
    waiting: tuple[Waiting, ...]
    audit: tuple[Recorded, ...]


async def shelf(db: AsyncSession, admin: Member, *, now: datetime) -> list[Shelved]:
    return await books.list_all(db, clock.day_in(admin.timezone, now))


async def read(db: AsyncSession, book_id: UUID) -> BookFile:
    book = await books.find(db, book_id)
    if book is None:
        raise NoSuchBook
    return BookFile(
        book=book,
        runs=tuple(await books.runs(db, book_id)),
        milestones=tuple(await books.milestones(db, book_id)),
        actions=tuple(await books.actions(db, book_id)),
        quotes=tuple(await books.quotes(db, book_id)),
        waiting=tuple(await books.waiting(db, book_id, WAITING_SHOWN)),
        audit=tuple(await audit_log.about_book(db, book_id, AUDIT_SHOWN)),
    )


async def add(
    db: AsyncSession,
    admin: Member,
    kind: Kind,
    typed: Mapping[str, Any],
    *,
    book_id: UUID | None,
    now: datetime,
) -> UUID:
    """Raises `Invalid` with a sentence for each field that cannot be taken. Answers with the new id."""
    draft = FORMS[kind].draft.of(typed)
    at = await _circumstances_of_new(db, kind, book_id, clock.day_in(admin.timezone, now))
    columns = await _checked(db, kind, draft, at, book_id)
    if kind is Kind.session:
        columns |= _days_of(columns, at)
    written = {name: value for name, value in columns.items() if name in (*draft.columns(), "end_date")}
    if kind is Kind.book:
        columns |= {"journey_phases": [asdict(phase) for phase in PHASES], "admin_id": admin.id}
    row: Any = FORMS[kind].row(**columns, **({"book_id": book_id} if book_id else {}))
    async with elevated(db):
        db.add(row)
        await _flush(db)
    await audit.record(
        db, admin, Act(f"{kind}.added"), subject_id=row.id, after=_named(kind, row, written), now=now
    )
    return row.id


async def change(
    db: AsyncSession, admin: Member, kind: Kind, row_id: UUID, typed: Mapping[str, Any], *, now: datetime
) -> bool:
    """False when everything was as it is already: then nothing is written."""
    row = await _held(db, kind, row_id)
    draft = FORMS[kind].draft.of(typed)
    at = await _circumstances(db, row, clock.day_in(admin.timezone, now))
    columns = await _checked(db, kind, draft, at, _book_of(row), row_id)
    if kind is Kind.session:
        columns = _kept_days(columns) if at.has_begun else columns | _days_of(columns, at)
    before = {name: getattr(row, name) for name, value in columns.items() if getattr(row, name) != value}
    if not before:
        return False
    was = _named(kind, row, before)
    async with elevated(db):
        for name in before:
            setattr(row, name, columns[name])
        await _flush(db)
    after = _named(kind, row, {name: columns[name] for name in before})
    await audit.record(db, admin, Act(f"{kind}.changed"), subject_id=row_id, before=was, after=after, now=now)
    return True


async def remove(db: AsyncSession, admin: Member, kind: Kind, row_id: UUID, *, now: datetime) -> None:
    """Milestones, actions and quotes. The record keeps the whole row."""
    if kind not in REMOVABLE:
        raise Conflict("Programs and their sessions are kept: the pages of members belong to them.")
    row = await _held(db, kind, row_id)
    before = _named(kind, row, FORMS[kind].draft.of(row.model_dump()).columns())
    async with elevated(db):
        await db.delete(row)
        await _flush(db)
    await audit.record(db, admin, Act(f"{kind}.removed"), subject_id=row_id, before=before, now=now)


async def find_typed(db: AsyncSession, kind: Kind, row_id: UUID) -> tuple[Draft, Any]:
    """A row as its form shows it, and the row."""
    row = await _held(db, kind, row_id)
    return FORMS[kind].draft.of(row.model_dump()), row


async def duration_of(db: AsyncSession, book_id: UUID) -> int:
    book = await books.find(db, book_id)
    if book is None:
        raise NoSuchBook
    return book.duration_days


def has_begun(session: BookSession, today: date) -> bool:
    """From its first day on, a session's days stay as they are."""
    return session.start_date <= today


async def _held(db: AsyncSession, kind: Kind, row_id: UUID) -> Any:
    row = await books.find_part(db, FORMS[kind].row, row_id)
    if row is None:
        raise NoSuchPart
    return row


async def _circumstances_of_new(
    db: AsyncSession, kind: Kind, book_id: UUID | None, today: date
) -> Circumstances:
    """A new session holds its program: of two that want one cohort's name at once, the second is told."""
    if kind is not Kind.session or book_id is None:
        return Circumstances(today)
    return Circumstances(today, (await _held(db, Kind.book, book_id)).duration_days)


async def _circumstances(db: AsyncSession, row: SQLModel, today: date) -> Circumstances:
    if not isinstance(row, BookSession):
        return Circumstances(today)
    await _held(db, Kind.book, row.book_id)
    enrolled = await books.enrolled_in(db, row.id)
    return Circumstances(today, row.duration_days, enrolled, has_begun(row, today))


async def _checked(
    db: AsyncSession,
    kind: Kind,
    draft: Draft,
    at: Circumstances,
    book_id: UUID | None,
    row_id: UUID | None = None,
) -> dict[str, Any]:
    """The columns of a draft that nothing is wrong with."""
    if problems := draft.problems(at):
        raise Invalid(problems)
    form, columns = FORMS[kind], draft.columns()
    for names, taken in form.places.items():
        place = {name: columns[name] for name in names} | ({"book_id": book_id} if book_id else {})
        if await books.is_taken(db, form.row, place, other_than=row_id):
            raise Invalid({names[-1]: taken})
    return columns


def _days_of(columns: Mapping[str, Any], at: Circumstances) -> dict[str, Any]:
    """What follows from a session's first day."""
    start, end = columns["start_date"], last_day(columns["start_date"], at.days)
    return {
        "duration_days": at.days,
        "end_date": end,
        "grace_period_end": grace_end(end),
        "status": status_on(at.today, start, end),
    }


def _kept_days(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if name != "start_date"}


def _book_of(row: SQLModel) -> UUID | None:
    return getattr(row, "book_id", None)


def _named(kind: Kind, row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """These values, with what tells the row apart and which book it is of."""
    told = {name: getattr(row, name) for name in FORMS[kind].named_by}
    return told | dict(values) | ({"book_id": row.book_id} if kind is not Kind.book else {})


async def _flush(db: AsyncSession) -> None:
    """Two admins at the same place at the same moment: the second hears of it."""
    try:
        await db.flush()
    except DBAPIError as refused:
        if sqlstate(refused) == UNIQUE_VIOLATION:
            raise ChangedMeanwhile from refused
        raise
