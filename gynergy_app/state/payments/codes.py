"""Friend codes of one's own: how each stands, handing one on, taking one back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import CodeRevocation
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.drawing.qr import BLANK, Qr, qr
from gynergy_app.guard import member
from gynergy_app.services.payments import codes
from gynergy_app.services.payments.codes import CodeIsGone, OwnCode
from gynergy_app.settings import settings
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class Ticket:
    """One code as it lies on the page. Without a `link` there is nothing to hand on any more."""

    id: str = ""
    code: str = ""
    state: str = ""
    note: str = ""
    link: str = ""
    words: str = ""
    qr: Qr = BLANK

    @classmethod
    def of(cls, code: OwnCode, who: Member) -> "Ticket":
        last_day = clock.day_in(who.timezone, code.valid_until)
        note = _note(code, last_day)
        if code.state is not CodeState.open:
            return cls(str(code.id), code.code, code.state.value, note)
        link = f"{settings.public_url.rstrip('/')}{routes.join(code.code)}"
        words = f"I have a place for you in a 45-day gratitude practice. It waits until {_spoken(last_day)}."
        return cls(str(code.id), code.code, code.state.value, note, link, words, qr(link))


class FriendCodesState(rx.State):
    is_loading: bool = True
    tickets: list[Ticket] = []
    left: str = ""
    """How many can still be given, in words."""
    is_named: bool = False
    asked: Ticket = Ticket()
    """The code she is about to take back."""
    enlarged: Ticket = Ticket()
    """The code somebody beside her is scanning."""

    @rx.event
    async def open(self):
        await self._read()
        self.asked = self.enlarged = Ticket()
        self.is_loading = False

    @rx.event
    def ask_to_take_back(self, code_id: str):
        self.asked = self._ticket(code_id)

    @rx.event
    def keep(self):
        self.asked = Ticket()

    @rx.event
    async def take_back(self):
        """For good. Somebody who used it in this very moment keeps her place."""
        who, code = member(), self.asked
        self.asked = Ticket()
        if not code.id:
            return None
        try:
            async with as_member(who.id) as db:
                await codes.revoke(db, who, UUID(code.id), now=clock.now())
        except CodeIsGone as gone:
            await self._read()
            return ShellState.say(str(gone), "error")
        await self._read()
        return ShellState.say(f"{code.code} is taken back. Its link opens nothing any more.", "success")

    @rx.event
    def enlarge(self, code_id: str):
        self.enlarged = self._ticket(code_id)

    @rx.event
    def put_down(self):
        self.enlarged = Ticket()

    @rx.event
    async def show_name(self, is_shown: bool):
        who = member()
        async with as_member(who.id) as db:
            await codes.show_name(db, who, is_shown=is_shown, now=clock.now())
        self.is_named = is_shown

    async def _read(self) -> None:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            found = await codes.own(db, who, now=now)
            self.is_named = await codes.shows_name(db, who)
        self.tickets = [Ticket.of(code, who) for code in found]
        self.left = _left(found, now)

    def _ticket(self, code_id: str) -> Ticket:
        """One that can still be given. Only the tickets on this page have a name here."""
        open_ones = (ticket for ticket in self.tickets if ticket.link)
        return next((ticket for ticket in open_ones if ticket.id == code_id), Ticket())


_TAKEN_BACK = {
    CodeRevocation.giver: "Taken back by you",
    CodeRevocation.admin: "Taken back by the staff",
    CodeRevocation.refunded: "Closed, because the purchase it came with was refunded",
    CodeRevocation.disputed: "Closed, since the payment it came with was disputed",
}


def _note(code: OwnCode, last_day: date) -> str:
    match code.state:
        case CodeState.open:
            return f"Open until {_spoken(last_day)}"
        case CodeState.used if code.used_on:
            return f"Used on {_spoken(code.used_on)}"
        case CodeState.revoked if code.revoked_by:
            return _TAKEN_BACK[code.revoked_by]
        case _:
            return f"Ended unused on {_spoken(last_day)}"


def _left(found: list[OwnCode], now: datetime) -> str:
    count = sum(code.state is CodeState.open for code in found)
    if not count:
        return "Nothing left to give"
    return f"{counted(count, 'place').capitalize()} still to give"


def _spoken(day: date) -> str:
    return f"{spoken_day(day)} {day.year}"
