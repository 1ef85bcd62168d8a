"""When a renewal fails: what is owed, how it is paid after all, and when it is over."""

import time

from tests.local.stripe.subscribing import DAY, fresh, subscribed
from tests.stripe import Stripe


async def test_a_renewal_that_fails_is_owed_until_the_card_is_changed(peer: Stripe):
    subscription = await subscribed(peer)

    await peer.operate(f"subscriptions/{subscription.id}/fail")
    owed = await fresh(peer, subscription)
    portal = await peer.v1.billing_portal.sessions.create_async({"customer": subscription.customer})
    await peer.browser.post(portal.url, data={"press": "card"})
    paid = await fresh(peer, subscription)

    assert (owed.status, owed.latest_invoice.status) == ("past_due", "open")
    assert owed.latest_invoice.next_payment_attempt > time.time() + 2 * DAY
    assert owed.latest_invoice.hosted_invoice_url
    assert (paid.status, paid.latest_invoice.id, paid.latest_invoice.status) == (
        "active",
        owed.latest_invoice.id,
        "paid",
    )
    await peer.endpoint.wait_for("invoice.payment_failed", "invoice.paid", about=paid.latest_invoice.id)


async def test_what_is_owed_can_be_paid_on_the_invoice_itself(peer: Stripe):
    subscription = await subscribed(peer)
    await peer.operate(f"subscriptions/{subscription.id}/fail")
    address = (await fresh(peer, subscription)).latest_invoice.hosted_invoice_url

    declined = await peer.browser.post(address, data={"press": "decline"})
    await peer.browser.post(address, data={"press": "pay"})

    assert "The card was declined" in declined.text
    assert (await fresh(peer, subscription)).status == "active"


async def test_after_the_last_try_it_is_over(peer: Stripe):
    subscription = await subscribed(peer)
    await peer.operate(f"subscriptions/{subscription.id}/fail")

    tries = 0
    while (await fresh(peer, subscription)).status == "past_due":
        await peer.operate(f"subscriptions/{subscription.id}/next")
        tries += 1

    ended = await fresh(peer, subscription)
    assert (ended.status, ended.cancellation_details.reason, tries) == ("canceled", "payment_failed", 3)
    assert ended.latest_invoice.status == "void"


async def test_a_card_about_to_expire_is_told(peer: Stripe):
    subscription = await subscribed(peer)

    await peer.operate(f"subscriptions/{subscription.id}/expire_card")

    told = await peer.endpoint.wait_for("customer.source.expiring")
    assert told["data"]["object"]["last4"] == "4242"
