"""The yearbook of a session: what may stand in it, what was chosen, and the file made of it.

    nothing asked ──ask──► preparing ──made──► ready ──a choice changes──► preparing …
                              └──could not──► failed ──ask──► preparing

Nothing of it is a row of its own: a file was asked for (`chosen.wants_file`), and is made of a `revision` or
not yet. A worker that dies leaves it preparing, and its job is taken up again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import parse
from gynergy_app.domain.graduation import MoodShift, mood_shift
from gynergy_app.domain.journaling import Growth, words_that_grew
from gynergy_app.domain.programs import PHASES, date_of, programme_day
from gynergy_app.domain.yearbooks import (
    PICKED,
    Choices,
    Leaf,
    Line,
    suggest_closing,
    suggest_gratitudes,
    suggest_photos,
    toggled,
)
from gynergy_app.errors import Conflict, NotFound
from gynergy_app.models.gamification import Badge, UserBadge
from gynergy_app.models.programs import Yearbook
from gynergy_app.repositories import badges, jobs, own_words, yearbooks
from gynergy_app.repositories.yearbooks import MADE_OF, Volume, Written
from gynergy_app.services import graduation
from gynergy_app.services.graduation import Graduation

WANTS_FILE = "wants_file"
SLOW_AFTER = timedelta(minutes=1)
WORDS_SHOWN = 6


class FileState(StrEnum):
    none = "none"
    preparing = "preparing"
    ready = "ready"
    failed = "failed"


class NoYearbookYet(Conflict):
    def __init__(self) -> None:
        super().__init__("A yearbook is made of a session that has come to its last day, with a page in it.")


class NoSuchYearbook(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no yearbook at this address. Yours are all listed on the yearbook page.")


@dataclass(frozen=True)
class Earned:
    """A badge of the session. `item` is its key."""

    item: str
    name: str
    words: str
    icon: str
    rarity: str


@dataclass(frozen=True)
class Photo:
    """`item` is its key in storage."""

    item: str
    day: int


@dataclass(frozen=True)
class Yearbooks:
    """Everything that may stand in the book, and what does."""

    reached: Graduation
    gratitudes: Sequence[Line]
    closings: Sequence[Line]
    badges: Sequence[Earned]
    photos: Sequence[Photo]
    words: Sequence[Growth]
    choices: Choices
    row: Yearbook | None

    @property
    def moods(self) -> list[float | None]:
        """One for each day of the program."""
        start, by_day = self.reached.enrolled.start_date, self.reached.story.moods
        days = (date_of(start, number) for number in range(1, self.reached.days + 1))
        return [float(by_day[day]) if day in by_day else None for day in days]

    @property
    def mood(self) -> MoodShift | None:
        place = self.reached.enrolled
        return mood_shift(
            {day: mood for day, mood in self.reached.story.moods.items() if day <= place.end_date}
        )

    @property
    def phases(self) -> list[str]:
        return [phase.name for phase in self.reached.enrolled.phases or PHASES]

    def candidates(self, leaf: Leaf) -> list[str]:
        sources = {
            Leaf.gratitudes: self.gratitudes,
            Leaf.closing: self.closings,
            Leaf.badges: self.badges,
            Leaf.photos: self.photos,
        }
        return [one.item for one in sources.get(leaf, ())]

    def suggested(self, leaf: Leaf) -> Sequence[str]:
        match leaf:
            case Leaf.gratitudes:
                return suggest_gratitudes(self.gratitudes)
            case Leaf.closing:
                return suggest_closing(self.closings)
            case Leaf.photos:
                return suggest_photos(self.candidates(leaf))
        return self.candidates(leaf)

    def chosen(self, leaf: Leaf) -> tuple[str, ...]:
        return self.choices.of(leaf, self.candidates(leaf), self.suggested(leaf))

    def holds(self, leaf: Leaf) -> bool:
        return leaf not in self.choices.left_out

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0

    @property
    def file(self) -> FileState:
        if self.row is None or not self.row.chosen.get(WANTS_FILE):
            return FileState.none
        if self.row.pdf_revision != self.row.revision:
            return FileState.preparing
        return FileState.ready if self.row.pdf_key else FileState.failed

    @property
    def made_of(self) -> str:
        """What the file was made of; empty while there is none, or none is known."""
        return str(self.row.chosen.get(MADE_OF, "")) if self.row and self.file is FileState.ready else ""

    def is_slow(self, now: datetime) -> bool:
        return bool(self.row and self.file is FileState.preparing and now - self.row.updated_at > SLOW_AFTER)


async def volumes(db: AsyncSession, member: Member, *, now: datetime) -> Sequence[Volume]:
    """Every session of hers that a book can be made of, the latest first."""
    return await yearbooks.volumes(db, member.id, clock.day_in(member.timezone, now))


async def read(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Yearbooks | None:
    """The book of this session of hers, or of the latest there is one of; None while there is none."""
    reached = await _reached(db, member, session_id, now)
    if reached is None:
        return None
    row = await yearbooks.find(db, reached.enrolled.session_id, member.id)
    return await _gather(db, member, reached, row)


async def _reached(
    db: AsyncSession, member: Member, session_id: UUID | None, now: datetime
) -> Graduation | None:
    if session_id is None:
        latest = next(iter(await volumes(db, member, now=now)), None)
        session_id = latest.session_id if latest else None
    reached = await graduation.read_session(db, member, session_id, now=now) if session_id else None
    return reached if reached and reached.has_come and reached.has_written else None


async def read_row(db: AsyncSession, member: Member, row: Yearbook, *, now: datetime) -> Yearbooks | None:
    """A book by its row, whichever session it is of. For the worker."""
    reached = await graduation.read_session(db, member, row.session_id, now=now)
    return await _gather(db, member, reached, row) if reached else None


async def _gather(db: AsyncSession, member: Member, reached: Graduation, row: Yearbook | None) -> Yearbooks:
    place = reached.enrolled
    found = await yearbooks.lines(db, place.session_id, member.id, place.start_date)
    photos = await yearbooks.photos(db, place.session_id, member.id, place.start_date)
    texts = await own_words.of_session(db, place.session_id, member.id)
    shelf = await badges.shelf(db, place.session_id, member.id)
    return Yearbooks(
        reached=reached,
        gratitudes=[_line(one, reached) for one in found if one.field == "gratitude"],
        closings=[_line(one, reached) for one in found if one.field != "gratitude"],
        badges=[_earned(badge) for badge, held in shelf if _is_held(held)],
        photos=[Photo(key, programme_day(place.start_date, day)) for day, key in photos],
        words=words_that_grew([t for t in texts if t[0] >= place.start_date], at_most=WORDS_SHOWN),
        choices=Choices.read(row.chosen if row else {}),
        row=row,
    )


def _line(one: Written, reached: Graduation) -> Line:
    return Line(one.item, programme_day(reached.enrolled.start_date, one.day), one.words)


def _is_held(held: UserBadge | None) -> bool:
    return held is not None


def _earned(badge: Badge) -> Earned:
    return Earned(badge.key, badge.name, parse(badge.unlock_condition).words, badge.icon, badge.rarity)


async def choose(
    db: AsyncSession,
    member: Member,
    leaf: Leaf,
    item: str,
    is_in: bool,
    *,
    session_id: UUID | None = None,
    now: datetime,
) -> Yearbooks:
    """Put one item into the book or take it out. What is not hers to choose changes nothing."""
    book = await _held(db, member, session_id, now)
    if leaf not in PICKED or item not in book.candidates(leaf):
        return book
    items = toggled(book.chosen(leaf), item, is_in, leaf)
    return await _keep(db, member, book, book.choices.with_items(leaf, items))


async def leave_out(
    db: AsyncSession,
    member: Member,
    leaf: Leaf,
    is_out: bool,
    *,
    session_id: UUID | None = None,
    now: datetime,
) -> Yearbooks:
    book = await _held(db, member, session_id, now)
    return await _keep(db, member, book, book.choices.without(leaf, is_out))


async def as_suggested(
    db: AsyncSession, member: Member, leaf: Leaf, *, session_id: UUID | None = None, now: datetime
) -> Yearbooks:
    """Forget what was chosen for this page."""
    book = await _held(db, member, session_id, now)
    return await _keep(db, member, book, book.choices.as_suggested(leaf))


async def ask_for_file(
    db: AsyncSession, member: Member, *, session_id: UUID | None = None, now: datetime
) -> Yearbooks:
    """A PDF of the book as it is chosen and written now."""
    book = await _held(db, member, session_id, now)
    return await _keep(db, member, book, book.choices, wants_file=True)


async def _held(db: AsyncSession, member: Member, session_id: UUID | None, now: datetime) -> Yearbooks:
    """The book with its row locked: a second device's choice waits, and is added to this one."""
    reached = await _reached(db, member, session_id, now)
    if reached is None:
        raise NoSuchYearbook if session_id else NoYearbookYet
    row = await yearbooks.open_for_change(db, reached.enrolled.session_id, member.id)
    return await _gather(db, member, reached, row)


async def _keep(
    db: AsyncSession, member: Member, book: Yearbooks, choices: Choices, *, wants_file: bool = False
) -> Yearbooks:
    row = book.row
    assert row is not None  # noqa: S101  `_held` has just opened it
    is_wanted = wants_file or bool(row.chosen.get(WANTS_FILE))
    row.chosen = {**choices.as_stored(), WANTS_FILE: is_wanted}
    row.revision += 1
    await db.flush()
    await db.refresh(row)
    if is_wanted:
        async with elevated(db):
            await jobs.enqueue(db, "make_yearbook", yearbook_id=str(row.id))
    return await _gather(db, member, book.reached, row)


def key_of(member_id: UUID, yearbook_id: UUID) -> str:
    """Where the file lies: in its owner's folder, each time at the same place."""
    return f"{member_id}/yearbook-{yearbook_id}.pdf"
