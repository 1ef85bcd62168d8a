"""What members reported: the most urgent first, each decided once, with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.community import ReportPriority, ReportStatus, Verdict
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.moderation_queue import Report
from gynergy_app.services.community import moderating
from gynergy_app.services.community.moderating import SettledAlready
from gynergy_app.services.desks import reports
from gynergy_app.state.admin.deciding import DecidingState, Question
from gynergy_app.state.admin.words import as_id, moment, moment_within
from gynergy_app.state.community.words import REASONS
from gynergy_app.state.shell import ShellState

PRIORITIES = {
    ReportPriority.urgent: ("Urgent", "bad"),
    ReportPriority.high: ("High", "wait"),
    ReportPriority.normal: ("Normal", "normal"),
    ReportPriority.low: ("Low", "normal"),
}


@dataclass(frozen=True)
class WaitingRow:
    """One post and everything that was reported about it. `before` is how it began then, if it was edited."""

    post_id: str
    author: str
    author_href: str
    cohort: str
    title: str
    words: str
    before: str
    state: str
    reports: list[str]
    priority: str
    kind: str
    since: str


@dataclass(frozen=True)
class DecidedRow:
    post_id: str
    author: str
    author_href: str
    words: str
    reason: str
    state: str
    kind: str
    note: str
    by: str
    when: str
    is_hidden: bool


@admin_only
class ReportsState(DecidingState, rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    waiting: list[WaitingRow] = []
    decided: list[DecidedRow] = []

    _post_id: UUID | None = None

    @rx.event
    async def open(self):
        await self._show()
        self.is_loading = False

    @rx.event
    def ask(self, post_id: str, verdict: str):
        """Open the dialog that says what will follow."""
        row = next((row for row in self.waiting if row.post_id == post_id), None)
        if row is None or verdict not in (Verdict.hide, Verdict.dismiss):
            return
        self._post_id = as_id(post_id)
        self._ask(_question(row, Verdict(verdict)))

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Once: of two admins the second is told, and decides nothing."""
        who, post_id, verdict = member(), self._post_id, self.question.act
        if post_id is None or not verdict:
            return None
        act = moderating.hide if verdict == Verdict.hide else moderating.dismiss
        try:
            async with as_member(who.id) as db:
                await act(db, who, post_id, str(form.get("reason") or ""), now=clock.now())
        except Invalid as refused:
            self.problems = refused.problems
            return None
        except SettledAlready as late:
            said = ShellState.say(str(late), "error")
        else:
            done = "Hidden. Its author was told, with your reason."
            kept = "Put aside. The post stays, and its author hears nothing."
            said = ShellState.say(done if verdict == Verdict.hide else kept, "success")
        self._close()
        await self._show()
        return said

    @rx.event
    async def show_again(self, post_id: str):
        who, found = member(), as_id(post_id)
        if found is None:
            return None
        async with as_member(who.id) as db:
            await moderating.show(db, who, found, now=clock.now())
        await self._show()
        return ShellState.say("Shown again. Its author was told.", "success")

    async def _show(self) -> None:
        who, now = member(), clock.now()
        self.zone = who.timezone
        async with as_member(who.id) as db:
            waiting, decided = await reports.waiting(db), await reports.decided(db)
        self.waiting = [_waiting_row(group, who.timezone, now) for group in waiting]
        self.decided = [_decided_row(each, who.timezone, now) for each in decided]


def _question(row: WaitingRow, verdict: Verdict) -> Question:
    if verdict is Verdict.hide:
        return Question(
            verdict.value,
            f"Hide the post of {row.author}?",
            f"{row.cohort} no longer sees it. {row.author} still does, and is told your reason. "
            "It can be shown again.",
            "Hide it",
            "Its author reads it beside your first name. Write kindly, and name nobody else.",
            is_red=True,
        )
    return Question(
        verdict.value,
        "Leave this post where it is?",
        f"What was reported about it is closed. {row.author} does not learn that it was reported.",
        "Put aside",
        "The record keeps it.",
    )


def _waiting_row(group: list[Report], zone: str, now: datetime) -> WaitingRow:
    first = group[0]
    priority, kind = PRIORITIES[first.priority]
    return WaitingRow(
        post_id=str(first.post_id),
        author=first.author,
        author_href=routes.admin_member(str(first.author_id)),
        cohort=first.cohort,
        title=first.title,
        words=first.content,
        before=first.preview if first.is_edited_since else "",
        state=_state(first),
        reports=[_reported(each, zone, now) for each in group],
        priority=priority,
        kind=kind,
        since=f"waiting since {moment_within(min(each.created_at for each in group), zone, now)}",
    )


def _state(report: Report) -> str:
    if report.is_deleted:
        return "Its author has deleted it meanwhile."
    return "" if report.is_approved else "It is hidden already."


def _reported(report: Report, zone: str, now: datetime) -> str:
    by = report.reporter or "somebody who has left"
    said = f": “{report.details}”" if report.details else "."
    return f"{REASONS[report.report_reason]}, by {by}, {moment_within(report.created_at, zone, now)}{said}"


def _decided_row(report: Report, zone: str, now: datetime) -> DecidedRow:
    is_hidden = not report.is_approved
    state, kind = ("Hidden", "bad") if report.status is ReportStatus.rejected else ("Put aside", "normal")
    if report.status is ReportStatus.rejected and not is_hidden:
        state, kind = "Shown again", "good"
    return DecidedRow(
        post_id=str(report.post_id),
        author=report.author,
        author_href=routes.admin_member(str(report.author_id)),
        words=report.preview,
        reason=REASONS[report.report_reason],
        state=state,
        kind=kind,
        note=report.note,
        by=report.decided_by or "Somebody who has left",
        when=moment(report.resolved_at, zone, now) if report.resolved_at else "",
        is_hidden=is_hidden,
    )
