"""Back from the page where one pays. Nothing is granted here: it reads what is so, and asks Stripe once."""

import re
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.receipts import Stage
from gynergy_app.errors import GynergyError, NotFound
from gynergy_app.guard import caller, public
from gynergy_app.repositories import webhook_events
from gynergy_app.services import programs, rate_limits, sessions
from gynergy_app.services.payments import claims, codes, receipts
from gynergy_app.services.payments.applying.purchases import PurchaseTold, look, settle_payment
from gynergy_app.services.payments.receipts import Receipt
from gynergy_app.state.payments.codes import Ticket
from gynergy_app.state.payments.outcome import BANK, PAID, WAITING, Outcome, Paid, outcome, paid, unfinished

_CHECKOUT = re.compile(r"cs_\w{8,200}")
WAITS = timedelta(seconds=60)
LOOKS_AN_HOUR = 60
"""From one address. Everybody else's rows are asked for without Stripe."""


SOON, SELDOM = 2, 15
"""Seconds between two looks of a page that waits."""


class SuccessState(rx.State):
    outcome: Outcome = Outcome()
    codes: list[Ticket] = []
    is_paid: bool = False
    is_signed_in: bool = False
    is_waiting: bool = False
    looks_every: int = SOON
    is_slow: bool = False

    _checkout_id: str = ""
    _since: datetime | None = None
    _is_open: bool = False

    @public
    @rx.event
    async def open(self):
        who, now = caller(), clock.now()
        asked = str(self.router.url.query_parameters.get("session_id") or "")
        self._checkout_id = asked if _CHECKOUT.fullmatch(asked) else ""
        self._since, self.is_signed_in, self.is_slow = now, who is not None, False
        self._is_open = False
        found = await _find(who, self._checkout_id, now)
        if self._checkout_id and (found is None or found.stage.is_unfinished):
            found = await self._look(who, found, now)
        await self._show(who, found, now)

    @public
    @rx.event
    async def look_again(self):
        """Every two seconds, for a minute: what Stripe tells us may be on its way. A bank takes its time."""
        who, now = caller(), clock.now()
        if not self.is_waiting:
            return
        await self._show(who, await _find(who, self._checkout_id, now), now)
        if self.outcome.kind == WAITING and now - (self._since or now) > WAITS:
            self.is_waiting, self.is_slow = False, True

    async def _look(self, who: Member | None, found: Receipt | None, now: datetime) -> Receipt | None:
        """Ask Stripe once. When it does not answer, its event will come."""
        try:
            key = f"checkout-look:from:{self.router.session.client_ip}"
            await rate_limits.allow(key, LOOKS_AN_HOUR, timedelta(hours=1), now)
            async with as_visitor() as db:
                asked_at = await webhook_events.moment(db)
            told = await look(self._checkout_id, asked_at)
        except GynergyError:
            return found
        if told is None:
            return found
        self._is_open = told.session["status"] == "open"
        return await _settle(who, told, now)

    async def _show(self, who: Member | None, found: Receipt | None, now: datetime) -> None:
        if found and found.stage is Stage.paid and found.owner_id is None and who:
            found = await _claim(who, found, now)
        hers = await _hers(who, found, now) if who and found and found.owner_id == who.id else None
        said = outcome(found, who, hers)
        self.outcome = unfinished(said) if self._is_open and said.kind == WAITING else said
        self.codes = hers.codes if hers else []
        self.is_paid, self.is_waiting = self.outcome.kind in PAID, self.outcome.kind in (WAITING, BANK)
        self.looks_every = SELDOM if self.outcome.kind == BANK else SOON


def _doors(who: Member | None) -> list[AbstractAsyncContextManager[AsyncSession]]:
    """A guest's purchase is seen by nobody who has signed in, until it is hers."""
    return [*([as_member(who.id)] if who else []), as_visitor()]


async def _find(who: Member | None, checkout_id: str, now: datetime) -> Receipt | None:
    for door in _doors(who) if checkout_id else []:
        async with door as db:
            if found := await receipts.of_checkout(db, checkout_id, now=now):
                return found
    return None


async def _settle(who: Member | None, told: PurchaseTold, now: datetime) -> Receipt | None:
    """What Stripe said, written into our row, if she may know of it: a recovered page has another number."""
    for door in _doors(who):
        try:
            async with door as db:
                await settle_payment(db, told, now=now)
                found = await receipts.of_purchase(db, told.purchase_id, now=now)
        except NotFound:
            continue
        if who:
            sessions.forget_member(who.id)
        return found
    return None


async def _claim(who: Member, found: Receipt, now: datetime) -> Receipt:
    async with as_member(who.id) as db:
        await claims.claim_on_arrival(db, who.id, now=now)
        sessions.forget_member(who.id)
        return await receipts.of_purchase(db, found.purchase_id, now=now) or found


async def _hers(who: Member, found: Receipt, now: datetime) -> Paid | None:
    """What came with it: a start, and codes to give away."""
    if found.stage is not Stage.paid:
        return None
    async with as_member(who.id) as db:
        place = await programs.current_enrollment(db, who, now=now)
        given = await codes.own(db, who, now=now)
    tickets = [Ticket.of(code, who) for code in given if code.state is CodeState.open]
    return paid(who, place, tickets, now)
