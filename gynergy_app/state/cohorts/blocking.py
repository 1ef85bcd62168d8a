"""Blocking somebody, after it was said what that does; and whom one has blocked."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.guard import member
from gynergy_app.repositories import user_blocks
from gynergy_app.services import blocks
from gynergy_app.state.cohorts.members import MembersState
from gynergy_app.state.cohorts.received import ReceivedState
from gynergy_app.state.shell import ShellState, offer_undo


@dataclass(frozen=True)
class BlockedRow:
    id: str
    name: str


class BlockingState(rx.State):
    """Without a `name` the dialog is closed. Open to everybody, whatever else is closed to her."""

    name: str = ""
    is_loading: bool = True
    blocked: list[BlockedRow] = []

    _user_id: UUID | None = None

    @rx.event
    async def open(self):
        await self._read()

    @rx.event
    async def ask(self, user_id: str):
        """Somebody among the members, or who sent something."""
        known = {row.id: row.name for row in (await self.get_state(MembersState)).rows if not row.is_me}
        known |= {row.sender_id: row.name for row in (await self.get_state(ReceivedState)).rows}
        if user_id in known:
            self.name, self._user_id = known[user_id], UUID(user_id)

    @rx.event
    async def block(self):
        if self._user_id is None:
            return None
        who, other, name = member(), self._user_id, self.name
        async with as_member(who.id) as db:
            await blocks.block(db, who, other, now=clock.now())
        self._close()
        (await self.get_state(MembersState)).search = ""
        await offer_undo(self, f"{name} is blocked.", BlockingState.take_back(str(other)))
        return [MembersState.open, ReceivedState.open]

    @rx.event
    async def take_back(self, user_id: str):
        """Right after it was done, on the same page."""
        await self._unblock(user_id)
        return [MembersState.open, ReceivedState.open]

    @rx.event
    async def unblock(self, user_id: str):
        name = next((row.name for row in self.blocked if row.id == user_id), "")
        await self._unblock(user_id)
        await self._read()
        return ShellState.say(f"{name} is no longer blocked.", "success") if name else None

    @rx.event
    def close(self):
        self._close()

    async def _read(self) -> None:
        async with as_member(member().id) as db:
            found = await user_blocks.list_blocked(db)
        self.blocked = [BlockedRow(str(one.id), one.name) for one in found]
        self.is_loading = False

    async def _unblock(self, user_id: str) -> None:
        try:
            other = UUID(user_id)
        except ValueError:
            return
        who = member()
        async with as_member(who.id) as db:
            await blocks.unblock(db, who, other)

    def _close(self) -> None:
        self.name, self._user_id = "", None
