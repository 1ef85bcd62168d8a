"""The lines behind the bell."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.text import spoken_day
from gynergy_app.guard import member
from gynergy_app.services import notifications
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class Line:
    """One thing that was told. `href` leads to what it is about; "" leads nowhere."""

    id: str
    category: str
    title: str
    body: str
    told_at: str
    href: str
    is_new: bool


class NotificationsState(rx.State):
    """Newest first. Opening the page is reading it: the dot at the bell goes, here and on every device."""

    is_loading: bool = True
    is_fetching: bool = False
    lines: list[Line] = []
    has_earlier: bool = False

    _next_key: tuple[datetime, UUID] | None = None

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            page = await notifications.page(db, who)
            self.lines = []
            self._add(page, who, now)
            # Only now: what was new stays marked on this screen.
            await notifications.read_all(db, who, now=now)
        shell = await self.get_state(ShellState)
        shell.unread_count = 0
        self.is_loading = False

    @rx.event
    async def show_earlier(self):
        if self._next_key is None:
            return
        self.is_fetching = True
        yield
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            page = await notifications.page(db, who, before=self._next_key)
        self._add(page, who, now)
        self.is_fetching = False

    def _add(self, page: notifications.Page, who: Member, now: datetime) -> None:
        today = clock.day_in(who.timezone, now)
        self.lines = [*self.lines, *(_line(line, who, today) for line in page.lines)]
        self._next_key = page.next_key
        self.has_earlier = page.next_key is not None


def _line(told: Any, who: Member, today: date) -> Line:
    return Line(
        id=str(told.id),
        category=told.category,
        title=told.title,
        body=told.body,
        told_at=spoken_moment(local_time(told.created_at, who.timezone), today),
        href=told.href or "",
        is_new=told.read_at is None,
    )


def spoken_moment(at: datetime, today: date) -> str:
    near = {today: "Today", today - timedelta(days=1): "Yesterday"}
    return f"{near.get(at.date()) or spoken_day(at.date())}, {at:%H:%M}"
