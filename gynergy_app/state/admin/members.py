"""The list of members: searched while one types, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.programs import programme_day
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.members import Listed
from gynergy_app.services.desks import members
from gynergy_app.services.desks.members import SEARCH_LIMIT, Found, Group
from gynergy_app.state.admin.words import short_date


@dataclass(frozen=True)
class MemberRow:
    id: str
    href: str
    name: str
    email: str
    cohort: str
    day: str
    last_written: str
    joined: str
    is_admin: bool
    is_suspended: bool


@admin_only
class MembersState(rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    search: str = ""
    group: str = Group.everyone
    rows: list[MemberRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _last: tuple[datetime, UUID] | None = None

    @rx.event
    async def open(self):
        asked = self.router.url.query_parameters.get("show")
        if asked in tuple(Group):
            self.group = Group(asked)
        await self._show_first()
        self.is_loading = False

    @rx.event
    async def look(self, words: str):
        """Words of a name or an address."""
        self.search = str(words)[:SEARCH_LIMIT]
        await self._show_first()

    @rx.event
    async def choose(self, group: str):
        if group in tuple(Group):
            self.group = Group(group)
            await self._show_first()

    @rx.event
    async def clear(self):
        self.search, self.group = "", Group.everyone
        await self._show_first()

    @rx.event
    async def more(self):
        if self._last is None:
            return
        self.is_fetching = True
        yield
        found = await self._fetch(self._last)
        self.rows = [*self.rows, *_rows(found, member())]
        self.is_fetching = False

    @rx.var
    def end(self) -> str:
        """The words under the last row."""
        if not self.rows:
            return ""
        many = len(self.rows)
        return f"{'One member' if many == 1 else f'{many} members'}. The newest first."

    async def _show_first(self) -> None:
        self.zone = member().timezone
        self.rows = _rows(await self._fetch(None), member())

    async def _fetch(self, after: tuple[datetime, UUID] | None) -> Found:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await members.search(db, self.search, Group(self.group), now=now, after=after)
        self._last, self.has_more = found.last, found.last is not None
        return found


def _rows(found: Found, admin: Member) -> list[MemberRow]:
    now = clock.now()
    today = clock.day_in(admin.timezone, now)
    return [
        _row(listed, clock.day_in(listed.timezone, now), today, admin.timezone) for listed in found.members
    ]


def _row(listed: Listed, her_today: date, today: date, zone: str) -> MemberRow:
    return MemberRow(
        id=str(listed.id),
        href=routes.admin_member(str(listed.id)),
        name=f"{listed.first_name} {listed.last_name}".strip() or listed.email or "Guest",
        email=listed.email or "no address yet",
        cohort=listed.cohort_name or "–",
        day=_day(listed, her_today, today),
        last_written=short_date(listed.last_written, today) if listed.last_written else "never",
        joined=short_date(clock.day_in(zone, listed.joined_at), today),
        is_admin=listed.is_admin,
        is_suspended=listed.suspended_at is not None,
    )


def _day(listed: Listed, her_today: date, today: date) -> str:
    if listed.start_date is None or listed.end_date is None:
        return "–"
    if her_today < listed.start_date:
        return f"starts {short_date(listed.start_date, today)}"
    if her_today > listed.end_date:
        return f"ended {short_date(listed.end_date, today)}"
    length = (listed.end_date - listed.start_date).days + 1
    return f"{programme_day(listed.start_date, her_today)} of {length}"
