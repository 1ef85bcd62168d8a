"""A subscription ends before its account goes, and an account stays for as long as it cannot be ended."""

import psycopg
import pytest

from gynergy_app.domain.accounts import Member
from gynergy_app.jobs import deletion as job
from gynergy_app.services.payments import prices
from gynergy_app.settings import settings
from tests.archives.test_deletion import asks_to_leave, when_the_time_has_come
from tests.features.payments.conftest import buyer, new_buyer, peer, shop
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one
from tests.features.payments.subscriber import Subscriber

__all__ = ["buyer", "new_buyer", "peer", "shop"]

NOWHERE = "http://127.0.0.1:9"


async def test_it_is_tried_again_until_stripe_has_ended_it(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prices, "_memory", prices._Memory())
    held = await Subscriber(shop, buyer).subscribe()
    await asks_to_leave(buyer)

    with when_the_time_has_come():
        with monkeypatch.context() as away:
            away.setattr(settings, "stripe_api_base", NOWHERE)
            await job.delete_due()
        assert await one(owner_db, "select count(*) from users where id = %s", buyer.id) == 1
        await job.delete_due()

    assert await one(owner_db, "select count(*) from users where id = %s", buyer.id) == 0
    at_stripe = await shop.stripe.v1.subscriptions.retrieve_async(held.stripe_id)
    assert at_stripe.status == "canceled"
    await shop.catch_up()
    query = (
        "select user_id is null and status = 'canceled' from subscriptions where stripe_subscription_id = %s"
    )
    assert await one(owner_db, query, held.stripe_id) is True
