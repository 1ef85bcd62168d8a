"""The one dialog in which a program and its parts are written."""

from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.program_drafts import SessionDraft
from gynergy_app.domain.programs import PROGRAM_DAYS
from gynergy_app.domain.text import counted
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories import books
from gynergy_app.services.desks import programs
from gynergy_app.services.desks.programs import FORMS, REMOVABLE, Kind
from gynergy_app.state.admin.book import BookState
from gynergy_app.state.admin.words import as_id, id_in
from gynergy_app.state.shell import ShellState

NEW = {
    Kind.book: "A new program",
    Kind.session: "Open a session",
    Kind.milestone: "A new milestone",
    Kind.action: "A new gratitude action",
    Kind.quote: "A new quote",
}
KNOWN = {
    Kind.book: "About this program",
    Kind.session: "The session {name}",
    Kind.milestone: "The milestone {name}",
    Kind.action: "The action of {name}",
    Kind.quote: "The quote of {name}",
}
GONE = {
    Kind.milestone: "Members no longer reach {name}. What they reached stays theirs.",
    Kind.action: "On {name} members are asked for an action of their own choosing.",
    Kind.quote: "On {name} members see no quote.",
}
STARTING_POINTS = {"morning": 10, "evening": 10, "daily": 15, "weekly": 25}


@admin_only
class EditorState(rx.State):
    """Without a `kind` the dialog is closed. `typed` are starting values; the browser keeps what is typed."""

    kind: str = ""
    title: str = ""
    note: str = ""
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}
    can_remove: bool = False
    is_removing: bool = False
    removal: str = ""
    has_begun: bool = False
    ends: str = ""

    _days: int = PROGRAM_DAYS
    _row_id: UUID | None = None
    _book_id: UUID | None = None

    @rx.event
    async def add(self, kind: str, preset: str = ""):
        """An empty form; `preset` says whether a new action is for a day or a week."""
        book_id = id_in(self.router.url.path)
        if kind not in tuple(Kind) or (kind != Kind.book and book_id is None):
            return
        days = PROGRAM_DAYS
        if kind == Kind.session and book_id:
            async with as_member(member().id) as db:
                days = await programs.duration_of(db, book_id)
        self._start(Kind(kind), None)
        self._days = days
        self.title = NEW[Kind(kind)]
        self.typed = _blank(Kind(kind), preset)

    @rx.event
    async def edit(self, kind: str, row_id: str):
        """What is kept now, to be changed."""
        wanted = as_id(row_id)
        if kind not in tuple(Kind) or wanted is None:
            return
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            draft, row = await programs.find_typed(db, Kind(kind), wanted)
            enrolled = await books.enrolled_in(db, wanted) if kind == Kind.session else 0
        self._start(Kind(kind), wanted)
        self.typed = draft.typed()
        name = _name(Kind(kind), self.typed)
        self.title = KNOWN[Kind(kind)].format(name=name)
        self.can_remove = kind in REMOVABLE
        self.removal = GONE[Kind(kind)].format(name=name) if self.can_remove else ""
        if kind == Kind.session:
            self.has_begun = programs.has_begun(row, clock.day_in(who.timezone, now))
            self.note = _session_note(enrolled, self.has_begun)
            self._days = row.duration_days
            self.ends = _ends(self.typed["start_date"], self._days)

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep the form, or say beside each field why not. What was typed stays in either case."""
        if self.kind not in tuple(Kind):
            return None
        kind, who, now = Kind(self.kind), member(), clock.now()
        row_id = self._row_id
        try:
            async with as_member(who.id) as db:
                if row_id:
                    is_changed = await programs.change(db, who, kind, row_id, form, now=now)
                else:
                    row_id = await programs.add(db, who, kind, form, book_id=self._book_id, now=now)
                    is_changed = True
        except Invalid as refused:
            self.typed = {**self.typed, **{name: str(value) for name, value in form.items()}}
            self.problems = refused.problems
            return None
        self._close()
        if kind is Kind.book and not self._row_id:
            return [ShellState.say("Program added.", "success"), rx.redirect(routes.admin_book(str(row_id)))]
        return [BookState.open, ShellState.say("Saved." if is_changed else "Nothing was changed.", "success")]

    @rx.event
    def look_at_start(self, typed: str):
        """The last day follows from the first."""
        self.ends = _ends(str(typed), self._days)

    @rx.event
    def ask_to_remove(self):
        self.is_removing = self.can_remove

    @rx.event
    def keep(self):
        self.is_removing = False

    @rx.event
    async def remove(self):
        """Take a part out of the program; the record keeps it whole."""
        if not (self.can_remove and self.is_removing and self._row_id):
            return None
        who = member()
        async with as_member(who.id) as db:
            await programs.remove(db, who, Kind(self.kind), self._row_id, now=clock.now())
        said = f"{_name(Kind(self.kind), self.typed)} removed."
        self._close()
        return [BookState.open, ShellState.say(f"{said[0].upper()}{said[1:]}", "success")]

    @rx.event
    def close(self):
        self._close()

    def _start(self, kind: Kind, row_id: UUID | None) -> None:
        self._close()
        self.kind, self._row_id = kind, row_id
        self._book_id = None if kind is Kind.book else id_in(self.router.url.path)

    def _close(self) -> None:
        self.kind = self.title = self.note = self.removal = self.ends = ""
        self.typed, self.problems = {}, {}
        self.can_remove = self.is_removing = self.has_begun = False


def _blank(kind: Kind, preset: str) -> dict[str, str]:
    empty = FORMS[kind].draft.of({}).typed()
    if kind is Kind.action:
        return empty | {"action_type": preset or "daily"}
    if kind is Kind.book:
        points = (name for name in empty if name.endswith("_points"))
        return empty | {name: str(STARTING_POINTS.get(name.split("_")[0], 20)) for name in points}
    return empty


def _name(kind: Kind, typed: dict[str, str]) -> str:
    match kind:
        case Kind.quote:
            return f"day {typed['day']}"
        case Kind.action:
            return f"{'week' if typed['action_type'] == 'weekly' else 'day'} {typed['period']}"
        case Kind.session:
            return typed["cohort_label"]
        case _:
            return typed["name"]


def _ends(start_date: str, days: int) -> str:
    """
    >>> _ends("2026-04-01", 45)
    'It lasts 45 days, until Friday 15 May 2026.'
    """
    last = SessionDraft(start_date=start_date).end(days)
    return f"It lasts {days} days, until {last:%A} {last.day} {last:%B %Y}." if last else ""


def _session_note(enrolled: int, has_begun: bool) -> str:
    if has_begun:
        return f"It has begun, so its days stay as they are. {_people(enrolled)}"
    moved = (
        " If you move the start, their first day moves with it; nobody is told by mail." if enrolled else ""
    )
    return f"{_people(enrolled)}{moved}"


def _people(enrolled: int) -> str:
    return f"{counted(enrolled, 'person has', 'people have').capitalize()} a place."
