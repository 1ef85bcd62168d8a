"""Looking after a subscription: ending it, keeping it, another plan, another card, in all eight states."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import PAST_DUE_GRACE, Door, Right
from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.domain.payments.paying import Price
from gynergy_app.integrations.stripe_billing import CardRefused, PaymentsUnavailable
from gynergy_app.services.payments import bought, papers, prices, subscriptions
from gynergy_app.services.payments.papers import NoReceipt, PortalPage
from gynergy_app.services.payments.purchases import NoSuchPurchase
from gynergy_app.services.payments.subscriptions import NoSuchSubscription, NotNow
from gynergy_app.settings import settings
from tests.features.payments.peer import Shop
from tests.features.payments.shop import access_of
from tests.features.payments.subscriber import Subscriber, asked, begin, held_by

NOWHERE = "http://127.0.0.1:9"
EIGHT = list(SubscriptionStatus)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())


@pytest.fixture
def ana(shop: Shop, buyer: Member) -> Subscriber:
    return Subscriber(shop, buyer)


@pytest.fixture
async def paying(ana: Subscriber, monkeypatch: pytest.MonkeyPatch) -> Subscriber:
    """Ana pays by the month, without a trial."""
    monkeypatch.setattr(settings, "journal_trial_days", 0)
    await ana.subscribe()
    return ana


class TestEnding:
    async def test_it_runs_on_until_the_end_of_what_is_paid(self, paying: Subscriber):
        held = await paying.cancel("Too  little\ntime.")

        assert (held.status, held.is_ending) == (SubscriptionStatus.active, True)
        details = (await paying.at_stripe()).cancellation_details
        assert (details.reason, details.comment) == ("cancellation_requested", "Too little time.")
        assert (await access_of(paying.member)).journal(clock.now()) is Door.open

    async def test_it_can_be_taken_back_until_then_and_ended_again(self, paying: Subscriber):
        await paying.cancel()
        kept = await paying.resume()
        again = await paying.cancel()

        assert (kept.is_ending, again.is_ending) == (False, True)

    async def test_two_clicks_end_it_once(self, paying: Subscriber):
        held = await paying.held()

        await asyncio.gather(*(subscriptions.cancel(held, "") for _ in range(4)))
        await paying.shop.catch_up()

        assert (await paying.held()).is_ending
        events = [each["type"] for each in await paying.shop.events()]
        assert events.count("customer.subscription.updated") == 1

    async def test_a_trial_that_is_ended_is_never_charged(self, ana: Subscriber):
        await ana.subscribe()
        await ana.cancel()
        await ana.operate("next")

        assert (await ana.held()).status is SubscriptionStatus.canceled
        invoices = await papers.invoices([(await ana.held()).customer_id])
        assert [each.amount.amount_cents for each in invoices] == [0]

    async def test_what_is_not_paid_ends_at_once_and_asks_for_nothing_more(self, paying: Subscriber):
        await paying.operate("fail")
        held = await paying.cancel()

        assert held.status is SubscriptionStatus.canceled
        invoices = await papers.invoices([held.customer_id])
        assert [each.status for each in invoices] == ["void", "paid"]

    async def test_nothing_is_ended_twice_or_taken_back_for_nothing(self, paying: Subscriber):
        with pytest.raises(NotNow):
            await paying.resume()
        await paying.cancel()
        with pytest.raises(NotNow):
            await paying.cancel()

    async def test_after_the_day_it_is_over(self, paying: Subscriber):
        await paying.cancel()
        await paying.operate("next")

        assert (await paying.held()).status is SubscriptionStatus.canceled
        with pytest.raises(NotNow):
            await paying.resume()


class TestAnotherPlan:
    async def test_a_year_instead_of_a_month_costs_what_was_said(self, paying: Subscriber):
        change = await paying.switch()

        held, at_stripe = await paying.held(), await paying.at_stripe()
        assert (change.to, held.interval, held.price) == (Interval.year, Interval.year, Price(39_900))
        assert change.due.amount_cents == at_stripe.latest_invoice.amount_paid
        assert 39_900 - 3_995 <= change.due.amount_cents < 39_900
        assert change.credit.amount_cents == 0

    async def test_a_month_instead_of_a_year_leaves_a_credit_that_is_used_first(
        self, ana: Subscriber, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(settings, "journal_trial_days", 0)
        await ana.subscribe(Sold.journal_year)

        change = await ana.switch()

        held = await ana.held()
        way = await papers.paying(held)
        assert (change.due.amount_cents, held.interval) == (0, Interval.month)
        assert 39_900 - 3_995 - 100 < change.credit.amount_cents <= 39_900 - 3_995
        assert way.due == Price(0)

    async def test_in_a_trial_nothing_is_due_before_its_end(self, ana: Subscriber):
        before = await ana.subscribe()

        change = await ana.switch()

        held = await ana.held()
        assert (change.due, change.due_at) == (Price(39_900), before.trial_end)
        assert (held.status, held.interval, held.trial_end) == (
            SubscriptionStatus.trialing,
            Interval.year,
            before.trial_end,
        )

    async def test_two_clicks_change_and_charge_once(self, paying: Subscriber):
        held, change = await paying.held(), await paying.would_cost()

        await asyncio.gather(*(subscriptions.switch(held, change.at) for _ in range(4)))
        await paying.shop.catch_up()

        assert (await paying.held()).interval is Interval.year
        assert len(await papers.invoices([held.customer_id])) == 2

    async def test_a_card_that_is_refused_changes_nothing(self, paying: Subscriber):
        await paying.new_card("bad_card")
        change = await paying.would_cost()

        with pytest.raises(CardRefused):
            await subscriptions.switch(await paying.held(), change.at)

        await asked(paying.member)
        held = await paying.held()
        assert (held.status, held.interval) == (SubscriptionStatus.active, Interval.month)
        await paying.new_card()
        await paying.switch()
        assert (await paying.held()).interval is Interval.year

    async def test_what_is_ending_or_owed_is_not_changed(self, paying: Subscriber):
        await paying.cancel()
        with pytest.raises(NotNow):
            await paying.would_cost()
        await paying.resume()
        await paying.operate("fail")
        with pytest.raises(NotNow):
            await paying.would_cost()


class TestEveryState:
    @pytest.mark.parametrize("status", EIGHT)
    async def test_it_is_shown_and_blocks_a_second_one_until_it_is_over(
        self, ana: Subscriber, status: SubscriptionStatus
    ):
        await ana.subscribe()
        await ana.operate("state", state=status.value)

        held = await ana.held()
        assert held.status is status
        assert held.is_over is (status.value in ("canceled", "incomplete_expired"))
        begun = await _begun_or_refused(ana)
        assert begun is held.is_over

    @pytest.mark.parametrize("status", EIGHT)
    async def test_it_can_be_ended_unless_it_is_over(self, ana: Subscriber, status: SubscriptionStatus):
        await ana.subscribe()
        await ana.operate("state", state=status.value)

        if (await ana.held()).is_over:
            with pytest.raises(NotNow):
                await ana.cancel()
        else:
            held = await ana.cancel()
            assert held.is_ending if held.runs else held.is_over

    async def test_a_paused_one_goes_on_and_is_charged(self, paying: Subscriber):
        await paying.operate("state", state="paused")

        assert (await paying.resume()).status is SubscriptionStatus.active

    async def test_the_week_of_grace_ends_to_the_second(self, paying: Subscriber):
        await paying.operate("fail")
        since = (await paying.held()).past_due_since
        hers = await access_of(paying.member)
        assert since
        last = since + PAST_DUE_GRACE

        assert hers.journal_closes_at == last
        assert hers.journal(since) is Door.grace
        assert hers.journal(last - timedelta(seconds=1)) is Door.grace
        assert hers.journal(last) is Door.closed
        assert [hers.allows(Right.write, at) for at in (last - timedelta(seconds=1), last)] == [True, False]

    async def test_a_new_card_pays_what_is_owed_and_grace_is_over(self, paying: Subscriber):
        await paying.operate("fail")
        await paying.new_card()

        held = await paying.held()
        assert (held.status, held.past_due_since) == (SubscriptionStatus.active, None)
        assert (await access_of(paying.member)).journal(clock.now()) is Door.open

    async def test_another_failure_later_has_a_week_of_its_own(self, paying: Subscriber):
        await paying.operate("fail")
        first = (await paying.held()).past_due_since
        await paying.operate("next")
        assert (await paying.held()).past_due_since == first
        await paying.new_card()
        await paying.operate("fail")

        second = (await paying.held()).past_due_since
        assert first
        assert second
        assert second >= first

    async def test_after_the_last_try_it_is_over_and_a_new_one_can_be_begun(self, paying: Subscriber):
        await paying.operate("fail")
        for _ in range(3):
            await paying.operate("next")

        assert (await paying.held()).status is SubscriptionStatus.canceled
        assert (await begin(paying.member)).url


async def _begun_or_refused(ana: Subscriber) -> bool:
    try:
        return bool((await begin(ana.member)).url)
    except subscriptions.Conflict:
        return False


class TestTwoOfThem:
    async def test_both_are_shown_and_one_can_be_ended(self, paying: Subscriber):
        """Made at Stripe by hand, or by two accounts that became one."""
        second = await paying.shop.subscribe(paying.member)
        await paying.shop.catch_up()
        shown = {held.stripe_id: held for held in await held_by(paying.member)}
        assert len(shown) == 2

        await subscriptions.cancel(shown[second.id], "")
        await paying.shop.catch_up()

        ending = [held.stripe_id for held in await held_by(paying.member) if held.is_ending]
        assert ending == [second.id]


class TestHers:
    async def test_nobody_elses_is_found(self, paying: Subscriber, friend: Member):
        held = await paying.held()

        async with as_member(friend.id) as db:
            with pytest.raises(NoSuchSubscription):
                await subscriptions.get(db, friend, held.id)
            with pytest.raises(NoSuchSubscription):
                await subscriptions.get(db, friend, uuid4())

    async def test_asking_again_finds_what_no_event_has_told(self, ana: Subscriber):
        await ana.subscribe()
        await ana.shop.stripe.operate(f"subscriptions/{(await ana.held()).stripe_id}/next")
        assert (await ana.held()).status is SubscriptionStatus.trialing

        await asked(ana.member)

        assert (await ana.held()).status is SubscriptionStatus.active


class TestPapers:
    async def test_invoices_come_with_their_pages_the_newest_first(self, paying: Subscriber):
        await paying.operate("next")

        found = await papers.invoices([(await paying.held()).customer_id])

        assert [(each.amount, each.status) for each in found] == [(Price(3_995), "paid")] * 2
        assert all("/i/in_" in each.href and each.number for each in found)

    async def test_the_card_is_known_by_its_last_digits(self, paying: Subscriber):
        way = await papers.paying(await paying.held())

        assert (way.card, way.due) == ("Visa ending in 4242", Price(3_995))
        assert way.card_until.startswith("December 20")

    async def test_what_ends_is_not_due_any_more(self, paying: Subscriber):
        held = await paying.cancel()

        assert (await papers.paying(held)).due is None

    async def test_while_stripe_is_away_that_is_said(
        self, paying: Subscriber, monkeypatch: pytest.MonkeyPatch
    ):
        held = await paying.held()
        monkeypatch.setattr(settings, "stripe_api_base", NOWHERE)

        with pytest.raises(PaymentsUnavailable):
            await papers.invoices([held.customer_id])

    @pytest.mark.parametrize("page", list(PortalPage))
    async def test_each_click_opens_a_portal_of_its_own(self, paying: Subscriber, page: PortalPage):
        customer = (await paying.held()).customer_id

        first, second = await papers.open_portal(customer, page), await papers.open_portal(customer, page)

        assert first != second
        assert "4242" in (await paying.shop.stripe.browser.get(second)).text

    async def test_a_purchase_has_its_receipt_and_its_owner(self, shop: Shop, buyer: Member, friend: Member):
        session = await shop.buy(buyer)
        await shop.catch_up()
        async with as_member(buyer.id) as db:
            [place] = await bought.of_member(db, buyer)
            checkout_id = await bought.checkout_of(db, buyer, place.id)

        assert (place.amount, place.has_receipt, checkout_id) == (Price(99_700), True, session.id)
        assert "/receipts/ch_" in await papers.receipt(checkout_id)
        async with as_member(friend.id) as db:
            with pytest.raises(NoSuchPurchase):
                await bought.checkout_of(db, friend, place.id)
        with pytest.raises(NoReceipt):
            await papers.receipt("cs_test_nothing")

    async def test_what_nobody_paid_is_not_shown(self, shop: Shop, buyer: Member):
        await shop.begin(buyer)

        async with as_member(buyer.id) as db:
            assert await bought.of_member(db, buyer) == []
