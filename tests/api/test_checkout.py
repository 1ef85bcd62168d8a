"""From the price to the page where one pays: one page, however often and from wherever it is asked for."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.arrivals import Arrival
from gynergy_app.headers import content_policy
from gynergy_app.repositories import purchases
from gynergy_app.services import arrivals, cookies
from gynergy_app.services.desks import timeline
from gynergy_app.services.payments import guests, prices
from gynergy_app.settings import settings
from tests.api.conftest import Visitor, set_cookies
from tests.conftest import NewPerson
from tests.features.conftest import NewRun, new_run
from tests.features.payments.conftest import peer, shop
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one, rows
from tests.supabase import Supabase, an_address

__all__ = ["new_run", "peer", "shop"]

pytestmark = pytest.mark.usefixtures("supabase", "shop")
TODAY = clock.now().date()


def page_in(response: httpx.Response) -> str:
    """The number of the page she was led to."""
    assert response.status_code == 303
    address = response.headers["location"]
    assert address.startswith(settings.stripe_api_base), address
    return urlsplit(address).path.rsplit("/", 1)[-1]


async def pages_for(shop: Shop, email: str) -> list[Any]:
    """Every page that was made for this address to pay on, the oldest first."""
    found = await shop.stripe.v1.checkout.sessions.list_async({"limit": 100})
    return [page for page in reversed(found.data) if page.customer_email == email]


async def begun(db: psycopg.AsyncConnection, email: str) -> Sequence[tuple]:
    query = "select status, attempt from purchases where lower(email) = %s order by created_at"
    return await rows(db, query, email)


async def buy(visitor: Visitor, shop: Shop, email: str, **said: str) -> str:
    """Through the page where one pays, and every event followed."""
    page = page_in(await visitor.post(routes.CHECKOUT, email=email, **said))
    await shop.stripe.press(await shop.stripe.v1.checkout.sessions.retrieve_async(page))
    await shop.catch_up()
    return page


@pytest.fixture
async def place(new_run: NewRun) -> str:
    """A start that may be chosen today, with seven places."""
    return str(await new_run(places=7, start=TODAY))


async def test_a_guest_is_led_to_the_page_to_pay_on_and_her_seat_is_kept(
    visitor: Visitor, shop: Shop, place: str, owner_db: psycopg.AsyncConnection
):
    email = an_address()

    page_id = page_in(await visitor.post(routes.CHECKOUT, email=email.upper(), start=place))

    page = await shop.stripe.v1.checkout.sessions.retrieve_async(page_id)
    assert (page.customer_email, page.amount_total, page.allow_promotion_codes) == (email, 99_700, True)
    assert page.success_url.startswith(f"{settings.public_url}{routes.CHECKOUT_SUCCESS}?session_id=")
    assert page.cancel_url == f"{settings.public_url}{routes.PRICING}"
    query = """select session_id::text, stripe_checkout_session_id, checkout_expires_at,
               seat_held_until > now() + interval '1 hour' from purchases where email = %s"""
    [(session_id, kept, ends, has_seat)] = await rows(owner_db, query, email)
    assert (session_id, kept, has_seat) == (place, page_id, True)
    assert int(ends.timestamp()) == page.expires_at


async def test_a_form_of_another_site_buys_nothing(supabase: Supabase):
    response = await Visitor("cross-site").post(routes.CHECKOUT, email=an_address())

    assert response.status_code == 403


async def test_a_browser_lets_the_form_lead_to_the_payment_service_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
):
    assert f"form-action 'self' {settings.stripe_api_base};" in content_policy()
    monkeypatch.setattr(settings, "stripe_api_base", "")
    assert "form-action 'self' https://checkout.stripe.com https://billing.stripe.com;" in content_policy()
    monkeypatch.setattr(settings, "stripe_domain", "pay.example.com")
    assert "https://billing.stripe.com https://pay.example.com;" in content_policy()


async def test_an_address_that_is_none_comes_back_beside_its_field_with_everything_typed(
    visitor: Visitor, place: str
):
    response = await visitor.post(routes.CHECKOUT, email="ana@example", start=place)

    told = visitor.told(routes.PRICING)
    assert response.headers["location"] == routes.PRICING
    assert told.typed == {"email": "ana@example", "start": place}
    assert "It should be like name@example.com" in told.problems["email"]


class TestOnePage:
    @pytest.mark.parametrize("is_signed_in", [False, True], ids=["guest", "member"])
    async def test_twelve_clicks_at_once_are_one_purchase_and_one_page(
        self, is_signed_in: bool, ana: Visitor, email: str, shop: Shop, owner_db: psycopg.AsyncConnection
    ):
        visitor, address = (ana, email) if is_signed_in else (Visitor(), an_address())

        answers = await asyncio.gather(*(visitor.post(routes.CHECKOUT, email=address) for _ in range(12)))

        assert len({page_in(answer) for answer in answers}) == 1
        assert await begun(owner_db, address) == [("pending", 1)]
        assert len(await pages_for(shop, address)) == 1

    async def test_who_comes_back_later_goes_on_where_she_was(self, visitor: Visitor, shop: Shop, place: str):
        email = an_address()
        first = page_in(await visitor.post(routes.CHECKOUT, email=email, start=place))

        with clock.travelling(clock.now() + timedelta(minutes=40)):
            again = page_in(await visitor.post(routes.CHECKOUT, email=email, start=place))

        assert again == first

    async def test_a_guest_who_goes_on_need_not_give_her_address_again(self, visitor: Visitor):
        first = page_in(await visitor.post(routes.CHECKOUT, email=an_address()))
        await visitor.post(routes.CHECKOUT, email="no address")

        again = page_in(await visitor.post(routes.CHECKOUT, email=""))

        assert again == first
        assert visitor.told(routes.PRICING).problems == {}, "what was wrong before is said no more"

    async def test_another_wish_is_another_page_and_the_former_one_is_closed(
        self, visitor: Visitor, shop: Shop, place: str, owner_db: psycopg.AsyncConnection
    ):
        typo, email = an_address("tpyo"), an_address()
        first = page_in(await visitor.post(routes.CHECKOUT, email=typo, start=place))

        second = page_in(await visitor.post(routes.CHECKOUT, email=email, start=place))
        await shop.catch_up()

        former = await shop.stripe.v1.checkout.sessions.retrieve_async(first)
        assert (former.status, second == first) == ("expired", False)
        assert (await begun(owner_db, typo), await begun(owner_db, email)) == ([], [("pending", 2)])
        query = "select seat_held_until is not null from purchases where email = %s"
        assert await one(owner_db, query, email) is True

    async def test_a_former_page_that_was_paid_on_is_what_counts(
        self, visitor: Visitor, shop: Shop, place: str, owner_db: psycopg.AsyncConnection
    ):
        email = an_address()
        first = page_in(await visitor.post(routes.CHECKOUT, email=email))
        await shop.stripe.press(await shop.stripe.v1.checkout.sessions.retrieve_async(first))

        response = await visitor.post(routes.CHECKOUT, email=email, start=place)

        assert response.headers["location"] == routes.PRICING
        assert "This purchase is paid" in visitor.told(routes.PRICING).note
        assert await begun(owner_db, email) == [("completed", 2)]
        assert len(await pages_for(shop, email)) == 1


class TestTrouble:
    @pytest.fixture(autouse=True)
    async def no_trouble_stays(self, shop: Shop) -> AsyncIterator[None]:
        yield
        await shop.stripe.operate("trouble", clear="yes")

    async def test_an_answer_that_is_lost_is_asked_for_again_and_is_one_page(
        self, visitor: Visitor, shop: Shop, owner_db: psycopg.AsyncConnection
    ):
        email = an_address()
        await shop.stripe.operate("trouble", kind="drop_after_commit", count=3)

        lost = await visitor.post(routes.CHECKOUT, email=email)
        told = visitor.told(routes.PRICING)
        page = page_in(await visitor.post(routes.CHECKOUT, email=email))

        assert lost.headers["location"] == routes.PRICING
        assert (told.typed["email"], "You have not been charged" in told.note) == (email, True)
        assert [each.id for each in await pages_for(shop, email)] == [page]
        assert await begun(owner_db, email) == [("pending", 1)]

    async def test_what_stripe_refuses_keeps_no_seat_and_the_next_click_begins_anew(
        self, visitor: Visitor, shop: Shop, place: str, owner_db: psycopg.AsyncConnection
    ):
        email, price = an_address(), await shop.stripe.price("challenge")
        await prices.shown()
        await shop.stripe.v1.prices.update_async(price.id, {"active": False})

        await visitor.post(routes.CHECKOUT, email=email, start=place)

        query = "select status, seat_held_until from purchases where email = %s"
        assert "did not take this request" in visitor.told(routes.PRICING).note
        assert await rows(owner_db, query, email) == [("failed", None)]
        await shop.stripe.v1.prices.update_async(price.id, {"active": True})
        prices.forget()
        page_in(await visitor.post(routes.CHECKOUT, email=email, start=place))
        assert await begun(owner_db, email) == [("pending", 2)]


class TestASecondTime:
    async def test_a_member_with_a_place_is_asked_whether_she_means_it(
        self, ana: Visitor, email: str, shop: Shop, owner_db: psycopg.AsyncConnection
    ):
        await buy(ana, shop, email)

        asked = await ana.post(routes.CHECKOUT)
        note = ana.told(routes.PRICING).note
        meant = await asyncio.gather(*(ana.post(routes.CHECKOUT, again="yes") for _ in range(4)))

        assert (asked.headers["location"], "a second time" in note) == (routes.PRICING, True)
        assert len({page_in(answer) for answer in meant}) == 1
        assert await begun(owner_db, email) == [("completed", 1), ("pending", 1)]

    async def test_so_is_a_guest_who_has_just_paid(
        self, visitor: Visitor, shop: Shop, owner_db: psycopg.AsyncConnection
    ):
        email = an_address()
        await buy(visitor, shop, email)

        await visitor.post(routes.CHECKOUT, email=email)
        note = visitor.told(routes.PRICING).note
        meant = [await visitor.post(routes.CHECKOUT, email=email, again="yes") for _ in range(2)]

        assert "This purchase is paid" in note
        assert len({page_in(answer) for answer in meant}) == 1
        assert await begun(owner_db, email) == [("completed", 1), ("pending", 1)]

    async def test_who_has_claimed_her_place_and_signed_out_may_buy_one_for_somebody_else(
        self, email: str, shop: Shop, owner_db: psycopg.AsyncConnection
    ):
        visitor = Visitor()
        await buy(visitor, shop, email)
        await visitor.sign_in(email)
        await visitor.post("/auth/sign-out")

        page_in(await visitor.post(routes.CHECKOUT, email=email, again="yes"))

        assert await begun(owner_db, email) == [("completed", 1), ("pending", 1)]

    @pytest.mark.parametrize("is_signed_in", [False, True], ids=["guest", "member"])
    async def test_while_a_bank_pays_nothing_else_is_charged(
        self, is_signed_in: bool, ana: Visitor, email: str, shop: Shop, owner_db: psycopg.AsyncConnection
    ):
        visitor, address = (ana, email) if is_signed_in else (Visitor(), an_address())
        page = page_in(await visitor.post(routes.CHECKOUT, email=address))
        await shop.stripe.press(await shop.stripe.v1.checkout.sessions.retrieve_async(page), "debit")
        await shop.catch_up()

        with clock.travelling(clock.now() + timedelta(hours=3)):
            await visitor.post(routes.CHECKOUT, email=address)

        assert "Your bank has been asked to pay" in visitor.told(routes.PRICING).note
        assert await begun(owner_db, address) == [("pending", 1)]


async def test_forty_buyers_at_once_and_seven_places(
    shop: Shop, place: str, owner_db: psycopg.AsyncConnection
):
    buyers = [(Visitor(), an_address()) for _ in range(40)]
    room = asyncio.Semaphore(15)

    async def click(visitor: Visitor, email: str) -> httpx.Response:
        async with room:
            return await visitor.post(routes.CHECKOUT, email=email, start=place)

    answers = await asyncio.gather(*(click(*buyer) for buyer in buyers))

    led = [answer for answer in answers if answer.headers["location"] != routes.PRICING]
    turned_away = [visitor for (visitor, _), answer in zip(buyers, answers, strict=True) if answer not in led]
    assert (len(led), len(turned_away)) == (7, 33)
    assert {visitor.told(routes.PRICING).typed["start"] for visitor in turned_away} == {place}
    assert all("The last place was just taken" in each.told(routes.PRICING).note for each in turned_away)
    query = "select count(*) from purchases where session_id = %s and seat_held_until is not null"
    assert await one(owner_db, query, place) == 7


async def test_who_invited_her_is_kept_with_the_purchase_of_a_guest(
    visitor: Visitor, owner_db: psycopg.AsyncConnection
):
    email = an_address()
    visitor.http.cookies.set("gynergy_ref", "ANAB-2K7Q")

    await visitor.post(routes.CHECKOUT, email=email)

    assert await one(owner_db, "select referral_code from purchases where email = %s", email) == "ANAB-2K7Q"


async def test_the_first_click_of_a_guest_stands_at_the_end_of_her_story(
    visitor: Visitor, admin: UUID, owner_db: psycopg.AsyncConnection
):
    email, at = an_address(), clock.now().replace(microsecond=0) - timedelta(days=2)
    visitor.http.cookies.set(cookies.named(arrivals.COOKIE), Arrival(page="home", at=at).written)

    await visitor.post(routes.CHECKOUT, email=email)

    [(purchase_id,)] = await rows(owner_db, "select id from purchases where email = %s", email)
    async with as_member(admin) as db:
        purchase = await purchases.find(db, purchase_id)
        assert purchase
        [*_, first] = await timeline.of_guest(db, purchase)
    assert (first.step, first.about, first.at) == (timeline.Step.came, "home", at)


async def test_who_invited_a_member_counts_once_she_has_paid(
    ana: Visitor, shop: Shop, email: str, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    host = await new_person("Hanne")
    code = await one(owner_db, "select code from referral_codes where user_id = %s", host)
    ana.http.cookies.set(cookies.named(arrivals.COOKIE), str(code))

    await buy(ana, shop, email)
    await shop.catch_up()

    invited = "select status, points_awarded from referrals where referrer_id = %s"
    assert await rows(owner_db, invited, host) == [("converted", 100)]


async def test_the_browser_keeps_the_number_of_a_guests_purchase_and_nobody_reads_it_there(
    visitor: Visitor, owner_db: psycopg.AsyncConnection
):
    email = an_address()

    cookie = set_cookies(await visitor.post(routes.CHECKOUT, email=email))[guests.COOKIE]

    purchase = await one(owner_db, "select id from purchases where email = %s", email)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "lax")
    assert str(purchase) not in cookie.value
    assert guests.named_in(f"{guests.COOKIE}={cookie.value}") == purchase
    assert guests.named_in(f"{guests.COOKIE}={cookie.value[:-4]}AAAA") is None
