"""A subscription's row is what Stripe says of it: through trial, renewal, a card that fails, and the end."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.repositories import webhook_events
from gynergy_app.services.desks import timeline
from gynergy_app.services.payments.applying import invoices, subscriptions
from gynergy_app.state.admin.timeline_view import rows_of
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.peer import Shop
from tests.features.payments.shop import access_of, one, rows
from tests.features.payments.test_webhooks import an_event
from tests.features.payments.test_webhooks_purchases import letters


async def status_of(db: psycopg.AsyncConnection, member: Member) -> object:
    return await one(db, "select status from subscriptions where user_id = %s", member.id)


async def journal(member: Member) -> Door:
    return (await access_of(member)).journal(clock.now())


async def test_a_month_opens_the_journal(shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection):
    subscription = await shop.subscribe(buyer)
    await shop.catch_up()

    query = """select stripe_subscription_id, status, amount_cents, currency, interval, cancel_at_period_end,
               current_period_end > current_period_start, stripe_customer_id
               from subscriptions where user_id = %s"""
    assert await rows(owner_db, query, buyer.id) == [
        (subscription.id, "active", 3_995, "usd", "month", False, True, subscription.customer)
    ]
    assert await journal(buyer) is Door.open


async def test_every_turn_stays_on_her_story_at_the_price_it_had(shop: Shop, buyer: Member, admin: UUID):
    subscription = await shop.subscribe(buyer, trial_period_days=14)
    await shop.catch_up()
    for change in (
        {
            "items": [
                {
                    "id": subscription["items"].data[0].id,
                    "price": (await shop.stripe.price("journal_year")).id,
                }
            ]
        },
        {"cancel_at_period_end": True},
        {"cancel_at_period_end": False},
    ):
        await shop.stripe.v1.subscriptions.update_async(subscription.id, change)
        for _ in range(2):
            await shop.catch_up()
    await shop.stripe.v1.subscriptions.cancel_async(subscription.id)
    await shop.catch_up()

    async with as_member(admin) as db:
        told = await timeline.of_member(db, buyer.id, now=clock.now())

    lines = [row.what for row in rows_of(told, "UTC", clock.now()) if "journal" in row.what]
    assert sorted(lines) == sorted(
        [
            "Subscribed to the journal, $39.95 a month",
            "Changed the journal to $399.00 a year",
            "Cancelled the journal",
            "Kept the journal after all",
            "The journal subscription ended",
        ]
    )


async def test_a_trial_reminds_once_before_it_ends(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer, trial_period_days=14)
    await shop.catch_up()
    assert await status_of(owner_db, buyer) == "trialing"
    assert await letters(owner_db, buyer.email) == ["subscription_begun"]

    await shop.stripe.operate(f"subscriptions/{subscription.id}/remind")
    for _ in range(2):
        await shop.catch_up()

    assert await letters(owner_db, buyer.email) == ["subscription_begun", "trial_ending"]


async def test_a_card_that_fails_gives_a_week_and_one_letter_for_each_try(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer)
    await shop.stripe.operate(f"subscriptions/{subscription.id}/fail")
    for _ in range(2):
        await shop.catch_up()

    assert await status_of(owner_db, buyer) == "past_due"
    assert await journal(buyer) is Door.grace
    assert await letters(owner_db, buyer.email) == ["renewal_failed"]
    query = "select past_due_since from subscriptions where user_id = %s"
    since = await one(owner_db, query, buyer.id)
    with clock.travelling(clock.now() + timedelta(days=8)):
        assert await journal(buyer) is Door.closed

    await shop.catch_up()
    assert await one(owner_db, query, buyer.id) == since


async def test_cancelling_says_until_when_and_ending_says_so(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer)
    await shop.stripe.v1.subscriptions.update_async(subscription.id, {"cancel_at_period_end": True})
    await shop.catch_up()
    assert (await status_of(owner_db, buyer), await journal(buyer)) == ("active", Door.open)
    assert await letters(owner_db, buyer.email) == ["subscription_ending"]

    await shop.stripe.v1.subscriptions.cancel_async(subscription.id)
    await shop.catch_up()
    assert (await status_of(owner_db, buyer), await journal(buyer)) == ("canceled", Door.closed)
    assert await letters(owner_db, buyer.email) == ["subscription_ending", "subscription_ended"]


@pytest.mark.parametrize("status", ["incomplete", "incomplete_expired", "unpaid", "paused"])
async def test_every_state_of_stripes_has_its_place(
    shop: Shop, buyer: Member, status: str, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer)
    await shop.stripe.operate(f"subscriptions/{subscription.id}/state", state=status)
    await shop.catch_up()

    assert (await status_of(owner_db, buyer), await journal(buyer)) == (status, Door.closed)


async def test_an_older_answer_is_dropped(shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection):
    async def answer() -> Any:
        async with as_service() as db:
            moment = await webhook_events.moment(db)
        return await subscriptions.ask(subscription.id, moment)

    subscription = await shop.subscribe(buyer)
    living = await answer()
    await shop.stripe.v1.subscriptions.cancel_async(subscription.id)
    ended = await answer()

    for told in (ended, living):
        async with as_service() as db:
            await subscriptions.apply(db, told, now=clock.now())

    assert await status_of(owner_db, buyer) == "canceled"


async def test_a_subscription_of_nobody_here_is_kept_and_opens_nothing(
    shop: Shop, owner_db: psycopg.AsyncConnection
):
    stranger = Member(uuid4(), "", "", "", "UTC")

    subscription = await shop.subscribe(stranger)
    await shop.catch_up()

    query = "select user_id, status from subscriptions where stripe_subscription_id = %s"
    assert await rows(owner_db, query, subscription.id) == [(None, "active")]


async def test_a_guests_address_is_set_right_at_stripe_and_a_members_is_not(
    shop: Shop, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    typo, right = f"{uuid4().hex}@exmaple.com", f"{uuid4().hex}@example.com"
    guest = await shop.buy(None, email=typo)
    ana = await new_buyer("Ana")
    hers = await shop.buy(ana)
    await shop.catch_up()

    for session in (guest, hers):
        await shop.stripe.v1.customers.update_async(session.customer, {"email": right})
    await shop.catch_up()

    query = "select email from purchases where stripe_customer_id = %s"
    assert await one(owner_db, query, guest.customer) == right
    assert await one(owner_db, query, hers.customer) == ana.email


async def test_a_customer_who_is_gone_is_linked_to_nothing(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session = await shop.buy(buyer)
    await shop.catch_up()
    await shop.stripe.v1.customers.delete_async(session.customer)
    await shop.catch_up()

    query = "select stripe_customer_id, status from purchases where user_id = %s"
    assert await rows(owner_db, query, buyer.id) == [(None, "completed")]


async def test_a_card_that_runs_out_is_told_of_once(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer)
    await shop.catch_up()
    card = {
        "object": "card", "id": "card_1", "customer": subscription.customer,
        "last4": "4242", "exp_month": 12, "exp_year": 2026,
    }  # fmt: skip
    for _ in range(2):
        event = an_event("customer.source.expiring")
        event["data"]["object"] = card
        await shop.follow([event])

    assert await letters(owner_db, buyer.email) == ["subscription_begun", "card_expires"]


async def test_a_letter_about_a_failed_payment_goes_however_the_two_workers_come_in(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    """One asked about the invoice, the other a moment later about the subscription, and wrote first."""
    subscription = await shop.subscribe(buyer)
    await shop.stripe.operate(f"subscriptions/{subscription.id}/fail")
    [failed] = [event for event in await shop.events() if event["type"] == "invoice.payment_failed"]
    async with as_service() as db:
        moments = [await webhook_events.moment(db), await webhook_events.moment(db)]

    of_invoice = await invoices.ask(failed["type"], failed["data"]["object"], moments[0])
    newer = await subscriptions.ask(subscription.id, moments[1])
    assert of_invoice is not None
    assert newer is not None
    async with as_service() as db:
        await subscriptions.apply(db, newer, now=clock.now())
    async with as_service() as db:
        assert not await invoices.apply(db, of_invoice, now=clock.now())
    await shop.catch_up()

    assert await status_of(owner_db, buyer) == "past_due"
    assert await letters(owner_db, buyer.email) == ["renewal_failed"]


async def test_the_grace_of_a_second_failure_is_its_own(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    """That the first one had been paid in between was never told."""
    subscription = await shop.subscribe(buyer)
    await shop.stripe.operate(f"subscriptions/{subscription.id}/fail")
    await shop.catch_up()
    await owner_db.execute(
        "update subscriptions set past_due_since = now() - interval '6 days' where user_id = %s", [buyer.id]
    )
    portal = await shop.stripe.v1.billing_portal.sessions.create_async({"customer": subscription.customer})
    await shop.stripe.browser.post(portal.url, data={"press": "card"})
    await shop.stripe.operate(f"subscriptions/{subscription.id}/fail")

    await shop.catch_up()

    latest = await shop.stripe.v1.subscriptions.retrieve_async(
        subscription.id, {"expand": ["latest_invoice"]}
    )
    query = "select extract(epoch from past_due_since)::int from subscriptions where user_id = %s"
    assert await one(owner_db, query, buyer.id) == latest.latest_invoice.created


async def test_who_owes_two_months_owes_since_the_first(
    shop: Shop, buyer: Member, owner_db: psycopg.AsyncConnection
):
    subscription = await shop.subscribe(buyer)
    await shop.stripe.operate(f"subscriptions/{subscription.id}/fail")
    [first] = (
        await shop.stripe.v1.invoices.list_async({"subscription": subscription.id, "status": "open"})
    ).data
    since = first.created - 30 * 86_400
    async with await psycopg.AsyncConnection.connect(shop.stripe.config.database_url) as theirs:
        made_before = "update stripe_peer.objects set data = data || %s where id = %s"
        await theirs.execute(made_before, [Jsonb({"created": since}), first.id])
    await shop.stripe.operate(f"subscriptions/{subscription.id}/days", days=40)

    await shop.catch_up()

    query = "select status, extract(epoch from past_due_since)::int from subscriptions where user_id = %s"
    assert await rows(owner_db, query, buyer.id) == [("past_due", since)]
    assert await journal(buyer) is Door.closed
