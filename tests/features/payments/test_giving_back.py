"""Money given back from the desk: asked for once, sent once, and exactly what was announced comes of it."""

import asyncio
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.refunding import consequences
from gynergy_app.errors import Invalid
from gynergy_app.jobs import refunds as sending
from gynergy_app.services.payments.giving_back import MoneyHasMoved
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.giving import (
    WHOLE,
    a_wish,
    ask,
    at_stripe,
    bought,
    charge_at,
    kept,
    read,
)
from tests.features.payments.peer import Shop
from tests.features.payments.shop import (
    codes_of,
    one,
    redeem,
    rows,
)
from tests.features.payments.test_webhooks_purchases import OPEN, SHUT
from tests.features.payments.test_webhooks_purchases import standing as stands


async def test_the_row_is_there_before_stripe_is_asked_and_the_worker_sends_it(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)

    row_id = await ask(carla, purchase_id)

    assert await kept(owner_db, purchase_id) == [(WHOLE, "pending", False)]
    assert await at_stripe(shop, owner_db, purchase_id) == []
    assert await stands(owner_db, buyer) == OPEN

    assert isinstance(row_id, UUID)
    assert await sending.send_one(row_id)
    [made] = await at_stripe(shop, owner_db, purchase_id)
    assert (made.amount, made.reason, made.metadata["refund_id"]) == (
        WHOLE, "requested_by_customer", str(row_id),
    )  # fmt: skip
    await shop.catch_up()
    assert await kept(owner_db, purchase_id) == [(WHOLE, "succeeded", True)]
    assert await stands(owner_db, buyer) == SHUT


async def test_asked_for_by_two_admins_and_twice_at_once_it_is_one_refund(
    shop: Shop,
    buyer: Member,
    carla: Member,
    admin: UUID,
    new_buyer: NewBuyer,
    owner_db: psycopg.AsyncConnection,
):
    purchase_id = await bought(shop, buyer, owner_db)
    other = await new_buyer("Noor")
    await owner_db.execute("insert into user_roles (user_id, role) values (%s, 'admin')", [other.id])

    part = a_wish(10_000)
    answers = await asyncio.gather(*(ask(who, purchase_id, part) for who in (carla, other) for _ in range(4)))

    assert len([answer for answer in answers if isinstance(answer, UUID)]) == 1
    assert {type(answer) for answer in answers if not isinstance(answer, UUID)} == {MoneyHasMoved}
    await asyncio.gather(*(sending.send_due() for _ in range(4)))
    await shop.catch_up()
    assert len(await at_stripe(shop, owner_db, purchase_id)) == 1
    assert await kept(owner_db, purchase_id) == [(10_000, "succeeded", True)]
    acts = "select count(*) from audit_log where subject_id = %s and action = 'purchase.refund_requested'"
    assert await one(owner_db, acts, purchase_id) == 1


@pytest.mark.parametrize("fault", ["drop_after_commit", "503", "429"])
async def test_an_answer_that_is_lost_leaves_the_row_waiting_and_the_same_refund_is_asked_for_again(
    shop: Shop, buyer: Member, carla: Member, fault: str, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)
    row_id = await ask(carla, purchase_id)
    assert isinstance(row_id, UUID)
    await shop.stripe.operate("trouble", kind=fault, count=9)

    assert not await sending.send_one(row_id)

    await shop.stripe.operate("trouble", clear="all")
    assert await kept(owner_db, purchase_id) == [(WHOLE, "pending", False)]
    assert await stands(owner_db, buyer) == OPEN
    assert await sending.send_due() >= 1
    assert len(await at_stripe(shop, owner_db, purchase_id)) == 1
    assert await kept(owner_db, purchase_id) == [(WHOLE, "succeeded", True)]
    assert await stands(owner_db, buyer) == SHUT


async def test_what_stripe_will_not_take_is_failed_and_an_admin_hears_of_it(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    """Somebody disputes the payment in the moment between asking and sending."""
    purchase_id = await bought(shop, buyer, owner_db)
    row_id = await ask(carla, purchase_id)
    assert isinstance(row_id, UUID)
    await shop.stripe.operate(f"charges/{await charge_at(shop, owner_db, purchase_id)}/dispute")

    await sending.send_one(row_id)

    assert await kept(owner_db, purchase_id) == [(WHOLE, "failed", False)]
    why = await one(owner_db, "select failure from refunds where id = %s", row_id)
    assert "charged back" in str(why)
    told = "select href from notifications where user_id = %s and dedupe_key = %s"
    leads_to = await rows(owner_db, told, carla.id, f"money:refund-refused:{row_id}")
    assert leads_to == [(routes.admin_purchase(str(purchase_id)),)]
    assert not await sending.send_one(row_id)


async def test_one_that_cannot_be_sent_keeps_no_other_waiting(
    shop: Shop, buyer: Member, friend: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    """The payment of the first is one that Stripe has never heard of."""
    broken, sound = await bought(shop, buyer, owner_db), await bought(shop, friend, owner_db)
    for purchase_id in (broken, sound):
        assert isinstance(await ask(carla, purchase_id), UUID)
    lost = "update purchases set stripe_payment_intent_id = %s where id = %s"
    await owner_db.execute(lost, [f"pi_{broken.hex}", broken])

    await sending.send_due()

    assert await kept(owner_db, broken) == [(WHOLE, "failed", False)]
    assert await kept(owner_db, sound) == [(WHOLE, "succeeded", True)]


async def test_a_part_changes_the_sum_and_nothing_else(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)
    before = consequences(await read(carla, purchase_id), 10_000)

    await ask(carla, purchase_id, a_wish(10_000))
    await sending.send_due()

    assert not before.changes_access
    assert await stands(owner_db, buyer) == OPEN
    assert await kept(owner_db, purchase_id) == [(10_000, "succeeded", True)]
    rest = await ask(carla, purchase_id, a_wish(WHOLE, gone=10_000))
    assert isinstance(rest, Invalid)
    assert isinstance(await ask(carla, purchase_id, a_wish(WHOLE - 10_000, gone=10_000)), UUID)
    await sending.send_due()
    assert await stands(owner_db, buyer) == SHUT


async def test_nothing_is_asked_for_that_cannot_go_back(
    shop: Shop, buyer: Member, friend: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)
    code = (await codes_of(buyer, now=clock.now()))[0].code
    await redeem(friend, code, now=clock.now())
    given = await one(owner_db, "select id from purchases where user_id = %s", friend.id)
    assert isinstance(given, UUID)

    answers = [
        await ask(carla, given, a_wish(1)),
        await ask(carla, purchase_id, a_wish(WHOLE + 1)),
        await ask(carla, purchase_id, a_wish(0)),
        await ask(carla, purchase_id, a_wish(gone=1)),
        await ask(carla, UUID(int=1)),
    ]

    assert [type(answer).__name__ for answer in answers] == [
        "CannotGiveBack", "Invalid", "Invalid", "MoneyHasMoved", "NoSuchPurchase",
    ]  # fmt: skip
    assert await kept(owner_db, purchase_id) == []


async def test_a_member_can_neither_ask_for_money_back_nor_see_that_others_did(
    shop: Shop, buyer: Member, friend: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)

    with pytest.raises(Exception, match="row-level security"):
        await ask(buyer, purchase_id)
    assert type(await ask(friend, purchase_id)).__name__ == "NoSuchPurchase"
    assert await kept(owner_db, purchase_id) == []
