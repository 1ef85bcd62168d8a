"""Letters about a subscription, each once, while time passes at Stripe as its operator lets it."""

from datetime import timedelta

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.services.payments import prices
from gynergy_app.settings import settings
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one, rows
from tests.features.payments.subscriber import Subscriber
from tests.features.payments.test_webhooks_purchases import letters


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())


@pytest.fixture
def ana(shop: Shop, buyer: Member) -> Subscriber:
    return Subscriber(shop, buyer)


async def told_twice(ana: Subscriber) -> None:
    """Everything that has happened is told once more, from the beginning."""
    await ana.shop.catch_up()


async def test_from_trial_to_the_last_try(ana: Subscriber, owner_db: psycopg.AsyncConnection):
    await ana.subscribe()
    await told_twice(ana)
    assert await letters(owner_db, ana.member.email) == ["subscription_begun"]

    await ana.operate("remind")
    await ana.operate("fail")
    assert (await ana.held()).status is SubscriptionStatus.past_due
    for _ in range(3):
        await ana.operate("next")
    await told_twice(ana)

    assert (await ana.held()).status is SubscriptionStatus.canceled
    assert await letters(owner_db, ana.member.email) == [
        "subscription_begun",
        "trial_ending",
        "renewal_failed",
        "renewal_failed",
        "renewal_failed",
        "subscription_ended",
    ]


@pytest.mark.parametrize("days", [0, 14])
async def test_what_it_costs_and_when_is_told_as_it_begins(
    days: int, ana: Subscriber, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "journal_trial_days", days)
    held = await ana.subscribe()

    query = """select context ->> 'amount', context ->> 'interval', context ->> 'trial_ends_at',
               context ->> 'renews_at' from email_messages where to_email = %s"""
    [(amount, interval, trial_ends_at, renews_at)] = await rows(owner_db, query, ana.member.email)
    assert (amount, interval) == ("$39.95", "month")
    assert held.period_end
    assert renews_at == held.period_end.isoformat()
    assert trial_ends_at == (held.trial_end.isoformat() if held.trial_end else None)
    assert bool(trial_ends_at) is bool(days)


async def test_a_subscription_of_old_is_not_told_that_it_began(
    ana: Subscriber, owner_db: psycopg.AsyncConnection
):
    """As after the day on which this letter was first written."""
    await ana.subscribe()
    await owner_db.execute("delete from email_messages where to_email = %s", [ana.member.email])

    with clock.travelling(clock.now() + timedelta(days=8)):
        await told_twice(ana)

    assert await letters(owner_db, ana.member.email) == []


async def test_each_failed_try_says_the_same_last_day(ana: Subscriber, owner_db: psycopg.AsyncConnection):
    await ana.subscribe()
    await ana.operate("fail")
    await ana.operate("next")

    query = """select count(distinct context ->> 'closes_at') from email_messages
               where to_email = %s and template_key = 'renewal_failed'"""
    assert await one(owner_db, query, ana.member.email) == 1


async def test_cancelling_and_keeping_and_cancelling_is_told_once_for_one_end(
    ana: Subscriber, owner_db: psycopg.AsyncConnection
):
    await ana.subscribe()
    await ana.cancel()
    await ana.resume()
    await ana.cancel()
    await ana.operate("next")
    await told_twice(ana)

    assert await letters(owner_db, ana.member.email) == [
        "subscription_begun", "subscription_ending", "subscription_ended",
    ]  # fmt: skip


async def test_a_card_that_runs_out_is_told_of_by_its_event(
    ana: Subscriber, owner_db: psycopg.AsyncConnection
):
    await ana.subscribe()
    for _ in range(2):
        await ana.operate("expire_card")

    assert await letters(owner_db, ana.member.email) == ["subscription_begun", "card_expires"]


class TestAYearIsAnnounced:
    @pytest.fixture(autouse=True)
    def without_trial(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(settings, "journal_trial_days", 0)

    async def test_a_week_before_with_what_is_due(self, ana: Subscriber, owner_db: psycopg.AsyncConnection):
        await ana.subscribe(Sold.journal_year)
        await ana.operate("remind")
        await told_twice(ana)

        assert await letters(owner_db, ana.member.email) == ["subscription_begun", "renewal_coming"]
        query = """select context ->> 'amount' from email_messages
                   where to_email = %s and template_key = 'renewal_coming'"""
        assert await one(owner_db, query, ana.member.email) == "$399.00"

    async def test_a_month_renews_without_a_letter(self, ana: Subscriber, owner_db: psycopg.AsyncConnection):
        await ana.subscribe()
        await ana.operate("remind")
        await ana.operate("next")

        assert await letters(owner_db, ana.member.email) == ["subscription_begun"]

    async def test_a_late_word_of_one_that_was_cancelled_announces_nothing(
        self, ana: Subscriber, owner_db: psycopg.AsyncConnection
    ):
        await ana.subscribe(Sold.journal_year)
        await ana.shop.stripe.operate(f"subscriptions/{(await ana.held()).stripe_id}/remind")
        await ana.cancel()
        await told_twice(ana)

        assert await letters(owner_db, ana.member.email) == ["subscription_begun", "subscription_ending"]
