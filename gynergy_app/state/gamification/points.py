"""The statement of points, in the words of one screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.gamification import Band, Rules
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.guard import member
from gynergy_app.services.gamification import statement
from gynergy_app.services.gamification.statement import NAMES, Entry, Filter, Kind, Statement
from gynergy_app.services.programs import Enrolled
from gynergy_app.state.programs.sessions import asked_session, link_session

FIRST_DAYS, MORE_DAYS = 7, 14
"""How many days stand on the page at first, and how many "Show earlier days" adds."""


@dataclass(frozen=True)
class Line:
    """One line of an explanation or of the rules. `is_mine` marks the band that counts today."""

    label: str
    figure: str
    note: str = ""
    is_total: bool = False
    is_mine: bool = False


@dataclass(frozen=True)
class Row:
    """One credit, closed; `lines` and `words` are what opens under it."""

    id: str
    symbol: str
    name: str
    note: str
    amount: str
    is_minus: bool = False
    lines: list[Line] = field(default_factory=list)
    words: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Day:
    title: str
    subtotal: str
    rows: list[Row]


@dataclass(frozen=True)
class PointsView:
    """Everything on the screen, already in words. `coming` is the next multiplier, if there is one.

    `is_former`: of a session that is read; nothing is earned in it any more.
    """

    total: str = ""
    is_former: bool = False
    csv_href: str = routes.POINTS_CSV
    today: str = ""
    recently: str = ""
    multiplier: str = ""
    coming: str = ""
    days: list[Day] = field(default_factory=list)
    has_rows: bool = False
    has_earlier: bool = False
    nothing: str = ""
    worth: list[Line] = field(default_factory=list)
    bands: list[Line] = field(default_factory=list)
    bonuses: list[Line] = field(default_factory=list)


class PointsState(rx.State):
    """Every point and where it came from."""

    is_loading: bool = True
    has_place: bool = False
    shown: str = Filter.all.value
    view: PointsView = PointsView()

    _days: int = FIRST_DAYS

    @rx.event
    async def open(self):
        await self._read()

    @rx.event
    async def choose(self, shown: str):
        """Show one kind of rows."""
        self.shown = Filter(shown).value if shown in list(Filter) else Filter.all.value
        self._days = FIRST_DAYS
        await self._read()

    @rx.event
    async def show_earlier(self):
        self._days += MORE_DAYS
        await self._read()

    async def _read(self) -> None:
        who = member()
        async with as_member(who.id) as db:
            told = await statement.read(db, who, asked_session(self), now=clock.now())
        self.has_place = told is not None
        self.view = _view(told, Filter(self.shown), self._days) if told else PointsView()
        self.is_loading = False


def _view(told: Statement, shown: Filter, most_days: int) -> PointsView:
    entries = [entry for entry in told.entries if entry.is_in(shown)]
    days = [_day(told, list(of_day)) for _, of_day in groupby(entries, key=lambda entry: entry.day)]
    return PointsView(
        total=f"{told.total:,}",
        is_former=not told.enrolled.is_current,
        csv_href=routes.in_session(routes.POINTS_CSV, link_session(told.enrolled)),
        today=signed(told.today),
        recently=signed(told.recently),
        multiplier=_times(told.band),
        coming=_coming(told),
        days=days[:most_days],
        has_rows=bool(told.entries),
        has_earlier=len(days) > most_days,
        nothing="" if days else NOTHING[shown],
        worth=_worth(told.enrolled),
        bands=[_band_line(band, told.band) for band in _from_short_to_long(told.rules)],
        bonuses=list(_bonuses(told.rules)),
    )


NOTHING = {
    Filter.all: "",
    Filter.pages: "No page has earned points yet.",
    Filter.badges: "No badge has brought points yet.",
    Filter.corrections: "No corrections. If a row is ever taken back, both rows stay here with the reason.",
}


def signed(points: int) -> str:
    """As a statement prints it: +18, −12, 0."""
    return f"+{points:,}" if points > 0 else f"−{-points:,}" if points < 0 else "0"


def _day(told: Statement, entries: list[Entry]) -> Day:
    day = entries[0].day
    title = spoken_day(day)
    return Day(
        title=f"Today, {title}" if day == told.enrolled.today else title,
        subtotal=signed(sum(entry.points for entry in entries)),
        rows=[_row(entry, link_session(told.enrolled)) for entry in entries],
    )


def _row(entry: Entry, session_id: str) -> Row:
    link, href = LINKS.get(entry.kind, ("", ""))
    if entry.kind is Kind.page:
        href = routes.history_day(entry.day.isoformat(), session_id)
    elif entry.kind is Kind.badge:
        href = routes.in_session(href, session_id)
    return Row(
        id=str(entry.id),
        symbol=entry.activity if entry.kind is Kind.page else entry.kind.value,
        name=f"Correction: {entry.name}" if entry.kind is Kind.correction else entry.name,
        note=_note(entry),
        amount=signed(entry.points),
        is_minus=entry.points < 0,
        lines=_lines(entry),
        words=_words(entry),
        href=href,
        link=link,
    )


LINKS = {
    Kind.page: ("Open the day", ""),
    Kind.badge: ("See the badge", routes.BADGES),
    Kind.invitation: ("See your invitations", routes.INVITE),
}


def _note(entry: Entry) -> str:
    time = f"{entry.at:%H:%M}" if entry.at.date() == entry.day else f"{entry.at:%H:%M} on {entry.at:%A}"
    if entry.kind is Kind.hand:
        return f"{time} · By an admin" + (", taken back" if entry.is_taken_back else "")
    if entry.kind in (Kind.badge, Kind.correction):
        return f"{time} · {entry.kind.value.capitalize()}"
    bonuses = [
        f"{bonus.words[0].lower()}{bonus.words[1:]}\u00a0+{bonus.points}" for bonus in entry.award.bonuses
    ]
    return " · ".join([time, *(["taken back"] if entry.is_taken_back else []), *bonuses])


def _lines(entry: Entry) -> list[Line]:
    """The award's own explanation, opened with the name of what was done."""
    if entry.kind in (Kind.correction, Kind.hand):
        return []
    first, *rest = entry.award.explain()
    if not rest:
        return [Line(first.label, first.figure, first.note)]
    *between, last = rest
    return [
        Line(entry.name, first.figure, first.label),
        *(Line(line.label, line.figure, line.note) for line in between),
        Line("Credited", last.figure, is_total=True),
    ]


def _words(entry: Entry) -> str:
    balance = f"Balance after it: {entry.balance:,}."
    if entry.kind is Kind.correction:
        return (
            f"{entry.reason.rstrip('.')}. It takes back: {entry.corrects}. "
            f"Rows are never edited or deleted, so both stay here. {balance}"
        )
    if entry.kind is Kind.hand:
        taken_back = " A correction has taken this row back." if entry.is_taken_back else ""
        return f"The reason: {entry.reason.rstrip('.')}.{taken_back} {balance}"
    written = f"Written {spoken_day(entry.at.date())} at {entry.at:%H:%M}, your time. "
    taken_back = "A correction has taken this row back. " if entry.is_taken_back else ""
    return f"{written if entry.kind is Kind.page else ''}{taken_back}{balance}"


def _times(band: Band | None) -> str:
    return f"× {band.multiplier.normalize():f}" if band else "× 1"


def _coming(told: Statement) -> str:
    place = told.enrolled
    if told.next_band is None or not place.start_date <= place.today <= place.end_date:
        return ""
    return f"{_times(told.next_band)} in {counted(told.next_band.shortest - told.streak, 'day')}"


def _worth(place: Enrolled) -> list[Line]:
    """What each page is worth."""
    return [Line(name, str(place.points[activity])) for activity, name in NAMES.items()]


def _from_short_to_long(rules: Rules) -> list[Band]:
    return sorted(rules.bands, key=lambda band: band.shortest)


def _band_line(band: Band, own: Band | None) -> Line:
    days = (
        f"{band.shortest} days and more"
        if band.longest is None
        else f"{band.shortest} to {band.longest} days"
    )
    return Line(days, _times(band), is_mine=band == own)


def _bonuses(rules: Rules) -> Iterable[Line]:
    if rules.early:
        yield Line(f"Morning page before {rules.early_before:%H:%M}", f"+ {rules.early}")
    if rules.whole_day:
        yield Line("All three pages in one day", f"+ {rules.whole_day}")
    if rules.perfect_week:
        yield Line("Seven such days in a row", f"+ {rules.perfect_week}")
