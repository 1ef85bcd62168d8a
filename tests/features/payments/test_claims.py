"""What a guest bought becomes hers when she signs in with the address she gave; nobody else's, and once."""

import asyncio
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member, as_service, as_visitor
from gynergy_app.domain.arrivals import Arrival
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.services import programs
from gynergy_app.services.payments import purchases, refunds
from gynergy_app.services.payments.purchases import Order
from tests.features.conftest import NewRun
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import (
    NOW,
    access_of,
    an_order,
    begin,
    buy_as_guest,
    claim,
    codes_of,
    complete,
    give_back,
    one,
    paid,
    rows,
)


def an_address() -> str:
    return f"guest.{uuid4().hex[:10]}@example.com"


async def test_nothing_is_granted_and_no_code_is_made_before_somebody_claims_it(
    run: UUID, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy_as_guest(an_address(), run)

    assert await one(owner_db, "select status from purchases where id = %s", purchase_id) == "completed"
    assert await one(owner_db, "select count(*) from friend_codes where purchase_id = %s", purchase_id) == 0


async def test_she_claims_it_with_any_spelling_of_her_address(new_buyer: NewBuyer, run: UUID):
    address = an_address()
    purchase_id = await buy_as_guest(address.upper(), run)
    guest = await new_buyer("Guest", email=address)

    assert await claim(guest) == [purchase_id]

    assert (await access_of(guest)).challenge_session_id == run
    assert len(await codes_of(guest)) == 2


async def test_it_becomes_hers_once_however_often_she_signs_in(
    new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    address = an_address()
    purchase_id = await buy_as_guest(address, run)
    guest = await new_buyer("Guest", email=address)

    claimed = await asyncio.gather(*(claim(guest) for _ in range(12)))

    assert sorted(len(ids) for ids in claimed) == [0] * 11 + [1]
    assert await one(owner_db, "select count(*) from friend_codes where purchase_id = %s", purchase_id) == 2


@pytest.mark.parametrize("order", ["paid first", "claimed first"])
async def test_the_payment_and_the_sign_in_may_come_in_any_order(new_buyer: NewBuyer, run: UUID, order: str):
    address = an_address()
    guest = await new_buyer("Guest", email=address)
    checkout = await begin(None, an_order(run, email=address))

    if order == "claimed first":
        assert await claim(guest) == []
    await complete(checkout.purchase_id)
    await asyncio.gather(claim(guest), complete(checkout.purchase_id), claim(guest))

    assert (await access_of(guest)).challenge(NOW) is Door.open
    assert len(await codes_of(guest)) == 2


async def test_an_address_that_was_never_proved_claims_nothing(
    new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    address = an_address()
    await buy_as_guest(address, run)
    guest = await new_buyer("Guest", email=address)
    await owner_db.execute("update auth.users set email_confirmed_at = null where id = %s", [guest.id])

    assert await claim(guest) == []
    assert (await access_of(guest)).challenge(NOW) is Door.closed


async def test_another_address_claims_nothing(new_buyer: NewBuyer, run: UUID):
    await buy_as_guest(an_address(), run)

    assert await claim(await new_buyer("Other")) == []


async def test_a_purchase_that_was_refunded_meanwhile_is_hers_and_opens_nothing(
    new_buyer: NewBuyer, run: UUID
):
    address = an_address()
    purchase_id = await buy_as_guest(address, run)
    assert await give_back(purchase_id) is PurchaseStatus.refunded
    guest = await new_buyer("Guest", email=address)

    assert await claim(guest) == [purchase_id]

    assert (await access_of(guest)).challenge(NOW) is Door.closed
    assert await codes_of(guest) == []


async def test_a_guests_own_page_may_complete_it(run: UUID, owner_db: psycopg.AsyncConnection):
    checkout = await begin(None, an_order(run))

    async with as_visitor() as db:
        await purchases.complete(db, checkout.purchase_id, paid(), now=NOW)

    query = "select seat_held_until is not null from purchases where id = %s and status = 'completed'"
    assert await one(owner_db, query, checkout.purchase_id)


async def test_who_comes_while_it_is_fought_over_has_her_place_once_it_is_won(
    new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    host, guest = await new_buyer("Eva"), await new_buyer("Guest")
    query = "select code from referral_codes where user_id = %s"
    link = str(await one(owner_db, query, host.id))
    order = an_order(run, email=guest.email)
    checkout = await begin(None, Order(order.key, order.price, order.email, run, Arrival(link)))
    await complete(checkout.purchase_id)
    async with as_service() as db:
        await refunds.freeze(db, checkout.purchase_id, now=NOW)

    assert await claim(guest) == [checkout.purchase_id]
    assert (await access_of(guest)).challenge(NOW) is Door.closed
    async with as_service() as db:
        await refunds.restore(db, checkout.purchase_id, now=NOW)

    access = await access_of(guest)
    assert (access.challenge(NOW), access.challenge_session_id) == (Door.open, run)
    enrolled = "select count(*) from session_enrollments where user_id = %s and session_id = %s"
    assert await one(owner_db, enrolled, guest.id, run) == 1
    counted = "select status from referrals where referred_id = %s"
    assert await one(owner_db, counted, guest.id) == "converted"


async def test_who_lives_another_session_by_then_stays_there_and_leaves_the_seat(
    new_buyer: NewBuyer, new_run: NewRun, run: UUID, owner_db: psycopg.AsyncConnection
):
    guest, other = await new_buyer("Guest"), await new_run()
    purchase_id = await buy_as_guest(guest.email, run)
    async with as_service() as db:
        await refunds.freeze(db, purchase_id, now=NOW)
    await claim(guest)
    async with as_member(guest.id) as db:
        await programs.enroll(db, guest, other, now=NOW)

    async with as_service() as db:
        await refunds.restore(db, purchase_id, now=NOW)

    places = "select session_id from session_enrollments where user_id = %s"
    assert await rows(owner_db, places, guest.id) == [(other,)]
    query = "select status, seat_held_until from purchases where id = %s"
    assert await rows(owner_db, query, purchase_id) == [("completed", None)]


async def test_who_has_her_place_by_another_purchase_keeps_no_second_seat(
    new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    address = an_address()
    guest = await new_buyer("Guest", email=address)
    await buy_as_guest(address, run)
    await claim(guest)
    second = await buy_as_guest(address, run)

    assert await claim(guest) == [second]

    held = "select status, seat_held_until from purchases where id = %s"
    assert await rows(owner_db, held, second) == [("completed", None)]
