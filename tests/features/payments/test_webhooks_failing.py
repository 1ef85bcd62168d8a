"""What goes wrong between hearing and doing: nothing is lost, and what stays wrong finds a person."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.inbox import LONGEST_WAIT, MOST_ATTEMPTS
from gynergy_app.errors import Invalid
from gynergy_app.jobs import stripe_events
from gynergy_app.repositories import webhook_events
from gynergy_app.services import mail, referrals
from gynergy_app.services.payments import applying, arriving, inbox, mailing, purchases, refunds
from gynergy_app.services.payments.inbox import NotInTheInbox, WordsAreGone
from tests.features.conftest import as_somebody
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one, rows
from tests.features.payments.test_webhooks import an_event, kept
from tests.features.payments.test_webhooks_purchases import OPEN, letters, standing

STEPS = [
    (applying, "ask"),
    (applying, "apply"),
    (purchases, "complete"),
    (arriving, "arrive"),
    (referrals, "convert"),
    (mailing, "purchase_made"),
    (mailing, "codes_made"),
    (mail, "enqueue"),
    (refunds, "apply"),
    (refunds, "restore"),
    (webhook_events, "settle"),
]


class Killed(BaseException):
    """As a worker ends: nothing of ours catches it, nothing more is written."""


def dies_once(after: Callable[..., Awaitable[Any]], *, is_done: bool) -> Callable[..., Awaitable[Any]]:
    left = [True]

    async def step(*said: Any, **named: Any) -> Any:
        if not left:
            return await after(*said, **named)
        left.clear()
        if is_done:
            await after(*said, **named)
        raise Killed

    return step


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _, step in STEPS])
async def test_a_worker_that_dies_at_any_step_is_followed_by_one_that_finishes(
    shop: Shop, buyer: Member, place: Any, step: str, is_done: bool,
    monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    await shop.buy(buyer)
    await shop.deliver(await shop.events())
    with monkeypatch.context() as patch:
        patch.setattr(place, step, dies_once(getattr(place, step), is_done=is_done))
        with pytest.raises(Killed):
            await stripe_events.take_due()
    with clock.travelling(clock.now() + inbox.LEASE + timedelta(minutes=1)):
        await stripe_events.take_due()

    assert await standing(owner_db, buyer) == OPEN
    assert sorted(await letters(owner_db, buyer.email)) == ["friend_codes", "purchase_made"]
    query = """select count(*) from webhook_events where status not in ('processed', 'ignored')
               and object_id = (select stripe_checkout_session_id from purchases where user_id = %s)"""
    assert await one(owner_db, query, buyer.id) == 0


async def test_while_stripe_is_away_events_wait_longer_each_time_and_then_are_followed(
    shop: Shop, buyer: Member, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    [done] = [event for event in await shop.events() if event["type"] == "checkout.session.completed"]
    waits, status, attempts, said = [], "", 0, ""
    with monkeypatch.context() as away:
        away.setattr("gynergy_app.settings.settings.stripe_api_base", "http://127.0.0.1:9")
        away.setattr("gynergy_app.integrations.stripe_billing.REPEATS", 0)
        await shop.deliver([done])
        for _ in range(3):
            await stripe_events.take_due()
            query = """select status, attempts, next_attempt_at, last_failed_at, error_message
                       from webhook_events where event_id = %s"""
            [(status, attempts, again, failed_at, said)] = await rows(owner_db, query, done["id"])
            waits.append((again - failed_at).total_seconds() / 60)
            await owner_db.execute(
                "update webhook_events set next_attempt_at = now() where event_id = %s", [done["id"]]
            )
    assert (status, attempts) == ("failed", 3)
    assert said.startswith("PaymentsUnavailable")
    assert all(2**n <= wait <= 2**n * 1.25 for n, wait in enumerate(waits, start=1))

    await stripe_events.take_due()
    assert session.payment_status == "paid"
    assert await standing(owner_db, buyer) == OPEN


async def a_dead_one(shop: Shop, monkeypatch: pytest.MonkeyPatch, db: psycopg.AsyncConnection) -> UUID:
    """Tried the last time in vain."""
    event = an_event("price.updated")
    await shop.deliver([event])
    await db.execute(
        "update webhook_events set attempts = %s where event_id = %s", [MOST_ATTEMPTS - 1, event["id"]]
    )

    async def breaks(*said: object, **named: object) -> None:
        raise RuntimeError("A mistake of ours.")

    with monkeypatch.context() as patch:
        patch.setattr(applying, "ask", breaks)
        await stripe_events.take_due()
    [(status, *_)] = await kept(db, event)
    assert status == "dead"
    row_id = await one(db, "select id from webhook_events where event_id = %s", event["id"])
    assert isinstance(row_id, UUID)
    return row_id


async def state_of(db: psycopg.AsyncConnection, row_id: UUID) -> tuple:
    query = "select status, attempts, error_message, dismissed_reason from webhook_events where id = %s"
    [row] = await rows(db, query, row_id)
    return row


async def test_after_twelve_attempts_every_admin_is_told_and_nobody_tries_again(
    shop: Shop, admin: UUID, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    row_id = await a_dead_one(shop, monkeypatch, owner_db)

    with clock.travelling(clock.now() + 2 * LONGEST_WAIT):
        await stripe_events.take_due()

    assert await state_of(owner_db, row_id) == ("dead", 12, "RuntimeError: A mistake of ours.", None)
    query = "select href from notifications where user_id = %s and dedupe_key like %s"
    assert await rows(owner_db, query, admin, f"money:dead:{row_id}:%") == [(routes.ADMIN_INBOX,)]


async def test_an_admin_has_it_tried_again(
    shop: Shop, admin: UUID, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    row_id = await a_dead_one(shop, monkeypatch, owner_db)

    async with as_member(admin) as db:
        await inbox.replay(db, as_somebody(admin), row_id, now=clock.now())
    await stripe_events.take_due()

    assert await state_of(owner_db, row_id) == ("processed", 1, None, None)
    query = "select action from audit_log where subject_id = %s"
    assert await rows(owner_db, query, row_id) == [("webhook.replayed",)]


async def test_an_admin_dismisses_it_and_says_why(
    shop: Shop, admin: UUID, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    row_id = await a_dead_one(shop, monkeypatch, owner_db)
    ruth = as_somebody(admin)

    async with as_member(admin) as db:
        with pytest.raises(Invalid):
            await inbox.dismiss(db, ruth, row_id, "  ", now=clock.now())
        await inbox.dismiss(db, ruth, row_id, "A test of the bank's.", now=clock.now())
    async with as_member(admin) as db:
        with pytest.raises(NotInTheInbox):
            await inbox.dismiss(db, ruth, row_id, "Once more.", now=clock.now())

    assert (await state_of(owner_db, row_id))[0::3] == ("dismissed", "A test of the bank's.")
    query = "select action, reason from audit_log where subject_id = %s"
    assert await rows(owner_db, query, row_id) == [("webhook.dismissed", "A test of the bank's.")]


async def test_nobody_else_replays_or_dismisses(
    shop: Shop, buyer: Member, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    row_id = await a_dead_one(shop, monkeypatch, owner_db)

    async with as_member(buyer.id) as db:
        with pytest.raises(NotInTheInbox):
            await inbox.replay(db, buyer, row_id, now=clock.now())
        with pytest.raises(NotInTheInbox):
            await inbox.dismiss(db, buyer, row_id, "Because.", now=clock.now())


async def test_words_are_forgotten_after_a_month_and_ids_are_not(
    shop: Shop, admin: UUID, owner_db: psycopg.AsyncConnection
):
    event = an_event("topup.created")
    await shop.follow([event])
    row_id = await one(owner_db, "select id from webhook_events where event_id = %s", event["id"])
    assert isinstance(row_id, UUID)
    later = clock.now() + timedelta(days=31)

    with clock.travelling(clock.now() + timedelta(days=29)):
        await stripe_events.forget_old_payloads(0)
    query = "select payload is null, event_id, object_id from webhook_events where id = %s"
    thing = event["data"]["object"]["id"]
    assert await rows(owner_db, query, row_id) == [(False, event["id"], thing)]
    with clock.travelling(later):
        await stripe_events.forget_old_payloads(0)

    assert await rows(owner_db, query, row_id) == [(True, event["id"], thing)]
    await shop.deliver([event])
    assert len(await kept(owner_db, event)) == 1
    async with as_member(admin) as db:
        with pytest.raises(WordsAreGone):
            await inbox.replay(db, as_somebody(admin), row_id, now=later)


async def test_two_workers_never_hold_the_same_event(shop: Shop, owner_db: psycopg.AsyncConnection):
    event = an_event()
    await shop.deliver([event])
    row_id = await one(owner_db, "select id from webhook_events where event_id = %s", event["id"])
    assert isinstance(row_id, UUID)

    async with as_service() as first, as_service() as second:
        claimed = await inbox.claim(first, now=clock.now(), row_id=row_id)
        assert claimed is not None
        assert await inbox.claim(second, now=clock.now(), row_id=row_id) is None
    async with as_service() as third:
        assert await inbox.claim(third, now=clock.now(), row_id=row_id) is None
        assert await inbox.follow(third, claimed[0], None, now=clock.now())
    async with as_service() as late:
        assert not await inbox.follow(late, claimed[0], None, now=clock.now())


@pytest.mark.parametrize(("attempts", "then"), [(MOST_ATTEMPTS - 1, "failed"), (MOST_ATTEMPTS, "dead")])
async def test_what_kills_every_worker_is_given_up_too(
    shop: Shop, attempts: int, then: str, owner_db: psycopg.AsyncConnection
):
    event = an_event()
    await shop.deliver([event])
    await owner_db.execute(
        "update webhook_events set status = 'processing', attempts = %s,"
        " claimed_until = now() - interval '1 minute' where event_id = %s",
        [attempts, event["id"]],
    )

    async with as_service() as db:
        await webhook_events.release_lost(db, now=clock.now())

    assert (await kept(owner_db, event))[0][0] == then
