"""Beginning a subscription: one page to pay on, one trial, and never a second subscription."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.services import deletion
from gynergy_app.services.payments import prices, subscribing, subscriptions
from gynergy_app.services.payments.subscribing import AlreadySubscribed, IsLeaving, NeedsAddress
from gynergy_app.settings import settings
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.peer import Shop
from tests.features.payments.subscriber import Subscriber, asked, begin, held_by


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())


async def checkouts_of(shop: Shop, member: Member, status: str = "open") -> int:
    found = await shop.stripe.v1.customers.list_async({"email": member.email})
    sessions = [
        await shop.stripe.v1.checkout.sessions.list_async({"customer": each.id, "status": status})
        for each in found.data
    ]
    return sum(len(each.data) for each in sessions)


async def test_a_month_begins_with_a_trial_and_is_hers(shop: Shop, buyer: Member):
    ana = Subscriber(shop, buyer)

    held = await ana.subscribe()

    assert (held.status, held.interval, held.price.amount_cents) == (
        SubscriptionStatus.trialing,
        Interval.month,
        3_995,
    )
    assert held.trial_end
    assert timedelta(days=6, hours=23) < held.trial_end - clock.now() <= timedelta(days=7)


async def test_a_trial_is_given_once(shop: Shop, buyer: Member):
    ana = Subscriber(shop, buyer)
    first = await ana.subscribe()
    await subscriptions.end_at_once(first.stripe_id)
    await shop.catch_up()

    again = await ana.subscribe(Sold.journal_year)

    assert (again.status, again.interval, again.trial_end) == (
        SubscriptionStatus.active,
        Interval.year,
        None,
    )


async def test_a_trial_no_event_has_told_of_counts_too(shop: Shop, buyer: Member):
    begun = await begin(buyer)
    await shop.stripe.browser.post(begun.url, data={"press": "pay"})
    [told] = (await begin(buyer)).told
    await subscriptions.end_at_once(told.subscription["id"])

    again = await begin(buyer)

    await shop.stripe.browser.post(again.url, data={"press": "pay"})
    await shop.catch_up()
    assert sorted((each.status, bool(each.trial_end)) for each in await held_by(buyer)) == [
        (SubscriptionStatus.active, False),
        (SubscriptionStatus.canceled, True),
    ]


async def test_without_trials_she_pays_at_once(shop: Shop, buyer: Member, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "journal_trial_days", 0)

    assert (await Subscriber(shop, buyer).subscribe()).status is SubscriptionStatus.active


async def test_clicks_at_once_are_one_page_to_pay_on(shop: Shop, buyer: Member):
    begun = await asyncio.gather(*(begin(buyer) for _ in range(5)))
    later = await begin(buyer)

    assert len({each.url for each in (*begun, later)}) == 1
    assert await checkouts_of(shop, buyer) == 1


async def test_two_tabs_that_choose_differently_leave_one_page_open(shop: Shop, buyer: Member):
    wanted = [Sold.journal_month, Sold.journal_year] * 2

    begun = await asyncio.gather(*(begin(buyer, sold) for sold in wanted), return_exceptions=True)

    assert any(not isinstance(each, BaseException) for each in begun)
    assert await checkouts_of(shop, buyer) == 1


async def test_another_choice_closes_the_page_of_the_first(shop: Shop, buyer: Member):
    month, year = await begin(buyer), await begin(buyer, Sold.journal_year)

    closed = await shop.stripe.browser.post(month.url, data={"press": "pay"})
    await shop.stripe.browser.post(year.url, data={"press": "pay"})
    await shop.catch_up()

    assert closed.status_code == 410
    assert [each.interval for each in await held_by(buyer)] == [Interval.year]


async def test_whoever_left_the_page_to_pay_begins_anew_when_it_has_expired(shop: Shop, buyer: Member):
    first = await begin(buyer)
    await shop.stripe.operate(f"checkouts/{first.url.rsplit('/', 1)[-1]}/expire")

    second = await begin(buyer)

    assert second.url != first.url
    assert await checkouts_of(shop, buyer) == 1


async def test_a_second_one_is_not_begun(shop: Shop, buyer: Member):
    ana = Subscriber(shop, buyer)
    await ana.subscribe()

    with pytest.raises(AlreadySubscribed):
        await begin(buyer, Sold.journal_year)

    assert await checkouts_of(shop, buyer) == 0


async def test_nor_before_anybody_has_told_us_of_the_first(shop: Shop, buyer: Member):
    begun = await begin(buyer)
    await shop.stripe.browser.post(begun.url, data={"press": "pay"})

    again = await begin(buyer, Sold.journal_year)

    assert (again.url, [each.subscription["status"] for each in again.told]) == ("", ["trialing"])
    async with as_member(buyer.id) as db:
        await subscriptions.take_in(db, again.told, now=clock.now())
    assert [each.status for each in await held_by(buyer)] == [SubscriptionStatus.trialing]


async def test_she_is_one_customer_whatever_she_begins(shop: Shop, buyer: Member):
    await begin(buyer)
    await begin(buyer, Sold.journal_year)

    found = await shop.stripe.v1.customers.list_async({"email": buyer.email})

    assert [each.metadata.to_dict() for each in found.data] == [{"user_id": str(buyer.id)}]


async def test_a_customer_who_is_gone_is_made_anew(shop: Shop, buyer: Member):
    ana = Subscriber(shop, buyer)
    held = await ana.subscribe()
    await shop.stripe.v1.customers.delete_async(held.customer_id)
    await shop.catch_up()

    again = await ana.subscribe()

    assert again.customer_id != held.customer_id
    assert not again.trial_end


async def test_the_page_she_returns_to_looks_once_and_only_at_her_own(
    shop: Shop, buyer: Member, friend: Member
):
    begun = await begin(buyer)
    checkout_id = begun.url.rsplit("/", 1)[-1]

    async def look(member: Member) -> bool:
        async with as_member(member.id) as db:
            asked_at = await subscriptions.asking(db)
        looked = await subscriptions.look_at_checkout(member, checkout_id, asked_at)
        if looked.told:
            async with as_member(member.id) as db:
                await subscriptions.take_in(db, [looked.told], now=clock.now())
        return looked.told is not None

    assert not await look(buyer)
    await shop.stripe.browser.post(begun.url, data={"press": "pay"})
    assert not await look(friend)
    assert await look(buyer)
    assert [each.status for each in await held_by(buyer)] == [SubscriptionStatus.trialing]
    assert await held_by(friend) == []

    await shop.catch_up()
    await asked(buyer)
    assert len(await held_by(buyer)) == 1


async def test_a_bank_debit_opens_what_stripe_says_it_opens(
    shop: Shop, buyer: Member, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "journal_trial_days", 0)
    begun = await begin(buyer)

    await shop.stripe.browser.post(begun.url, data={"press": "debit"})
    await shop.catch_up()

    assert [each.status for each in await held_by(buyer)] == [SubscriptionStatus.active]


async def test_somebody_without_an_address_gives_one_first(
    new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    nobody = await new_buyer("Nora")
    nobody = Member(nobody.id, "", "Nora", "", "UTC", is_anonymous=True)

    async with as_member(nobody.id) as db:
        with pytest.raises(NeedsAddress):
            await subscribing.wish(db, nobody, Sold.journal_month)


async def test_an_account_that_is_leaving_begins_nothing(buyer: Member):
    async with as_member(buyer.id) as db:
        await deletion.ask(db, buyer, now=clock.now())

    with pytest.raises(IsLeaving):
        await begin(buyer)
