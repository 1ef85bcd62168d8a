"""The friend codes behind the funnel of the payments desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.figures import Period
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.desk_codes import DeskCode
from gynergy_app.services.desks import money
from gynergy_app.services.desks.money import FoundCodes
from gynergy_app.state.admin.money_words import CODES, TAKEN_BACK_BY
from gynergy_app.state.admin.words import short_date

EVERY = "all"


@dataclass(frozen=True)
class CodeRow:
    code: str
    href: str
    state: str
    kind: str
    when: str
    giver: str
    giver_href: str
    friend: str
    friend_href: str
    made: str


@admin_only
class CodesState(rx.State):
    """Of the period the desk shows. `shown` is the state of the codes that are listed."""

    shown: str = EVERY
    rows: list[CodeRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _period: Period | None = None
    _last: tuple[datetime, UUID] | None = None

    @rx.event
    async def open(self):
        self.rows = await self._fetch(None)

    @rx.event
    async def choose(self, state: str):
        if state == EVERY or state in CODES:
            self.shown = state
            self.rows = await self._fetch(None)

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
        return f"{counted(len(self.rows), 'code').capitalize()}. The newest first." if self.rows else ""

    async def _fetch(self, before: tuple[datetime, UUID] | None) -> list[CodeRow]:
        if self._period is None:
            return []
        who, now = member(), clock.now()
        state = None if self.shown == EVERY else CodeState(self.shown)
        async with as_member(who.id) as db:
            found = await money.list_codes(db, self._period, state, now=now, before=before)
        self._last, self.has_more = found.last, found.last is not None
        return _rows(found, self._period.zone, now)


def _rows(found: FoundCodes, zone: str, now: datetime) -> list[CodeRow]:
    return [_row(code, zone, now) for code in found.codes]


def _row(code: DeskCode, zone: str, now: datetime) -> CodeRow:
    words, kind = CODES[code.state]
    return CodeRow(
        code=code.code,
        href=routes.admin_purchase(str(code.purchase_id)) if code.purchase_id else "",
        state=words,
        kind=kind,
        when=_when(code, zone, now),
        giver=code.giver_name or "Nobody any more",
        giver_href=_member(code.giver_id),
        friend=code.friend_name or ("Somebody who has left" if code.used_at else "–"),
        friend_href=_member(code.friend_id),
        made=_day(code.created_at, zone, now),
    )


def _member(user_id: UUID | None) -> str:
    return routes.admin_member(str(user_id)) if user_id else ""


def _when(code: DeskCode, zone: str, now: datetime) -> str:
    match code.state:
        case CodeState.used:
            return f"on {_day(code.used_at, zone, now)}"
        case CodeState.revoked:
            by = TAKEN_BACK_BY[code.revoked_by] if code.revoked_by else ""
            return f"on {_day(code.revoked_at, zone, now)} {by}".strip()
        case CodeState.expired:
            return f"on {_day(code.expires_at, zone, now)}"
        case _:
            return f"until {_day(code.expires_at, zone, now)}"


def _day(moment: datetime | None, zone: str, now: datetime) -> str:
    return short_date(clock.day_in(zone, moment), clock.day_in(zone, now)) if moment else ""
