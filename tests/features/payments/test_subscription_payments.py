"""What is paid for a subscription is money of its day, once: told twice, refunded, or found afterwards."""

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.jobs import reconcile
from gynergy_app.services.payments import papers, prices
from gynergy_app.settings import settings
from tests.features.payments.peer import Shop
from tests.features.payments.shop import rows
from tests.features.payments.subscriber import Subscriber

MOVED = """select p.kind, p.amount_cents from subscription_payments p
           join subscriptions s on s.id = p.subscription_id
           where s.user_id = %s and p.amount_cents > 0 order by p.happened_at, p.kind desc"""


@pytest.fixture(autouse=True)
def without_trial(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())
    monkeypatch.setattr(settings, "journal_trial_days", 0)


@pytest.fixture
def ana(shop: Shop, buyer: Member) -> Subscriber:
    return Subscriber(shop, buyer)


async def charge_of_last(ana: Subscriber) -> str:
    invoice = (await ana.at_stripe()).latest_invoice.id
    [link] = (await ana.shop.stripe.v1.invoice_payments.list_async({"invoice": invoice})).data
    intent = await ana.shop.stripe.v1.payment_intents.retrieve_async(str(link.payment.payment_intent))
    return str(intent.latest_charge)


async def test_the_first_invoice_and_each_renewal_are_kept_once(
    ana: Subscriber, owner_db: psycopg.AsyncConnection
):
    await ana.subscribe()
    await ana.operate("next")
    for _ in range(2):
        await ana.shop.deliver(await ana.shop.events())
        await ana.shop.catch_up()

    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995), ("paid", 3995)]


async def test_a_trial_brings_nothing_until_it_ends(
    ana: Subscriber, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "journal_trial_days", 7)
    await ana.subscribe()
    assert await rows(owner_db, MOVED, ana.member.id) == []

    await ana.operate("next")

    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995)]


async def test_a_refund_of_it_goes_back_on_its_day_and_comes_again_when_it_fails(
    ana: Subscriber, owner_db: psycopg.AsyncConnection
):
    await ana.subscribe()
    charge = await charge_of_last(ana)
    refund = await ana.shop.stripe.v1.refunds.create_async({"charge": charge, "amount": 1_000})
    await ana.shop.stripe.operate(f"refunds/{refund.id}/arrive")
    await ana.shop.catch_up()
    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995), ("back", 1_000)]

    await ana.shop.stripe.operate(f"refunds/{refund.id}/fail")
    await ana.shop.catch_up()

    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995)]


async def test_a_dispute_takes_it_back_once_it_is_lost(ana: Subscriber, owner_db: psycopg.AsyncConnection):
    await ana.subscribe()
    charge = await charge_of_last(ana)
    await ana.shop.stripe.operate(f"charges/{charge}/dispute")
    await ana.shop.catch_up()
    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995)]

    [dispute] = (await ana.shop.stripe.v1.disputes.list_async({"charge": charge})).data
    await ana.shop.stripe.operate(f"disputes/{dispute.id}/lose")
    await ana.shop.catch_up()

    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995), ("back", 3995)]
    async with as_member(ana.member.id) as db:
        assert await papers.gone_back(db, ana.member) == {(await ana.at_stripe()).latest_invoice.id: 3995}


async def test_what_was_paid_before_it_was_kept_is_found_by_looking_back(
    ana: Subscriber, owner_db: psycopg.AsyncConnection
):
    await ana.subscribe()
    await ana.operate("next")
    await reconcile.reconcile()  # What other tests left behind is found here, and not below.
    await owner_db.execute(
        "delete from subscription_payments where subscription_id = %s", [(await ana.held()).id]
    )

    found = [await reconcile.reconcile() for _ in range(2)]

    assert await rows(owner_db, MOVED, ana.member.id) == [("paid", 3995), ("paid", 3995)]
    missed = [[each.kind for each in report.differences] for report in found if report and not report.trouble]
    assert (missed[0].count("invoice"), missed[1].count("invoice")) == (2, 0)
