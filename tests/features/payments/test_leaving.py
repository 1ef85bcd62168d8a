"""Nobody is charged who has left, and Stripe knows whoever stays by the address she has."""

import psycopg
import pytest
import stripe

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.integrations.stripe_billing import PaymentsUnavailable
from gynergy_app.jobs import stripe_addresses
from gynergy_app.jobs.schedule import ON_REQUEST
from gynergy_app.services import deletion
from gynergy_app.services.payments import leaving, prices
from gynergy_app.settings import settings
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one, rows
from tests.features.payments.subscriber import Subscriber, begin

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())


@pytest.fixture
def ana(shop: Shop, buyer: Member) -> Subscriber:
    return Subscriber(shop, buyer)


async def end(member: Member) -> None:
    """As the worker does before an account goes."""
    async with as_service() as db:
        leaver = await leaving.leaver(db, member.id)
    await leaving.end_at_stripe(leaver)


async def asked_to_leave(ana: Subscriber, db: psycopg.AsyncConnection) -> tuple[str, str, str]:
    """What the letter about it names: what becomes of the journal, how much, and when."""
    async with as_member(ana.member.id) as session:
        await deletion.ask(session, ana.member, now=clock.now())
    query = """select context ->> 'journal', context ->> 'amount', coalesce(context ->> 'charged_at', '')
               from email_messages where to_email = %s and template_key = 'leaving_asked'"""
    [said] = await rows(db, query, ana.member.email)
    return said[0], said[1], said[2]


class TestTheLetterAboutLeaving:
    async def test_names_what_a_trial_charges_before_the_account_goes(
        self, ana: Subscriber, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(settings, "journal_trial_days", 7)
        held = await ana.subscribe()
        assert held.trial_end

        assert await asked_to_leave(ana, owner_db) == ("charged", "$39.95", held.trial_end.isoformat())

    async def test_promises_no_charge_where_none_comes(
        self, ana: Subscriber, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(settings, "journal_trial_days", 0)
        await ana.subscribe()

        assert (await asked_to_leave(ana, owner_db))[0] == "nothing"

    async def test_says_nothing_of_a_journal_to_whoever_has_none(
        self, ana: Subscriber, owner_db: psycopg.AsyncConnection
    ):
        assert await asked_to_leave(ana, owner_db) == ("", "", "")


class TestLeaving:
    async def test_ends_her_subscription_and_forgets_her_there_however_often_it_is_tried(
        self, ana: Subscriber
    ):
        held = await ana.subscribe()

        for _ in range(2):
            await end(ana.member)

        at_stripe = await ana.shop.stripe.v1.subscriptions.retrieve_async(held.stripe_id)
        customer = await ana.shop.stripe.v1.customers.retrieve_async(held.customer_id)
        assert (at_stripe.status, customer.deleted) == ("canceled", True)
        await ana.shop.catch_up()
        assert (await ana.held()).status is SubscriptionStatus.canceled

    async def test_closes_the_pages_on_which_she_could_still_pay(self, shop: Shop, buyer: Member):
        place = await shop.begin(buyer)
        journal = await begin(buyer)

        await end(buyer)

        for checkout_id in (place.url, journal.url.rsplit("/", 1)[-1]):
            session = await shop.stripe.v1.checkout.sessions.retrieve_async(checkout_id)
            assert session.status == "expired"

    async def test_ends_a_subscription_nobody_has_told_us_of(self, shop: Shop, buyer: Member):
        begun = await begin(buyer)
        await shop.stripe.browser.post(begun.url, data={"press": "pay"})
        session = await shop.stripe.v1.checkout.sessions.retrieve_async(begun.url.rsplit("/", 1)[-1])

        await end(buyer)

        subscription = await shop.stripe.v1.subscriptions.retrieve_async(session.subscription)
        assert subscription.status == "canceled"

    async def test_leaves_what_was_paid_in_the_books(self, shop: Shop, buyer: Member):
        session = await shop.buy(buyer)
        await shop.catch_up()

        await end(buyer)

        assert (await shop.stripe.v1.payment_intents.retrieve_async(session.payment_intent)).amount == 99_700

    async def test_waits_while_stripe_is_away(self, ana: Subscriber, monkeypatch: pytest.MonkeyPatch):
        held = await ana.subscribe()
        with monkeypatch.context() as patch:
            patch.setattr(settings, "stripe_api_base", NOWHERE)
            with pytest.raises(PaymentsUnavailable):
                await end(ana.member)

        await end(ana.member)

        at_stripe = await ana.shop.stripe.v1.subscriptions.retrieve_async(held.stripe_id)
        assert at_stripe.status == "canceled"

    async def test_asks_nobody_where_there_are_no_payments(
        self, buyer: Member, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(settings, "stripe_secret_key", type(settings.stripe_secret_key)(""))

        await end(buyer)


class TestAnotherAddress:
    async def waiting(self, db: psycopg.AsyncConnection, member: Member) -> int:
        query = """select count(*) from jobs.procrastinate_jobs
                   where task_name = 'tell_stripe_address' and args ->> 'user_id' = %s"""
        return int(str(await one(db, query, str(member.id))))

    async def test_is_told_by_the_worker(self, ana: Subscriber, owner_db: psycopg.AsyncConnection):
        held = await ana.subscribe()
        new = f"new.{ana.member.email}"

        await owner_db.execute("update auth.users set email = %s where id = %s", [new, ana.member.id])

        assert await self.waiting(owner_db, ana.member) == 1
        for _ in range(2):
            await stripe_addresses.tell(ana.member.id)
        customer = await ana.shop.stripe.v1.customers.retrieve_async(held.customer_id)
        assert customer.email == new
        assert stripe_addresses.tell_stripe_address in ON_REQUEST

    async def test_concerns_nobody_who_never_paid(self, buyer: Member, owner_db: psycopg.AsyncConnection):
        await owner_db.execute(
            "update auth.users set email = %s where id = %s", [f"new.{buyer.email}", buyer.id]
        )

        assert await self.waiting(owner_db, buyer) == 0

    async def test_of_a_customer_who_is_gone_is_nothing_to_tell(
        self, ana: Subscriber, owner_db: psycopg.AsyncConnection
    ):
        held = await ana.subscribe()
        await ana.shop.stripe.v1.customers.delete_async(held.customer_id)

        await stripe_addresses.tell(ana.member.id)

        with pytest.raises(stripe.InvalidRequestError):
            await ana.shop.stripe.v1.customers.update_async(held.customer_id, {"email": "a@example.com"})
