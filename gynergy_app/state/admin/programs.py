"""The list of programs."""

from dataclasses import dataclass

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import programs
from gynergy_app.state.admin.words import short_date


@dataclass(frozen=True)
class BookRow:
    name: str
    href: str
    key: str
    running: str
    next_start: str
    members: str


@admin_only
class ProgramsState(rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    rows: list[BookRow] = []

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        today = clock.day_in(who.timezone, now)
        async with as_member(who.id) as db:
            shelf = await programs.shelf(db, who, now=now)
        self.zone = who.timezone
        self.rows = [
            BookRow(
                name=shelved.book.name,
                href=routes.admin_book(str(shelved.book.id)),
                key=shelved.book.slug,
                running=counted(shelved.running, "session").capitalize(),
                next_start=short_date(shelved.next_start, today) if shelved.next_start else "none set",
                members=f"{shelved.members:,}",
            )
            for shelved in shelf
        ]
        self.is_loading = False
