"""The billing page at work: what each press does at Stripe, and what it shows afterwards."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.guard import acting_as
from gynergy_app.services import flash
from gynergy_app.services.payments import entitlements, prices
from gynergy_app.settings import settings
from gynergy_app.state.payments.billing import BillingState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import Notice, ShellState
from tests.features.payments.conftest import buyer, friend, new_buyer, peer, shop
from tests.features.payments.peer import Shop
from tests.features.payments.subscriber import Subscriber, begin, held_by

__all__ = ["buyer", "friend", "new_buyer", "peer", "shop"]

Screen = Callable[..., Awaitable[Any]]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())
    monkeypatch.setattr(flash, "find", lambda *_: None)


@pytest.fixture
async def ana(shop: Shop, buyer: Member) -> AsyncIterator[Subscriber]:
    with acting_as(buyer):
        yield Subscriber(shop, buyer)


@pytest.fixture
def screen(a_screen: Callable[[type], Awaitable[Any]], monkeypatch: pytest.MonkeyPatch) -> Screen:
    """The page as it opens, with everything that follows by itself: `await screen(session_id="cs_…")`."""

    async def opened(**said: str) -> Any:
        page = await a_screen(BillingState)
        url = SimpleNamespace(query_parameters=said, path="/me/billing")
        router = SimpleNamespace(url=url, headers=SimpleNamespace(cookie=""))
        monkeypatch.setattr(BillingState, "router", router, raising=False)
        follows = await BillingState.open.fn(page)
        for event in follows if isinstance(follows, list) else [follows]:
            await event.fn(page)
        return page

    return opened


async def press(page: Any, handler: Any, *said: Any) -> list[str]:
    """Everything it says in answer."""
    spoken = [step async for step in handler.fn(page, *said) if step is not None]
    return [text_of(step) for step in spoken if "say" in str(getattr(step, "handler", ""))]


def text_of(event: Any) -> str:
    return next(str(value) for name, value in event.args if str(name) == "text").strip('"')


async def test_somebody_new_is_told_the_price_and_nothing_is_chosen_for_her(ana: Subscriber, screen: Screen):
    page = await screen()

    assert [plan.price for plan in page.plans] == ["$39.95 a month", "$399 a year"]
    assert page.trial.startswith("The first seven days cost nothing, once.")
    assert (page.cards, page.former, page.papers, page.invoices) == ([], "", "ready", [])


async def test_she_comes_back_from_paying_and_it_is_hers(ana: Subscriber, screen: Screen):
    begun = await begin(ana.member)
    await ana.shop.stripe.browser.post(begun.url, data={"press": "pay"})

    page = await screen(session_id=begun.url.rsplit("/", 1)[-1])

    assert (page.returned.kind, page.returned.title) == ("begun", "The journal is yours.")
    assert "First charge: $39.95 on" in page.returned.words
    assert [card.tag for card in page.cards] == ["Trial"]


async def test_she_comes_back_without_having_paid(ana: Subscriber, screen: Screen):
    begun = await begin(ana.member)

    page = await screen(session_id=begun.url.rsplit("/", 1)[-1])

    assert page.returned.title == "You have not finished."
    assert page.cards == []


async def test_an_address_that_names_somebody_elses_checkout_says_nothing(
    ana: Subscriber, friend: Member, screen: Screen
):
    begun = await begin(friend)
    await ana.shop.stripe.browser.post(begun.url, data={"press": "pay"})

    page = await screen(session_id=begun.url.rsplit("/", 1)[-1])

    assert page.returned.kind == ""
    assert await held_by(friend) == await held_by(ana.member) == []


async def test_while_stripe_is_away_she_waits_and_the_event_brings_it(
    ana: Subscriber, screen: Screen, monkeypatch: pytest.MonkeyPatch
):
    begun = await begin(ana.member)
    await ana.shop.stripe.browser.post(begun.url, data={"press": "pay"})
    with monkeypatch.context() as patch:
        patch.setattr(settings, "stripe_api_base", NOWHERE)
        page = await screen(session_id=begun.url.rsplit("/", 1)[-1])
        assert page.returned.kind == "waiting"

    await BillingState.look_again.fn(page)
    assert page.returned.kind == "waiting"
    await ana.shop.catch_up()
    await BillingState.look_again.fn(page)

    assert page.returned.kind == "begun"


async def test_after_a_minute_of_waiting_she_is_told_that_nothing_is_lost(
    ana: Subscriber, screen: Screen, monkeypatch: pytest.MonkeyPatch
):
    begun = await begin(ana.member)
    monkeypatch.setattr(settings, "stripe_api_base", NOWHERE)
    page = await screen(session_id=begun.url.rsplit("/", 1)[-1])

    with clock.travelling(clock.now() + timedelta(seconds=61)):
        await BillingState.look_again.fn(page)

    assert page.returned.kind == "slow"


async def test_it_is_cancelled_with_an_undo(ana: Subscriber, screen: Screen):
    await ana.subscribe()
    page = await screen()
    [card] = page.cards

    BillingState.ask_to_cancel.fn(page, card.id)
    assert page.cancelling.cancel_words.startswith("The trial runs on until")
    await press(page, BillingState.cancel, {"reason": "Not now."})

    assert [each.tag for each in page.cards] == ["Trial, ending"]
    assert (page.cancelling.id, page.busy) == ("", "")
    toast = (await page.get_state(ShellState)).toasts[-1]
    assert (toast.text, toast.can_undo) == ("It is cancelled, and nothing more is charged.", True)

    assert await press(page, BillingState.resume, card.id) == ["It goes on."]
    assert [each.tag for each in page.cards] == ["Trial"]


async def test_a_plan_is_changed_for_what_the_dialog_said(
    ana: Subscriber, screen: Screen, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "journal_trial_days", 0)
    await ana.subscribe()
    page = await screen()

    await press(page, BillingState.ask_to_switch, page.cards[0].id)
    assert page.switching.action.startswith("Change and pay $3")
    said = page.switching.action.removeprefix("Change and pay ")
    assert await press(page, BillingState.switch) == ["Your plan is changed."]
    await BillingState.fetch_papers.fn(page)

    assert page.cards[0].name == "The journal, yearly"
    assert page.invoices[0].amount == said


async def test_what_has_changed_meanwhile_is_shown_anew(ana: Subscriber, screen: Screen):
    await ana.subscribe()
    page = await screen()
    await ana.cancel()

    page.cancelling = page.cards[0]
    said = await press(page, BillingState.cancel, {})

    assert said == [
        "Your subscription is not as this page had it, and nothing was changed. It is shown anew."
    ]
    assert [each.tag for each in page.cards] == ["Trial, ending"]


@pytest.mark.parametrize("wrong", ["", "1", "5b6f1a8e-1b8c-4a53-8f4e-5f2f3d0c9b11"])
async def test_nobody_elses_can_be_touched(ana: Subscriber, screen: Screen, wrong: str):
    await ana.subscribe()
    page = await screen()

    said = await press(page, BillingState.resume, wrong)

    assert said == ["There is no such subscription of yours. Please load the page again."]


async def test_while_stripe_is_away_nothing_changes_and_that_is_said(
    ana: Subscriber, screen: Screen, monkeypatch: pytest.MonkeyPatch
):
    await ana.subscribe()
    page = await screen()
    monkeypatch.setattr(settings, "stripe_api_base", NOWHERE)

    page.cancelling = page.cards[0]
    [said] = await press(page, BillingState.cancel, {})

    assert "could not reach" in said
    assert [each.tag for each in page.cards] == ["Trial"]


async def test_asking_again_brings_what_no_event_has_told(ana: Subscriber, screen: Screen):
    held = await ana.subscribe()
    page = await screen()
    await ana.shop.stripe.operate(f"subscriptions/{held.stripe_id}/next")

    await BillingState.look.fn(page)

    assert [each.tag for each in page.cards] == ["Active"]


async def test_back_from_the_portal_it_is_asked_by_itself(ana: Subscriber, screen: Screen):
    held = await ana.subscribe()
    portal = await ana.shop.stripe.v1.billing_portal.sessions.create_async({"customer": held.customer_id})
    said = {"press": "cancel", "subscription": held.stripe_id}
    await ana.shop.stripe.browser.post(portal.url, data=said)

    page = await screen(**{"from": "portal"})

    assert [each.tag for each in page.cards] == ["Trial, ending"]


async def test_invoices_that_cannot_be_read_are_said_to_be_so_and_come_with_another_try(
    ana: Subscriber, screen: Screen, monkeypatch: pytest.MonkeyPatch
):
    await ana.subscribe()
    with monkeypatch.context() as patch:
        patch.setattr(settings, "stripe_api_base", NOWHERE)
        page = await screen()
        assert (page.papers, [card.tag for card in page.cards]) == ("away", ["Trial"])

    await BillingState.fetch_papers.fn(page)

    assert (page.papers, len(page.invoices)) == ("ready", 1)


async def test_two_are_both_shown(ana: Subscriber, screen: Screen):
    await ana.subscribe()
    await ana.shop.subscribe(ana.member)
    await ana.shop.catch_up()

    page = await screen()

    assert (len(page.cards), page.has_two) == (2, True)


async def test_one_that_is_over_is_told_of_above_the_offer(ana: Subscriber, screen: Screen):
    await ana.subscribe()
    await ana.operate("state", state="canceled")

    page = await screen()

    assert page.former.startswith("It ended on")
    assert page.trial == ""
    assert (await ana.held()).status is SubscriptionStatus.canceled


class TestTheFrame:
    async def test_what_is_put_aside_stays_away_until_there_is_news(self, a_screen: Any):
        shell = await a_screen(ShellState)
        ending, owed = Notice("ending:1", "It ends."), Notice("owed:1", "Not paid.", is_urgent=True)

        shell._notice(ending)
        ShellState.put_notice_aside.fn(shell)
        shell._notice(ending)
        assert shell.notice == Notice()

        shell._notice(owed)
        assert shell.notice == owed
        ShellState.put_notice_aside.fn(shell)
        shell._notice(owed)
        assert shell.notice == owed

    async def test_every_page_says_that_the_card_was_refused(
        self, ana: Subscriber, a_screen: Any, monkeypatch: pytest.MonkeyPatch
    ):
        await ana.subscribe()
        await ana.operate("fail")
        async with as_member(ana.member.id) as db:
            hers = await entitlements.read(db, ana.member.id)
        frame = await a_screen(MemberState)

        with acting_as(Member(**{**ana.member.__dict__, "entitlement": hers})):
            await MemberState.enter.fn(frame)

        shell = await frame.get_state(ShellState)
        assert shell.notice.headline == "Your journal subscription could not be paid."
