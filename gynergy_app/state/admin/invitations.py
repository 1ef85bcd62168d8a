"""Invitations with something odd about them: a person decides each of them, once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.referrals import POINTS, ReviewStatus
from gynergy_app.domain.text import counted
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.repositories.referral_reviews import Review
from gynergy_app.services import referrals
from gynergy_app.services.desks import invitations
from gynergy_app.services.referrals import DecidedAlready
from gynergy_app.state.admin.deciding import DecidingState, Question
from gynergy_app.state.admin.words import as_id, moment, moment_within
from gynergy_app.state.shell import ShellState

FINE, NOT_FINE = "fine", "not_fine"
PLACES = {
    PurchaseStatus.completed: "has a place",
    PurchaseStatus.disputed: "has a place whose payment is fought over",
    PurchaseStatus.refunded: "had a place and was refunded",
}
DONE = {
    "converted": "It counts now, with its points.",
    "rejected": "It does not count. The place stays.",
    "lapsed": "Noted. The place was given back meanwhile, so there is nothing to count.",
}


@dataclass(frozen=True)
class WaitingRow:
    id: str
    host: str
    host_href: str
    guest: str
    guest_href: str
    story: str
    place_href: str
    signals: list[str]
    since: str


@dataclass(frozen=True)
class DecidedRow:
    id: str
    host: str
    host_href: str
    guest: str
    guest_href: str
    signals: str
    state: str
    kind: str
    reason: str
    by: str
    when: str


@admin_only
class InvitationsState(DecidingState, rx.State):
    is_loading: bool = True
    zone: str = "UTC"
    waiting: list[WaitingRow] = []
    decided: list[DecidedRow] = []
    has_more: bool = False
    is_fetching: bool = False

    _row_id: UUID | None = None
    _last: tuple[datetime, UUID] | None = None

    @rx.event
    async def open(self):
        await self._show()
        self.is_loading = False

    @rx.event
    def ask(self, row_id: str, verdict: str):
        """Open the dialog that says what will follow."""
        row = next((row for row in self.waiting if row.id == row_id), None)
        if row is None or verdict not in (FINE, NOT_FINE):
            return
        self._row_id = as_id(row_id)
        self._ask(_question(row, verdict))

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Once: of two admins the second is told, and decides nothing."""
        who, row_id, is_fine = member(), self._row_id, self.question.act == FINE
        if row_id is None or not self.question.act:
            return None
        reason, now = str(form.get("reason") or ""), clock.now()
        try:
            async with as_member(who.id) as db:
                outcome = await referrals.decide(db, who, row_id, is_fine=is_fine, reason=reason, now=now)
        except Invalid as refused:
            self.problems = refused.problems
            return None
        except DecidedAlready as late:
            said = ShellState.say(str(late), "error")
        else:
            said = ShellState.say(DONE.get(outcome.outcome, "Decided."), "success")
        self._close()
        await self._show()
        return said

    @rx.event
    async def more(self):
        if self._last is None:
            return
        self.is_fetching = True
        yield
        self.decided = [*self.decided, *await self._fetch(self._last)]
        self.is_fetching = False

    @rx.var
    def end(self) -> str:
        """The words under the last row."""
        many = counted(len(self.decided), "decision").capitalize()
        return f"{many}. The latest first." if self.decided else ""

    async def _show(self) -> None:
        who = member()
        self.zone = who.timezone
        async with as_member(who.id) as db:
            found = await invitations.waiting(db)
        self.waiting = [_waiting_row(each, who.timezone, clock.now()) for each in found]
        self.decided = await self._fetch(None)

    async def _fetch(self, before: tuple[datetime, UUID] | None) -> list[DecidedRow]:
        who = member()
        async with as_member(who.id) as db:
            found = await invitations.decided(db, before=before)
        self._last, self.has_more = found.last, found.last is not None
        return [_decided_row(each, who.timezone, clock.now()) for each in found.reviews]


def _question(row: WaitingRow, verdict: str) -> Question:
    read_by_host = "Whoever invited can read it beside your first name, so name nobody else in it."
    if verdict == FINE:
        return Question(
            verdict,
            "Let this invitation count?",
            f"{row.host} gets {POINTS} points for inviting {row.guest}, and whatever milestone comes with it."
            " Both stand in the ledger. It cannot be decided again.",
            "Let it count",
            read_by_host,
        )
    return Question(
        verdict,
        "Not count this invitation?",
        f"{row.host} gets no points for {row.guest}. The place of {row.guest} stays as it is. "
        "It cannot be decided again.",
        "Do not count it",
        read_by_host,
        is_red=True,
    )


def _waiting_row(each: Review, zone: str, now: datetime) -> WaitingRow:
    place = PLACES.get(each.place, "has no place now") if each.place else "has no place now"
    return WaitingRow(
        id=str(each.id),
        host=each.referrer_name,
        host_href=routes.admin_member(str(each.referrer_id)),
        guest=each.referred_name,
        guest_href=routes.admin_member(str(each.referred_id)),
        story=f"Came by the link {moment_within(each.invited_at, zone, now)}, and {place}.",
        place_href=routes.admin_purchase(str(each.purchase_id)) if each.purchase_id else "",
        signals=_signals(each),
        since=f"waiting since {moment_within(each.created_at, zone, now)}",
    )


def _signals(each: Review) -> list[str]:
    return [signal.words for signal in each.signals]


def _decided_row(each: Review, zone: str, now: datetime) -> DecidedRow:
    state, kind = _state(each)
    return DecidedRow(
        id=str(each.id),
        host=each.referrer_name,
        host_href=routes.admin_member(str(each.referrer_id)),
        guest=each.referred_name,
        guest_href=routes.admin_member(str(each.referred_id)),
        signals=" ".join(_signals(each)),
        state=state,
        kind=kind,
        reason=each.reason,
        by=each.decided_by or "Somebody who has left",
        when=moment(each.decided_at, zone, now) if each.decided_at else "",
    )


def _state(each: Review) -> tuple[str, str]:
    if each.status is ReviewStatus.rejected:
        return "Does not count", "normal"
    return ("Counts", "good") if each.counts else ("Fine, and its place is gone", "wait")
