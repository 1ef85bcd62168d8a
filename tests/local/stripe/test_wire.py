"""The wire protocol: keys, forms, envelopes, and one answer for one idempotency key."""

import asyncio
from typing import Any

import pytest
import stripe

from gynergy_app.local.stripe.form import decoded
from tests.stripe import SUCCESS, Stripe


async def checkout_params(peer: Stripe, **said: Any) -> dict[str, Any]:
    items = [{"price": (await peer.price("challenge")).id, "quantity": 1}]
    return {"mode": "payment", "line_items": items, "success_url": SUCCESS, **said}


async def refused(peer: Stripe, **said: Any) -> stripe.InvalidRequestError:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await peer.v1.checkout.sessions.create_async(await checkout_params(peer, **said))
    assert caught.value.http_status == 400
    return caught.value


def test_what_is_nested_is_read_back():
    assert decoded("a[0][b]=1&a[1][b]=2&c[d][e]=&metadata[0]=x&expand[]=p&expand[]=q") == {
        "a": [{"b": "1"}, {"b": "2"}],
        "c": {"d": {"e": ""}},
        "metadata": {"0": "x"},
        "expand": ["p", "q"],
    }


async def test_a_stranger_learns_nothing(peer: Stripe):
    transport = stripe.HTTPXClient(timeout=10)
    stranger = stripe.StripeClient("sk_test_other", base_addresses={"api": peer.url}, http_client=transport)

    with pytest.raises(stripe.AuthenticationError):
        await stranger.v1.customers.list_async()
    assert (await peer.browser.get(f"{peer.url}/v1/customers")).status_code == 401
    await transport.close_async()


@pytest.mark.parametrize(
    ("said", "param"),
    [
        ({"payment_method_types": ["card"]}, "payment_method_types"),
        ({"expires_at": "soon"}, "expires_at"),
        ({"ui_mode": "hosted"}, "ui_mode"),
        ({"mode": "once"}, "mode"),
        ({"invoice_creation": {"enabled": "perhaps"}}, "invoice_creation[enabled]"),
        ({"metadata": {"nested": {"deep": "x"}}}, "metadata[nested]"),
        ({"line_items": [{"price": "price_1", "qty": 1}]}, "line_items[0][qty]"),
        ({"line_items": [{"price": "price_unknown", "quantity": 1}]}, "line_items[0][price]"),
        ({"expires_at": 1}, "expires_at"),
        ({"subscription_data": {"trial_period_days": 3}}, "subscription_data"),
        ({"customer_update": {"name": "auto"}}, "customer_update"),
    ],
)
async def test_what_stripe_would_refuse_is_refused(said: dict[str, Any], param: str, peer: Stripe):
    params = await checkout_params(peer, **said)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await peer.v1.checkout.sessions.create_async(params)

    assert caught.value.param == param


async def test_a_customer_and_her_address_exclude_each_other(peer: Stripe):
    customer = await peer.v1.customers.create_async({"email": "ana@example.com"})

    error = await refused(peer, customer=customer.id, customer_email="ana@example.com")

    assert "only specify one" in str(error)


async def test_the_same_key_and_words_make_one_object(peer: Stripe):
    params, key = await checkout_params(peer), {"idempotency_key": "checkout:1:1"}

    first = await peer.v1.checkout.sessions.create_async(params, key)
    again = await peer.v1.checkout.sessions.create_async(params, key)

    assert first.id == again.id
    assert again.last_response.headers["idempotent-replayed"] == "true"


async def test_the_same_key_with_other_words_is_refused(peer: Stripe):
    key = {"idempotency_key": "checkout:2:1"}
    await peer.v1.checkout.sessions.create_async(await checkout_params(peer), key)

    with pytest.raises(stripe.IdempotencyError):
        await peer.v1.checkout.sessions.create_async(await checkout_params(peer, locale="en"), key)


async def test_a_double_click_makes_one_object(peer: Stripe):
    params, key = await checkout_params(peer), {"idempotency_key": "checkout:3:1"}

    made = await asyncio.gather(*(peer.v1.checkout.sessions.create_async(params, key) for _ in range(4)))

    assert len({session.id for session in made}) == 1


async def test_an_unknown_object_is_missing_and_an_unknown_path_is_unrecognised(peer: Stripe):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await peer.v1.customers.retrieve_async("cus_nobody")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")

    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        await peer.v1.balance.retrieve_async()


async def test_lists_are_newest_first_and_go_on_where_they_ended(peer: Stripe):
    made = [await peer.v1.customers.create_async({"email": "many@example.com"}) for _ in range(3)]
    newest_first = [customer.id for customer in reversed(made)]

    first = await peer.v1.customers.list_async({"email": "many@example.com", "limit": 2})
    rest = await peer.v1.customers.list_async(
        {"email": "many@example.com", "limit": 2, "starting_after": first.data[-1].id}
    )
    back = await peer.v1.customers.list_async(
        {"email": "many@example.com", "limit": 2, "ending_before": rest.data[0].id}
    )

    assert [customer.id for customer in [*first.data, *rest.data]] == newest_first
    assert (first.has_more, rest.has_more) == (True, False)
    assert [customer.id for customer in back.data] == newest_first[:2]


async def test_a_customer_is_changed_and_unset_and_deleted(peer: Stripe):
    customer = await peer.v1.customers.create_async(
        {"email": "a@example.com", "metadata": {"a": "1", "b": "2"}}
    )

    changed = await peer.v1.customers.update_async(
        customer.id, {"email": "b@example.com", "name": "Ana", "metadata": {"a": "", "c": "3"}}
    )
    await peer.v1.customers.delete_async(customer.id)

    assert (changed.email, changed.name, changed.metadata.to_dict()) == (
        "b@example.com",
        "Ana",
        {"b": "2", "c": "3"},
    )
    assert (await peer.v1.customers.retrieve_async(customer.id)).deleted
    event = await peer.endpoint.wait_for("customer.updated", about=customer.id)
    assert event["data"]["previous_attributes"]["email"] == "a@example.com"
