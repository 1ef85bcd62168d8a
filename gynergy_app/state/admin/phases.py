"""The dialog in which a phase of a program is worded."""

from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import phases
from gynergy_app.state.admin.book import BookState
from gynergy_app.state.admin.words import id_in
from gynergy_app.state.shell import ShellState


@admin_only
class PhaseState(rx.State):
    """Without an `order` the dialog is closed. The browser keeps what is typed."""

    order: int = 0
    title: str = ""
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}

    _book_id: UUID | None = None

    @rx.event
    async def edit(self, order: str):
        book_id = id_in(self.router.url.path)
        if book_id is None or not str(order).isdecimal():
            return
        async with as_member(member().id) as db:
            draft = await phases.typed(db, book_id, int(order))
        self._close()
        self.order, self.title, self._book_id = int(order), draft.name, book_id
        self.typed = draft.typed()

    @rx.event
    async def save(self, form: dict[str, Any]):
        if not self.order or self._book_id is None:
            return None
        who, now = member(), clock.now()
        try:
            async with as_member(who.id) as db:
                is_changed = await phases.change(db, who, self._book_id, self.order, form, now=now)
        except Invalid as refused:
            self.typed = {**self.typed, **{name: str(value) for name, value in form.items()}}
            self.problems = refused.problems
            return None
        self._close()
        return [BookState.open, ShellState.say("Saved." if is_changed else "Nothing was changed.", "success")]

    @rx.event
    def close(self):
        self._close()

    def _close(self) -> None:
        self.order, self.title, self.typed, self.problems = 0, "", {}, {}
