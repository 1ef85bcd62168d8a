"""Back from paying: it grants nothing by itself, finds out what is so, and tells a stranger nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from pydantic import SecretStr
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.guard import acting_as
from gynergy_app.services.payments import entitlements
from gynergy_app.settings import settings
from gynergy_app.state.payments.success import WAITS, SuccessState
from tests.features.conftest import NewRun
from tests.features.payments.conftest import NewBuyer, buyer, friend, new_buyer, peer, shop
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one
from tests.state.conftest import AScreen

__all__ = ["buyer", "friend", "new_buyer", "peer", "shop"]

NOWHERE = "http://127.0.0.1:9"


async def opened(a_screen: AScreen, who: Member | None, checkout_id: str) -> SuccessState:
    screen: SuccessState = await a_screen(SuccessState)
    address = f"http://localhost:3000{routes.CHECKOUT_SUCCESS}?session_id={checkout_id}"
    screen.router = RouterData(url=ReflexURL(address))  # pyright: ignore[reportCallIssue]
    await run(SuccessState.open, screen, who)
    return screen


async def run(handler: Any, screen: SuccessState, who: Member | None) -> None:
    with acting_as(who):
        await handler.fn(screen)


async def door(who: Member) -> Door:
    async with as_member(who.id) as db:
        return (await entitlements.read(db, who.id)).challenge(clock.now())


async def test_it_is_there_before_any_event_and_grants_what_was_paid(
    a_screen: AScreen, shop: Shop, buyer: Member, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    run_id = await new_run(start=clock.now().date() + timedelta(days=5))
    paid = await shop.buy(buyer, run_id)

    screen = await opened(a_screen, buyer, paid.id)

    said = screen.outcome
    assert (said.kind, said.amount, said.mail) == ("paid", "$997", buyer.email)
    assert said.order.startswith("GY-")
    assert "Day 1 is" in said.words
    assert (said.href, len(screen.codes), screen.is_waiting) == (routes.WELCOME, 2, False)
    assert await door(buyer) is Door.open
    await shop.catch_up()
    query = "select count(*) from email_messages where to_email = %s"
    assert await one(owner_db, query, buyer.email) == 2, "one receipt, one letter with codes"


async def test_without_a_start_she_is_led_to_choose_one(a_screen: AScreen, shop: Shop, buyer: Member):
    screen = await opened(a_screen, buyer, (await shop.buy(buyer)).id)

    assert (screen.outcome.kind, screen.outcome.href) == ("paid", routes.WELCOME)


async def test_a_guest_learns_where_her_place_waits_and_her_address_is_not_told(
    a_screen: AScreen, shop: Shop
):
    paid = await shop.buy(None, email="maya@example.com")

    screen = await opened(a_screen, None, paid.id)

    assert (screen.outcome.kind, screen.codes) == ("guest", [])
    assert "m…@e….com" in screen.outcome.words
    assert "maya@example.com" not in str(screen.dict())


async def test_a_guest_who_has_signed_in_since_finds_it_hers(
    a_screen: AScreen, shop: Shop, new_buyer: NewBuyer
):
    email = f"guest.{uuid4().hex[:8]}@example.com"
    paid = await shop.buy(None, email=email)
    her, other = await new_buyer("Guest", email=email), await new_buyer("Ben")

    others, hers = await opened(a_screen, other, paid.id), await opened(a_screen, her, paid.id)

    assert (others.outcome.kind, hers.outcome.kind) == ("elsewhere", "paid")
    assert (await door(her), await door(other)) == (Door.open, Door.closed)


@pytest.mark.parametrize("is_signed_in", [True, False])
async def test_somebody_elses_number_tells_a_stranger_nothing_before_and_after_stripe_has_told_us(
    is_signed_in: bool, a_screen: AScreen, shop: Shop, buyer: Member, friend: Member
):
    paid = await shop.buy(buyer)
    stranger = friend if is_signed_in else None

    before = await opened(a_screen, stranger, paid.id)
    await shop.catch_up()
    after = await opened(a_screen, stranger, paid.id)

    for screen in (before, after):
        assert (screen.outcome.kind, screen.outcome.order, screen.codes) == ("unknown", "", [])
        assert buyer.email not in str(screen.dict())


@pytest.mark.parametrize("said", ["", "cs_test_nobody_has_this", "purchase", "cs_'; drop table users"])
async def test_a_number_that_is_none_is_said_to_be_unknown(said: str, a_screen: AScreen, shop: Shop):
    assert (await opened(a_screen, None, said)).outcome.kind == "unknown"


@pytest.mark.parametrize(
    ("button", "kind"), [("debit", "bank"), ("decline", "open")], ids=["bank debit", "declined"]
)
async def test_what_is_not_paid_is_not_called_paid(
    button: str, kind: str, a_screen: AScreen, shop: Shop, buyer: Member
):
    checkout = await shop.begin(buyer, allow_promotion_codes=True)
    await shop.pay(checkout, "code", code="TENOFF")
    page = await shop.pay(checkout, button)

    screen = await opened(a_screen, buyer, page.id)

    assert (screen.outcome.kind, screen.is_paid) == (kind, False)
    assert screen.outcome.amount == ("$897.30" if kind == "bank" else "$997")
    assert (screen.is_waiting, screen.looks_every) == ((True, 15) if kind == "bank" else (False, 2))
    assert await door(buyer) is Door.closed


async def test_a_bank_that_did_not_pay_and_a_page_that_has_closed(
    a_screen: AScreen, shop: Shop, buyer: Member, friend: Member
):
    checkout = await shop.begin(buyer, allow_promotion_codes=True)
    await shop.pay(checkout, "code", code="TENOFF")
    page = await shop.pay(checkout, "debit")
    await shop.stripe.operate(f"payments/{page.payment_intent}/bounce")
    closed = await shop.begin(friend)
    await shop.stripe.v1.checkout.sessions.expire_async(closed.url)

    bounced, expired = await opened(a_screen, buyer, page.id), await opened(a_screen, friend, closed.url)

    assert (bounced.outcome.kind, expired.outcome.kind) == ("failed", "expired")
    assert bounced.outcome.href == expired.outcome.href == routes.PRICING
    assert bounced.outcome.amount == "$897.30", "what the bank was asked for"


@pytest.mark.parametrize("how", ["amount", "metadata"])
async def test_what_was_paid_for_something_else_waits_for_a_person(
    how: str, a_screen: AScreen, shop: Shop, buyer: Member
):
    page = await shop.pay(await shop.begin(buyer))
    await shop.stripe.operate(f"checkouts/{page.id}/tamper", how=how)

    screen = await opened(a_screen, buyer, page.id)

    assert (screen.outcome.kind, await door(buyer)) == ("review", Door.closed)


class TestWhileStripeIsAway:
    @pytest.fixture
    async def screen(
        self, a_screen: AScreen, shop: Shop, buyer: Member, monkeypatch: pytest.MonkeyPatch
    ) -> SuccessState:
        paid = await shop.buy(buyer)
        with monkeypatch.context() as away:
            away.setattr(settings, "stripe_api_base", NOWHERE)
            away.setattr(settings, "stripe_secret_key", SecretStr("sk_test_elsewhere"))
            return await opened(a_screen, buyer, paid.id)

    async def test_it_waits_and_finds_out_when_the_event_has_come(
        self, screen: SuccessState, shop: Shop, buyer: Member
    ):
        assert (screen.outcome.kind, screen.is_waiting) == ("waiting", True)
        await run(SuccessState.look_again, screen, buyer)
        assert screen.is_waiting

        await shop.catch_up()
        await run(SuccessState.look_again, screen, buyer)

        assert (screen.outcome.kind, screen.is_waiting, screen.is_slow) == ("paid", False, False)

    async def test_after_a_minute_it_says_that_nothing_is_lost_and_asks_no_more(
        self, screen: SuccessState, buyer: Member
    ):
        with clock.travelling(clock.now() + WAITS + timedelta(seconds=1)):
            await run(SuccessState.look_again, screen, buyer)

        assert (screen.is_waiting, screen.is_slow, screen.outcome.kind) == (False, True, "waiting")


async def test_a_seat_that_went_to_somebody_else_is_said(
    a_screen: AScreen, shop: Shop, buyer: Member, friend: Member, new_run: NewRun,
    owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    place = await new_run(places=1, start=clock.now().date())
    checkout = await shop.begin(buyer, place)
    await owner_db.execute("update purchases set seat_held_until = null where user_id = %s", [buyer.id])
    await shop.buy(friend, place)
    await shop.catch_up()

    screen = await opened(a_screen, buyer, (await shop.pay(checkout)).id)

    assert (screen.outcome.kind, screen.outcome.href) == ("paid", routes.WELCOME)
    assert "went to somebody else while you paid" in screen.outcome.words
