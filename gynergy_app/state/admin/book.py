"""One program at the desk: its sessions, and what each day brings."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.program_drafts import POINTS
from gynergy_app.domain.programs import PROGRAM_DAYS, ActionType, Phase, read_phases, status_on
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.books import Run, Waiting
from gynergy_app.services.desks import programs
from gynergy_app.services.desks.programs import BookFile, NoSuchBook
from gynergy_app.state.admin.words import SESSION_STATES, AuditLine, audit_line, id_in, moment, short_date

POINTS_FOR = dict(
    zip(
        POINTS,
        (
            "Morning journal",
            "Evening journal",
            "Gratitude action",
            "Weekly reflection",
            "Weekly challenge",
            "Vision",
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class SessionRow:
    id: str
    label: str
    days: str
    status: str
    kind: str
    places: str
    queue: str


@dataclass(frozen=True)
class MilestoneRow:
    id: str
    order: str
    name: str
    days: str


@dataclass(frozen=True)
class ActionRow:
    id: str
    place: str
    title: str
    tip: str
    asks: str


@dataclass(frozen=True)
class QuoteRow:
    id: str
    day: str
    content: str
    author: str


@dataclass(frozen=True)
class PhaseRow:
    order: str
    name: str
    subtitle: str
    days: str
    description: str


@dataclass(frozen=True)
class WaitingRow:
    id: str
    name: str
    href: str
    cohort: str
    place: str
    since: str


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True)
class BookView:
    id: str = ""
    name: str = ""
    zone: str = "UTC"
    lede: str = ""
    sessions: list[SessionRow] = field(default_factory=list)
    milestones: list[MilestoneRow] = field(default_factory=list)
    daily: list[ActionRow] = field(default_factory=list)
    weekly: list[ActionRow] = field(default_factory=list)
    quotes: list[QuoteRow] = field(default_factory=list)
    phases: list[PhaseRow] = field(default_factory=list)
    waiting: list[WaitingRow] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    points: list[Fact] = field(default_factory=list)
    audit: list[AuditLine] = field(default_factory=list)


@admin_only
class BookState(rx.State):
    is_loading: bool = True
    is_missing: bool = False
    view: BookView = BookView()

    _book_id: UUID | None = None

    @rx.event
    async def open(self):
        asked = id_in(self.router.url.path)
        if asked is None or asked != self._book_id:
            self.is_loading, self.view = True, BookView(zone=member().timezone)
        self._book_id = asked
        who, now = member(), clock.now()
        try:
            if asked is None:
                raise NoSuchBook
            async with as_member(who.id) as db:
                file = await programs.read(db, asked)
        except NoSuchBook:
            self.is_missing, self.is_loading = True, False
            return
        self.view = _view(file, who, now)
        self.is_missing, self.is_loading = False, False


def _view(file: BookFile, admin: Member, now: datetime) -> BookView:
    book, today = file.book, clock.day_in(admin.timezone, now)
    return BookView(
        id=str(book.id),
        name=book.name,
        zone=admin.timezone,
        lede=f"{book.duration_days} days, {book.slug}",
        sessions=[_session_row(run, today) for run in file.runs],
        milestones=[
            MilestoneRow(str(row.id), str(row.order), row.name, f"{row.start_point} – {row.end_point}")
            for row in file.milestones
        ],
        daily=[_action_row(row) for row in file.actions if row.action_type is ActionType.daily],
        weekly=[_action_row(row) for row in file.actions if row.action_type is ActionType.weekly],
        quotes=[_quote_row(row) for row in file.quotes],
        phases=[_phase_row(phase) for phase in read_phases(book.journey_phases)],
        waiting=[_waiting_row(one, admin.timezone, now) for one in file.waiting],
        facts=_facts(book),
        points=[Fact(name, str(getattr(book, column))) for column, name in POINTS_FOR.items()],
        audit=[audit_line(row, admin.timezone, now) for row in file.audit],
    )


def _session_row(run: Run, today: date) -> SessionRow:
    session = run.session
    status = status_on(today, session.start_date, session.end_date, session.grace_period_end)
    words, kind = SESSION_STATES[status]
    limit = f" of {session.max_enrollments:,}" if session.max_enrollments else ", no limit"
    return SessionRow(
        id=str(session.id),
        label=session.cohort_label or "–",
        days=f"{short_date(session.start_date, today)} – {short_date(session.end_date, today)}",
        status=words,
        kind=kind,
        places=f"{run.enrolled:,}{limit}",
        queue=f"{run.waiting:,}" if run.waiting else "–",
    )


def _action_row(row: Any) -> ActionRow:
    asked = {
        "a letter": row.is_self,
        "lines": row.is_list,
        "a drawing": row.is_draw,
        "a eulogy": row.is_eulogy,
        "meditations": row.is_meditation,
        "the life map": row.is_journey_table,
    }
    unit = "Week" if row.action_type is ActionType.weekly else "Day"
    return ActionRow(
        str(row.id),
        f"{unit} {row.period}",
        row.title,
        row.tip or "",
        ", ".join(name for name, is_asked in asked.items() if is_asked) or "a note",
    )


def _quote_row(row: Any) -> QuoteRow:
    said_by = ", ".join(filter(None, (row.author, row.source)))
    return QuoteRow(str(row.id), f"Day {row.day}", row.content, said_by or "no author named")


def _phase_row(phase: Phase) -> PhaseRow:
    days = f"{phase.start_day} – {phase.end_day}"
    return PhaseRow(str(phase.order), phase.name, phase.subtitle, days, phase.description)


def _waiting_row(one: Waiting, zone: str, now: datetime) -> WaitingRow:
    return WaitingRow(
        id=str(one.user_id),
        name=f"{one.first_name} {one.last_name}".strip() or one.email or "Guest",
        href=routes.admin_member(str(one.user_id)),
        cohort=one.cohort or "–",
        place=str(one.place),
        since=moment(one.joined_at, zone, now),
    )


def _facts(book: Any) -> list[Fact]:
    return [
        Fact("Name", book.name),
        Fact("Short name", book.short_name),
        Fact("Key", book.slug),
        Fact("Length", f"{PROGRAM_DAYS} days"),
        Fact("Heading", book.heading or "–"),
        Fact("Introduction", book.description or "–"),
        Fact("Farewell", book.farewell or "–"),
    ]
