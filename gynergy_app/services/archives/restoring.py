"""Pages of an archive, put back on their days and lived through once more.

An archive that we made for this very person brings its ledger along as it was. From any other one the pages
alone are read: each returns at the moment it was finished, in the order of those moments, and earns by what
was in force then; points, badges and freezes are worked out. Those pages stay in a session of its own, apart
from any cohort. A day that is here already stays as it is, so bringing an archive twice changes nothing.
"""

from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError, StatementError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member, tidy_name
from gynergy_app.domain.programs import SessionStatus
from gynergy_app.domain.text import counted
from gynergy_app.models.programs import BookSession, SessionEnrollment
from gynergy_app.repositories import action_logs, archive_places, restored_rows, session_enrollments, users
from gynergy_app.repositories.book_sessions import Living
from gynergy_app.services.archives import chosen, ledger
from gynergy_app.services.archives.opening import NOT_READABLE, ArchiveRefused, Opened
from gynergy_app.services.archives.place import Place
from gynergy_app.services.archives.rows import ArchivedRun, Row
from gynergy_app.services.archives.steps import steps_of
from gynergy_app.services.gamification.recompute import read_law

GRACE = timedelta(days=30)
MOST_RUNS = 60
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    StatementError,
    TypeError,
    ValueError,
)
"""What values that make no sense may end in, here or at the database."""


@dataclass
class Restored:
    """`pages` came back, `kept` were here already."""

    pages: int = 0
    kept: int = 0
    own_sessions: int = 0
    by_table: dict[str, int] = field(default_factory=dict)

    def count(self, table: str, is_new: bool) -> None:
        if is_new:
            self.pages += 1
            self.by_table[table] = self.by_table.get(table, 0) + 1
        else:
            self.kept += 1

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def told(self) -> str:
        """
        >>> Restored(pages=90).told(), Restored(kept=1).told()
        ('90 pages came back.', 'Nothing was missing. One page written here already stayed as it was.')
        """
        words = (
            f"{counted(self.pages, 'page').capitalize()} came back." if self.pages else "Nothing was missing."
        )
        if self.kept:
            verb = "stayed as it was" if self.kept == 1 else "stayed as they were"
            words += f" {counted(self.kept, 'page').capitalize()} written here already {verb}."
        return words


async def restore(
    db: AsyncSession, member: Member, opened: Opened, pictures: Set[str], *, now: datetime
) -> Restored:
    """For the worker, in one transaction. `pictures` are the names of those that are in her folder now."""
    try:
        return await _restore(db, member, opened, pictures, now)
    except UNREADABLE as error:
        if opened.is_ours or isinstance(error, OperationalError | InterfaceError):
            raise
        raise ArchiveRefused(NOT_READABLE) from error


async def _restore(
    db: AsyncSession, member: Member, opened: Opened, pictures: Set[str], now: datetime
) -> Restored:
    await session_enrollments.hold_practice(db, member.id)
    restored, tables = Restored(), opened.data["tables"]
    is_hers = opened.is_of(member.id, "" if member.is_anonymous else member.email)
    law = await read_law(db)
    runs = [ArchivedRun.of(row) for row in opened.data["sessions"][:MOST_RUNS]]
    for run in runs:
        living = await _place(db, member, run, restored, is_hers=is_hers, now=now)
        asked = await action_logs.challenges(db, living.book.id)
        place = Place(db, member, living, run, _mine(tables, run), pictures, now, law, asked)
        is_untouched = await restored_rows.is_untouched(db, place.session_id, member.id)
        await _bring(replace(place, is_exact=is_hers and is_untouched), restored)
    await _face_and_name(db, member, tables, pictures)
    await chosen.take_theme(db, member, tables)
    await archive_places.keep_quiet(db, member.id, now)
    return restored


async def _bring(place: Place, restored: Restored) -> None:
    steps = [*steps_of(place), *chosen.steps_of(place)]
    for step in sorted(steps, key=lambda step: (step.at, step.order)):
        is_new = await step.do()
        if is_new is not None:
            restored.count(step.table, is_new)
    if place.is_exact:
        await ledger.bring_along(place)


def _mine(tables: Mapping[str, list[Row]], run: ArchivedRun) -> dict[str, list[Row]]:
    """The rows of one session; the lines of a page and the points of a source have none, and stay whole."""
    return {
        name: [row for row in rows if row.get("session_id", run.id) == run.id]
        for name, rows in tables.items()
    }


async def _place(
    db: AsyncSession, member: Member, run: ArchivedRun, restored: Restored, *, is_hers: bool, now: datetime
) -> Living:
    """The session the pages return to: the same one if she has a place in it, else one of her own.

    What did not come from this person, or was changed since, never reaches a cohort's board.
    """
    found = await archive_places.find(db, member.id, run.slug, run.start, only_personal=not is_hers)
    if found:
        return found
    await _make_own(db, member, run, clock.day_in(member.timezone, now))
    restored.own_sessions += 1
    made = await archive_places.find(db, member.id, run.slug, run.start, only_personal=True)
    assert made is not None  # noqa: S101  it was made two lines above
    return made


async def _make_own(db: AsyncSession, member: Member, run: ArchivedRun, today: date) -> None:
    book = await archive_places.book_of(db, run.slug)
    if book is None:
        raise ArchiveRefused(
            "This archive is of a program that is not offered here, so its days have no place. "
            "Its pages can be read in any browser: open index.html in it."
        )
    session = BookSession(
        book_id=book.id,
        start_date=run.start,
        end_date=run.end,
        status=_status(run, today),
        is_personal=True,
        owner_user_id=member.id,
    )
    async with elevated(db):
        db.add(session)
        await db.flush()
        enrolled = {"book_id": book.id, "session_id": session.id, "enrollment_date": run.enrolled_on}
        db.add(SessionEnrollment(user_id=member.id, **enrolled))


def _status(run: ArchivedRun, today: date) -> SessionStatus:
    if today < run.start:
        return SessionStatus.upcoming
    if today <= run.end:
        return SessionStatus.active
    return SessionStatus.grace_period if today <= run.end + GRACE else SessionStatus.completed


async def _face_and_name(
    db: AsyncSession, member: Member, tables: Mapping[str, list[Row]], pictures: Set[str]
) -> None:
    """Only where nothing was chosen yet."""
    user = await users.get(db, member.id)
    former: Row = next(iter(tables.get("users", [])), {})
    face = str(former.get("profile_image") or "").rpartition("/")[2]
    if not user.profile_image and face in pictures:
        user.profile_image = f"{member.id}/{face}"
    if not user.first_name and isinstance(former.get("first_name"), str):
        user.first_name = tidy_name(former["first_name"])
    db.add(user)
