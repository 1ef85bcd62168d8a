"""The inbox desk: dead letters, and the list of what arrived."""

from datetime import datetime
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import inbox as desk
from gynergy_app.services.desks.inbox import Show, Sought
from gynergy_app.state.admin.inbox_view import EventRow, InboxView, rows_of, view_of

TYPE_LIMIT = 80


@admin_only
class InboxState(rx.State):
    is_loading: bool = True
    view: InboxView = InboxView()
    show: str = Show.every
    event_type: str = ""
    an_id: str = ""
    rows: list[EventRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _last: tuple[datetime, UUID] | None = None

    @rx.event
    async def open(self):
        asked = self.router.url.query_parameters
        if asked.get("show") in tuple(Show):
            self.show = Show(asked.get("show"))
        await self._show()
        self.is_loading = False

    @rx.event
    async def load(self):
        """After something was done to an event."""
        await self._show()

    @rx.event
    async def choose_show(self, show: str):
        if show in tuple(Show):
            self.show = Show(show)
            await self._show_first()

    @rx.event
    async def choose_type(self, event_type: str):
        self.event_type = str(event_type)[:TYPE_LIMIT]
        await self._show_first()

    @rx.event
    async def look(self, an_id: str):
        """An id of Stripe's, of an event or of what it is about."""
        self.an_id = str(an_id)[: desk.ID_LIMIT]
        await self._show_first()

    @rx.event
    async def clear(self):
        self.show, self.event_type, self.an_id = Show.every, "", ""
        await self._show_first()

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
        return f"{counted(len(self.rows), 'event').capitalize()}. The newest first." if self.rows else ""

    async def _show(self) -> None:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            seen = await desk.read(db, now=now)
        self.view = view_of(seen, who.timezone, now)
        await self._show_first()

    async def _show_first(self) -> None:
        self.rows = await self._fetch(None)

    async def _fetch(self, before: tuple[datetime, UUID] | None) -> list[EventRow]:
        who, sought = member(), Sought(Show(self.show), self.event_type, self.an_id)
        async with as_member(who.id) as db:
            found = await desk.find(db, sought, before=before)
        self._last, self.has_more = found.last, found.last is not None
        return rows_of(found.events, who.timezone, clock.now())
