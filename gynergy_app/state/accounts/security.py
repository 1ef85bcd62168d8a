"""How an account is entered, and where it is open now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.guard import member
from gynergy_app.services import addresses, cookies, flash, sessions
from gynergy_app.services.sessions import OwnSession
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class SignInRow:
    """One place where the member is signed in."""

    id: str
    device: str
    seen: str
    is_this_one: bool

    @classmethod
    def of(cls, session: OwnSession, who: Member, now: datetime) -> "SignInRow":
        since = _spoken(session.created_at, who.timezone)
        seen = (
            "Open now" if session.is_this_one else f"Last used {_spoken(session.last_seen_at, who.timezone)}"
        )
        where = f", from {session.ip}" if session.ip else ""
        return cls(str(session.id), session.device, f"{seen}. Signed in {since}{where}.", session.is_this_one)


def _spoken(moment: datetime, timezone: str) -> str:
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%B, %H:%M}"


class SecurityState(rx.State):
    email: str = ""
    is_anonymous: bool = False
    sign_ins: list[SignInRow] = []
    has_others: bool = False
    problems: dict[str, str] = {}
    typed: dict[str, str] = {}
    note: str = ""
    is_good_news: bool = False
    is_loaded: bool = False
    waiting_email: str = ""
    waiting_since: str = ""

    @rx.event
    async def open(self):
        who = member()
        self.email, self.is_anonymous = who.email, who.is_anonymous
        self._recall()
        await self._list(who)
        self.is_loaded = True
        self.waiting_email = self.waiting_since = ""
        return SecurityState.look_for_waiting

    @rx.event
    async def look_for_waiting(self):
        """A change of address that not every mailbox has agreed to; the page does not wait for the answer."""
        who = member()
        cookie = cookies.read(self.router.headers.cookie, sessions.COOKIE)
        if waiting := await addresses.find_waiting(cookie, now=clock.now()):
            self.waiting_email = waiting.email
            self.waiting_since = _spoken(waiting.asked_at, who.timezone)

    @rx.event
    async def end(self, session_id: str):
        """Sign out one other place."""
        who = member()
        chosen = next((row for row in self.sign_ins if row.id == session_id), None)
        if chosen:
            await sessions.revoke_one(who, UUID(chosen.id), clock.now())
        await self._list(who)
        return ShellState.say("That device is signed out.", "success") if chosen else None

    @rx.event
    async def end_others(self):
        who, now = member(), clock.now()
        for session in await sessions.list_own(who, now):
            if not session.is_this_one:
                await sessions.revoke_one(who, session.id, now)
        await self._list(who)
        return ShellState.say("Every other device is signed out.", "success")

    async def _list(self, who: Member) -> None:
        now = clock.now()
        self.sign_ins = [SignInRow.of(session, who, now) for session in await sessions.list_own(who, now)]
        self.has_others = len(self.sign_ins) > 1

    def _recall(self) -> None:
        left = flash.find(self.router.headers.cookie, routes.SECURITY) or flash.Flash(routes.SECURITY)
        self.problems, self.typed = left.problems, left.typed
        self.note, self.is_good_news = left.note, left.is_good_news
