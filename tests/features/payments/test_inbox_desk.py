"""The inbox as an admin sees it: who waits, what can be done about it, each act once."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.dead_letters import meaning
from gynergy_app.domain.payments.inbox import MOST_ATTEMPTS
from gynergy_app.domain.payments.kinds import PurchaseStatus, SubscriptionStatus
from gynergy_app.jobs import schedule, stripe_events
from gynergy_app.jobs.reconcile import reconcile
from gynergy_app.repositories.webhook_desk import Arrived
from gynergy_app.services.desks import inbox as desk
from gynergy_app.services.desks.inbox import Show, Sought
from gynergy_app.services.payments import applying, inbox, reconciling
from gynergy_app.services.payments.inbox import NotInTheInbox
from gynergy_app.services.payments.reconciling import NothingToCompare
from tests.features.conftest import as_somebody
from tests.features.payments.peer import Json, Shop
from tests.features.payments.shop import at_once, one, rows
from tests.features.payments.test_webhooks import an_event


@pytest.fixture
def ruth(admin: UUID) -> Member:
    return as_somebody(admin, first_name="Ruth")


async def gives_up(
    shop: Shop, event: Json, monkeypatch: pytest.MonkeyPatch, db: psycopg.AsyncConnection
) -> UUID:
    """Its last try was in vain."""
    await shop.deliver([event])
    await db.execute(
        "update webhook_events set attempts = %s where event_id = %s", [MOST_ATTEMPTS - 1, event["id"]]
    )

    async def breaks(*said: object, **named: object) -> None:
        raise RuntimeError("A mistake of ours.")

    with monkeypatch.context() as patch:
        patch.setattr(applying, "ask", breaks)
        row_id = await one(db, "select id from webhook_events where event_id = %s", event["id"])
        assert isinstance(row_id, UUID)
        await stripe_events.take_one(row_id)
    return row_id


async def dead(ruth: Member) -> dict[UUID, Arrived]:
    async with as_member(ruth.id) as db:
        return {each.id: each for each in (await desk.read(db, now=clock.now())).dead}


async def found(ruth: Member, an_id: str, show: Show = Show.every) -> list[UUID]:
    async with as_member(ruth.id) as db:
        return [each.id for each in (await desk.find(db, Sought(show, an_id=an_id))).events]


async def test_a_payment_nobody_followed_names_who_is_without_a_place(
    shop: Shop, buyer: Member, ruth: Member, monkeypatch: pytest.MonkeyPatch,
    owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    checkout = await shop.begin(buyer)
    await shop.pay(checkout)
    [done] = [event for event in await shop.events() if event["type"] == "checkout.session.completed"]

    row_id = await gives_up(shop, done, monkeypatch, owner_db)

    letter = (await dead(ruth))[row_id]
    assert (letter.attempts, letter.error) == (MOST_ATTEMPTS, "RuntimeError: A mistake of ours.")
    assert (letter.purchase_id, letter.user_id) == (checkout.purchase_id, buyer.id)
    assert letter.about.purchase is PurchaseStatus.pending
    assert meaning(letter.event_type, letter.about).harm == "Ana has paid and has no place yet."
    async with as_member(ruth.id) as db:
        await inbox.replay(db, ruth, row_id, now=clock.now())
    await stripe_events.take_due()
    assert row_id not in await dead(ruth)
    assert (
        await one(owner_db, "select status from purchases where id = %s", checkout.purchase_id) == "completed"
    )


async def test_an_event_about_a_subscription_names_its_member(
    shop: Shop, buyer: Member, ruth: Member, monkeypatch: pytest.MonkeyPatch,
    owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    subscription = await shop.subscribe(buyer)
    await shop.catch_up()
    invoices = [event for event in await shop.events() if event["type"] == "invoice.paid"]
    again = {**invoices[-1], "id": f"evt_{uuid4().hex}"}

    row_id = await gives_up(shop, again, monkeypatch, owner_db)

    letter = (await dead(ruth))[row_id]
    assert letter.about.subscription is SubscriptionStatus.active
    assert (letter.user_id, letter.about.who) == (buyer.id, "Ana")
    assert letter.object_id != subscription.id


async def test_five_admins_who_click_at_once_have_it_followed_once(
    shop: Shop, ruth: Member, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    row_id = await gives_up(shop, an_event("price.updated"), monkeypatch, owner_db)

    async def click() -> bool:
        try:
            async with as_member(ruth.id) as db:
                await inbox.replay(db, ruth, row_id, now=clock.now())
        except NotInTheInbox:
            return False
        return True

    assert sorted(await at_once(click() for _ in range(5))) == [False] * 4 + [True]
    recorded = "select count(*) from audit_log where subject_id = %s and action = 'webhook.replayed'"
    assert await one(owner_db, recorded, row_id) == 1


async def test_all_that_was_given_up_is_taken_up_together_and_once(
    shop: Shop, ruth: Member, monkeypatch: pytest.MonkeyPatch, owner_db: psycopg.AsyncConnection
):
    ours = {await gives_up(shop, an_event("price.updated"), monkeypatch, owner_db) for _ in range(3)}
    waiting = set(await dead(ruth))
    assert ours <= waiting

    async def click() -> int:
        async with as_member(ruth.id) as db:
            return await inbox.replay_dead(db, ruth, now=clock.now())

    assert sum(await at_once(click() for _ in range(3))) == len(waiting)
    await stripe_events.take_due()
    assert await dead(ruth) == {}


async def test_what_killed_every_worker_is_told_to_every_admin_and_leads_to_the_inbox(
    shop: Shop, admin: UUID, owner_db: psycopg.AsyncConnection
):
    event = an_event()
    await shop.deliver([event])
    await owner_db.execute(
        "update webhook_events set status = 'processing', attempts = %s,"
        " claimed_until = now() - interval '1 minute' where event_id = %s",
        [MOST_ATTEMPTS, event["id"]],
    )

    for _ in range(2):
        await stripe_events.take_due()

    query = """select n.title, n.href from notifications n join webhook_events e
               on n.dedupe_key like 'money:dead:' || e.id || ':%%' where n.user_id = %s and e.event_id = %s"""
    title = "An event of the payment service could not be followed"
    assert await rows(owner_db, query, admin, event["id"]) == [(title, routes.ADMIN_INBOX)]


async def test_events_are_found_by_their_id_by_what_they_are_about_and_by_state(shop: Shop, ruth: Member):
    event = an_event()
    await shop.follow([event])

    [row_id] = await found(ruth, event["id"])
    assert await found(ruth, f"  {event['data']['object']['id']}\n") == [row_id]
    assert await found(ruth, event["id"], Show.not_ours) == [row_id]
    assert await found(ruth, event["id"], Show.done) == []
    assert await found(ruth, event["id"][:-1]) == []
    assert await found(ruth, "'; drop table webhook_events; --") == []


async def test_a_list_of_events_ends_and_shows_each_once(shop: Shop, ruth: Member):
    kind = f"topup.{uuid4().hex[:8]}"
    await shop.deliver([an_event(kind) for _ in range(desk.PAGE_SIZE + 3)])
    seen, before = [], None

    async with as_member(ruth.id) as db:
        while True:
            page = await desk.find(db, Sought(event_type=kind), before=before)
            seen += [each.id for each in page.events]
            before = page.last
            if before is None:
                break

    assert len(seen) == len(set(seen)) == desk.PAGE_SIZE + 3


async def test_a_payload_shows_ids_and_nobodys_name_and_is_for_admins(
    shop: Shop, buyer: Member, ruth: Member, owner_db: psycopg.AsyncConnection
):
    await shop.buy(buyer)
    [done] = [event for event in await shop.catch_up() if event["type"] == "checkout.session.completed"]
    row_id = await one(owner_db, "select id from webhook_events where event_id = %s", done["id"])
    assert isinstance(row_id, UUID)

    async with as_member(ruth.id) as db:
        shown, left_out = await desk.payload(db, row_id)
    async with as_member(buyer.id) as db:
        with pytest.raises(inbox.WordsAreGone):
            await desk.payload(db, row_id)
        assert (await desk.find(db, Sought())).events == ()
        assert (await desk.read(db, now=clock.now())).dead == ()

    assert shown["data"]["object"]["id"] == done["data"]["object"]["id"]
    assert left_out > 0
    said = str(shown)
    assert buyer.email not in said
    assert "guest@example.com" not in said
    assert "http" not in said


@pytest.fixture
async def no_round(owner_db: psycopg.AsyncConnection) -> AsyncIterator[None]:
    """Nobody has asked for a round, and nobody finds one asked for afterwards."""
    clear = "delete from jobs.procrastinate_jobs where task_name in ('reconcile_payments', 'look_back')"
    await owner_db.execute(clear)
    yield
    await owner_db.execute(clear)


ASKED = "select count(*) from jobs.procrastinate_jobs where task_name = 'reconcile_payments'"


async def test_a_round_is_asked_for_once_however_many_click(
    shop: Shop, ruth: Member, no_round: None, owner_db: psycopg.AsyncConnection
):
    async def ask() -> bool:
        async with as_member(ruth.id) as db:
            return await reconciling.ask_now(db, ruth, now=clock.now())

    assert sorted(await at_once(ask() for _ in range(5))) == [False] * 4 + [True]
    assert await one(owner_db, ASKED) == 1
    recorded = "select count(*) from audit_log where actor_id = %s and action = 'payments.reconciled'"
    assert await one(owner_db, recorded, ruth.id) == 1


async def test_the_desk_is_told_how_far_a_round_is(
    shop: Shop, ruth: Member, buyer: Member, no_round: None, owner_db: psycopg.AsyncConnection
):
    async def progress(who: Member) -> str:
        async with as_member(who.id) as db:
            return await reconciling.progress(db)

    said = [await progress(ruth)]
    async with as_member(ruth.id) as db:
        await reconciling.ask_now(db, ruth, now=clock.now())
    said += [await progress(ruth), await progress(buyer)]
    await owner_db.execute(
        "update jobs.procrastinate_jobs set status = 'doing' where task_name = 'reconcile_payments'"
    )
    said.append(await progress(ruth))

    assert said == ["", "todo", "", "doing"]


async def test_rounds_that_found_something_stay_in_sight(
    shop: Shop, buyer: Member, ruth: Member, owner_db: psycopg.AsyncConnection
):
    await shop.subscribe(buyer)
    made = await reconcile()
    for _ in range(3):
        await reconcile()

    async with as_member(ruth.id) as db:
        differing = await reconciling.differing(db)
        latest = await reconciling.reports(db, size=3)

    assert made is not None
    assert made.differences
    assert made in differing
    assert made not in latest
    assert all(report.differences for report in differing)


async def test_without_a_payment_service_nothing_is_asked_for(ruth: Member, no_round: None):
    async with as_member(ruth.id) as db:
        with pytest.raises(NothingToCompare):
            await reconciling.ask_now(db, ruth, now=clock.now())


def test_the_next_round_that_is_announced_is_the_one_that_comes():
    [cron] = [cron for cron, task in schedule.SCHEDULE if task.name == reconciling.BY_ITSELF]

    assert cron == f"*/{reconciling.EVERY_MINUTES} * * * *"
