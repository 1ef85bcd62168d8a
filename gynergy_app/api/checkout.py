"""From the pricing page to the page where one pays. A native form: it works without JavaScript.

    write the wish down, keep a seat ─► ask Stripe for a page ─► remember it ─► lead there

Nothing asks Stripe inside a transaction. Whatever breaks on the way is taken up by the next click, which asks
for the same page again.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.entrances import require
from gynergy_app.api.auth.posting import Form, find_caller, keep_cookie, lead_out, posted, slow_down
from gynergy_app.api.requests import address_of
from gynergy_app.db import as_member, as_visitor
from gynergy_app.domain.accounts import Member, email_problem, tidy_email
from gynergy_app.domain.payments.offers import Offer, Sold
from gynergy_app.domain.payments.receipts import Stage
from gynergy_app.integrations.stripe_billing import PaymentsRefused, PaymentsUnavailable
from gynergy_app.repositories import purchases as rows
from gynergy_app.repositories import webhook_events
from gynergy_app.services import arrivals
from gynergy_app.services.payments import guests, pay_page, prices, purchases, receipts
from gynergy_app.services.payments.applying.purchases import settle_payment
from gynergy_app.services.payments.orders import Checkout, Order, PaidAlready, PaymentOnItsWay
from gynergy_app.services.payments.pay_page import Payer
from gynergy_app.services.payments.receipts import Receipt

log = logging.getLogger(__name__)

AN_HOUR = timedelta(hours=1)
PER_BUYER = 30
TOO_MANY = "The page to pay on was asked for very often. Please wait {wait}; nothing was charged."


@dataclass(frozen=True)
class Wish:
    """What the form says, and who says it."""

    buyer: Member | None
    begun: Receipt | None
    email: str
    session_id: UUID | None
    is_meant: bool
    header: str
    address: str
    browser: str

    def door(self) -> AbstractAsyncContextManager[AsyncSession]:
        return as_member(self.buyer.id) if self.buyer else as_visitor()


@posted(paths.PRICING)
async def begin(request: Request, form: Form) -> Response:
    now = clock.now()
    wish = await _read(request, form, now)
    require(email=email_problem(wish.email))
    about = str(wish.buyer.id) if wish.buyer else wish.email
    await slow_down(request, "checkout", about, per_account=PER_BUYER, window=AN_HOUR, sentence=TOO_MANY)
    offer = await prices.charged(Sold.challenge)
    checkout, payer = await _write_down(wish, offer, now)
    if checkout.overtaken:
        await _close(wish, checkout.overtaken, now)
    url = checkout.url or await _open_page(wish, checkout, offer, payer, now)
    return _lead_to_payment(url, None if wish.buyer else checkout.purchase_id)


async def _read(request: Request, form: Form, now: datetime) -> Wish:
    """Who goes on with what she began need not give her address again."""
    who, begun = await find_caller(request), None
    named = guests.named_in(request.headers.get("cookie", ""))
    if named and who is None:
        async with as_visitor() as db:
            begun = await receipts.of_purchase(db, named, now=now)
    typed = tidy_email(form.get("email"))
    known = begun.email if begun and begun.stage.is_unfinished else ""
    return Wish(
        buyer=who,
        begun=begun,
        email=(who.email if who else "") or typed or known,
        session_id=_uuid(form.get("start", "")),
        is_meant=form.get("again") == "yes",
        header=request.headers.get("cookie", ""),
        address=address_of(request),
        browser=request.headers.get("user-agent", ""),
    )


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None


async def _write_down(wish: Wish, offer: Offer, now: datetime) -> tuple[Checkout, Payer]:
    """The first key that is free, or whose purchase may be gone on with."""
    arrival = arrivals.of_browser(wish.header, now)
    refused = PaidAlready()
    for key in _keys(wish, now):
        order = Order(key, offer.price, wish.email, wish.session_id, arrival)
        try:
            async with wish.door() as db:
                if wish.buyer:
                    await arrivals.remember(db, wish.buyer, arrival, now=now)
                checkout = await purchases.begin(db, order, buyer=wish.buyer, now=now, is_meant=wish.is_meant)
                known = await rows.customer_of(db, wish.buyer.id) if wish.buyer else None
            return checkout, Payer(wish.email, known)
        except PaidAlready as paid:
            if not wish.is_meant:
                raise
            refused = paid
    raise refused


def _keys(wish: Wish, now: datetime) -> Iterator[UUID]:
    """A member is known, so any key will do: what she began is found by her name."""
    if wish.buyer:
        return iter([uuid4()])
    begun = wish.begun
    if begun and (begun.stage.is_unfinished or begun.stage is Stage.bank or not wish.is_meant):
        return iter([begun.purchase_id])
    return guests.keys(wish.email, wish.address, wish.browser, now)


async def _close(wish: Wish, checkout_id: str, now: datetime) -> None:
    """Nobody may pay on two pages. Raises when the former one has been paid on meanwhile."""
    async with wish.door() as db:
        asked_at = await webhook_events.moment(db)
    try:
        told = await pay_page.close_page(checkout_id, asked_at)
    except PaymentsUnavailable:
        log.warning("The page of an overtaken checkout could not be closed.")
        return
    if told is None:
        return
    async with wish.door() as db:
        await settle_payment(db, told, now=now)
        found = await receipts.of_purchase(db, told.purchase_id, now=now)
    if found and found.stage is Stage.bank:
        raise PaymentOnItsWay
    if found and not found.stage.is_unfinished:
        raise PaidAlready


async def _open_page(wish: Wish, checkout: Checkout, offer: Offer, payer: Payer, now: datetime) -> str:
    try:
        page = await pay_page.open_page(checkout, offer, payer)
    except PaymentsRefused:
        prices.forget()
        async with wish.door() as db:
            await purchases.give_up(db, checkout, now=now)
        raise
    async with wish.door() as db:
        await purchases.attach(db, checkout, page["id"], page["url"])
    return page["url"]


def _lead_to_payment(url: str, guests_purchase: UUID | None) -> Response:
    response = lead_out(url)
    if guests_purchase:
        seconds = int(guests.LASTS.total_seconds())
        keep_cookie(response, guests.COOKIE, guests.seal(guests_purchase), seconds)
    return response


routes = [Route(paths.CHECKOUT, begin, methods=["POST"])]
