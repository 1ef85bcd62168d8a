"""What things cost: as Stripe says, for as long as it is known, and as announced before."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from gynergy_app.domain.payments.inbox import Subject, subject_of
from gynergy_app.domain.payments.offers import Offer, Sold
from gynergy_app.domain.payments.paying import Price
from gynergy_app.integrations.stripe_billing import PaymentsUnavailable
from gynergy_app.services.payments import prices
from gynergy_app.services.payments.prices import NotForSale
from gynergy_app.settings import settings
from tests.features.payments.peer import Shop

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())


async def cost(shop: Shop, cents: int) -> None:
    """The challenge costs this from now on, as whoever runs this decides at Stripe."""
    product = (await shop.stripe.price("challenge")).product
    said = {"product": product, "unit_amount": cents, "currency": "usd", "lookup_key": "challenge"}
    await shop.stripe.v1.prices.create_async({**said, "transfer_lookup_key": True})


@pytest.fixture
async def at_its_price_again(shop: Shop) -> AsyncIterator[None]:
    yield
    await cost(shop, 99_700)


async def test_what_stripe_says_is_shown_and_charged(shop: Shop):
    shown = await prices.shown()

    assert [offer.words for offer in shown.values()] == ["$997", "$39.95", "$399"]
    assert all(offer.price_id for offer in shown.values())
    assert await prices.charged(Sold.challenge) == shown[Sold.challenge]


async def test_before_stripe_has_answered_prices_are_announced_and_nobody_is_charged(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(settings, "challenge_price_cents", 90_000)

    assert (await prices.shown())[Sold.challenge] == Offer(Sold.challenge, Price(90_000))
    with pytest.raises(PaymentsUnavailable):
        await prices.charged(Sold.challenge)


async def test_the_last_answer_stands_while_stripe_is_away(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    before = await prices.charged(Sold.challenge)
    monkeypatch.setattr(settings, "stripe_api_base", NOWHERE)
    prices.forget()

    assert await prices.charged(Sold.challenge) == before


@pytest.mark.usefixtures("at_its_price_again")
async def test_an_answer_is_kept_until_an_event_says_that_prices_have_changed(shop: Shop):
    await prices.charged(Sold.challenge)
    await cost(shop, 120_000)
    kept = await asyncio.gather(*(prices.charged(Sold.challenge) for _ in range(20)))
    about_prices = [event for event in await shop.events() if subject_of(event["type"]) is Subject.prices]

    await shop.deliver(about_prices)

    assert {offer.words for offer in kept} == {"$997"}
    assert (await prices.charged(Sold.challenge)).words == "$1,200"


async def test_what_has_no_active_price_is_not_for_sale(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "challenge_price", "nothing_of_this_name")

    with pytest.raises(NotForSale):
        await prices.charged(Sold.challenge)
    assert (await prices.shown())[Sold.challenge].price_id == ""
