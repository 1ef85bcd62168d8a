"""Ledgers worked out anew: asked for here, done by the worker, looked at until it is done."""

from dataclasses import dataclass, field
from datetime import date, datetime

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import DifferenceKind, RecountScope, RecountStatus
from gynergy_app.domain.text import counted
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.recounts import Asked, Found
from gynergy_app.services.desks import by_hand
from gynergy_app.state.admin.words import id_in, moment, short_date
from gynergy_app.state.shell import ShellState

STATES = {
    RecountStatus.waiting: ("Waits for the worker", "wait"),
    RecountStatus.running: ("Being worked out", "wait"),
    RecountStatus.done: ("Done", "good"),
    RecountStatus.failed: ("Stopped by an error", "bad"),
}
KINDS = {
    DifferenceKind.missing: "A page without its points",
    DifferenceKind.unfounded: "Points without a source",
    DifferenceKind.figures: "Other figures",
    DifferenceKind.arithmetic: "A row that does not add up",
    DifferenceKind.total: "The sum of the ledger",
    DifferenceKind.badge: "A badge",
    DifferenceKind.freeze: "A freeze",
    DifferenceKind.counter: "A counter",
}
OPEN = (RecountStatus.waiting, RecountStatus.running)


@dataclass(frozen=True)
class RunRow:
    id: str
    whose: str
    when: str
    state: str
    kind: str
    progress: str
    found: str


@dataclass(frozen=True)
class DifferenceRow:
    name: str
    href: str
    what: str
    day: str
    kept: str
    expected: str


@dataclass(frozen=True)
class RecountView:
    runs: list[RunRow] = field(default_factory=list)
    is_running: bool = False
    says: str = ""
    percent: int = 0
    differences: list[DifferenceRow] = field(default_factory=list)


@admin_only
class RecountState(rx.State):
    view: RecountView = RecountView()
    problem: str = ""

    @rx.event
    async def open(self):
        await self._show()

    @rx.event
    async def look(self):
        """While one is under way the page asks again and again."""
        await self._show()

    @rx.event
    async def ask(self, form: dict[str, str]):
        """Everybody, or the one member of an address."""
        who, now, email = member(), clock.now(), str(form.get("recount_email", "")).strip()
        self.problem = ""
        async with as_member(who.id) as db:
            person = await by_hand.find_address(db, email) if email else None
            if email and person is None:
                self.problem = "Nobody is here with this address."
                return None
            scope = RecountScope.member if person else RecountScope.everybody
            await by_hand.ask_recount(db, who, scope, user_id=person, now=now)
        await self._show()
        return ShellState.say("Asked for. The worker compares, and changes nothing.", "info")

    @rx.event
    async def ask_cohort(self):
        """The cohort whose page is open; what is found stands at the other desk."""
        cohort_id = id_in(self.router.url.path)
        if cohort_id is None:
            return None
        who = member()
        async with as_member(who.id) as db:
            await by_hand.ask_recount(db, who, RecountScope.cohort, cohort_id=cohort_id, now=clock.now())
        return rx.redirect(f"{routes.ADMIN_GAMIFICATION}#compare")

    async def _show(self) -> None:
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            runs = await by_hand.recent(db)
            found = await by_hand.found(db, runs[0].recount.id) if runs else []
        self.view = _view(runs, found, who, now)


def _view(runs: list[Asked], found: list[Found], admin: Member, now: datetime) -> RecountView:
    if not runs:
        return RecountView()
    latest = runs[0].recount
    return RecountView(
        runs=[_run_row(asked, admin, now) for asked in runs],
        is_running=latest.status in OPEN,
        says=_says(runs[0]),
        percent=100 * latest.members_done // latest.members if latest.members else 0,
        differences=[_difference_row(one, clock.day_in(admin.timezone, now)) for one in found],
    )


def _whose(asked: Asked) -> str:
    return asked.member_name or asked.cohort_name or "Everybody"


def _progress(asked: Asked) -> str:
    run = asked.recount
    return f"{run.members_done:,} of {run.members:,}" if run.members else "–"


def _run_row(asked: Asked, admin: Member, now: datetime) -> RunRow:
    run = asked.recount
    state, kind = STATES[run.status]
    is_clean = run.status is RecountStatus.done and not run.differences
    return RunRow(
        id=str(run.id),
        whose=_whose(asked),
        when=moment(run.created_at, admin.timezone, now),
        state=state,
        kind=kind,
        progress=_progress(asked),
        found="None" if is_clean else f"{run.differences:,}",
    )


def _says(asked: Asked) -> str:
    """The last run in a sentence."""
    run = asked.recount
    if run.status in OPEN:
        return f"{STATES[run.status][0]}: {_progress(asked)} members, {run.differences:,} differences so far."
    rows = f"{counted(run.members_done, 'member')} and {counted(run.rows_checked, 'row')} were compared"
    if run.status is RecountStatus.failed:
        return f"It stopped after {rows.removesuffix(' were compared')}. The log of the worker says why."
    if not run.differences:
        return f"{rows.capitalize()}. Everything agrees with its sources."
    many = counted(run.differences, "difference").capitalize()
    return f"{rows.capitalize()}. {many} found; nothing was changed."


def _difference_row(found: Found, today: date) -> DifferenceRow:
    row = found.difference
    what = row.what.replace("_", " ").replace("-", " ")
    return DifferenceRow(
        name=found.name,
        href=routes.admin_member(str(row.user_id)),
        what=f"{KINDS[row.kind]}: {what}",
        day=short_date(row.day, today) if row.day else "–",
        kept=row.kept or "–",
        expected=row.expected or "–",
    )
