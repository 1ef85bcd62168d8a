"""What is answered is complete by the client's own classes, not only where today's code looks."""

from typing import Any

import pytest

from tests.local.stripe.shapes import problems
from tests.stripe import Stripe

CHECKOUT = {
    "customer_creation": "always",
    "invoice_creation": {"enabled": True},
    "allow_promotion_codes": True,
    "consent_collection": {"terms_of_service": "required"},
    "after_expiration": {"recovery": {"enabled": True, "allow_promotion_codes": True}},
    "automatic_tax": {"enabled": True},
    "adaptive_pricing": {"enabled": True},
    "metadata": {"purchase_id": "p"},
    "payment_intent_data": {"metadata": {"purchase_id": "p"}},
    "cancel_url": "http://localhost:3000/pricing",
}


async def raw(peer: Stripe, path: str, **params: Any) -> dict[str, Any]:
    """What travels over the wire, before the client makes something of it."""
    key = {"Authorization": f"Bearer {peer.config.secret_key.get_secret_value()}"}
    answer = await peer.browser.get(f"{peer.url}/v1/{path}", params=params, headers=key)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def everything_told(peer: Stripe) -> list[dict[str, Any]]:
    """Every event of this server, and every object one of them was about."""
    events = (await raw(peer, "events", limit=100))["data"]
    return [*events, *(event["data"]["object"] for event in events)]


def test_something_missing_is_found():
    assert "price.currency is missing" in problems({"object": "price"})
    assert "price.active is 1, not bool" in problems({"object": "price", "active": 1})
    assert "refund.amount is null" in problems({"object": "refund", "amount": None})


@pytest.mark.parametrize("path", ["products", "prices", "promotion_codes"])
async def test_the_shelves_are_complete(path: str, peer: Stripe):
    shelf = await raw(peer, path)

    assert shelf["data"]
    assert problems(shelf) == []


@pytest.mark.parametrize("button", ["pay", "decline", "debit"])
async def test_a_purchase_is_complete_at_every_step(button: str, peer: Stripe):
    session = await peer.checkout(**CHECKOUT)
    opened = await raw(peer, f"checkout/sessions/{session.id}", **{"expand[]": "line_items"})
    await peer.press(session, "code", code="TENOFF")
    await peer.press(session, button)

    closed = await raw(peer, f"checkout/sessions/{session.id}", **{"expand[]": "line_items"})
    charges = await raw(peer, "charges", payment_intent=closed["payment_intent"])

    assert charges["data"]
    for answer in (opened, closed, charges, *await everything_told(peer)):
        assert problems(answer) == []


async def test_a_subscription_is_complete_to_its_end(peer: Stripe):
    session = await peer.checkout("journal_month", subscription_data={"trial_period_days": 7})
    await peer.press(session)
    subscription = (await peer.v1.checkout.sessions.retrieve_async(session.id)).subscription
    customer = (await peer.v1.subscriptions.retrieve_async(subscription)).customer
    for button in ("remind", "next", "remind", "fail", "expire_card"):
        await peer.operate(f"subscriptions/{subscription}/{button}")
    flow = {"type": "subscription_cancel", "subscription_cancel": {"subscription": subscription}}
    portal = await peer.v1.billing_portal.sessions.create_async({"customer": customer, "flow_data": flow})

    answers = [
        portal.to_dict(for_json=True),
        await raw(peer, f"subscriptions/{subscription}", **{"expand[]": "latest_invoice.payments"}),
        await raw(peer, "invoices", customer=customer),
        await raw(peer, "invoice_payments"),
        *await everything_told(peer),
    ]

    assert [problems(answer) for answer in answers] == [[]] * len(answers)


async def test_refunds_and_disputes_are_complete(peer: Stripe):
    for button in ("refund", "dispute", "warn"):
        session = await peer.bought()
        (charge,) = (await raw(peer, "charges", payment_intent=session.payment_intent))["data"]
        await peer.operate(f"charges/{charge['id']}/{button}")

    answers = [await raw(peer, "refunds"), await raw(peer, "disputes"), *await everything_told(peer)]

    assert [problems(answer) for answer in answers] == [[]] * len(answers)
