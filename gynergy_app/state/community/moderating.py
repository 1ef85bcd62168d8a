"""Reporting a post, and taking it out of a cohort's sight."""

from datetime import timedelta
from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.community import ReportReason
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import Invalid
from gynergy_app.guard import entitled, member
from gynergy_app.services import rate_limits
from gynergy_app.services.community import moderating
from gynergy_app.state.admin.words import as_id
from gynergy_app.state.community.words import PostRow
from gynergy_app.state.shell import ShellState

REPORTS_A_MINUTE = 10
THANKS = "Reported. One of our admins will read it; nobody else learns that you did."
AGAIN = "You have reported this post before. It waits for one of our admins."


class ModeratingState(rx.State, mixin=True):
    """The two questions over the feed: why this is reported, and why it is hidden. Closed without a post."""

    rows: list[PostRow] = []
    reporting: PostRow = PostRow()
    hiding: PostRow = PostRow()
    problems: dict[str, str] = {}

    @entitled(Right.meet)
    @rx.event
    def ask_report(self, post: str):
        self.reporting, self.problems = self._row(post), {}

    @entitled(Right.meet)
    @rx.event
    def ask_hide(self, post: str):
        self.hiding, self.problems = self._row(post), {}

    @entitled(Right.meet)
    @rx.event
    def leave_question(self):
        self.reporting, self.hiding, self.problems = PostRow(), PostRow(), {}

    @entitled(Right.meet)
    @rx.event
    async def report(self, form: dict[str, Any]):
        who, post_id, now = member(), as_id(self.reporting.id), clock.now()
        reason = str(form.get("reason") or "")
        if post_id is None:
            return None
        if reason not in set(ReportReason):
            self.problems = {"reason": "Choose what it is about."}
            return None
        await rate_limits.allow(f"report:{who.id}", REPORTS_A_MINUTE, timedelta(minutes=1), now)
        details = str(form.get("details") or "")
        try:
            async with as_member(who.id) as db:
                is_new = await moderating.report(db, who, post_id, ReportReason(reason), details, now=now)
        except Invalid as refused:
            self.problems = refused.problems
            return None
        self.reporting, self.problems = PostRow(), {}
        return ShellState.say(THANKS if is_new else AGAIN, "success")

    @entitled(Right.meet)
    @rx.event
    async def hide(self, form: dict[str, Any]):
        who, post_id = member(), as_id(self.hiding.id)
        if post_id is None:
            return None
        try:
            async with as_member(who.id) as db:
                reason = str(form.get("hide_reason") or "")
                await moderating.hide(db, who, post_id, reason, now=clock.now())
        except Invalid as refused:
            self.problems = refused.problems
            return None
        self.hiding, self.problems = PostRow(), {}
        await self._read()
        return ShellState.say("Hidden. Its author was told, with your reason.", "success")

    @entitled(Right.meet)
    @rx.event
    async def show(self, post: str):
        who, post_id = member(), as_id(post)
        if post_id is None:
            return None
        async with as_member(who.id) as db:
            await moderating.show(db, who, post_id, now=clock.now())
        await self._read()
        return ShellState.say("Shown again. Its author was told.", "success")

    async def _read(self) -> None:
        raise NotImplementedError

    def _row(self, post: str) -> PostRow:
        return next((row for row in self.rows if row.id == post), PostRow())
