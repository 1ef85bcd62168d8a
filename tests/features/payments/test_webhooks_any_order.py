"""Events come twice, in any order and days late. Whatever way they took, our rows are the same in the end."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as some

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.jobs import stripe_events
from gynergy_app.repositories import webhook_events
from gynergy_app.services.payments import inbox
from gynergy_app.services.payments.applying import purchases
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.peer import Json, Shop
from tests.features.payments.shop import access_of, one, rows
from tests.features.payments.test_webhooks_purchases import OPEN, SHUT, charge_of, refund, standing

Story = Callable[[Shop, Member], Awaitable[None]]


async def bought(shop: Shop, buyer: Member) -> None:
    await shop.buy(buyer)


async def declined_first(shop: Shop, buyer: Member) -> None:
    checkout = await shop.begin(buyer)
    await shop.pay(checkout, "decline")
    await shop.pay(checkout)


async def paid_by_bank(shop: Shop, buyer: Member) -> None:
    waiting = await shop.pay(await shop.begin(buyer), "debit")
    await shop.stripe.operate(f"payments/{waiting.payment_intent}/settle")


async def refunded_in_parts(shop: Shop, buyer: Member) -> None:
    session = await shop.buy(buyer)
    await refund(shop, session, amount=40_000)
    await refund(shop, session)


async def disputed_and_won(shop: Shop, buyer: Member) -> None:
    await _dispute(shop, buyer, "win")


async def disputed_and_lost(shop: Shop, buyer: Member) -> None:
    await _dispute(shop, buyer, "lose")


async def part_back_and_disputed(shop: Shop, buyer: Member) -> None:
    session = await shop.buy(buyer)
    await refund(shop, session, amount=40_000)
    await shop.stripe.operate(f"charges/{await charge_of(shop, session)}/dispute")


async def _dispute(shop: Shop, buyer: Member, end: str) -> None:
    session = await shop.buy(buyer)
    await shop.stripe.operate(f"charges/{await charge_of(shop, session)}/dispute")
    found = await shop.stripe.v1.disputes.list_async({"payment_intent": session.payment_intent})
    await shop.stripe.operate(f"disputes/{found.data[0].id}/{end}")


STORIES: dict[Story, tuple[str, Door, int]] = {
    bought: OPEN,
    declined_first: OPEN,
    paid_by_bank: OPEN,
    refunded_in_parts: SHUT,
    disputed_and_won: OPEN,
    disputed_and_lost: SHUT,
    part_back_and_disputed: ("disputed", Door.closed, 0),
}


def told_badly(events: list[Json], seed: int) -> list[Json]:
    """Each at least once, some of them up to four times, in no order at all."""
    chance = random.Random(seed)
    said = [event for event in events for _ in range(chance.choice((1, 1, 2, 4)))]
    chance.shuffle(said)
    return said


@budget(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    story=some.sampled_from(list(STORIES)),
    seed=some.integers(0, 2**32),
    stops=some.sets(some.integers(1, 40)),
)
async def test_any_history_ends_the_same(
    story: Story, seed: int, stops: set[int], shop: Shop, new_buyer: NewBuyer,
    owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    """`stops` are the places where the worker catches up before more is told."""
    buyer = await new_buyer("Ana")
    await shop.open()
    await story(shop, buyer)

    for number, event in enumerate(told_badly(await shop.events(), seed)):
        await shop.deliver([event])
        if number in stops:
            await stripe_events.take_due()
    await stripe_events.take_due()

    assert await standing(owner_db, buyer) == STORIES[story]
    codes = (
        "select count(*) from friend_codes c join purchases p on p.id = c.purchase_id where p.user_id = %s"
    )
    assert await one(owner_db, codes, buyer.id) == 2
    twice = "select template_key from email_messages where user_id = %s group by 1 having count(*) > 2"
    assert await rows(owner_db, twice, buyer.id) == []


async def test_each_of_them_five_times_at_once_is_each_once(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    await shop.buy(buyer)
    events = await shop.events()

    await asyncio.gather(*(shop.deliver([event]) for event in events * 5))
    await asyncio.gather(*(stripe_events.take_due() for _ in range(5)))

    assert await standing(owner_db, buyer) == OPEN
    mails = "select count(*), count(distinct dedupe_key) from email_messages where user_id = %s"
    assert await rows(owner_db, mails, buyer.id) == [(2, 2)]


async def test_an_event_three_days_late_changes_nothing_that_came_after_it(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    late = await shop.events()
    await refund(shop, session)
    every = await shop.events()
    await shop.follow(every[len(late) :])
    assert await standing(owner_db, buyer) == SHUT

    with clock.travelling(clock.now() + timedelta(days=3)):
        await shop.deliver(late)
        await stripe_events.take_due()

    assert await standing(owner_db, buyer) == SHUT


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_of_two_answers_the_second_to_be_written_is_asked_for_again(
    shop: Shop, buyer: Member, order: tuple[int, int], owner_db: psycopg.AsyncConnection
):
    """Two workers asked, before and after a refund; either may be the first to write."""

    async def answer(session_id: str) -> Any:
        async with as_service() as db:
            moment = await webhook_events.moment(db)
        return await purchases.look(session_id, moment)

    session = await shop.buy(buyer)
    before = await answer(session.id)
    await refund(shop, session)
    answers = [before, await answer(session.id)]

    taken = []
    for number in order:
        async with as_service() as db:
            taken.append(await purchases.apply(db, answers[number], now=clock.now()))
    assert taken == [True, False]
    async with as_service() as db:
        assert await purchases.apply(db, await answer(session.id), now=clock.now())

    assert await standing(owner_db, buyer) == SHUT
    assert (await access_of(buyer)).challenge(clock.now()) is Door.closed


async def test_whoever_asked_first_and_heard_last_is_not_written_over(
    shop: Shop, buyer: Member, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    """One begins to ask, and its answer comes after a refund. The other asks later, before the refund."""
    session = await shop.buy(buyer)
    await shop.catch_up()
    ask, begins, told = inbox.ask, asyncio.Event(), asyncio.Event()
    begun: list[int] = []

    async def asks(event: Any, asked_at: Any) -> Any:
        begun.append(len(begun))
        begins.set()
        if len(begun) == 1:
            await told.wait()
            return await ask(event, asked_at)
        answer = await ask(event, asked_at)
        if len(begun) == 2:
            await refund(shop, session)
            told.set()
            await first
        return answer

    monkeypatch.setattr(inbox, "ask", asks)
    events = [event for event in await shop.events() if event["type"] == "checkout.session.completed"]
    await shop.deliver([{**events[0], "id": f"{events[0]['id']}_{n}"} for n in range(2)])
    first = asyncio.create_task(stripe_events.take_one())
    await begins.wait()
    await stripe_events.take_one()

    assert await standing(owner_db, buyer) == SHUT
    assert len(begun) == 3, "the second one asked once more"
