"""A subscription from its first day to its last, in today's shapes."""

import time

import pytest
import stripe

from tests.local.stripe.subscribing import DAY, fresh, length, subscribed
from tests.stripe import Stripe


async def test_a_month_is_paid_for_and_known_by_its_item(peer: Stripe):
    subscription = await subscribed(peer, metadata={"user_id": "u-1"})

    assert subscription.status == "active"
    assert 28 <= length(subscription) <= 31
    assert not {"current_period_end", "discount"} & set(subscription.to_dict())
    invoice = (await fresh(peer, subscription)).latest_invoice
    details = invoice.parent.subscription_details
    assert (details.subscription, details.metadata.to_dict()) == (subscription.id, {"user_id": "u-1"})
    line = invoice.lines.data[0]
    assert line.pricing.price_details.price == subscription.items.data[0].price.id
    assert line.parent.subscription_item_details.proration is False
    links = await peer.v1.invoice_payments.list_async({"invoice": invoice.id})
    assert links.data[0].payment.payment_intent.startswith("pi_")


async def test_a_subscription_begins_only_with_a_card_that_works(peer: Stripe):
    session = await peer.checkout("journal_month")
    await peer.press(session, "decline")
    declined = await peer.v1.checkout.sessions.retrieve_async(session.id)
    await peer.press(session)

    assert (declined.status, declined.subscription) == ("open", None)
    assert (await peer.v1.checkout.sessions.retrieve_async(session.id)).payment_status == "paid"


async def test_a_trial_costs_nothing_reminds_and_then_renews(peer: Stripe):
    subscription = await subscribed(peer, trial_period_days=14)
    assert (subscription.status, length(subscription)) == ("trialing", 14)

    await peer.operate(f"subscriptions/{subscription.id}/remind")
    told = await peer.endpoint.wait_for("customer.subscription.trial_will_end", about=subscription.id)
    await peer.operate(f"subscriptions/{subscription.id}/next")

    renewed = await fresh(peer, subscription)
    assert told["data"]["object"]["trial_end"] <= time.time() + 3 * DAY
    assert (renewed.status, renewed.latest_invoice.amount_paid) == ("active", 3_995)
    assert renewed.latest_invoice.billing_reason == "subscription_cycle"


@pytest.mark.parametrize(
    ("behaviour", "status"), [("cancel", "canceled"), ("pause", "paused"), ("create_invoice", "past_due")]
)
async def test_a_trial_without_a_card_ends_as_was_said(behaviour: str, status: str, peer: Stripe):
    settings = {"end_behavior": {"missing_payment_method": behaviour}}
    subscription = await subscribed(peer, button="without", trial_period_days=3, trial_settings=settings)

    await peer.operate(f"subscriptions/{subscription.id}/next")

    assert (await fresh(peer, subscription)).status == status


async def test_a_renewal_moves_on_by_a_month(peer: Stripe):
    subscription = await subscribed(peer)

    await peer.operate(f"subscriptions/{subscription.id}/next")

    renewed = await fresh(peer, subscription)
    assert abs(renewed.items.data[0].current_period_start - time.time()) < 60
    assert 28 <= length(renewed) <= 31
    assert len((await peer.v1.invoices.list_async({"subscription": subscription.id})).data) == 2


async def test_it_is_canceled_for_the_end_and_resumed(peer: Stripe):
    subscription = await subscribed(peer)
    end = subscription.items.data[0].current_period_end

    ending = await peer.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": True})
    going_on = await peer.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": False})

    assert (ending.status, ending.cancel_at, ending.cancellation_details.reason) == (
        "active",
        end,
        "cancellation_requested",
    )
    assert (going_on.cancel_at, going_on.canceled_at) == (None, None)


async def test_what_was_canceled_for_the_end_ends_then(peer: Stripe):
    subscription = await subscribed(peer)
    await peer.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": True})

    await peer.operate(f"subscriptions/{subscription.id}/next")

    assert (await fresh(peer, subscription)).status == "canceled"
    await peer.endpoint.wait_for("customer.subscription.deleted", about=subscription.id)
    with pytest.raises(stripe.InvalidRequestError):
        await peer.v1.subscriptions.cancel_async(subscription.id)


async def test_a_year_instead_of_a_month_counts_what_was_paid(peer: Stripe):
    subscription = await subscribed(peer)
    year = await peer.price("journal_year")
    item = {"id": subscription.items.data[0].id, "price": year.id}

    await peer.v1.subscriptions.update_async(subscription.id, {"items": [item]})

    switched = await fresh(peer, subscription)
    assert (switched.items.data[0].price.id, length(switched)) == (year.id, 365)
    assert switched.latest_invoice.amount_paid == 39_900 - 3_995
    credit = switched.latest_invoice.lines.data[0]
    assert (credit.amount, credit.parent.subscription_item_details.proration) == (-3_995, True)


async def test_a_month_instead_of_a_year_leaves_a_credit(peer: Stripe):
    subscription = await subscribed(peer, "journal_year")
    month = await peer.price("journal_month")
    item = {"id": subscription.items.data[0].id, "price": month.id}

    await peer.v1.subscriptions.update_async(subscription.id, {"items": [item]})
    credited = await peer.v1.customers.retrieve_async(subscription.customer)
    await peer.operate(f"subscriptions/{subscription.id}/next")

    renewed = await fresh(peer, subscription)
    assert credited.balance == 3_995 - 39_900
    assert (renewed.status, renewed.latest_invoice.amount_due) == ("active", 0)
    assert (await peer.v1.customers.retrieve_async(subscription.customer)).balance == 2 * 3_995 - 39_900


async def test_a_code_for_once_is_for_the_first_invoice(peer: Stripe):
    session = await peer.checkout("journal_month", allow_promotion_codes=True)
    await peer.press(session, "code", code="TENOFF")
    await peer.press(session)
    done = await peer.v1.checkout.sessions.retrieve_async(session.id)
    first = await peer.v1.invoices.retrieve_async(done.invoice)
    await peer.operate(f"subscriptions/{done.subscription}/next")

    second = (
        await peer.v1.subscriptions.retrieve_async(done.subscription, {"expand": ["latest_invoice"]})
    ).latest_invoice
    assert (first.amount_paid, second.amount_paid) == (3_995 - 400, 3_995)


async def test_a_paused_one_goes_on_with_a_card(peer: Stripe):
    pausing = {"end_behavior": {"missing_payment_method": "pause"}}
    subscription = await subscribed(peer, button="without", trial_period_days=3, trial_settings=pausing)
    await peer.operate(f"subscriptions/{subscription.id}/next")
    portal = await peer.v1.billing_portal.sessions.create_async({"customer": subscription.customer})
    await peer.browser.post(portal.url, data={"press": "card"})

    await peer.v1.subscriptions.resume_async(subscription.id)

    resumed = await fresh(peer, subscription)
    assert (resumed.status, resumed.latest_invoice.amount_paid) == ("active", 3_995)
    await peer.endpoint.wait_for("customer.subscription.resumed", about=subscription.id)


async def test_with_its_customer_it_ends_at_once(peer: Stripe):
    subscription = await subscribed(peer)

    await peer.v1.customers.delete_async(subscription.customer)

    assert (await fresh(peer, subscription)).status == "canceled"


@pytest.mark.parametrize(
    "status",
    ["active", "canceled", "incomplete", "incomplete_expired", "past_due", "paused", "trialing", "unpaid"],
)
async def test_every_state_can_be_seen(status: str, peer: Stripe):
    subscription = await subscribed(peer)

    await peer.operate(f"subscriptions/{subscription.id}/state", state=status)

    assert (await fresh(peer, subscription)).status == status


async def test_a_switch_that_cannot_be_paid_changes_nothing_when_that_is_wanted(peer: Stripe):
    subscription = await subscribed(peer)
    portal = await peer.v1.billing_portal.sessions.create_async({"customer": subscription.customer})
    await peer.browser.post(portal.url, data={"press": "bad_card"})
    item = {"id": subscription.items.data[0].id, "price": (await peer.price("journal_year")).id}
    change = {"items": [item], "payment_behavior": "error_if_incomplete"}

    with pytest.raises(stripe.CardError):
        await peer.v1.subscriptions.update_async(subscription.id, change)

    known = await fresh(peer, subscription)
    assert (known.status, known.items.data[0].price.lookup_key) == ("active", "journal_month")


async def test_why_somebody_leaves_is_kept_as_she_wrote_it(peer: Stripe):
    subscription = await subscribed(peer)
    said = {"cancel_at_period_end": True, "cancellation_details": {"comment": "Not now."}}

    ending = await peer.v1.subscriptions.update_async(subscription.id, said)

    details = ending.cancellation_details
    assert (details.reason, details.comment) == ("cancellation_requested", "Not now.")
