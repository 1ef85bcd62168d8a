"""One cohort at the desk: its members and the days each of them kept, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import CohortRole, DayState
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.cohorts import Listed
from gynergy_app.services.desks import cohorts
from gynergy_app.services.desks.cohorts import SEARCH_LIMIT, CohortFile, NoSuchCohort, Row
from gynergy_app.state.admin.cohorts import days_of, kept_yesterday, people_in, state_of
from gynergy_app.state.admin.words import AuditLine, audit_line, id_in, short_date

EVERYONE, MODERATORS = "everyone", "moderators"
MARKED_EVERY = 9
SAID = {
    DayState.done: "all three pages",
    DayState.partly: "kept",
    DayState.rest: "at rest",
    DayState.quiet: "quiet",
    DayState.ahead: "ahead",
    DayState.before: "before joining",
}


@dataclass(frozen=True)
class Head:
    """A day of the run. Every ninth is printed, all of them are read out."""

    day: str
    is_printed: bool


@dataclass(frozen=True)
class MemberRow:
    """`cells` are the states of the days, `says` the same in a sentence, `kept` in figures."""

    id: str
    name: str
    href: str
    role: str
    is_moderator: bool
    is_suspended: bool
    joined: str
    points: str
    cells: list[str]
    kept: str
    says: str


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True)
class CohortView:
    id: str = ""
    name: str = ""
    zone: str = "UTC"
    lede: str = ""
    state: str = ""
    kind: str = ""
    program: str = ""
    program_href: str = ""
    has_days: bool = False
    heads: list[Head] = field(default_factory=list)
    figures: list[Fact] = field(default_factory=list)
    about: list[Fact] = field(default_factory=list)
    audit: list[AuditLine] = field(default_factory=list)


@admin_only
class CohortState(rx.State):
    is_loading: bool = True
    is_missing: bool = False
    view: CohortView = CohortView()
    rows: list[MemberRow] = []
    search: str = ""
    show: str = EVERYONE
    has_more: bool = False
    is_fetching: bool = False

    _cohort_id: UUID | None = None
    _cohort: Listed | None = None
    _last: tuple[str, UUID] | None = None

    @rx.event
    async def open(self):
        asked = id_in(self.router.url.path)
        if asked is None or asked != self._cohort_id:
            self.is_loading, self.view, self.rows = True, CohortView(zone=member().timezone), []
            self.search, self.show = "", EVERYONE
        self._cohort_id = asked
        await self._show()

    @rx.event
    async def look(self, words: str):
        """Words of a name or an address."""
        self.search = str(words)[:SEARCH_LIMIT]
        await self._first()

    @rx.event
    async def choose(self, show: str):
        if show in (EVERYONE, MODERATORS):
            self.show = show
            await self._first()

    @rx.event
    async def more(self):
        if self._last is None:
            return
        self.is_fetching = True
        yield
        self.rows = [*self.rows, *await self._fetch(self._last)]
        self.is_fetching = False

    @rx.var
    def end(self) -> str:
        """The words under the last row."""
        many = len(self.rows)
        return f"{counted(many, 'member').capitalize()}, by first name." if many else ""

    async def _show(self) -> None:
        who, now = member(), clock.now()
        try:
            if self._cohort_id is None:
                raise NoSuchCohort
            async with as_member(who.id) as db:
                file = await cohorts.read(db, self._cohort_id, now=now)
        except NoSuchCohort:
            self.is_missing, self.is_loading = True, False
            return
        self._cohort = file.cohort
        self.view = _view(file, who, now)
        await self._first()
        self.is_missing, self.is_loading = False, False

    async def _first(self) -> None:
        self.rows = await self._fetch(None)

    async def _fetch(self, after: tuple[str, UUID] | None) -> list[MemberRow]:
        cohort = self._cohort
        if cohort is None:
            return []
        who, now = member(), clock.now()
        role = CohortRole.moderator if self.show == MODERATORS else ""
        async with as_member(who.id) as db:
            page = await cohorts.members(db, cohort, now=now, search=self.search, role=role, after=after)
        self._last, self.has_more = page.last, page.last is not None
        return [_member_row(row, clock.day_in(who.timezone, now)) for row in page.rows]


def _view(file: CohortFile, admin: Member, now: datetime) -> CohortView:
    cohort, today = file.cohort, clock.day_in(admin.timezone, now)
    state, kind = state_of(cohort, today)
    length = (cohort.end_date - cohort.start_date).days + 1 if cohort.session_id else 0
    return CohortView(
        id=str(cohort.id),
        name=cohort.name,
        zone=admin.timezone,
        lede=f"{cohort.book_name}, {days_of(cohort, today)}"
        if cohort.session_id
        else "Without days of its own",
        state=state,
        kind=kind,
        program=cohort.book_name,
        program_href=routes.admin_book(str(cohort.book_id)) if cohort.book_id else "",
        has_days=cohort.session_id is not None,
        heads=[Head(str(n), n == 1 or n % MARKED_EVERY == 0) for n in range(1, length + 1)],
        figures=_figures(cohort),
        about=_about(cohort),
        audit=[audit_line(row, admin.timezone, now) for row in file.audit],
    )


def _figures(cohort: Listed) -> list[Fact]:
    figures = [Fact("Members", people_in(cohort)), Fact("Moderators", f"{cohort.moderators:,}")]
    if cohort.session_id:
        figures += [Fact("Kept yesterday", kept_yesterday(cohort)), Fact("Waiting", f"{cohort.waiting:,}")]
    return figures


def _about(cohort: Listed) -> list[Fact]:
    taken = f"{cohort.taken:,} taken"
    places = f"{cohort.places:,}, {taken}" if cohort.places is not None else f"No limit, {taken}"
    return [
        Fact("Description", cohort.description or "–"),
        *([Fact("Places", places)] if cohort.session_id else []),
        Fact("Takes people in", "Yes" if cohort.is_active else "No"),
        Fact("Public", "Described to whoever chooses a start" if cohort.is_public else "No"),
    ]


def _member_row(row: Row, today: date) -> MemberRow:
    person = row.person
    is_moderator = person.role == CohortRole.moderator
    return MemberRow(
        id=str(person.user_id),
        name=person.name,
        href=routes.admin_member(str(person.user_id)),
        role="Moderator" if is_moderator else "Member",
        is_moderator=is_moderator,
        is_suspended=person.is_suspended,
        joined=short_date(person.enrolled_on, today) if person.enrolled_on else "–",
        points=f"{person.points:,}",
        cells=[state.value for state in row.days],
        kept=_kept(row.days),
        says=spoken(row.days),
    )


def _kept(days: Sequence[DayState]) -> str:
    """How many of the days that are over were kept."""
    over = [day for day in days if day not in (DayState.ahead, DayState.before)]
    if not over:
        return "–"
    return f"{sum(day in (DayState.done, DayState.partly) for day in over)} of {len(over)}"


def spoken(days: Sequence[DayState]) -> str:
    """
    >>> spoken([DayState.done, DayState.done, DayState.quiet, DayState.ahead])
    'Days 1 to 2 all three pages, day 3 quiet, day 4 ahead.'
    """
    said, day = [], 1
    for state, run in groupby(days):
        last = day + len(list(run)) - 1
        said.append(f"{f'day {day}' if day == last else f'days {day} to {last}'} {SAID[state]}")
        day = last + 1
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else "No days of a run."
