"""What an invoice would say is what it then says, and looking changes nothing."""

import time
from typing import Any

import pytest
import stripe

from tests.local.stripe.shapes import problems
from tests.local.stripe.subscribing import DAY, fresh, subscribed
from tests.stripe import Stripe


async def switch(peer: Stripe, subscription: Any, to: str) -> dict[str, Any]:
    item = {"id": subscription.items.data[0].id, "price": (await peer.price(to)).id}
    return {"items": [item], "proration_behavior": "always_invoice", "proration_date": int(time.time())}


async def preview(peer: Stripe, subscription: Any, **details: Any) -> Any:
    said = {"subscription": subscription.id} | ({"subscription_details": details} if details else {})
    return await peer.v1.invoices.create_preview_async(said)


@pytest.mark.parametrize(
    ("held", "wanted"), [("journal_month", "journal_year"), ("journal_year", "journal_month")]
)
async def test_a_switch_costs_what_was_said_before(held: str, wanted: str, peer: Stripe):
    subscription = await subscribed(peer, held)
    change = await switch(peer, subscription, wanted)

    said = await preview(peer, subscription, **change)
    before = (await fresh(peer, subscription)).latest_invoice.id
    await peer.v1.subscriptions.update_async(subscription.id, change)

    invoice = (await fresh(peer, subscription)).latest_invoice
    assert said.id.startswith("upcoming_in_")
    assert problems(said.to_dict(for_json=True)) == []
    assert before != invoice.id
    assert (said.total, said.amount_due, said.ending_balance) == (
        invoice.total,
        invoice.amount_due,
        invoice.ending_balance,
    )


async def test_the_next_renewal_is_known_with_what_is_in_credit(peer: Stripe):
    subscription = await subscribed(peer, "journal_year")
    await peer.v1.subscriptions.update_async(
        subscription.id, await switch(peer, subscription, "journal_month")
    )

    said = await preview(peer, subscription)

    assert (said.total, said.amount_due) == (3_995, 0)
    assert (
        said.lines.data[0].period.start == (await fresh(peer, subscription)).items.data[0].current_period_end
    )


async def test_in_a_trial_another_price_is_due_at_its_end(peer: Stripe):
    subscription = await subscribed(peer, trial_period_days=7)

    said = await preview(peer, subscription, **await switch(peer, subscription, "journal_year"))

    assert (said.amount_due, said.lines.data[0].period.start) == (39_900, subscription.trial_end)


async def test_what_ends_has_no_next_invoice(peer: Stripe):
    subscription = await subscribed(peer)
    await peer.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": True})

    with pytest.raises(stripe.InvalidRequestError) as refused:
        await preview(peer, subscription)

    assert refused.value.code == "invoice_upcoming_none"


async def test_a_switch_that_cannot_be_paid_changes_nothing(peer: Stripe):
    subscription = await subscribed(peer)
    portal = await peer.v1.billing_portal.sessions.create_async({"customer": subscription.customer})
    await peer.browser.post(portal.url, data={"press": "bad_card"})
    change = await switch(peer, subscription, "journal_year")

    with pytest.raises(stripe.CardError):
        await peer.v1.subscriptions.update_async(
            subscription.id, {**change, "payment_behavior": "error_if_incomplete"}
        )

    assert (await fresh(peer, subscription)).items.data[0].price.lookup_key == "journal_month"
    assert (await fresh(peer, subscription)).status == "active"


async def test_a_renewal_is_announced_once_a_week_before(peer: Stripe):
    subscription = await subscribed(peer, "journal_year")

    for button in ("announce", "days", "next"):
        await peer.operate(f"subscriptions/{subscription.id}/{button}")

    def hers() -> list[dict[str, Any]]:
        about = [
            each["data"]["object"] for each in peer.endpoint.events if each["type"] == "invoice.upcoming"
        ]
        return [each for each in about if each["customer"] == subscription.customer]

    await peer.endpoint.wait_until(lambda: bool(hers()))
    assert [(each["amount_due"], each["id"][:11]) for each in hers()] == [(39_900, "upcoming_in")]
    assert problems(hers()[0]) == []
    assert (await fresh(peer, subscription)).items.data[0].current_period_end > time.time() + 300 * DAY
