"""The one dialog of the gamification desk."""

from typing import Any
from uuid import UUID, uuid4

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import by_hand, gamification
from gynergy_app.state.admin.gamification import GamificationState
from gynergy_app.state.admin.words import as_id
from gynergy_app.state.shell import ShellState

BADGE, BAND, VALUE, AWARD, TAKE_BACK, WITHDRAW = "badge", "band", "value", "award", "take_back", "withdraw"
TITLES = {
    BAND: "A new band",
    VALUE: "Announce a value",
    AWARD: "Points by hand",
    TAKE_BACK: "Take these points back?",
    WITHDRAW: "Take this announcement back?",
}


@admin_only
class GamificationActState(rx.State):
    """Without a `kind` the dialog is closed. `typed` are starting values; the browser keeps what is typed."""

    kind: str = ""
    title: str = ""
    words: str = ""
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}

    _row_id: UUID | None = None
    _key: UUID | None = None

    @rx.event
    def ask(self, kind: str, row_id: str = ""):
        """An empty form, or the question before something is taken back."""
        if kind not in TITLES:
            return
        self._start(kind, TITLES[kind], as_id(row_id))
        self.typed = {"is_active": "on"} if kind == BAND else {}

    @rx.event
    async def edit(self, kind: str, row_id: str):
        """A badge or a band as it is now."""
        wanted = as_id(row_id)
        if wanted is None or kind not in (BADGE, BAND):
            return
        async with as_member(member().id) as db:
            if kind == BADGE:
                draft, words = await gamification.typed_badge(db, wanted)
                title = draft.name
            else:
                draft, words = await gamification.typed_band(db, wanted), ""
                title = draft.band.words
        self._start(kind, title, wanted)
        self.words, self.typed = words, draft.typed()

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Do it, or say beside each field why not."""
        if not self.kind:
            return None
        try:
            async with as_member(member().id) as db:
                said = await self._do(db, form)
        except Invalid as refused:
            self.typed = {**self.typed, **{name: str(value) for name, value in form.items()}}
            self.problems = refused.problems
            return None
        self._close()
        return [GamificationState.open, ShellState.say(said, "success")]

    @rx.event
    def close(self):
        self._close()

    async def _do(self, db: AsyncSession, form: dict[str, Any]) -> str:
        who, now, row_id = member(), clock.now(), self._row_id
        if self.kind == AWARD:
            email, key = str(form.get("email", "")), self._key or uuid4()
            name = await by_hand.award_to_address(db, who, email, form, key, now=now)
            return f"It stands in {name}’s ledger, with the reason."
        if self.kind == BAND and row_id is None:
            await gamification.add_band(db, who, form, now=now)
            return "Band added."
        if row_id is None:
            return ""
        match self.kind:
            case "badge":
                is_changed = await gamification.change_badge(db, who, row_id, form, now=now)
            case "band":
                is_changed = await gamification.change_band(db, who, row_id, form, now=now)
            case "value":
                await gamification.announce(db, who, row_id, form, now=now)
                return "Announced. Until that day nothing changes."
            case "withdraw":
                await gamification.take_back_value(db, who, row_id, now=now)
                return "Taken back."
            case _:
                await by_hand.take_back(db, who, row_id, str(form.get("reason", "")), now=now)
                return "Taken back. Both rows stay in the ledger."
        return "Saved." if is_changed else "Nothing was changed."

    def _start(self, kind: str, title: str, row_id: UUID | None) -> None:
        self._close()
        self.kind, self.title, self._row_id, self._key = kind, title, row_id, uuid4()

    def _close(self) -> None:
        self.kind = self.title = self.words = ""
        self.typed, self.problems = {}, {}
        self._row_id = self._key = None
