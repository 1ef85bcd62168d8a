"""Comparing with Stripe: asked for here, done by the worker, looked at until it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.services.payments import reconciling
from gynergy_app.services.payments.reconciling import Difference, Report
from gynergy_app.state.admin.words import moment, moment_within
from gynergy_app.state.shell import ShellState

ROUNDS_SHOWN = 8
PROGRESS = {
    "todo": "Asked for. It waits for the worker.",
    "doing": "Under way: the worker is asking Stripe.",
}
KINDS = {
    "event": "An event",
    "purchase": "A purchase",
    "subscription": "A subscription",
    "invoice": "An invoice",
}
WORDS = {"missed": "never arrived", "unknown": "not known here"}


@dataclass(frozen=True)
class RoundRow:
    when: str
    looked_at: str
    found: str
    kind: str
    trouble: str


@dataclass(frozen=True)
class DifferenceRow:
    what: str
    id: str
    href: str
    when: str
    before: str
    after: str


@dataclass(frozen=True)
class ReconciliationView:
    says: str = ""
    is_running: bool = False
    following: str = ""
    rounds: list[RoundRow] = field(default_factory=list)
    differences: list[DifferenceRow] = field(default_factory=list)


@admin_only
class ReconciliationState(rx.State):
    view: ReconciliationView = ReconciliationView()

    @rx.event
    async def open(self):
        await self._show()

    @rx.event
    async def look(self):
        """While a round is under way the page asks again and again."""
        await self._show()

    @rx.event
    async def ask(self):
        who = member()
        async with as_member(who.id) as db:
            is_new = await reconciling.ask_now(db, who, now=clock.now())
        await self._show()
        said = "Asked for. It begins within a second." if is_new else "A round is on its way already."
        return ShellState.say(said, "info")

    async def _show(self) -> None:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            progress = await reconciling.progress(db)
            rounds = await reconciling.reports(db, size=ROUNDS_SHOWN)
            differing = await reconciling.differing(db)
        self.view = _view(progress, rounds, differing, who.timezone, now)


def _view(
    progress: str, rounds: Sequence[Report], differing: Sequence[Report], zone: str, now: datetime
) -> ReconciliationView:
    following = moment_within(reconciling.next_round(now), zone, now)
    return ReconciliationView(
        says=PROGRESS.get(progress) or _last(rounds, zone, now),
        is_running=progress != "",
        following=f"The next round begins by itself {following}.",
        rounds=[_round(each, zone, now) for each in rounds],
        differences=[_difference(one, each, zone, now) for each in differing for one in each.differences],
    )


def _last(rounds: Sequence[Report], zone: str, now: datetime) -> str:
    if not rounds:
        return "No round has been made yet."
    latest = rounds[0]
    when = moment_within(latest.began_at, zone, now)
    if latest.trouble:
        return f"The last round, {when}, ended early: {latest.trouble}"
    if latest.differences:
        return f"Done. The last round, {when}, found {_found(latest).lower()}."
    return f"Done. The last round, {when}, found everything as Stripe has it."


def _found(report: Report) -> str:
    if not report.differences:
        return "No difference"
    return f"{counted(len(report.differences), 'difference').capitalize()}, set right"


def _round(report: Report, zone: str, now: datetime) -> RoundRow:
    looked_at = ", ".join(
        counted(count, what)
        for count, what in (
            (report.events, "event"),
            (report.purchases, "open purchase"),
            (report.subscriptions, "subscription"),
        )
    )
    kind = "bad" if report.trouble else "wait" if report.differences else "good"
    return RoundRow(
        when=moment(report.began_at, zone, now),
        looked_at=looked_at.capitalize(),
        found="Ended early" if report.trouble else _found(report),
        kind=kind,
        trouble=report.trouble,
    )


def _difference(one: Difference, report: Report, zone: str, now: datetime) -> DifferenceRow:
    return DifferenceRow(
        what=KINDS.get(one.kind, one.kind),
        id=one.id,
        href=routes.admin_purchase(one.id) if one.kind == "purchase" else "",
        when=moment(report.began_at, zone, now),
        before=WORDS.get(one.before, one.before),
        after=one.after,
    )
