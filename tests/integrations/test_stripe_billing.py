"""Speaking to the payment service: what it says, what we make of it, and one purchase whatever goes wrong."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import stripe
from pydantic import SecretStr

from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import (
    BadSignature,
    NotAtStripe,
    PaymentsRefused,
    PaymentsUnavailable,
)
from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests.stripe import KEY, SUCCESS, WEBHOOK_SECRET, Stripe, a_stripe


@pytest.fixture(scope="module")
async def running(cluster: Cluster) -> AsyncIterator[Stripe]:
    async with a_stripe(cluster) as running:
        yield running


@pytest.fixture
async def peer(running: Stripe, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stripe]:
    """The peer, and settings that lead to it."""
    monkeypatch.setattr(settings, "stripe_api_base", running.url)
    monkeypatch.setattr(settings, "stripe_secret_key", SecretStr(KEY))
    monkeypatch.setattr(settings, "stripe_webhook_secret", SecretStr(WEBHOOK_SECRET))
    yield running
    await running.operate("trouble", clear="yes")
    await stripe_billing.close()


async def a_checkout() -> dict[str, Any]:
    prices = await stripe_billing.prices(["challenge"])
    items = [{"price": prices["challenge"]["id"], "quantity": 1}]
    return {"mode": "payment", "line_items": items, "success_url": SUCCESS}


async def test_prices_are_found_by_their_keys_with_their_products(peer: Stripe):
    found = await stripe_billing.prices(["challenge", "journal_month", "journal_year", "unknown"])

    assert {key: price["unit_amount"] for key, price in found.items()} == {
        "challenge": 99_700,
        "journal_month": 3_995,
        "journal_year": 39_900,
    }
    assert found["challenge"]["product"]["name"]


async def test_a_checkout_is_made_found_and_ended(peer: Stripe):
    session = await stripe_billing.create_checkout(await a_checkout(), key="checkout:a:1")

    found = await stripe_billing.get("checkout.session", session["id"], expand=["line_items"])
    ended = await stripe_billing.expire_checkout(session["id"])

    assert found["line_items"]["data"][0]["amount_total"] == 99_700
    assert ended["status"] == "expired"
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("fault", ["drop_after_commit", "503", "429"])
async def test_one_request_meets_trouble_and_one_checkout_exists(fault: str, peer: Stripe):
    params, key = await a_checkout(), f"checkout:{fault}:1"
    await peer.operate("trouble", kind=fault, count=1)

    first = await stripe_billing.create_checkout(params, key)
    again = await stripe_billing.create_checkout(params, key)

    assert first["id"] == again["id"]


async def test_trouble_that_lasts_is_said_in_one_sentence(peer: Stripe, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stripe_billing, "PAUSES", (0.01, 0.01, 0.01))
    await peer.operate("trouble", kind="429", count=4)

    with pytest.raises(PaymentsUnavailable, match="You have not been charged"):
        await stripe_billing.create_checkout(await a_checkout(), "checkout:long:1")

    assert (await stripe_billing.create_checkout(await a_checkout(), "checkout:long:1"))["status"] == "open"


async def test_nobody_there_is_said_in_the_same_sentence(peer: Stripe, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "stripe_api_base", "http://127.0.0.1:9")

    with pytest.raises(PaymentsUnavailable):
        await stripe_billing.get("customer", "cus_1")


@pytest.mark.parametrize("key", ["", "sk_test_of_somebody_else"])
async def test_a_key_that_is_not_ours_is_our_trouble(key: str, peer: Stripe, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "stripe_secret_key", SecretStr(key))

    with pytest.raises(PaymentsUnavailable):
        await stripe_billing.get("customer", "cus_1")


async def test_what_is_not_there_and_what_is_not_taken_differ(peer: Stripe):
    with pytest.raises(NotAtStripe):
        await stripe_billing.get("customer", "cus_1")
    with pytest.raises(PaymentsRefused):
        await stripe_billing.create_checkout({"mode": "payment"}, "checkout:wrong:1")


async def test_a_key_said_twice_with_other_words_is_not_taken(peer: Stripe):
    await stripe_billing.create_customer({"name": "Ana"}, "customer:twice")

    with pytest.raises(PaymentsRefused):
        await stripe_billing.create_customer({"name": "Ben"}, "customer:twice")


async def test_lists_go_on_to_their_end(peer: Stripe):
    for number in range(3):
        await stripe_billing.create_customer({"email": "pages@example.com"}, f"customer:page:{number}")

    asked = {"email": "pages@example.com", "limit": 1}

    assert len(await stripe_billing.list_all("customer", asked)) == 3
    assert len(await stripe_billing.list_all("customer", asked, at_most=2)) == 2


async def test_each_event_loop_has_its_own_client(peer: Stripe):
    def elsewhere() -> str:
        async def ask() -> str:
            customer = await stripe_billing.create_customer({"name": "Ana"}, "customer:elsewhere")
            await stripe_billing.close()
            return customer["id"]

        return asyncio.run(ask())

    made = await asyncio.to_thread(elsewhere)

    assert (await stripe_billing.get("customer", made))["name"] == "Ana"


def signed(body: bytes, secret: str = WEBHOOK_SECRET, at: int | None = None) -> str:
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret, at)


EVENT = b'{"id": "evt_1", "object": "event", "type": "customer.created"}'
THIN_EVENT = b'{"object": "v2.core.event"}'


async def test_a_signed_event_is_believed(peer: Stripe):
    assert stripe_billing.read_event(EVENT, signed(EVENT))["id"] == "evt_1"


async def test_while_the_secret_is_rolled_either_is_believed(peer: Stripe, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "stripe_webhook_secret_next", SecretStr("whsec_next"))

    assert stripe_billing.read_event(EVENT, signed(EVENT, "whsec_next"))["id"] == "evt_1"
    assert stripe_billing.read_event(EVENT, signed(EVENT))["id"] == "evt_1"


UNBELIEVED: dict[str, Callable[[], tuple[bytes, str]]] = {
    "somebody else's secret": lambda: (EVENT, signed(EVENT, "whsec_of_somebody_else")),
    "an old one": lambda: (EVENT, signed(EVENT, at=1_700_000_000)),
    "one of another text": lambda: (EVENT + b" ", signed(EVENT)),
    "none": lambda: (EVENT, ""),
    "nonsense": lambda: (EVENT, "t=now,v1=ü"),
    "a text that is none": lambda: (b"\xff\xfe", signed(EVENT)),
    "a thin event": lambda: (THIN_EVENT, signed(THIN_EVENT)),
    "an empty secret": lambda: (EVENT, signed(EVENT, "")),
}
"""Signed when they are asked for: a signature grows stale while other tests run."""


@pytest.mark.parametrize("which", UNBELIEVED)
async def test_everything_else_is_not(which: str, peer: Stripe):
    body, signature = UNBELIEVED[which]()
    with pytest.raises(BadSignature):
        stripe_billing.read_event(body, signature)


async def test_the_next_invoice_is_seen_and_nothing_is_made(peer: Stripe):
    session = await peer.bought("journal_month")

    seen = await stripe_billing.preview_invoice({"subscription": session.subscription})

    assert seen["amount_due"] == 3_995
    with pytest.raises(NotAtStripe):
        await stripe_billing.get("invoice", seen["id"])
