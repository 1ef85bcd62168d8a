"""What was never told is found by looking: nothing waits for a letter that does not come."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.jobs import stripe_events
from gynergy_app.jobs.reconcile import reconcile
from gynergy_app.services.payments import reconciling
from gynergy_app.services.payments.reconciling import Difference, Report
from gynergy_app.settings import settings
from tests.features.conftest import as_somebody
from tests.features.payments.peer import Shop
from tests.features.payments.shop import access_of, one, rows
from tests.features.payments.test_webhooks_purchases import OPEN, letters, standing

AN_HOUR = timedelta(hours=1)


def about(report: Report | None, kind: str, thing: str) -> list[Difference]:
    assert report is not None
    assert report.trouble == ""
    return [each for each in report.differences if (each.kind, each.id) == (kind, thing)]


async def test_events_that_never_came_are_fetched_and_followed(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    await shop.buy(buyer)
    [done] = [event for event in await shop.events() if event["type"] == "checkout.session.completed"]

    with clock.travelling(clock.now() + AN_HOUR):
        report = await reconcile()
        again = await reconcile()
        await stripe_events.take_due()

    missed = Difference("event", done["id"], "missed", "checkout.session.completed")
    assert about(report, "event", done["id"]) == [missed]
    assert about(again, "event", done["id"]) == []
    assert await standing(owner_db, buyer) == OPEN
    assert sorted(await letters(owner_db, buyer.email)) == ["friend_codes", "purchase_made"]


async def test_an_event_that_may_be_on_its_way_is_no_difference(shop: Shop, buyer: Member):
    await shop.buy(buyer)
    [done] = [event for event in await shop.events() if event["type"] == "checkout.session.completed"]

    assert about(await reconcile(), "event", done["id"]) == []


async def test_a_purchase_that_waits_too_long_is_asked_for(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    await shop.pay(checkout)

    with clock.travelling(clock.now() + AN_HOUR):
        report = await reconcile()

    changed = Difference("purchase", str(checkout.purchase_id), "pending", "completed")
    assert about(report, "purchase", str(checkout.purchase_id)) == [changed]
    assert await standing(owner_db, buyer) == OPEN


async def test_a_purchase_whose_payment_names_another_is_found_and_waits_for_a_person(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    checkout = await shop.begin(buyer)
    await shop.pay(checkout)
    await shop.stripe.operate(f"checkouts/{checkout.url}/tamper", how="metadata")

    with clock.travelling(clock.now() + AN_HOUR):
        report = await reconcile()

    changed = Difference("purchase", str(checkout.purchase_id), "pending", "review")
    assert about(report, "purchase", str(checkout.purchase_id)) == [changed]
    assert await standing(owner_db, buyer) == ("review", Door.closed, 0)


async def test_a_subscription_that_moved_unseen_is_set_right(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer)

    [found] = about(await reconcile(), "subscription", subscription.id)
    assert (found.before, found.after.split()[0]) == ("unknown", "active")
    assert (await access_of(buyer)).journal(clock.now()) is Door.open

    await shop.stripe.v1.subscriptions.cancel_async(subscription.id)
    [ended] = about(await reconcile(), "subscription", subscription.id)
    assert ended.after.split()[0] == "canceled"
    assert (await access_of(buyer)).journal(clock.now()) is Door.closed
    assert about(await reconcile(), "subscription", subscription.id) == []


async def test_the_desk_sees_every_round_and_can_ask_for_one(
    shop: Shop, admin: UUID, buyer: Member, owner_db: psycopg.AsyncConnection
):
    made = await reconcile()
    ruth = as_somebody(admin)

    async with as_member(admin) as db:
        found = await reconciling.reports(db)
        await reconciling.ask_now(db, ruth, now=clock.now())
    async with as_member(buyer.id) as db:
        assert await reconciling.reports(db) == []

    assert made in found
    query = "select count(*) from jobs.procrastinate_jobs where task_name = 'reconcile_payments'"
    assert await one(owner_db, query) >= 1  # pyright: ignore[reportOperatorIssue] - a count
    query = "select action from audit_log where actor_id = %s"
    assert await rows(owner_db, query, admin) == [("payments.reconciled",)]


async def test_a_round_that_stripe_ended_says_so(shop: Shop, admin: UUID, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "stripe_api_base", "http://127.0.0.1:9")
    monkeypatch.setattr("gynergy_app.integrations.stripe_billing.REPEATS", 0)

    report = await reconcile()

    assert report is not None
    assert report.trouble.startswith("We could not reach the payment service")


async def test_without_a_payment_service_nobody_looks(monkeypatch: pytest.MonkeyPatch):
    assert await reconcile() is None


async def test_reports_are_forgotten_after_a_month(shop: Shop, owner_db: psycopg.AsyncConnection):
    await reconcile()

    async with as_service() as db:
        assert await reconciling.forget(db, now=clock.now() + timedelta(days=29)) == 0
    with clock.travelling(clock.now() + timedelta(days=31)):
        await stripe_events.forget_old_payloads(0)

    query = "select count(*) from webhook_events where provider = 'reconciliation'"
    assert await one(owner_db, query) == 0
