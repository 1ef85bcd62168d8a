"""Buying a place: once, however often anything is clicked or told."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member, as_service, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus
from gynergy_app.domain.payments.paying import Price
from gynergy_app.services import programs
from gynergy_app.services.payments import purchases
from gynergy_app.services.payments.purchases import HasAccess, NoSuchPurchase, PaidAlready
from tests.features.conftest import NewRun
from tests.features.payments.shop import (
    DAY,
    FULL,
    MINUTE,
    NOW,
    access_of,
    an_order,
    begin,
    buy,
    codes_of,
    complete,
    paid,
    rows,
)


async def test_a_paid_place_gives_access_two_codes_a_session_and_a_cohort(buyer: Member, run: UUID):
    await buy(buyer, run)

    hers = await access_of(buyer)
    assert (hers.came_by, hers.challenge_session_id) == (AccessType.purchased, run)
    assert hers.challenge(NOW) is Door.open
    given = await codes_of(buyer)
    assert [code.state for code in given] == [CodeState.open, CodeState.open]
    assert {code.valid_until for code in given} == {NOW + 90 * DAY}
    async with as_member(buyer.id) as db:
        enrolled = await programs.current_enrollment(db, buyer, now=NOW)
    assert enrolled is not None
    assert (enrolled.session_id, enrolled.cohort_name) == (run, "Aurora")


async def test_access_ends_with_the_grace_of_the_session(buyer: Member, run: UUID):
    await buy(buyer, run)

    until = (await access_of(buyer)).challenge_until

    assert until is not None
    assert until.isoformat() == "2026-05-16T15:00:00+00:00", "the 30th day after day 45, by the last clock"


async def test_without_a_session_there_is_access_and_a_start_to_choose(buyer: Member):
    await buy(buyer)

    hers = await access_of(buyer)
    assert hers.challenge(NOW + 400 * DAY) is Door.open
    assert hers.challenge_session_id is None


async def test_a_session_that_is_chosen_later_becomes_the_one_her_access_is_for(buyer: Member, run: UUID):
    await buy(buyer)

    async with as_member(buyer.id) as db:
        await programs.enroll(db, buyer, run, now=NOW)

    hers = await access_of(buyer)
    assert hers.challenge_session_id == run
    assert hers.challenge_until is not None


async def test_a_payment_told_twenty_times_at_once_is_one_place_and_two_codes(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    checkout = await begin(buyer, an_order(run))
    payment = paid()

    told = await asyncio.gather(*(complete(checkout.purchase_id, payment) for _ in range(20)))

    assert set(told) == {PurchaseStatus.completed}
    assert len(await codes_of(buyer)) == 2
    happened = await rows(
        owner_db,
        "select count(*) from automation_events where user_id = %s and event_type = 'purchase_completed'",
        buyer.id,
    )
    assert happened == [(1,)]


async def test_a_double_click_is_one_purchase(buyer: Member, run: UUID):
    order = an_order(run, email=buyer.email)

    checkouts = await asyncio.gather(*(begin(buyer, order) for _ in range(8)))

    assert len({checkout.key for checkout in checkouts}) == 1


async def test_two_open_pages_of_one_member_are_one_purchase(buyer: Member, run: UUID):
    orders = [an_order(run, email=buyer.email) for _ in range(8)]

    checkouts = await asyncio.gather(*(begin(buyer, order) for order in orders))

    assert len({checkout.key for checkout in checkouts}) == 1


async def test_a_guests_double_click_is_one_purchase(run: UUID):
    order = an_order(run)

    checkouts = await asyncio.gather(*(begin(None, order) for _ in range(8)))

    assert {checkout.purchase_id for checkout in checkouts} == {order.key}


async def test_a_page_that_is_still_open_is_returned_to(buyer: Member, run: UUID):
    order = an_order(run, email=buyer.email)
    first = await begin(buyer, order)
    async with as_member(buyer.id) as db:
        await purchases.attach(db, first, f"cs_{uuid4().hex}", "https://pay.example/1")

    again = await begin(buyer, order, now=NOW + 20 * MINUTE)

    assert (again.key, again.url) == (first.key, "https://pay.example/1")


async def test_a_page_that_has_closed_is_a_new_attempt_of_the_same_purchase(buyer: Member, run: UUID):
    first = await begin(buyer, an_order(run, email=buyer.email))
    async with as_member(buyer.id) as db:
        await purchases.attach(db, first, f"cs_{uuid4().hex}", "https://pay.example/1")

    again = await begin(buyer, an_order(run, email=buyer.email), now=NOW + 2 * DAY)

    assert again.purchase_id == first.purchase_id
    assert (again.attempt, again.url) == (2, "")
    assert again.expires_at > NOW + 2 * DAY


async def test_another_price_is_another_attempt(buyer: Member):
    order = an_order(email=buyer.email)
    first = await begin(buyer, order)

    again = await begin(buyer, replace(order, price=Price(79_700)))

    assert (again.purchase_id, again.attempt) == (first.purchase_id, 2)


async def test_the_page_of_an_overtaken_attempt_is_not_written_over_the_next(buyer: Member):
    order = an_order(email=buyer.email)
    first = await begin(buyer, order)
    second = await begin(buyer, order, now=NOW + 1 * DAY)
    async with as_member(buyer.id) as db:
        await purchases.attach(db, second, f"cs_{uuid4().hex}", "https://pay.example/2")
        await purchases.attach(db, first, f"cs_{uuid4().hex}", "https://pay.example/1")

    assert (await begin(buyer, order, now=NOW + 1 * DAY)).url == "https://pay.example/2"


async def test_the_end_of_an_overtaken_page_ends_nothing(buyer: Member):
    order = an_order(email=buyer.email)
    second = await begin(buyer, order)
    async with as_member(buyer.id) as db:
        await purchases.attach(db, second, "cs_second", "https://pay.example/2")

    async with as_service() as db:
        await purchases.expire(db, second.purchase_id, "cs_first", now=NOW)

    assert (await begin(buyer, order)).attempt == 1


async def test_a_second_place_is_bought_on_purpose_or_not_at_all(buyer: Member, run: UUID):
    await buy(buyer, run)

    with pytest.raises(HasAccess, match="second time"):
        await begin(buyer, an_order())

    assert (await begin(buyer, an_order(), is_meant=True)).attempt == 1


async def test_a_form_that_was_paid_is_not_paid_again():
    order = an_order()
    await complete((await begin(None, order)).purchase_id)

    with pytest.raises(PaidAlready):
        await begin(None, order)


async def test_a_payment_for_another_price_grants_nothing_and_waits_for_a_person(
    buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await begin(buyer, an_order())

    assert await complete(checkout.purchase_id, paid(Price(100))) is PurchaseStatus.review

    assert (await access_of(buyer)).challenge(NOW) is Door.closed
    assert await codes_of(buyer) == []
    [(reason,)] = await rows(
        owner_db, "select review_reason from purchases where id = %s", checkout.purchase_id
    )
    assert reason == "$1.00 was paid, and $997.00 was asked."
    with pytest.raises(PaidAlready):
        await begin(buyer, an_order(key=checkout.purchase_id))


async def test_a_promotion_that_makes_it_free_is_a_place_like_any_other(
    buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await begin(buyer, an_order())

    await complete(checkout.purchase_id, paid(FULL, Price(0), intent_id=None))

    assert (await access_of(buyer)).challenge(NOW) is Door.open
    assert await rows(owner_db, "select amount_cents from purchases where id = %s", checkout.purchase_id) == [
        (0,)
    ]


async def test_somebody_else_sees_and_completes_nothing(buyer: Member, friend: Member):
    checkout = await begin(buyer, an_order())

    for door in (as_member(friend.id), as_visitor()):
        with pytest.raises(NoSuchPurchase):
            async with door as db:
                await purchases.complete(db, checkout.purchase_id, paid(), now=NOW)


async def test_the_buyers_own_page_may_complete_it_as_the_event_does(buyer: Member, run: UUID):
    checkout = await begin(buyer, an_order(run))

    async with as_member(buyer.id) as db:
        status = await purchases.complete(db, checkout.purchase_id, paid(), now=NOW)

    assert status is PurchaseStatus.completed
    assert (await access_of(buyer)).challenge_session_id == run


async def test_a_session_past_day_nine_is_not_sold(buyer: Member, new_run: NewRun):
    old = await new_run()

    with pytest.raises(programs.EnrollmentClosed):
        await begin(buyer, an_order(old), now=NOW + 20 * DAY)
    with pytest.raises(programs.SessionGone):
        await begin(buyer, an_order(uuid4()))
