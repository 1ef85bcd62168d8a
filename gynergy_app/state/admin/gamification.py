"""The gamification desk in words: badges, bands, values, and what was given by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import priced
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import by_hand, gamification
from gynergy_app.services.desks.by_hand import Given
from gynergy_app.services.desks.gamification import BadgeLine, BandLine, Desk, ValueLine, Values
from gynergy_app.state.admin.words import WORTH_NAMES, AuditLine, audit_line, short_date

PRICED_NAMES = [(str(kind), name) for kind, name in WORTH_NAMES.items()]


@dataclass(frozen=True)
class BadgeRow:
    id: str
    name: str
    words: str
    points: str
    holders: str
    order: str
    is_hidden: bool


@dataclass(frozen=True)
class BandRow:
    id: str
    name: str
    times: str
    is_active: bool


@dataclass(frozen=True)
class ValueRow:
    """What an activity is worth, or what is added: in a program, now, and what is announced for it."""

    id: str
    activity: str
    points: str
    since: str
    is_ahead: bool


@dataclass(frozen=True)
class BookValues:
    book_id: str
    name: str
    rows: list[ValueRow]


@dataclass(frozen=True)
class GivenRow:
    id: str
    who: str
    when: str
    points: str
    reason: str
    is_taken_back: bool


@dataclass(frozen=True)
class DeskView:
    zone: str = "UTC"
    badges: list[BadgeRow] = field(default_factory=list)
    bands: list[BandRow] = field(default_factory=list)
    worth: list[BookValues] = field(default_factory=list)
    given: list[GivenRow] = field(default_factory=list)
    audit: list[AuditLine] = field(default_factory=list)


SEEN_AT_FIRST = 20
SEARCH_LIMIT = 80


@admin_only
class GamificationState(rx.State):
    """`sought` are letters of a badge's name, or of what it takes."""

    is_loading: bool = True
    view: DeskView = DeskView()
    sought: str = ""
    shows_all: bool = False

    @rx.var
    def badges(self) -> list[BadgeRow]:
        found = _sought(self.view.badges, self.sought)
        return found if self.shows_all else found[:SEEN_AT_FIRST]

    @rx.var
    def has_more_badges(self) -> bool:
        return len(_sought(self.view.badges, self.sought)) > len(self.badges)

    @rx.var
    def badges_end(self) -> str:
        count = len(_sought(self.view.badges, self.sought))
        return f"{counted(count, 'badge').capitalize()}." if count else "No badge has these letters."

    @rx.event
    async def look(self, words: str):
        self.sought, self.shows_all = str(words)[:SEARCH_LIMIT], False

    @rx.event
    async def show_all(self):
        self.shows_all = True

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            desk, given = await gamification.read(db, now=now), await by_hand.given(db)
        self.view = _view(desk, given, who, now)
        self.is_loading = False


def _sought(badges: list[BadgeRow], words: str) -> list[BadgeRow]:
    letters = words.casefold().strip()
    return [row for row in badges if letters in f"{row.name} {row.words}".casefold()]


def _view(desk: Desk, given: Sequence[Given], admin: Member, now: datetime) -> DeskView:
    today = clock.day_in(admin.timezone, now)
    return DeskView(
        zone=admin.timezone,
        badges=[_badge_row(line) for line in desk.badges],
        bands=[_band_row(line) for line in desk.bands],
        worth=[_book_values(values, today) for values in desk.values],
        given=[_given_row(one, today) for one in given],
        audit=[audit_line(row, admin.timezone, now) for row in desk.audit],
    )


def _badge_row(line: BadgeLine) -> BadgeRow:
    badge = line.badge
    return BadgeRow(
        id=str(badge.id),
        name=badge.name,
        words=line.words,
        points=f"{badge.points_reward:,}",
        holders=f"{line.holders:,}",
        order=str(badge.sort_order),
        is_hidden=badge.is_hidden,
    )


def _band_row(line: BandLine) -> BandRow:
    return BandRow(
        str(line.row.id), line.band.words, f"× {line.band.multiplier.normalize():f}", line.row.is_active
    )


def _book_values(values: Values, today: date) -> BookValues:
    """By kind: what is announced, the latest first, and under it what it began with."""
    rows: list[ValueRow] = []
    for kind, first in values.first.items():
        rows += [_value_row(line, today) for line in values.lines if line.value.activity == kind]
        rows.append(ValueRow("", WORTH_NAMES[kind], str(first), "From the beginning", False))
    return BookValues(str(values.book.id), values.book.name, rows)


def _value_row(line: ValueLine, today: date) -> ValueRow:
    value = line.value
    since = f"From {short_date(value.effective_on, today)}"
    name = WORTH_NAMES[priced(value.activity)]
    return ValueRow(str(value.id), name, str(value.points), since, line.is_ahead)


def _given_row(one: Given, today: date) -> GivenRow:
    points = one.row.final_points
    return GivenRow(
        id=str(one.row.id),
        who=one.name,
        when=short_date(one.row.earned_on, today),
        points=f"{'+' if points > 0 else '−'}{abs(points):,}",
        reason=one.row.reason or "",
        is_taken_back=one.is_taken_back,
    )
