"""The page of the price: what it says to whoever opens it, and which starts may be chosen."""

from datetime import timedelta
from typing import Any

import pytest
from reflex.istate.data import HeaderData, ReflexURL, RouterData

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.errors import Conflict
from gynergy_app.guard import acting_as
from gynergy_app.services.payments import entitlements, guests, prices
from gynergy_app.state.payments.pricing import PricingState
from tests.features.conftest import NewRun
from tests.features.payments.conftest import NewBuyer, buyer, friend, new_buyer, peer, shop
from tests.features.payments.peer import Shop
from tests.features.payments.shop import an_order, begin, buy, buy_as_guest, complete, give_back
from tests.state.conftest import AScreen

__all__ = ["buyer", "friend", "new_buyer", "peer", "shop"]


async def opened(a_screen: AScreen, who: Member | None, cookie: str = "") -> PricingState:
    """The page as this person's browser shows it."""
    screen: PricingState = await a_screen(PricingState)
    url = ReflexURL(f"http://localhost:3000{routes.PRICING}")
    screen.router = RouterData(url=url, headers=HeaderData(cookie=cookie))  # pyright: ignore[reportCallIssue]
    if who:
        async with as_member(who.id) as db:
            hers: Entitlement = await entitlements.read(db, who.id)
        who = Member(who.id, who.email, who.first_name, "", "UTC", entitlement=hers)
    await run(PricingState.open, screen, who)
    return screen


async def run(handler: Any, screen: PricingState, who: Member | None, *said: object) -> Any:
    with acting_as(who):
        return await handler.fn(screen, *said)


def this_browser(purchase_id: Any) -> str:
    return f"{guests.COOKIE}={guests.seal(purchase_id)}"


async def test_a_stranger_sees_the_starts_with_room_and_the_nearest_is_proposed(
    a_screen: AScreen, new_run: NewRun
):
    today = clock.now().date()
    nearest = await new_run(places=3, start=today - timedelta(days=8))
    over = await new_run(places=3, start=today - timedelta(days=9))
    far = await new_run(start=today + timedelta(days=100))

    screen = await opened(a_screen, None)

    shown = {start.id: start.places for start in screen.starts}
    assert (shown[str(nearest)], shown[str(far)], str(over) in shown) == ("3 places left", "Open", False)
    assert screen.chosen in shown
    assert (screen.may_pay, screen.asks_again, screen.address) == (True, False, "")


async def test_prices_are_those_of_stripe_as_soon_as_it_has_answered(a_screen: AScreen, shop: Shop):
    screen = await opened(a_screen, None)
    before = screen.prices

    await run(PricingState.ask_for_prices, screen, None)

    assert (before.challenge, screen.prices.challenge) == ("$997", "$997")
    assert (screen.prices.month, screen.prices.year, screen.prices.year_saves) == ("$39.95", "$399", "$80.40")
    assert await prices.shown()  # the same answer is what is charged


async def test_who_has_a_place_is_told_what_a_second_one_would_bring(
    a_screen: AScreen, buyer: Member, new_run: NewRun
):
    await buy(buyer, await new_run(start=clock.now().date()), now=clock.now())

    screen = await opened(a_screen, buyer)

    assert (screen.standing.kind, screen.may_pay, screen.asks_again) == ("access", True, True)
    assert "two more friend codes, and nothing else" in screen.standing.words
    assert (screen.starts, screen.address) == ([], buyer.email)


async def test_an_unfinished_purchase_is_gone_on_with_and_says_until_when_the_seat_is_kept(
    a_screen: AScreen, buyer: Member, new_run: NewRun
):
    place = await new_run(places=1, start=clock.now().date())
    await begin(buyer, an_order(place, email=buyer.email), now=clock.now())

    hers, others = await opened(a_screen, buyer), await opened(a_screen, None)

    assert hers.standing.kind == "paying"
    assert "in the Aurora cohort is kept for 70 minutes more" in hers.standing.words
    assert (hers.chosen, next(s.places for s in others.starts if s.id == str(place))) == (str(place), "Full")


@pytest.mark.parametrize(("end", "kind"), [("refund", "refunded"), ("expire", "expired")])
async def test_how_the_last_purchase_ended_is_said_and_another_may_begin(
    end: str, kind: str, a_screen: AScreen, buyer: Member
):
    now = clock.now()
    checkout = await begin(buyer, an_order(email=buyer.email), now=now - timedelta(days=2))
    if end == "refund":
        await complete(checkout.purchase_id, now=now - timedelta(days=2))
        await give_back(checkout.purchase_id, now=now)

    screen = await opened(a_screen, buyer)

    assert (screen.standing.kind, screen.may_pay, screen.asks_again) == (kind, True, False)


async def test_a_browser_that_bought_as_a_guest_is_told_where_the_place_waits(
    a_screen: AScreen,
):
    purchase_id = await buy_as_guest("maya@example.com", now=clock.now())

    here = await opened(a_screen, None, this_browser(purchase_id))
    elsewhere = await opened(a_screen, None)

    assert (here.standing.kind, here.asks_again, elsewhere.standing.kind) == ("bought", True, "")
    assert "m…@e….com" in here.standing.words
    assert "maya@example.com" not in str(here.dict())


class TestTheQueue:
    async def test_a_member_queues_for_a_full_start(
        self, a_screen: AScreen, buyer: Member, new_buyer: NewBuyer, new_run: NewRun
    ):
        place = await new_run(places=1, start=clock.now().date())
        await buy(buyer, place, now=clock.now())
        waiting = await new_buyer("Ben")
        screen = await opened(a_screen, waiting)

        await run(PricingState.wait_in_queue, screen, waiting, str(place))

        shown = next(start for start in screen.starts if start.id == str(place))
        assert (shown.is_full, shown.queue) == (True, "You are number 1 in the queue")

    @pytest.mark.parametrize("said", ["", "not a start", "with room"])
    async def test_there_is_no_queue_for_what_is_not_full(
        self, said: str, a_screen: AScreen, buyer: Member, new_run: NewRun
    ):
        with_room = await new_run(places=1, start=clock.now().date())
        screen = await opened(a_screen, buyer)

        with pytest.raises(Conflict):
            await run(PricingState.wait_in_queue, screen, buyer, said.replace("with room", str(with_room)))
