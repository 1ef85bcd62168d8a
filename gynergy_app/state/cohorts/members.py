"""The members of a cohort, a page at a time, as one of them sees the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.programs import PROGRAM_DAYS
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.guard import entitled, member
from gynergy_app.repositories import cohorts
from gynergy_app.repositories.cohort_people import Key
from gynergy_app.repositories.cohorts import Mine
from gynergy_app.services import cohort_people, programs
from gynergy_app.services.cohort_people import LONGEST_SEARCH, Companion
from gynergy_app.state.cohorts.faces import Face


@dataclass(frozen=True)
class Seal:
    name: str
    icon: str
    rarity: str


@dataclass(frozen=True)
class MateRow:
    """One member. `streak` is empty where there is none to see; `takes_words`: she may be sent some."""

    id: str
    name: str
    initial: str
    picture: str
    tone: str
    role: str
    streak: str
    badges: list[Seal]
    is_me: bool
    takes_words: bool


@dataclass(frozen=True)
class GroupLink:
    name: str
    about: str
    href: str
    is_open: bool


@dataclass(frozen=True)
class MembersView:
    """`groups` only where there is more than one to choose from; with `has_place` her days go on in none."""

    title: str = "Members"
    lede: str = ""
    has_group: bool = True
    has_place: bool = False
    is_alone: bool = False
    groups: list[GroupLink] = field(default_factory=list)


class MembersState(rx.State):
    is_loading: bool = True
    is_fetching: bool = False
    has_more: bool = False
    search: str = ""
    view: MembersView = MembersView()
    rows: list[MateRow] = []

    _cohort: Mine | None = None
    _members: int = 0
    _next: Key | None = None

    @rx.var
    def nothing(self) -> str:
        """In place of the list, when a search finds nobody."""
        if self.rows or self.is_loading:
            return ""
        return f"Nobody here is called “{self.search}”."

    @entitled(Right.meet, quietly=True)
    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            groups = await cohorts.list_mine(db, who.id)
            place = await programs.current_enrollment(db, who, now=clock.now())
        has_place = place is not None and place.has_start
        chosen = _asked(groups, self.router.url.query_parameters.get("cohort", ""))
        if chosen != self._cohort:
            self.search = ""
        self._cohort = chosen
        await self._first()
        self.view = replace(_view(groups, chosen, self._members), has_place=has_place)
        self.is_loading = False

    @entitled(Right.meet)
    @rx.event
    async def look(self, words: str):
        """Words of a name, from two letters on."""
        self.search = words[:LONGEST_SEARCH]
        await self._first()

    @entitled(Right.meet)
    @rx.event
    async def more(self):
        if self._next is None:
            return
        self.is_fetching = True
        yield
        self.rows = [*self.rows, *await self._fetch(self._next)]
        self.is_fetching = False

    async def _first(self) -> None:
        self.rows = await self._fetch(None)

    async def _fetch(self, after: Key | None) -> list[MateRow]:
        self._next, self.has_more = None, False
        if self._cohort is None:
            return []
        who = member()
        async with as_member(who.id) as db:
            page = await cohort_people.page(
                db, self._cohort, search=self.search, after=after, now=clock.now()
            )
        self._next, self.has_more = page.next_key, page.next_key is not None
        self._members = page.members or self._members
        return [_row(companion, who.id) for companion in page.people]


def _asked(groups: Sequence[Mine], said: str) -> Mine | None:
    """The cohort the address names, if it is hers; else her first."""
    return next((group for group in groups if str(group.id) == said), next(iter(groups), None))


def _view(groups: Sequence[Mine], chosen: Mine | None, members: int) -> MembersView:
    if chosen is None:
        return MembersView(has_group=False)
    return MembersView(
        title=chosen.name,
        lede=_lede(chosen, members),
        is_alone=members == 1,
        groups=[_link(group, group == chosen) for group in groups] if len(groups) > 1 else [],
    )


def _lede(cohort: Mine, members: int) -> str:
    if members == 1:
        return ""
    people = counted(members, "person", "people").capitalize()
    return f"{people} who graduated." if cohort.is_alumni else f"{people} on the same {PROGRAM_DAYS} days."


def _link(cohort: Mine, is_open: bool) -> GroupLink:
    about = "Everybody who graduated" if cohort.is_alumni else f"From {spoken_day(cohort.start_date)}"
    return GroupLink(cohort.name, about, routes.where(routes.COHORT_MEMBERS, cohort=str(cohort.id)), is_open)


def _row(companion: Companion, me: UUID) -> MateRow:
    mate, is_me = companion.mate, companion.mate.user_id == me
    face = Face.of(mate.user_id, mate.name, mate.picture)
    return MateRow(
        id=str(mate.user_id),
        name=face.name,
        initial=face.initial,
        picture=face.picture,
        tone=face.tone,
        role="Moderator" if mate.role == CohortRole.moderator else "",
        streak=f"{counted(companion.streak, 'day').capitalize()} in a row" if companion.streak else "",
        badges=[Seal(badge.name, badge.icon, badge.rarity) for badge in mate.badges],
        is_me=is_me,
        takes_words=mate.takes_words and not is_me,
    )
