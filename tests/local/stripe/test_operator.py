"""The operator page: time for everybody, somebody who cheats, and words for what cannot be done."""

from typing import Any

import pytest

from tests.stripe import Stripe


async def fresh(peer: Stripe, session: Any) -> Any:
    return await peer.v1.checkout.sessions.retrieve_async(session.id)


async def test_days_pass_for_everything_that_waits(alone: Stripe):
    open_one, debit = await alone.checkout(), await alone.checkout()
    await alone.press(debit, "debit")
    monthly = await alone.bought("journal_month")

    await alone.operate("clock", days=5)
    after_five = await alone.v1.subscriptions.retrieve_async(monthly.subscription)
    await alone.operate("clock", days=30)
    after_month = await alone.v1.invoices.list_async({"subscription": monthly.subscription})

    assert (await fresh(alone, open_one)).status == "expired"
    assert (await fresh(alone, debit)).payment_status == "paid"
    assert after_five.status == "active"
    assert len(after_month.data) == 2
    await alone.endpoint.wait_for("checkout.session.expired", "checkout.session.async_payment_succeeded")


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("amount", (49_850, "usd", "p-1")),
        ("currency", (99_700, "eur", "p-1")),
        ("metadata", (99_700, "usd", "00000000-0000-0000-0000-000000000000")),
    ],
)
async def test_somebody_pays_less_than_was_asked(how: str, found: tuple[int, str, str], peer: Stripe):
    session = await peer.bought(metadata={"purchase_id": "p-1"})

    await peer.operate(f"checkouts/{session.id}/tamper", how=how)

    told = await fresh(peer, session)
    assert (told.amount_total, told.currency, told.metadata.purchase_id) == found


async def test_the_page_shows_everything_and_names_what_cannot_be_done(alone: Stripe):
    session = await alone.bought()

    page = await alone.browser.get(f"{alone.url}/operator")
    refused = await alone.browser.post(f"{alone.url}/operator/checkouts/{session.id}/expire")
    unknown = await alone.browser.post(f"{alone.url}/operator/checkouts/{session.id}/dance")
    nobody = await alone.browser.post(f"{alone.url}/operator/charges/ch_nobody/refund")

    assert session.id in page.text
    assert "checkout.session.completed" in page.text
    assert "can be expired" in refused.text
    assert [answer.status_code for answer in (refused, unknown, nobody)] == [400, 400, 400]


async def test_every_page_says_that_it_is_practice(peer: Stripe):
    session = await peer.bought("journal_month")
    about = await peer.v1.checkout.sessions.retrieve_async(session.id, {"expand": ["invoice", "customer"]})
    portal = await peer.v1.billing_portal.sessions.create_async({"customer": about.customer.id})
    open_one = await peer.checkout()

    addresses = [open_one.url, portal.url, about.invoice.hosted_invoice_url, f"{peer.url}/operator"]

    for address in [*addresses, f"{peer.url}/c/pay/unknown", f"{peer.url}/receipts/unknown"]:
        page = await peer.browser.get(address)
        assert "Practice payments: no card is charged" in page.text, address
        assert "default-src 'none'" in page.headers["content-security-policy"]
