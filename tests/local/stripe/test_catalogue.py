"""What is for sale, and codes that make it cheaper."""

from typing import Any

import pytest
import stripe

from tests.stripe import Stripe


async def test_a_new_price_takes_over_the_key_and_everybody_is_told(alone: Stripe):
    old = await alone.price("challenge")
    said = {"product": old.product, "currency": "usd", "unit_amount": 89_700, "lookup_key": "challenge"}

    with pytest.raises(stripe.InvalidRequestError, match="already uses that lookup key"):
        await alone.v1.prices.create_async(said)
    made = await alone.v1.prices.create_async({**said, "transfer_lookup_key": True})

    assert (await alone.price("challenge")).id == made.id
    assert (await alone.v1.prices.retrieve_async(old.id)).lookup_key is None
    await alone.endpoint.wait_for("price.updated", "price.created")


async def test_what_is_no_longer_for_sale_cannot_be_bought(alone: Stripe):
    price = await alone.price("challenge")
    await alone.v1.prices.update_async(price.id, {"active": False})
    await alone.v1.products.update_async(price.product, {"name": "Forty-five days"})

    with pytest.raises(stripe.InvalidRequestError, match="inactive"):
        await alone.checkout()
    await alone.endpoint.wait_for("product.updated")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"active": False}, "This code is not valid."),
        ({"expires_at": 1_700_000_000}, "This code has expired."),
        ({"max_redemptions": 1}, "This code has been used as often as it can be."),
        (
            {"restrictions": {"minimum_amount": 100_000, "minimum_amount_currency": "usd"}},
            "for larger amounts",
        ),
    ],
)
async def test_a_code_has_its_limits(said: dict[str, object], sentence: str, alone: Stripe):
    coupon = await alone.v1.coupons.create_async({"percent_off": 25, "duration": "once"})
    about = {"promotion": {"type": "coupon", "coupon": coupon.id}, "code": "QUARTER", **said}
    await alone.v1.promotion_codes.create_async(about)
    if "max_redemptions" in said:
        used = await alone.checkout(allow_promotion_codes=True)
        await alone.press(used, "code", code="QUARTER")
        await alone.press(used)

    page = await alone.press(await alone.checkout(allow_promotion_codes=True), "code", code="QUARTER")

    assert sentence in page.text


async def test_the_application_may_put_a_code_on_the_checkout_itself(peer: Stripe):
    (code,) = (await peer.v1.promotion_codes.list_async({"code": "FIFTYOFF"})).data

    session = await peer.bought(discounts=[{"promotion_code": code.id}])

    assert (session.amount_total, session.total_details.amount_discount) == (94_700, 5_000)


async def test_a_customer_is_called_what_she_wrote_only_when_that_is_wanted(peer: Stripe):
    names = []
    wishes: list[dict[str, Any]] = [{"customer_update": {"name": "auto"}}, {}]
    for wanted in wishes:
        customer = await peer.v1.customers.create_async({"email": "ana@example.com", "name": "Ana"})
        session = await peer.checkout(customer=customer.id, **wanted)
        await peer.press(session, name="Ana Silva")
        names.append((await peer.v1.customers.retrieve_async(customer.id)).name)

    assert names == ["Ana Silva", "Ana"]
