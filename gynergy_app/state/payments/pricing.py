"""What it costs, which starts are open, and what she has begun already. The form itself is a native one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.offers import Offer, Sold, spoken_price
from gynergy_app.domain.payments.paying import Price
from gynergy_app.domain.payments.receipts import masked
from gynergy_app.errors import Conflict
from gynergy_app.guard import caller, member, public
from gynergy_app.services import flash, programs
from gynergy_app.services.payments import guests, prices, receipts, starts
from gynergy_app.services.payments.receipts import Receipt
from gynergy_app.services.programs import OpenSession
from gynergy_app.settings import settings
from gynergy_app.state.payments.standing import Standing, standing
from gynergy_app.state.programs.starts import Start, start_in_words
from gynergy_app.state.shell import ShellState

HAS_ROOM = "This start has room again. Choose it, and your place is kept while you pay."


@dataclass(frozen=True)
class Prices:
    """As they are shown."""

    challenge: str
    month: str
    year: str
    year_saves: str

    @classmethod
    def of(cls, offers: dict[Sold, Offer]) -> "Prices":
        month, year = offers[Sold.journal_month].price, offers[Sold.journal_year].price
        saved = 12 * month.amount_cents - year.amount_cents
        return cls(
            challenge=offers[Sold.challenge].words,
            month=offers[Sold.journal_month].words,
            year=offers[Sold.journal_year].words,
            year_saves=spoken_price(Price(saved, year.currency)) if saved > 0 else "",
        )


ANNOUNCED = Prices.of(prices.announced())


class PricingState(rx.State):
    is_loading: bool = True
    prices: Prices = ANNOUNCED
    starts: list[Start] = []
    chosen: str = ""
    standing: Standing = Standing()
    may_pay: bool = True
    asks_again: bool = False
    is_signed_in: bool = False
    is_practice: bool = False
    address: str = ""
    """Of the account that pays. Without one, the form asks for an address."""
    known_address: str = ""
    """Of a guest who may go on with what she began, as far as it is shown."""

    typed: dict[str, str] = {}
    problems: dict[str, str] = {}
    note: str = ""

    @public
    @rx.event
    async def open(self):
        who, now = caller(), clock.now()
        self.is_practice = settings.payments_are_practice
        self.is_signed_in, self.address = who is not None, who.email if who else ""
        self._recall()
        offers, last = await _offers_and_last(who, guests.named_in(self.router.headers.cookie), now)
        self._show(who, offers, last, now)
        self.is_loading = False
        return PricingState.ask_for_prices

    @public
    @rx.event
    async def ask_for_prices(self):
        """The page does not wait for Stripe: until it answers, what is announced stands."""
        self.prices = Prices.of(await prices.shown())

    @public
    @rx.event
    def choose(self, session_id: str):
        self.chosen = session_id

    @rx.event
    async def wait_in_queue(self, session_id: str):
        """Queue for a start that is full."""
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            wanted = _found(await starts.on_offer(db, who, now=now), session_id)
            if wanted is None or not wanted.is_full:
                raise Conflict(HAS_ROOM)
            position = await programs.join_waitlist(db, who, wanted.session_id, now=now)
            offers = await starts.on_offer(db, who, now=now)
        self.starts = [start_in_words(offer) for offer in offers]
        words = f"You are number {position} in the queue. We write as soon as a place opens."
        return ShellState.say(words, "success")

    def _recall(self) -> None:
        """What the form before this page left behind."""
        left = flash.find(self.router.headers.cookie, routes.PRICING)
        self.typed = left.typed if left else {}
        self.problems = left.problems if left else {}
        self.note = left.note if left else ""

    def _show(
        self, who: Member | None, offers: list[OpenSession], last: Receipt | None, now: datetime
    ) -> None:
        kept = _found(offers, str(last.session_id)) if last and last.session_id else None
        self.standing = standing(who, last, f"the {kept.label} cohort" if kept else "", now)
        is_guests = who is None and last is not None and last.stage.is_unfinished
        self.known_address = masked(last.email) if is_guests and last else ""
        self.may_pay, self.asks_again = self.standing.may_pay, self.standing.asks_again
        # Who has a place needs no start, and a second place is a gift to somebody else.
        self.starts = [] if self.standing.kind == "access" else [start_in_words(each) for each in offers]
        nearest = programs.find_current(offers)
        wished = (self.typed.get("start"), self.chosen, str(kept.session_id) if kept else "")
        open_ones = {start.id for start in self.starts if not start.is_full or start.id == wished[2]}
        found = next((each for each in wished if each in open_ones), None)
        self.chosen = found or (str(nearest.session_id) if nearest and self.starts else "")


async def _offers_and_last(
    who: Member | None, guests_purchase: UUID | None, now: datetime
) -> tuple[list[OpenSession], Receipt | None]:
    if who:
        async with as_member(who.id) as db:
            return await starts.on_offer(db, who, now=now), await receipts.latest(db, who, now=now)
    async with as_visitor() as db:
        offers = await starts.on_offer(db, None, now=now)
        last = await receipts.of_purchase(db, guests_purchase, now=now) if guests_purchase else None
    return offers, last


def _found(offers: list[OpenSession], session_id: str) -> OpenSession | None:
    return next((offer for offer in offers if str(offer.session_id) == session_id), None)
