"""The screens of friend codes: one's own as tickets, the page of a code, and typing one."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from reflex.istate.data import HeaderData, ReflexURL, RouterData, SessionData

from gynergy_app import routes
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import CodeState, Refusal
from gynergy_app.services import arrivals, cookies
from gynergy_app.services.payments import redeeming
from gynergy_app.state.payments.codes import FriendCodesState
from gynergy_app.state.payments.join import JoinState
from gynergy_app.state.payments.join_words import _NEXT, ending
from gynergy_app.state.payments.redeem import NOTHING_TYPED, RedeemState
from gynergy_app.state.shell import ShellState
from tests.features.conftest import NewRun
from tests.features.payments.conftest import NewBuyer, buyer, friend, new_buyer
from tests.features.payments.shop import DAY, NOW, access_of, at_once, buy, codes_of, one, redeem
from tests.features.payments.test_referrals import inviting
from tests.state.conftest import AScreen, call

__all__ = ["buyer", "friend", "new_buyer"]

Code = Callable[..., Awaitable[str]]


@pytest.fixture(autouse=True)
def _answers_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redeeming, "PACE", 0.0)


@pytest.fixture
async def given(buyer: Member, run: UUID) -> str:
    await buy(buyer, run)
    return (await codes_of(buyer))[0].code


async def at_page(a_screen: AScreen, code: str, who: Member | None, *, at=NOW, cookie: str = "") -> Any:
    """The page of a code as this person has opened it, from an address of her own."""
    screen = await a_screen(JoinState)
    screen.router = RouterData(
        url=ReflexURL(f"http://localhost:3000{routes.join(code)}"),
        headers=HeaderData(cookie=cookie),
        session=SessionData(client_ip=str(uuid4())),
    )
    await call(JoinState.open, screen, who, at)
    return screen


async def take(screen: Any, who: Member, **form: str) -> str:
    """Where she is led; nowhere when she is refused."""
    answer = await call(JoinState.take_place, screen, who, NOW, form)
    return str(answer.args[0][1]).strip('"') if answer else ""


class TestOnesOwn:
    async def test_each_stands_there_in_words_and_only_an_open_one_can_be_handed_on(
        self, a_screen: AScreen, buyer: Member, friend: Member, run: UUID
    ):
        await buy(buyer, run)
        first, second = await codes_of(buyer)
        await redeem(friend, first.code)
        screen = await opened(a_screen, buyer)

        used, still_open = screen.tickets
        assert (used.code, used.note, used.link) == (first.code, "Used on Tuesday 3 March 2026", "")
        assert still_open.note == "Open until Monday 1 June 2026"
        assert still_open.link == f"http://localhost:3000/join/{second.code}"
        assert still_open.qr.path
        assert screen.left == "One place still to give"

    async def test_what_was_never_used_says_when_it_ended(self, a_screen: AScreen, buyer: Member, given: str):
        screen = await opened(a_screen, buyer, at=NOW + 91 * DAY)

        assert {ticket.note for ticket in screen.tickets} == {"Ended unused on Monday 1 June 2026"}
        assert screen.left == "Nothing left to give"

    async def test_one_is_taken_back_after_its_name_was_said(
        self, a_screen: AScreen, buyer: Member, given: str
    ):
        screen = await opened(a_screen, buyer)
        await call(FriendCodesState.ask_to_take_back, screen, buyer, NOW, screen.tickets[0].id)
        assert screen.asked.code == given

        said = await call(FriendCodesState.take_back, screen, buyer, NOW)

        assert screen.tickets[0].note == "Taken back by you"
        assert screen.asked.id == ""
        assert said.handler.fn == ShellState.say.fn
        assert [code.state for code in await codes_of(buyer)] == [CodeState.revoked, CodeState.open]

    async def test_pressed_twice_or_too_late_it_changes_nothing(
        self, a_screen: AScreen, buyer: Member, friend: Member, given: str
    ):
        screen = await opened(a_screen, buyer)
        await call(FriendCodesState.ask_to_take_back, screen, buyer, NOW, screen.tickets[0].id)
        await redeem(friend, given)

        await call(FriendCodesState.take_back, screen, buyer, NOW)
        assert await call(FriendCodesState.take_back, screen, buyer, NOW) is None

        assert screen.tickets[0].note.startswith("Used on")

    async def test_a_code_of_somebody_else_has_no_name_here(
        self, a_screen: AScreen, buyer: Member, friend: Member, given: str
    ):
        screen = await opened(a_screen, friend)
        theirs = str((await codes_of(buyer))[0].id)

        for handler in (FriendCodesState.ask_to_take_back, FriendCodesState.enlarge):
            await call(handler, screen, friend, NOW, theirs)
        await call(FriendCodesState.take_back, screen, friend, NOW)

        assert (screen.tickets, screen.asked.id, screen.enlarged.id) == ([], "", "")
        assert (await codes_of(buyer))[0].state is CodeState.open

    async def test_she_says_whether_they_name_her(self, a_screen: AScreen, buyer: Member, given: str):
        screen = await opened(a_screen, buyer)
        assert not screen.is_named

        await call(FriendCodesState.show_name, screen, buyer, NOW, True)
        assert (await at_page(a_screen, given, None)).promise.title == "Ana gave you a place."

        await call(FriendCodesState.show_name, screen, buyer, NOW, False)
        assert (await at_page(a_screen, given, None)).promise.title == "A friend gave you a place."


async def opened(a_screen: AScreen, who: Member, *, at=NOW) -> Any:
    screen = await a_screen(FriendCodesState)
    await call(FriendCodesState.open, screen, who, at)
    return screen


class TestThePageOfACode:
    async def test_a_stranger_reads_what_it_is_and_is_led_to_an_account_and_back(
        self, a_screen: AScreen, given: str
    ):
        screen = await at_page(a_screen, given.lower(), None)

        said = screen.promise
        assert (said.code, said.giver) == (given, "")
        assert said.lead.startswith("It is the whole 45 days, worth $997. You pay nothing")
        assert said.until == "Good until Monday 1 June 2026, 12:00 UTC"
        assert (said.begins, said.begins_about) == (
            "Your cohort is on day 2",
            "Aurora cohort, with your friend. You join on the day it is living.",
        )
        assert screen.way_in == f"?next=%2Fjoin%2F{given}"
        assert not screen.is_signed_in

    async def test_a_line_that_opens_anew_is_no_further_try(
        self, a_screen: AScreen, given: str, owner_db: psycopg.AsyncConnection
    ):
        screen = await at_page(a_screen, given, None)
        for _ in range(5):
            await call(JoinState.open, screen, None, NOW)

        key = f"friend-code:from:{screen.router.session.client_ip}"
        assert await one(owner_db, "select sum(hits) from private.rate_limits where key = %s", key) == 1

    async def test_taking_the_place_opens_the_challenge_in_the_givers_cohort(
        self, a_screen: AScreen, friend: Member, given: str, run: UUID
    ):
        screen = await at_page(a_screen, given, friend)

        assert await take(screen, friend) == routes.WELCOME

        assert (await access_of(friend)).challenge_session_id == run

    async def test_pressed_twice_and_in_two_tabs_it_is_one_place_and_no_complaint(
        self, a_screen: AScreen, friend: Member, given: str, owner_db: psycopg.AsyncConnection
    ):
        tabs = [await at_page(a_screen, given, friend) for _ in range(3)]

        led = await at_once(take(tab, friend) for tab in [*tabs, *tabs])

        assert led == [routes.WELCOME] * 6
        assert await one(owner_db, "select count(*) from purchases where user_id = %s", friend.id) == 1

    async def test_of_a_hundred_who_press_at_once_one_has_it_and_the_others_hear_why(
        self, a_screen: AScreen, new_buyer: NewBuyer, given: str
    ):
        people = [await new_buyer(f"Friend{n}") for n in range(100)]
        screens = [await at_page(a_screen, given, person) for person in people]

        led = await at_once(take(*each) for each in zip(screens, people, strict=True))

        assert sorted(led, reverse=True) == [routes.WELCOME, *[""] * 99]
        lost = [screen for screen, way in zip(screens, led, strict=True) if not way]
        assert {screen.ending.title for screen in lost} == {"This code has been used."}

    async def test_a_name_is_passed_on_only_with_a_tick(
        self, a_screen: AScreen, buyer: Member, friend: Member, given: str, owner_db: psycopg.AsyncConnection
    ):
        await take(await at_page(a_screen, given, friend), friend, is_named="on")

        body = "select body from notifications where user_id = %s and title like 'Your code%%'"
        assert await one(owner_db, body, buyer.id) == "Ben has a place now."

    async def test_by_whose_link_she_came_is_remembered_with_the_place(
        self, a_screen: AScreen, new_buyer: NewBuyer, friend: Member, given: str
    ):
        host = await new_buyer("Hanne")
        cookie = f"{cookies.named(arrivals.COOKIE)}={(await inviting(host)).code}"

        await take(await at_page(a_screen, given, friend, cookie=cookie), friend)

        assert (await inviting(host)).joined == 1


class TestAnotherStart:
    async def test_a_full_cohort_offers_the_others_and_only_what_was_offered_can_be_taken(
        self, a_screen: AScreen, buyer: Member, friend: Member, new_run: NewRun
    ):
        full, other = await new_run(places=1), await new_run()
        await buy(buyer, full)
        code = (await codes_of(buyer))[0].code
        screen = await at_page(a_screen, code, friend)

        assert screen.promise.begins == "You choose another start"
        offered = {each.id for each in screen.choices}
        assert str(other) in offered
        assert str(full) not in offered
        await call(JoinState.choose, screen, friend, NOW, str(full))
        assert await take(screen, friend, start=str(full)) == ""
        assert screen.problem == "Choose one of the starts."

        assert await take(screen, friend, start=str(other)) == routes.WELCOME
        assert (await access_of(friend)).challenge_session_id == other

    async def test_a_cohort_that_fills_up_meanwhile_shows_them_then(
        self, a_screen: AScreen, buyer: Member, friend: Member, new_buyer: NewBuyer, new_run: NewRun
    ):
        run, other = await new_run(places=2), await new_run()
        await buy(buyer, run)
        code = (await codes_of(buyer))[0].code
        screen = await at_page(a_screen, code, friend)
        await buy(await new_buyer("Carla"), run)

        assert await take(screen, friend) == ""

        assert screen.problem == Refusal.cohort_full.sentence
        assert str(other) in {each.id for each in screen.choices}
        assert (await codes_of(buyer))[0].state is CodeState.open

    async def test_a_stranger_hears_that_there_is_a_choice(
        self, a_screen: AScreen, buyer: Member, new_run: NewRun
    ):
        await buy(buyer, await new_run(places=1))

        screen = await at_page(a_screen, (await codes_of(buyer))[0].code, None)

        assert screen.promise.begins_about == (
            "Every place in your friend’s cohort is taken. The next ones are shown once you are signed in."
        )


class TestEndings:
    def test_every_refusal_has_a_title_a_sentence_and_a_next_step(self):
        assert set(_NEXT) == set(Refusal) - {Refusal.cohort_full}
        for refusal in _NEXT:
            said = ending(refusal)
            assert said.title
            assert said.action
            assert said.href.startswith("/")
            assert refusal.sentence.startswith(said.title)

    async def test_each_is_shown_to_whom_it_concerns(
        self, a_screen: AScreen, buyer: Member, friend: Member, new_buyer: NewBuyer, given: str, run: UUID
    ):
        stranger = await new_buyer("Carla")

        async def title(code: str, who: Member | None, at=NOW) -> str:
            return (await at_page(a_screen, code, who, at=at)).ending.title

        assert await title(given, buyer) == "This is one of your own codes."
        assert (
            await title(given, stranger, NOW + 91 * DAY)
            == "This code was good for 90 days, and they are over."
        )
        assert await title("FRIEND-222222", None) == "We know no such code."
        assert await title("FRIEND-22222O", None) == "After FRIEND, no code contains 0, O, 1, I or L."
        assert await title("%00%3Cscript%3E", None) == "We know no such code."
        await redeem(friend, given)
        assert await title(given, stranger) == "This code has been used."
        assert await title(given, friend) == "This code gave you your place."
        second = (await codes_of(buyer))[1]
        known = Member(**{**vars(friend), "entitlement": await access_of(friend)})
        assert await title(second.code, known) == "You already have access to the challenge."
        assert (await codes_of(buyer))[1].state is CodeState.open

    async def test_one_who_used_a_code_before_is_told_when_she_tries(
        self, a_screen: AScreen, buyer: Member, friend: Member, given: str
    ):
        await redeem(friend, given)
        second = (await codes_of(buyer))[1].code
        screen = await at_page(a_screen, second, friend)

        await take(screen, friend)

        assert screen.ending.title == "You already have access to the challenge."

    async def test_too_many_tries_are_said_to_be_too_many(
        self, a_screen: AScreen, friend: Member, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(redeeming, "PER_ACCOUNT", 2)
        for _ in range(2):
            await at_page(a_screen, "FRIEND-222222", friend)

        screen = await at_page(a_screen, "FRIEND-222222", friend)

        assert screen.ending.title == "Let us wait a little."
        assert "Please wait" in screen.ending.words


class TestTyping:
    async def test_what_is_wrong_stands_beside_the_field_and_the_code_is_not_spent(
        self, a_screen: AScreen, buyer: Member, given: str
    ):
        for who, typed, sentence in (
            (None, "", NOTHING_TYPED),
            (None, "hello", Refusal.unknown.sentence),
            (None, "friend 22222o", Refusal.misread.sentence),
            (buyer, given, Refusal.own.sentence),
        ):
            screen = await typing(a_screen, typed, who)
            assert screen.problem == sentence
        assert (await codes_of(buyer))[0].state is CodeState.open

    async def test_any_way_of_writing_it_leads_to_its_page_with_one_try(
        self, a_screen: AScreen, given: str, owner_db: psycopg.AsyncConnection
    ):
        screen = await a_screen(RedeemState)
        screen.router = RouterData(session=SessionData(client_ip=str(uuid4())))
        typed = f"  https://example.com/join/{given.lower().replace('-', ' ')} "

        led = await call(RedeemState.find, screen, None, NOW, {"code": typed})
        page = await screen.get_state(JoinState)
        page.router = RouterData(
            url=ReflexURL(f"http://localhost:3000{routes.join(given)}"), session=screen.router.session
        )
        await call(JoinState.open, page, None, NOW)

        assert led.args[0][1]._var_value == routes.join(given)
        assert page.promise.code == given
        key = f"friend-code:from:{screen.router.session.client_ip}"
        assert await one(owner_db, "select sum(hits) from private.rate_limits where key = %s", key) == 1


async def typing(a_screen: AScreen, typed: str, who: Member | None) -> Any:
    screen = await a_screen(RedeemState)
    screen.router = RouterData(session=SessionData(client_ip=str(uuid4())))
    await call(RedeemState.find, screen, who, NOW, {"code": typed})
    return screen
