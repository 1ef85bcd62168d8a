"""The yearbook as its page shows it: the book itself, and beside each page what may stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import Growth, local_time, mood_word
from gynergy_app.domain.text import counted
from gynergy_app.domain.yearbooks import MOST, Leaf, Line
from gynergy_app.drawing.dial import EMPTY, Dial
from gynergy_app.guard import member
from gynergy_app.repositories.yearbooks import Volume
from gynergy_app.services import yearbook_pages, yearbooks
from gynergy_app.services.yearbooks import Earned, FileState, NoSuchYearbook, Photo, Yearbooks

NINE = 9


@dataclass(frozen=True)
class Tile:
    """A day in the calendar of moods. `light` is how much of it the lamp has, in percent."""

    day: str
    mood: str
    light: str
    says: str


@dataclass(frozen=True)
class PhaseRow:
    name: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Pick:
    """Something that may stand on a page. `item` names it; `is_in`: it does."""

    item: str
    text: str
    note: str
    is_in: bool
    picture: str = ""
    icon: str = ""
    rarity: str = ""


@dataclass(frozen=True)
class GrownWord:
    word: str
    before: str
    before_share: str
    after: str
    after_share: str


@dataclass(frozen=True)
class Page:
    """A page one chooses for. `is_full`: no more fits; `line` says how much stands on it."""

    picks: tuple[Pick, ...] = ()
    line: str = ""
    is_in: bool = True
    is_full: bool = False
    is_empty: bool = True


@dataclass(frozen=True)
class BookView:
    name: str = ""
    program: str = ""
    dates: str = ""
    kept: str = ""
    dial: Dial = EMPTY
    rows: tuple[PhaseRow, ...] = ()
    mood_line: str = ""
    has_moods: bool = True
    words: tuple[GrownWord, ...] = ()
    words_line: str = ""
    has_words: bool = True
    gratitudes: Page = Page()
    badges: Page = Page()
    photos: Page = Page()
    closing: Page = Page()
    missing_letters: str = ""


@dataclass(frozen=True)
class FileView:
    """`state` is none, preparing, ready or failed. `is_slow`: it has taken more than a minute.

    `is_older`: pages have changed since it was made.
    """

    state: str = FileState.none.value
    is_slow: bool = False
    has_earlier: bool = False
    is_older: bool = False
    href: str = routes.YEARBOOK_PDF


@dataclass(frozen=True)
class VolumeLink:
    """One of her books in the list of them. `is_open`: it is the one on the page."""

    program: str
    dates: str
    href: str
    is_open: bool


class YearbookState(rx.State):
    """The book of the session the address names; without one, the latest there is."""

    is_loading: bool = True
    has_book: bool = False
    is_unknown: bool = False
    volumes: list[VolumeLink] = []
    book: BookView = BookView()
    file: FileView = FileView()
    saved: str = ""

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        wanted, is_address = _session(self._asked())
        async with as_member(who.id) as db:
            found = await yearbooks.read(db, who, wanted, now=now) if is_address else None
            volumes = await yearbooks.volumes(db, who, now=now)
        self.has_book, self.saved = found is not None, ""
        self.is_unknown = found is None and bool(self._asked())
        self.volumes = _volumes(volumes, found)
        if found:
            self._show(who, found)
        self.is_loading = False

    @rx.event
    async def choose(self, leaf: str, item: str, is_in: bool):
        """Kept at once."""
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await yearbooks.choose(
                db, who, _leaf(leaf), item, is_in, session_id=self._session_id(), now=now
            )
        self._keep(who, found)

    @rx.event
    async def leave_out(self, leaf: str, is_in: bool):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await yearbooks.leave_out(
                db, who, _leaf(leaf), not is_in, session_id=self._session_id(), now=now
            )
        self._keep(who, found)

    @rx.event
    async def suggest(self, leaf: str):
        """Back to what was suggested for this page."""
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await yearbooks.as_suggested(db, who, _leaf(leaf), session_id=self._session_id(), now=now)
        self._keep(who, found)

    @rx.event
    async def ask_for_file(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await yearbooks.ask_for_file(db, who, session_id=self._session_id(), now=now)
        self.file = _file(who, found)

    @rx.event
    async def look(self):
        """Asked by the page while a file is being prepared."""
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await yearbooks.read(db, who, self._session_id(), now=now)
        if found:
            self.file = _file(who, found)

    def _asked(self) -> str:
        """What the address says of a session; nothing, for the latest."""
        return self.router.url.query_parameters.get("session", "")

    def _session_id(self) -> UUID | None:
        wanted, is_address = _session(self._asked())
        if not is_address:
            raise NoSuchYearbook
        return wanted

    def _keep(self, who: Member, found: Yearbooks) -> None:
        self._show(who, found)
        self.saved = f"Saved {local_time(clock.now(), who.timezone):%H:%M}"

    def _show(self, who: Member, found: Yearbooks) -> None:
        self.book, self.file = _view(who, found), _file(who, found)


def _leaf(name: str) -> Leaf:
    return Leaf(name) if name in set(Leaf) else Leaf.moods


def _session(said: str) -> tuple[UUID | None, bool]:
    """The session an address names, if it names one; and whether it says something that can be understood."""
    try:
        return (UUID(said) if said else None), True
    except ValueError:
        return None, False


def _volumes(volumes: Sequence[Volume], found: Yearbooks | None) -> list[VolumeLink]:
    """All of them, unless the one on the page is the only one."""
    shown = found.reached.enrolled.session_id if found else None
    if [one.session_id for one in volumes] == [shown]:
        return []
    return [
        VolumeLink(
            one.program,
            yearbook_pages.span(one.start_date, one.end_date),
            routes.yearbook(str(one.session_id)),
            one.session_id == shown,
        )
        for one in volumes
    ]


def _file(who: Member, found: Yearbooks) -> FileView:
    has_earlier = bool(found.row and found.row.pdf_key) and found.file is FileState.preparing
    return FileView(
        found.file.value,
        found.is_slow(clock.now()),
        has_earlier,
        yearbook_pages.is_older(found, who),
        routes.yearbook(str(found.reached.enrolled.session_id), routes.YEARBOOK_PDF),
    )


def _view(who: Member, found: Yearbooks) -> BookView:
    return BookView(
        name=who.name,
        program=found.reached.enrolled.book_name,
        dates=yearbook_pages.dates(found),
        kept=yearbook_pages.kept(found),
        dial=yearbook_pages.dial(found),
        rows=tuple(_rows(found)),
        mood_line=yearbook_pages.mood_line(found),
        has_moods=found.holds(Leaf.moods),
        words=tuple(_word(word) for word in found.words),
        words_line=yearbook_pages.words_line(),
        has_words=found.holds(Leaf.words),
        gratitudes=_page(found, Leaf.gratitudes, [_line(line) for line in found.gratitudes]),
        badges=_page(found, Leaf.badges, [_badge(badge) for badge in found.badges]),
        photos=_page(found, Leaf.photos, [_photo(photo) for photo in found.photos]),
        closing=_page(found, Leaf.closing, [_line(line) for line in reversed(found.closings)]),
        missing_letters=" ".join(yearbook_pages.missing_letters(found, who)),
    )


def _rows(found: Yearbooks) -> list[PhaseRow]:
    moods = found.moods
    return [
        PhaseRow(name, tuple(_tile(n + 1, moods[n]) for n in range(at, min(at + NINE, len(moods)))))
        for name, at in zip(found.phases, range(0, len(moods), NINE), strict=False)
    ]


def _tile(day: int, mood: float | None) -> Tile:
    if mood is None:
        return Tile(str(day), "", "0%", f"Day {day}: no mood")
    return Tile(
        str(day), f"{mood:g}", f"{mood * 9:.0f}%", f"Day {day}: {mood:g}, {mood_word(round(mood)).lower()}"
    )


def _word(growth: Growth) -> GrownWord:
    return GrownWord(
        growth.word,
        f"{growth.before} of {counted(growth.before_of, 'day')}",
        f"{growth.before / growth.before_of:.0%}",
        f"{growth.after} of {counted(growth.after_of, 'day')}",
        f"{growth.after / growth.after_of:.0%}",
    )


def _line(line: Line) -> Pick:
    return Pick(line.item, line.text, f"Day {line.day}", is_in=False)


def _badge(badge: Earned) -> Pick:
    return Pick(badge.item, badge.name, badge.words, is_in=False, icon=badge.icon, rarity=badge.rarity)


def _photo(photo: Photo) -> Pick:
    return Pick(
        photo.item, f"Photo of day {photo.day}", f"Day {photo.day}", False, picture=f"/media/{photo.item}"
    )


def _page(found: Yearbooks, leaf: Leaf, all_of_it: list[Pick]) -> Page:
    chosen = set(found.chosen(leaf))
    picks = tuple(_as_chosen(pick, pick.item in chosen) for pick in all_of_it)
    return Page(
        picks=picks,
        line=_LINES[leaf](found) if leaf in _LINES else "",
        is_in=found.holds(leaf),
        is_full=len(chosen) >= MOST[leaf] > 1,
        is_empty=not chosen,
    )


_LINES = {
    Leaf.gratitudes: yearbook_pages.gratitudes_line,
    Leaf.badges: yearbook_pages.badges_line,
    Leaf.photos: yearbook_pages.photos_line,
}


def _as_chosen(pick: Pick, is_in: bool) -> Pick:
    return Pick(pick.item, pick.text, pick.note, is_in, pick.picture, pick.icon, pick.rarity)
