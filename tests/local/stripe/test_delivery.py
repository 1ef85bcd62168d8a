"""How events travel: signed, again until they are taken, and as the operator page wishes."""

import pytest
import stripe

from tests.stripe import Stripe


async def made(alone: Stripe, *names: str) -> list[str]:
    return [(await alone.v1.customers.create_async({"name": name})).id for name in names]


async def event_ids(alone: Stripe) -> list[str]:
    """Oldest first."""
    return [event.id for event in reversed((await alone.v1.events.list_async({"limit": 100})).data)]


def arrived(alone: Stripe) -> list[str]:
    return [event["data"]["object"]["id"] for event in alone.endpoint.events]


async def test_an_event_comes_again_until_it_is_taken(alone: Stripe):
    alone.endpoint.refusals = 2

    await made(alone, "Ana")

    await alone.endpoint.wait_for("customer.created")
    assert alone.endpoint.refused == 2
    assert len(alone.endpoint.events) == 1


async def test_events_arrive_in_their_order(alone: Stripe):
    customers = await made(alone, *"ABCDEF")

    await alone.endpoint.wait_until(lambda: len(alone.endpoint.events) == 6)

    assert arrived(alone) == customers


@pytest.mark.parametrize("order", ["oldest", "newest", "shuffled"])
async def test_what_is_withheld_is_released_in_any_order(order: str, alone: Stripe):
    await alone.operate("post/withhold")
    customers = await made(alone, *"ABCDEF")
    undelivered = await alone.v1.events.list_async({"delivery_success": False})
    withheld = arrived(alone)
    await alone.operate(f"post/{order}")

    await alone.endpoint.wait_until(lambda: len(alone.endpoint.events) == 6)

    assert (withheld, len(undelivered.data)) == ([], 6)
    expected = {"oldest": customers, "newest": customers[::-1]}.get(order, arrived(alone))
    assert arrived(alone) == expected
    assert sorted(arrived(alone)) == sorted(customers)
    await made(alone, "G")
    await alone.endpoint.wait_until(lambda: len(alone.endpoint.events) == 7)


async def test_one_event_is_delivered_again_withheld_and_released(alone: Stripe):
    (customer,) = await made(alone, "Ana")
    await alone.endpoint.wait_for("customer.created")
    (event,) = await event_ids(alone)

    await alone.operate(f"events/{event}/again")
    await alone.endpoint.wait_until(lambda: len(alone.endpoint.events) == 2)
    await alone.operate("post/withhold")
    await alone.v1.customers.update_async(customer, {"name": "Ben"})
    await alone.operate(f"events/{(await event_ids(alone))[-1]}/release")

    await alone.endpoint.wait_for("customer.updated")
    assert alone.endpoint.kinds() == ["customer.created", "customer.created", "customer.updated"]
    assert alone.endpoint.events[0]["id"] == alone.endpoint.events[1]["id"]


async def test_events_are_listed_by_their_kind_and_age(alone: Stripe):
    (customer,) = await made(alone, "Ana")
    await alone.v1.customers.update_async(customer, {"name": "Ben"})

    by_kind = await alone.v1.events.list_async({"types": ["customer.updated"]})
    later = await alone.v1.events.list_async({"created": {"gt": by_kind.data[0].created}})

    assert [event.type for event in by_kind.data] == ["customer.updated"]
    assert by_kind.data[0].data.previous_attributes.name == "Ana"
    assert later.data == []


async def test_an_answer_lost_on_the_way_is_found_by_asking_again(alone: Stripe):
    await alone.operate("trouble", kind="drop_after_commit", count=1)

    customer = await alone.v1.customers.create_async({"name": "Ana"}, {"idempotency_key": "customer:1"})

    everybody = await alone.v1.customers.list_async()
    assert [each.id for each in everybody.data] == [customer.id]


async def test_a_service_that_is_away_has_done_nothing(alone: Stripe):
    await alone.operate("trouble", kind="503", count=3)

    with pytest.raises(stripe.APIError):
        await made(alone, "Ana")

    assert (await alone.v1.customers.list_async()).data == []


async def test_too_many_requests_are_said_to_be_too_many(alone: Stripe):
    await alone.operate("trouble", kind="429", count=1)

    with pytest.raises(stripe.RateLimitError):
        await made(alone, "Ana")
    await made(alone, "Ben")
