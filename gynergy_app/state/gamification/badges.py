"""The shelf of badges, in the words of one screen."""

from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import BadgeCategory
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.guard import member
from gynergy_app.services.gamification import NoSuchBadge, Shelf, shelf
from gynergy_app.services.gamification.shelf import ShelfBadge
from gynergy_app.state.programs.sessions import asked_session

ROWS = {
    BadgeCategory.consistency: "Day after day",
    BadgeCategory.completion: "Whole pages, whole days",
    BadgeCategory.speed: "By the clock",
    BadgeCategory.social: "With the cohort",
    BadgeCategory.milestone: "Along the way",
    BadgeCategory.special: "Now and then",
}


@dataclass(frozen=True)
class BadgeView:
    """One seal. `note` is its date, or the distance in words; `reach` how much of the rim is drawn."""

    id: str = ""
    held_id: str = ""
    name: str = ""
    asks: str = ""
    icon: str = ""
    rarity: str = ""
    rarity_word: str = ""
    points: str = ""
    note: str = ""
    status: str = ""
    reach: str = "0 1"
    percent: int = 0
    is_earned: bool = False
    is_new: bool = False
    is_shown: bool = False

    @classmethod
    def of(cls, badge: ShelfBadge) -> "BadgeView":
        held, progress = badge.held, badge.progress
        percent = 100 if held else progress.percent
        return cls(
            id=str(held.id) if held else badge.key,
            held_id=str(held.id) if held else "",
            name=badge.name,
            asks=badge.words,
            icon=badge.icon,
            rarity=badge.rarity,
            rarity_word=badge.rarity.capitalize(),
            points=f"{badge.points} points",
            note=f"{held.since.day} {held.since:%B}" if held else progress.words,
            status=spoken_day(held.since) if held else progress.words,
            reach=f"{percent / 100:.3f} 1",
            percent=percent,
            is_earned=held is not None,
            is_new=held is not None and held.is_new,
            is_shown=held is not None and held.is_shown,
        )


@dataclass(frozen=True)
class ShelfRow:
    id: str
    title: str
    count: str
    badges: list[BadgeView] = field(default_factory=list)


class BadgesState(rx.State):
    """What is on the shelf, which badge is looked at, and which three are shown."""

    is_loading: bool = True
    has_place: bool = False
    lede: str = ""
    rows: list[ShelfRow] = []
    showcase: list[BadgeView] = []
    earned: list[BadgeView] = []
    opened: BadgeView = BadgeView()
    is_choosing: bool = False
    asking: BadgeView = BadgeView()

    # New on this visit. They are seen everywhere else already.
    _new: frozenset[UUID] = frozenset()

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            found = await shelf.open(db, who, asked_session(self), now=clock.now())
        self._new = found.new if found else frozenset()
        self._draw(found)

    @rx.event
    def look_at(self, badge_id: str):
        """Open one badge."""
        on_page = [badge for row in self.rows for badge in row.badges] + self.showcase
        self.opened = next((badge for badge in on_page if badge.id == badge_id), BadgeView())

    @rx.event
    def look_away(self):
        self.opened = BadgeView()

    @rx.event
    def start_choosing(self):
        self.is_choosing = True

    @rx.event
    def stop_choosing(self):
        self.is_choosing = False

    @rx.event
    def leave_as_it_was(self):
        self.asking = BadgeView()

    @rx.event
    async def show(self, held_id: str):
        """Put a badge into the showcase; when it is full, ask first which one makes room."""
        wanted, who = self._find_earned(held_id), member()
        async with as_member(who.id) as db:
            has_room = await shelf.has_room(db, who, _id(held_id))
            found = None if has_room else await self._read(db, who)
        if has_room:
            await self._change(wanted, is_shown=True)
        else:
            # Another device may have filled it since this page was opened.
            self._draw(found)
            self.asking = wanted

    @rx.event
    async def show_instead(self, replaced_id: str):
        """The answer to that question."""
        wanted = self.asking
        self.asking = BadgeView()
        await self._change(wanted, is_shown=True, instead_of=_id(replaced_id))

    @rx.event
    async def put_away(self, held_id: str):
        await self._change(self._find_earned(held_id), is_shown=False)

    async def _change(self, badge: BadgeView, *, is_shown: bool, instead_of: UUID | None = None) -> None:
        who = member()
        async with as_member(who.id) as db:
            if is_shown:
                await shelf.show(db, who, _id(badge.held_id), instead_of=instead_of)
            else:
                await shelf.put_away(db, who, _id(badge.held_id))
            await db.flush()
            found = await self._read(db, who)
        self._draw(found)
        self.look_at(self.opened.id)

    async def _read(self, db: AsyncSession, who: Member) -> Shelf | None:
        return await shelf.read(db, who, asked_session(self), now=clock.now(), just_seen=self._new)

    def _find_earned(self, held_id: str) -> BadgeView:
        held = [*self.earned, *self.showcase]
        found = next((badge for badge in held if held_id and badge.held_id == held_id), None)
        if found is None:
            raise NoSuchBadge
        return found

    def _draw(self, found: Shelf | None) -> None:
        self.has_place = found is not None
        if found:
            self.rows = _rows(found)
            self.showcase = [BadgeView.of(badge) for badge in found.showcase]
            self.earned = [BadgeView.of(badge) for badge in found.earned]
            self.lede = _lede(found)
        self.is_loading = False


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except (TypeError, ValueError, AttributeError):
        raise NoSuchBadge from None


def _rows(found: Shelf) -> list[ShelfRow]:
    order = list(ROWS)
    ordered = sorted(found.badges, key=lambda badge: order.index(badge.category))
    return [
        _row(category, list(badges))
        for category, badges in groupby(ordered, key=lambda badge: badge.category)
    ]


def _row(category: BadgeCategory, badges: list[ShelfBadge]) -> ShelfRow:
    earned = sum(badge.held is not None for badge in badges)
    views = [BadgeView.of(badge) for badge in badges]
    return ShelfRow(f"shelf-{category}", ROWS[category], f"{earned} of {len(badges)}", views)


def _lede(found: Shelf) -> str:
    earned = f"{len(found.earned)} earned of {len(found.badges)}."
    fresh = f" {counted(len(found.new), 'is', 'are').capitalize()} new." if found.new else ""
    if not found.enrolled.is_current:
        return f"{earned} The others stay as far as they had come."
    return f"{earned}{fresh} Open one to see what it asks for."
