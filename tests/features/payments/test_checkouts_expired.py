"""A page to pay on that has closed: nothing was charged, the seat is free, and she is written to once."""

from typing import Any
from uuid import UUID

import psycopg

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.emails.render import render
from tests.features.conftest import NewRun
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one, rows
from tests.features.payments.test_webhooks_purchases import OPEN, letters, standing

RECOVERY: dict[str, Any] = {"after_expiration": {"recovery": {"enabled": True}}}


async def expire(shop: Shop, checkout_id: str) -> None:
    await shop.stripe.v1.checkout.sessions.expire_async(checkout_id)
    await shop.catch_up()


async def resume_link(db: psycopg.AsyncConnection, to: str) -> str:
    query = "select context from email_messages where to_email = %s and template_key = 'checkout_expired'"
    context = await one(db, query, to)
    return context["resume"]  # pyright: ignore[reportIndexIssue] - read as JSON


async def test_her_letter_leads_to_a_page_on_which_she_can_pay_after_all(
    shop: Shop, buyer: Member, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    run: UUID = await new_run(places=1, start=clock.now().date())
    checkout = await shop.begin(buyer, run, **RECOVERY)
    await expire(shop, checkout.url)
    assert await one(owner_db, "select seat_held_until from purchases where user_id = %s", buyer.id) is None

    await shop.stripe.browser.get(await resume_link(owner_db, buyer.email), follow_redirects=True)
    found = await shop.stripe.v1.checkout.sessions.list_async({"limit": 1})
    recovered = found.data[0]
    await shop.stripe.press(recovered)
    await shop.catch_up()

    assert recovered.recovered_from == checkout.url
    assert await standing(owner_db, buyer) == OPEN
    query = "select stripe_checkout_session_id, session_id from purchases where user_id = %s"
    assert await rows(owner_db, query, buyer.id) == [(recovered.id, run)]


async def test_it_is_written_once_for_a_purchase_however_often_it_expires_and_is_told(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer, **RECOVERY)
    await expire(shop, checkout.url)
    await shop.catch_up()
    again = await shop.begin(buyer, **RECOVERY)
    await expire(shop, again.url)

    assert again.attempt == 2
    assert (await letters(owner_db, buyer.email)).count("checkout_expired") == 1


async def test_without_a_recovery_it_leads_to_the_price(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    await expire(shop, (await shop.begin(buyer)).url)

    assert await resume_link(owner_db, buyer.email) == routes.PRICING
    context = {"first_name": "Ana", "amount": "$997.00", "had_seat": False, "resume": routes.PRICING}
    assert f"http://localhost:3000{routes.PRICING}" in render("checkout_expired", context).text


async def test_nobody_is_written_to_who_has_bought_meanwhile(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    as_guest = await shop.begin(None, email=buyer.email, **RECOVERY)
    await shop.buy(buyer)
    await expire(shop, as_guest.url)

    assert "checkout_expired" not in await letters(owner_db, buyer.email)


async def test_an_attempt_that_was_overtaken_ends_nothing_even_before_the_next_has_a_page(
    shop: Shop, buyer: Member, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    run = await new_run(start=clock.now().date())
    first = await shop.begin(buyer, run)
    await owner_db.execute(
        "update purchases set attempt = 2, stripe_checkout_session_id = null where user_id = %s", [buyer.id]
    )

    await expire(shop, first.url)

    query = "select status, seat_held_until is not null from purchases where user_id = %s"
    assert await rows(owner_db, query, buyer.id) == [("pending", True)]
    assert "checkout_expired" not in await letters(owner_db, buyer.email)
