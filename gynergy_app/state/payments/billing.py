"""/me/billing: the subscription as Stripe last told it, and what she does with it.

The page opens with our own rows. Invoices, the card and the next charge are asked for afterwards, and are
missing while Stripe is away.
"""

import re
from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.text import counted
from gynergy_app.errors import GynergyError
from gynergy_app.guard import member
from gynergy_app.services import flash
from gynergy_app.services.payments import bought, papers, prices, subscribing, subscriptions
from gynergy_app.services.payments.papers import Paying
from gynergy_app.services.payments.subscriptions import Held
from gynergy_app.state.payments import asking
from gynergy_app.state.payments.asking import Act
from gynergy_app.state.payments.held import Card, as_of, card_of
from gynergy_app.state.payments.papers import InvoiceRow, PurchaseRow, invoice_row, purchase_row
from gynergy_app.state.payments.plans import Plan, plans
from gynergy_app.state.payments.returning import SLOW, UNFINISHED, WAITING, Return, begun
from gynergy_app.state.payments.switching import Switch, switch_of
from gynergy_app.state.shell import ShellState, offer_undo

_CHECKOUT = re.compile(r"cs_\w{8,200}")
WAITS = timedelta(seconds=60)
_TRIAL = "The first {days} cost nothing, once. Cancel before they end and nothing is charged."


class BillingState(rx.State):
    is_loaded: bool = False
    note: str = ""
    is_good_news: bool = False
    problems: dict[str, str] = {}
    returned: Return = Return()

    cards: list[Card] = []
    has_two: bool = False
    as_of: str = ""
    former: str = ""
    """How the last one ended, where none is left."""
    plans: list[Plan] = []
    trial: str = ""
    purchases: list[PurchaseRow] = []

    papers: str = "loading"
    """loading, ready or away."""
    invoices: list[InvoiceRow] = []

    switching: Switch = Switch()
    cancelling: Card = Card()
    busy: str = ""

    _ways: dict[str, Paying] = {}
    _checkout_id: str = ""
    _since: datetime | None = None

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        left = flash.find(self.router.headers.cookie, routes.BILLING) or flash.Flash(routes.BILLING)
        self.note, self.is_good_news, self.problems = left.note, left.is_good_news, left.problems
        said = self.router.url.query_parameters
        asked = str(said.get("session_id") or "")
        self._checkout_id = asked if _CHECKOUT.fullmatch(asked) else ""
        self._since, self.papers, self.busy = now, "loading", ""
        self.switching, self.cancelling = Switch(), Card()
        self.returned = WAITING if self._checkout_id else Return()
        await self._show(who, now)
        self.is_loaded = True
        if self._checkout_id:
            return [BillingState.come_back, BillingState.fetch_papers]
        return (
            [BillingState.look, BillingState.fetch_papers] if said.get("from") else BillingState.fetch_papers
        )

    # -- Back from the page where one pays ------------------------------------------------------------------

    @rx.event
    async def come_back(self):
        """Ask Stripe once what became of it. It grants nothing: what it says is applied like an event."""
        who, now = member(), clock.now()
        if not self._checkout_id or self.returned.kind != WAITING.kind:
            return
        try:
            looked = await asking.look_at_checkout(who, self._checkout_id, now)
        except GynergyError:
            return
        if not looked.is_hers:
            self.returned = Return()
        elif looked.told:
            await self._show(who, now)
        elif looked.is_open:
            self.returned = UNFINISHED

    @rx.event
    async def look_again(self):
        """Every two seconds, for a minute: what Stripe tells us may be on its way."""
        who, now = member(), clock.now()
        if self.returned.kind != WAITING.kind:
            return
        await self._show(who, now)
        if self.returned.kind == WAITING.kind and now - (self._since or now) > WAITS:
            self.returned = SLOW

    # -- Looking --------------------------------------------------------------------------------------------

    @rx.event
    async def look(self):
        """Ask Stripe how everything of hers is now."""
        who, now = member(), clock.now()
        await asking.look_at_all(who, now)
        await self._show(who, now)

    @rx.event
    async def ask_again(self):
        """The same, and the papers too, when she presses the button."""
        await BillingState.look.fn(self)
        return [BillingState.fetch_papers, ShellState.say("This is how it is now.", "success")]

    @rx.event
    async def fetch_papers(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            customers = await subscriptions.customers_of(db, who)
            held = [each for each in await subscriptions.own(db, who) if not each.is_over]
            back = await papers.gone_back(db, who)
        try:
            found = await papers.invoices(customers)
            self._ways = {str(each.id): await papers.paying(each) for each in held}
        except GynergyError:
            self.papers, self._ways = "away", {}
            return
        self.invoices = [invoice_row(each, who.timezone, now, back=back.get(each.id, 0)) for each in found]
        self.papers = "ready"
        await self._show(who, now)

    # -- Doing ----------------------------------------------------------------------------------------------

    @rx.event
    def ask_to_cancel(self, card_id: str):
        self.cancelling = next((card for card in self.cards if card.id == card_id), Card())

    @rx.event
    def keep(self):
        self.cancelling, self.switching = Card(), Switch()

    @rx.event
    async def cancel(self, form: dict[str, Any]):
        """End what the dialog named, with or without a reason."""
        card_id, reason = self.cancelling.id, str(form.get("reason") or "")
        if not card_id:
            return  # the second of two clicks: the first has closed the dialog
        self.busy = "cancel"
        yield
        problem = await self._act(card_id, lambda held: subscriptions.cancel(held, reason))
        self.cancelling = Card()
        if problem:
            yield ShellState.say(problem, "error")
            return
        ending = next((card for card in self.cards if card.id == card_id and card.resume_label), None)
        if ending:
            await offer_undo(
                self, "It is cancelled, and nothing more is charged.", BillingState.resume(card_id)
            )
        else:
            yield ShellState.say("It has ended. Nothing more is charged.", "success")
        yield BillingState.fetch_papers

    @rx.event
    async def resume(self, card_id: str):
        """Take a cancellation back, until its day; or let a paused one go on."""
        self.busy = f"resume:{card_id}"
        yield
        problem = await self._act(card_id, subscriptions.resume)
        yield ShellState.say(problem, "error") if problem else ShellState.say("It goes on.", "success")
        yield BillingState.fetch_papers

    @rx.event
    async def ask_to_switch(self, card_id: str):
        """What the other plan would cost, as Stripe counts it at this moment."""
        who, now = member(), clock.now()
        self.busy = f"switch:{card_id}"
        yield
        try:
            change = await subscriptions.preview(await asking.held(who, card_id), now=now)
            self.switching = switch_of(card_id, change, who.timezone, now)
        except GynergyError as refused:
            yield ShellState.say(str(refused), "error")
        finally:
            self.busy = ""

    @rx.event
    async def switch(self):
        """Change the plan, for exactly what the dialog said."""
        asked = self.switching
        if not asked.id:
            return  # the second of two clicks, as above
        self.busy = "switch"
        yield
        problem = await self._act(asked.id, lambda held: subscriptions.switch(held, asked.at))
        self.switching = Switch()
        if problem:
            yield ShellState.say(problem, "error")
        else:
            yield ShellState.say("Your plan is changed.", "success")
        yield BillingState.fetch_papers

    # -- What all of them do --------------------------------------------------------------------------------

    async def _act(self, card_id: str, act: Act) -> str:
        """Do it, then show what Stripe says now, also when it refused. The answer is what went wrong."""
        who = member()
        try:
            problem = await asking.do(who, card_id, act)
        finally:
            self.busy = ""
        await self._show(who, clock.now())
        return problem

    async def _show(self, who: Member, now: datetime) -> None:
        async with as_member(who.id) as db:
            held = await subscriptions.own(db, who)
            places = await bought.of_member(db, who)
        living = [each for each in held if not each.is_over]
        self.cards = [card_of(each, self._ways.get(str(each.id)), who.timezone, now) for each in living]
        self.has_two, self.as_of = len(living) > 1, as_of(living, who.timezone, now)
        self.former = "" if living or not held else card_of(held[0], None, who.timezone, now).words
        self.purchases = [purchase_row(each, who.timezone, now) for each in places]
        if living and self.returned.kind in (WAITING.kind, SLOW.kind):
            self.returned = begun(self.cards[0])
        if not living:
            await self._offer(held, who.timezone, now)

    async def _offer(self, held: list[Held], timezone: str, now: datetime) -> None:
        days = subscribing.trial_days(held)
        self.plans = list(plans(await prices.shown(), days, timezone, now))
        self.trial = _TRIAL.format(days=counted(days, "day")) if days else ""
