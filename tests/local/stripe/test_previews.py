"""What the next invoice will be: asked for, and announced a week before."""

from typing import Any

import pytest
import stripe

from tests.local.stripe.shapes import problems
from tests.local.stripe.subscribing import DAY, fresh, length, subscribed
from tests.stripe import Stripe


async def preview(peer: Stripe, subscription: Any, **wanted: Any) -> Any:
    said = {"subscription": subscription.id, **({"subscription_details": wanted} if wanted else {})}
    return await peer.v1.invoices.create_preview_async(said)


async def switched_to(peer: Stripe, subscription: Any, lookup_key: str, **more: Any) -> dict[str, Any]:
    price = await peer.price(lookup_key)
    return {"items": [{"id": subscription.items.data[0].id, "price": price.id}], **more}


async def test_the_next_renewal_is_seen_before_it_comes(peer: Stripe):
    subscription = await subscribed(peer)

    seen = await preview(peer, subscription)

    end = subscription.items.data[0].current_period_end
    assert (seen.amount_due, seen.created, seen.status) == (3_995, end, "draft")
    assert seen.id.startswith("upcoming_in_")
    assert problems(seen.to_dict(for_json=True)) == []
    assert len((await peer.v1.invoices.list_async({"subscription": subscription.id})).data) == 1


@pytest.mark.parametrize(("before", "after"), [("month", "year"), ("year", "month")])
async def test_a_switch_costs_what_its_preview_said(before: str, after: str, peer: Stripe):
    subscription = await subscribed(peer, f"journal_{before}")
    middle = subscription.items.data[0].current_period_start + 10 * DAY
    change = await switched_to(peer, subscription, f"journal_{after}", proration_date=middle)

    seen = await preview(peer, subscription, **change)
    await peer.v1.subscriptions.update_async(subscription.id, change)

    made = (await fresh(peer, subscription)).latest_invoice
    assert (seen.total, seen.amount_due, seen.ending_balance) == (
        made.total,
        made.amount_due,
        made.ending_balance,
    )
    assert [line.amount for line in seen.lines.data] == [line.amount for line in made.lines.data]
    assert seen.lines.data[0].parent.subscription_item_details.proration is True


async def test_a_switch_without_proration_counts_nothing_back(peer: Stripe):
    subscription = await subscribed(peer)
    change = await switched_to(peer, subscription, "journal_year", proration_behavior="none")

    assert (await preview(peer, subscription, **change)).amount_due == 39_900


async def test_in_a_trial_the_first_payment_is_seen_at_its_price(peer: Stripe):
    subscription = await subscribed(peer, trial_period_days=14)
    change = await switched_to(peer, subscription, "journal_year")

    seen = await preview(peer, subscription, **change)

    assert (seen.amount_due, seen.created) == (39_900, subscription.trial_end)


async def test_a_credit_and_a_code_are_taken_off(peer: Stripe):
    subscription = await subscribed(peer, "journal_year")
    change = await switched_to(peer, subscription, "journal_month")
    await peer.v1.subscriptions.update_async(subscription.id, change)

    seen = await preview(peer, subscription)

    assert (seen.total, seen.amount_due, seen.ending_balance) == (3_995, 0, 2 * 3_995 - 39_900)


async def test_after_the_end_nothing_comes(peer: Stripe):
    subscription = await subscribed(peer)
    for wanted in ({"cancel_at_period_end": True}, {}):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            await preview(peer, subscription, **wanted)
        assert refused.value.code == "invoice_upcoming_none"
        await peer.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": True})


async def test_a_day_outside_the_period_is_not_taken(peer: Stripe):
    subscription = await subscribed(peer)
    change = await switched_to(peer, subscription, "journal_year", proration_date=1)

    with pytest.raises(stripe.InvalidRequestError, match="proration date"):
        await preview(peer, subscription, **change)


async def test_a_renewal_is_announced_once_a_week_before_and_then_comes(peer: Stripe):
    subscription = await subscribed(peer)

    await peer.operate(f"subscriptions/{subscription.id}/remind")
    await peer.operate(f"subscriptions/{subscription.id}/days", days=1)
    await peer.operate(f"subscriptions/{subscription.id}/next")
    await peer.endpoint.wait_for("customer.subscription.updated", about=subscription.id)

    def mine(event: dict[str, Any]) -> bool:
        parent = event["data"]["object"].get("parent") or {}
        return (parent.get("subscription_details") or {}).get("subscription") == subscription.id

    [told] = [each for each in peer.endpoint.events if each["type"] == "invoice.upcoming" and mine(each)]
    assert "id" not in told["data"]["object"]
    assert (told["data"]["object"]["amount_due"], told["data"]["object"]["billing_reason"]) == (
        3_995,
        "upcoming",
    )
    assert 28 <= length(await fresh(peer, subscription)) <= 31


async def test_what_ends_is_not_announced(peer: Stripe):
    subscription = await subscribed(peer)
    await peer.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": True})

    await peer.operate(f"subscriptions/{subscription.id}/remind")

    events = await peer.v1.events.list_async({"type": "invoice.upcoming", "limit": 100})
    assert subscription.id not in [
        each.data.object.parent.subscription_details.subscription for each in events.data
    ]
