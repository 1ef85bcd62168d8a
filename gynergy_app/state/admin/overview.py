"""The overview in words: figures, what needs someone, what was done lately."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.text import counted
from gynergy_app.drawing.chart import EMPTY, Chart, Reading, line_chart
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import overview
from gynergy_app.services.desks.members import Group
from gynergy_app.services.desks.overview import Overview
from gynergy_app.state.admin.money_needs import Need, money_needs
from gynergy_app.state.admin.payments_view import MoneyFigure, in_short
from gynergy_app.state.admin.words import AuditLine, audit_line, moment_within, short_date

WORKER_AWAY = timedelta(minutes=2)
AXIS_STEPS = (5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    definition: str


@dataclass(frozen=True)
class OverviewView:
    zone: str = "UTC"
    counted: str = ""
    figures: list[Figure] = field(default_factory=list)
    money: list[MoneyFigure] = field(default_factory=list)
    chart: Chart = EMPTY
    needs: list[Need] = field(default_factory=list)
    needs_count: str = ""
    lately: list[AuditLine] = field(default_factory=list)


@admin_only
class OverviewState(rx.State):
    is_loading: bool = True
    view: OverviewView = OverviewView()

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            seen = await overview.read(db, who, now=now)
        self.view = _view(seen)
        self.is_loading = False


def _view(seen: Overview) -> OverviewView:
    needs = _needs(seen)
    local = seen.counted_at.astimezone(ZoneInfo(seen.timezone))
    return OverviewView(
        zone=seen.timezone,
        counted=f"{local:%A} {local.day} {local:%B %Y}, counted at {local:%H:%M}.",
        figures=_figures(seen),
        money=in_short(seen.money),
        chart=_chart(seen),
        needs=needs,
        needs_count=str(len(needs) or ""),
        lately=[audit_line(row, seen.timezone, seen.counted_at) for row in seen.lately],
    )


def _figures(seen: Overview) -> list[Figure]:
    count, week_ago = seen.figures, short_date(seen.today - timedelta(days=6), seen.today)
    running = counted(count.running_sessions, "session")
    return [
        Figure(
            "Members",
            f"{count.members:,}",
            f"Every account; {count.suspended} suspended, {count.without_address} without an address.",
        ),
        Figure(
            "In running sessions",
            f"{count.enrolled:,}",
            f"People with a place in a session whose days include today: {running}.",
        ),
        Figure(
            "Wrote in the last 7 days",
            f"{count.writers_this_week:,}",
            f"People who finished a page since {week_ago}, 00:00.",
        ),
        Figure(
            "Pages finished today",
            f"{count.pages_today:,}",
            "Morning, evening and gratitude action pages since 00:00.",
        ),
        Figure(
            "Pages finished in 7 days",
            f"{count.pages_this_week:,}",
            f"The same since {week_ago}, 00:00, today included.",
        ),
        Figure("Waiting for a place", f"{count.waiting:,}", _queue_words(count.queues)),
    ]


def _queue_words(queues: int) -> str:
    if not queues:
        return "Nobody is queueing for a session that has not ended."
    return f"In the queues of {counted(queues, 'session')} that {'has' if queues == 1 else 'have'} not ended."


def _chart(seen: Overview) -> Chart:
    today = seen.today
    readings = [
        Reading(at=n, value=pages, label=short_date(day, today), spoken=f"{short_date(day, today)}: {pages}")
        for n, (day, pages) in enumerate(seen.pages_by_day, 1)
    ]
    top = _top(max(pages for _, pages in seen.pages_by_day))
    ticks = [(n, short_date(day, today)) for n, (day, _) in enumerate(seen.pages_by_day, 1) if n % 7 == 2]
    return line_chart(
        readings,
        days=(1, len(readings)),
        values=(0, top),
        grid=(0, top / 2, top) if top > AXIS_STEPS[0] else (0, top),
        ticks=ticks,
        says=_chart_words(seen),
    )


def _top(most: int) -> int:
    """The end of the axis: a round number that nothing rises above."""
    return next((step for step in AXIS_STEPS if step >= most), most)


def _chart_words(seen: Overview) -> str:
    days = len(seen.pages_by_day)
    total = sum(pages for _, pages in seen.pages_by_day)
    return f"{total:,} pages in {days} days, {seen.pages_by_day[-1][1]} of them today."


def _needs(seen: Overview) -> list[Need]:
    waiting = money_needs(seen.money.waiting, seen.timezone, seen.counted_at)
    return [*waiting, *_mail_needs(seen), *_queue_needs(seen), *_start_needs(seen)]


def _mail_needs(seen: Overview) -> list[Need]:
    mail, needs = seen.mail, []
    if mail.failed:
        people = f"{counted(mail.people, 'member').capitalize()} did not get what we sent them"
        needs.append(
            Need(
                "mail",
                f"{counted(mail.failed, 'mail').capitalize()} did not arrive",
                f"{people} in the last seven days.",
                "List",
                f"{routes.ADMIN_MEMBERS}?show={Group.unreached}",
            )
        )
    if mail.late and mail.oldest_late:
        due = moment_within(mail.oldest_late, seen.timezone, seen.counted_at)
        needs.append(
            Need(
                "clock",
                f"{counted(mail.late, 'mail').capitalize()} should have left by now",
                f"The oldest was due {due}. {_worker_words(seen)} Nothing is lost.",
            )
        )
    return needs


def _worker_words(seen: Overview) -> str:
    if seen.worker_seen_at is None:
        return "No worker has ever been running."
    if seen.counted_at - seen.worker_seen_at > WORKER_AWAY:
        since = moment_within(seen.worker_seen_at, seen.timezone, seen.counted_at)
        return f"The worker was last seen {since}."
    return "The worker is running; the mail server may be away."


def _queue_needs(seen: Overview) -> list[Need]:
    return [
        Need(
            "users",
            f"{queue.label or 'A session'} is full and {counted(queue.waiting, 'person', 'people')} wait",
            f"{counted(queue.places, 'place').capitalize()},"
            f" starts {short_date(queue.start_date, seen.today)}."
            " More places or another session would let them in.",
            "Open",
            routes.admin_book(str(queue.book_id)),
        )
        for queue in seen.queues
    ]


def _start_needs(seen: Overview) -> list[Need]:
    if seen.next_start:
        return []
    return [
        Need(
            "calendar",
            "No session starts after today",
            "People who sign up after day nine of the running one find no start to choose.",
            "Open one",
            routes.ADMIN_PROGRAMS,
        )
    ]
