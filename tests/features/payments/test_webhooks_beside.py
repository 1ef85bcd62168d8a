"""The page of success asks Stripe as the worker does. Whoever is first, the other one finds it done."""

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments.applying import purchases
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.peer import Shop
from tests.features.payments.shop import claim, one
from tests.features.payments.test_webhooks_purchases import OPEN, letters, standing


async def look_from_the_page(member: Member | None, session_id: str) -> None:
    async with as_member(member.id) if member else as_visitor() as db:
        asked_at = await webhook_events.moment(db)
    told = await purchases.look(session_id, asked_at)
    assert told is not None
    async with as_member(member.id) if member else as_visitor() as db:
        await purchases.settle_payment(db, told, now=clock.now())


@pytest.mark.parametrize("is_page_first", [True, False])
async def test_the_page_and_the_event_are_one_purchase(
    shop: Shop, buyer: Member, is_page_first: bool, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    if not is_page_first:
        await shop.catch_up()
    await look_from_the_page(buyer, session.id)
    assert await standing(owner_db, buyer) == OPEN
    await shop.catch_up()

    assert await standing(owner_db, buyer) == OPEN
    assert sorted(await letters(owner_db, buyer.email)) == ["friend_codes", "purchase_made"]


async def test_a_guest_looks_gets_a_receipt_and_her_codes_once_she_has_come(
    shop: Shop, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    email = f"guest.{clock.now().timestamp()}@example.com"
    session = await shop.buy(None, email=email)

    await look_from_the_page(None, session.id)
    await shop.catch_up()
    assert await one(owner_db, "select status from purchases where email = %s", email) == "completed"
    assert await letters(owner_db, email) == ["purchase_made"]

    guest = await new_buyer("Gina", email=email)
    await claim(guest, now=clock.now())
    await claim(guest, now=clock.now())
    assert await letters(owner_db, email) == ["purchase_made", "friend_codes"]


async def test_what_is_not_paid_is_not_opened_by_looking(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)

    await look_from_the_page(buyer, checkout.url)

    assert (await standing(owner_db, buyer))[0] == "pending"
