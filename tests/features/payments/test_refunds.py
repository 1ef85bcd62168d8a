"""Money that goes back takes access and unused codes along, and brings them back when it stays after all."""

import asyncio
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import CodeState, Refusal
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus, RefundStatus
from gynergy_app.domain.payments.paying import Refunded
from gynergy_app.services.payments import codes, refunds
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import (
    FULL,
    MINUTE,
    NOW,
    access_of,
    an_order,
    begin,
    buy,
    codes_of,
    complete,
    give_back,
    one,
    redeem,
    rows,
)


async def doors(member: Member) -> tuple[Door, list[CodeState]]:
    return (await access_of(member)).challenge(NOW), sorted(code.state for code in await codes_of(member))


OPEN = (Door.open, [CodeState.open, CodeState.open])
SHUT = (Door.closed, [CodeState.revoked, CodeState.revoked])


async def dispute(purchase_id: UUID, *steps: str) -> None:
    for step in steps:
        async with as_service() as db:
            await getattr(refunds, step)(db, purchase_id, now=NOW)


async def test_the_whole_amount_closes_access_and_takes_unused_codes_back(
    buyer: Member, friend: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(buyer, run)
    code = (await codes_of(buyer))[0].code

    assert await give_back(purchase_id) is PurchaseStatus.refunded

    assert await doors(buyer) == SHUT
    assert await redeem(friend, code) is Refusal.revoked
    kept = "select amount_refunded_cents, refunded_at is not null from purchases where id = %s"
    assert await rows(owner_db, kept, purchase_id) == [(FULL.amount_cents, True)]
    place = "select count(*) from session_enrollments where user_id = %s"
    assert await one(owner_db, place, buyer.id) == 0, "she has written nothing there"


async def test_a_part_changes_nothing_but_the_sum(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(buyer, run)

    for amount in (10_000, 20_000):
        assert await give_back(purchase_id, amount) is PurchaseStatus.completed

    assert await doors(buyer) == OPEN
    assert (
        await one(owner_db, "select amount_refunded_cents from purchases where id = %s", purchase_id)
        == 30_000
    )


async def test_parts_that_make_the_whole_are_the_whole(buyer: Member, run: UUID):
    purchase_id = await buy(buyer, run)

    await give_back(purchase_id, 90_000)
    assert await give_back(purchase_id, 9_700) is PurchaseStatus.refunded

    assert await doors(buyer) == SHUT


async def test_who_used_a_code_keeps_the_place(buyer: Member, friend: Member, run: UUID):
    purchase_id = await buy(buyer, run)
    await redeem(friend, (await codes_of(buyer))[0].code)

    await give_back(purchase_id)

    assert (await access_of(friend)).challenge(NOW) is Door.open
    assert (await doors(buyer))[1] == [CodeState.revoked, CodeState.used]


@pytest.mark.parametrize("status", [status for status in RefundStatus if status != RefundStatus.succeeded])
async def test_money_that_has_not_arrived_changes_nothing(buyer: Member, run: UUID, status: RefundStatus):
    purchase_id = await buy(buyer, run)

    assert await give_back(purchase_id, status=status) is PurchaseStatus.completed

    assert await doors(buyer) == OPEN


async def test_a_refund_that_fails_in_the_end_gives_everything_back_and_makes_no_third_code(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(buyer, run)
    before = [code.code for code in await codes_of(buyer)]
    refund = f"re_{purchase_id}"
    await give_back(purchase_id, refund_id=refund)
    assert await doors(buyer) == SHUT

    status = await give_back(purchase_id, status=RefundStatus.failed, refund_id=refund, now=NOW + MINUTE)

    assert status is PurchaseStatus.completed
    assert await doors(buyer) == OPEN
    assert [code.code for code in await codes_of(buyer)] == before
    assert await one(owner_db, "select refunded_at is null from purchases where id = %s", purchase_id)


async def test_what_was_fetched_earlier_is_not_written_over_what_was_fetched_later(buyer: Member, run: UUID):
    purchase_id = await buy(buyer, run)
    told = [
        (RefundStatus.succeeded, NOW + 2 * MINUTE),
        (RefundStatus.pending, NOW),
        (RefundStatus.succeeded, NOW + 2 * MINUTE),
    ]

    for status, fetched_at in told:
        refund = Refunded(f"re_{purchase_id}", FULL.amount_cents, status, NOW)
        async with as_service() as db:
            await refunds.apply(db, purchase_id, [refund], fetched_at=fetched_at, now=NOW)

    assert await doors(buyer) == SHUT


async def test_a_refund_told_ten_times_at_once_is_one(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(buyer, run)

    await asyncio.gather(*(give_back(purchase_id, refund_id=f"re_{purchase_id}") for _ in range(10)))

    assert await doors(buyer) == SHUT
    assert await one(owner_db, "select count(*) from refunds where purchase_id = %s", purchase_id) == 1
    happened = (
        "select count(*) from automation_events where user_id = %s and event_type = 'purchase_refunded'"
    )
    assert await one(owner_db, happened, buyer.id) == 1


async def test_a_payment_told_after_the_refund_opens_nothing_and_makes_no_codes(buyer: Member, run: UUID):
    purchase_id = await buy(buyer, run)
    await give_back(purchase_id)

    assert await complete(purchase_id) is PurchaseStatus.refunded

    assert await doors(buyer) == SHUT


async def test_another_purchase_keeps_access_open(buyer: Member, friend: Member, run: UUID):
    """She was given a place by a friend, bought one too, and asked for the money back."""
    await buy(buyer, run)
    await redeem(friend, (await codes_of(buyer))[0].code)
    second = await begin(friend, an_order(), is_meant=True)
    await complete(second.purchase_id)
    assert (await access_of(friend)).came_by is AccessType.purchased

    await give_back(second.purchase_id)

    theirs = await access_of(friend)
    assert (theirs.came_by, theirs.challenge(NOW)) == (AccessType.friend_code, Door.open)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["freeze"], SHUT),
        (["freeze", "freeze"], SHUT),
        (["freeze", "restore"], OPEN),
        (["freeze", "restore", "restore"], OPEN),
        (["restore"], OPEN),
        (["lose"], OPEN),
        (["freeze", "lose"], SHUT),
        (["freeze", "lose", "restore"], SHUT),
        (["freeze", "restore", "freeze"], SHUT),
    ],
)
async def test_a_dispute_freezes_until_it_is_decided(
    buyer: Member, run: UUID, steps: list[str], expected: tuple[Door, list[CodeState]]
):
    purchase_id = await buy(buyer, run)

    await dispute(purchase_id, *steps)

    assert await doors(buyer) == expected


async def test_a_lost_dispute_is_money_gone_and_no_failed_refund_brings_it_back(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(buyer, run)
    await dispute(purchase_id, "freeze", "lose")

    await give_back(purchase_id, 100, RefundStatus.failed)

    assert await doors(buyer) == SHUT
    gone = "select status, disputed_at is not null from purchases where id = %s"
    assert await rows(owner_db, gone, purchase_id) == [("refunded", True)]


async def test_a_code_its_giver_took_back_stays_taken_back(buyer: Member, run: UUID):
    purchase_id = await buy(buyer, run)
    async with as_member(buyer.id) as db:
        await codes.revoke(db, buyer, (await codes_of(buyer))[0].id, now=NOW)

    await dispute(purchase_id, "freeze", "restore")

    assert await doors(buyer) == (Door.open, [CodeState.open, CodeState.revoked])


async def test_a_code_used_while_the_money_goes_back_is_either_used_or_taken_back(
    new_buyer: NewBuyer, run: UUID
):
    for n in range(4):
        giver, friend = await new_buyer(f"Giver{n}"), await new_buyer(f"Friend{n}")
        purchase_id = await buy(giver, run)
        code = (await codes_of(giver))[0].code

        await asyncio.gather(redeem(friend, code), give_back(purchase_id, now=NOW + timedelta(seconds=1)))

        has_place = (await access_of(friend)).challenge(NOW) is Door.open
        assert (CodeState.used in (await doors(giver))[1]) is has_place
