"""What the local payment server promises, asked of Stripe's own sandbox too where `STRIPE_TEST_KEY` is one.

Only what needs no browser: nobody pays here. Each run makes prices and customers of its own there.
"""

import os
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import stripe
from pydantic import SecretStr

from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object, PaymentsRefused
from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests.stripe import KEY, SUCCESS, a_stripe

TEST_KEY = os.environ.get("STRIPE_TEST_KEY", "")
SERVERS = ["local", *(["sandbox"] if TEST_KEY.startswith("sk_test_") else [])]
MONTH = {"interval": "month"}


@pytest.fixture(params=SERVERS)
async def prices(
    request: pytest.FixtureRequest, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[dict[str, str]]:
    """What may be bought there, for once and by the month; and settings that lead there."""
    monkeypatch.setattr(settings, "stripe_secret_key", SecretStr(TEST_KEY or KEY))
    if request.param == "sandbox":
        monkeypatch.setattr(settings, "stripe_api_base", "")
        yield {"once": await _a_price(), "month": await _a_price(recurring=MONTH)}
    else:
        monkeypatch.setattr(settings, "stripe_secret_key", SecretStr(KEY))
        async with a_stripe(cluster, webhook_url="") as running:
            monkeypatch.setattr(settings, "stripe_api_base", running.url)
            found = await stripe_billing.prices(["challenge", "journal_month"])
            yield {"once": found["challenge"]["id"], "month": found["journal_month"]["id"]}
    await stripe_billing.close()


async def _a_price(**said: Any) -> str:
    client = stripe.StripeClient(TEST_KEY, http_client=stripe.HTTPXClient())
    product = {"name": f"Of a test, {uuid4().hex[:8]}"}
    made = await client.v1.prices.create_async(
        {"currency": "usd", "unit_amount": 99_700, "product_data": product, **said}  # pyright: ignore[reportArgumentType]
    )
    return made.id


def a_checkout(price: str, **said: Any) -> dict[str, Any]:
    items = [{"price": price, "quantity": 1}]
    return {"mode": "payment", "line_items": items, "success_url": SUCCESS, **said}


def of_a_guest(price: str) -> dict[str, Any]:
    """All that the pricing page says."""
    metadata = {"purchase_id": str(uuid4())}
    return a_checkout(
        price, metadata=metadata, payment_intent_data={"metadata": metadata}, allow_promotion_codes=True,
        customer_email="guest@example.com", customer_creation="always", invoice_creation={"enabled": True},
        after_expiration={"recovery": {"enabled": True, "allow_promotion_codes": True}},
    )  # fmt: skip


async def test_a_checkout_is_made_once_and_says_what_it_is_for(prices: dict[str, str]):
    said, key = of_a_guest(prices["once"]), f"checkout:{uuid4()}:1"

    made = await stripe_billing.create_checkout(said, key)
    again = await stripe_billing.create_checkout(said, key)
    found = await stripe_billing.get("checkout.session", made["id"], ["line_items"])

    assert again["id"] == made["id"]
    assert (found["status"], found["payment_status"], found["amount_total"]) == ("open", "unpaid", 99_700)
    assert found["metadata"] == said["metadata"]
    assert found["line_items"]["data"][0]["price"]["id"] == prices["once"]
    assert found["url"]


async def test_a_checkout_that_expired_leads_on(prices: dict[str, str]):
    made = await stripe_billing.create_checkout(of_a_guest(prices["once"]), f"checkout:{uuid4()}:1")

    expired = await stripe_billing.expire_checkout(made["id"])

    assert (expired["status"], expired["url"]) == ("expired", None)
    assert expired["after_expiration"]["recovery"]["url"].startswith("http")
    with pytest.raises(PaymentsRefused):
        await stripe_billing.expire_checkout(made["id"])


async def test_a_trial_costs_nothing_today(prices: dict[str, str]):
    trial = {"trial_period_days": 14, "metadata": {"user_id": str(uuid4())}}
    said = a_checkout(prices["month"], mode="subscription", subscription_data=trial)

    made = await stripe_billing.create_checkout(said, f"subscribe:{uuid4()}")

    assert (made["mode"], made["amount_total"], made["subscription"]) == ("subscription", 0, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"customer": "cus_nobody"},
        {"subscription_data": {"trial_period_days": 3}},
        {"allow_promotion_codes": True, "discounts": [{"coupon": "none"}]},
        {"expires_at": 1},
    ],
    ids=lambda said: "-".join(said),
)
async def test_what_does_not_fit_is_not_taken(wrong: dict[str, Any], prices: dict[str, str]):
    with pytest.raises((PaymentsRefused, NotAtStripe)):
        await stripe_billing.create_checkout(a_checkout(prices["once"], **wrong), f"checkout:{uuid4()}:1")


async def test_a_key_belongs_to_its_words(prices: dict[str, str]):
    key = f"customer:{uuid4()}"
    await stripe_billing.create_customer({"name": "Ana"}, key)

    with pytest.raises(PaymentsRefused):
        await stripe_billing.create_customer({"name": "Ben"}, key)


async def test_a_customer_is_changed_and_gone(prices: dict[str, str]):
    made: Object = await stripe_billing.create_customer({"email": "a@example.com"}, f"customer:{uuid4()}")

    await stripe_billing.update_customer(made["id"], {"email": "b@example.com"})
    found = await stripe_billing.get("customer", made["id"])
    await stripe_billing.delete_customer(made["id"])

    assert found["email"] == "b@example.com"
    assert (await stripe_billing.get("customer", made["id"]))["deleted"] is True


async def test_nothing_is_found_under_a_name_that_was_never_given(prices: dict[str, str]):
    with pytest.raises(NotAtStripe):
        await stripe_billing.get("checkout.session", "cs_test_nobody")
