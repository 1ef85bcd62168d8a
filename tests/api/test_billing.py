"""The forms of the billing page: where they lead, for whom, and what they say when they lead nowhere."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.headers import content_policy
from gynergy_app.jobs import stripe_events
from gynergy_app.services.payments import prices
from gynergy_app.settings import settings
from tests.api.conftest import Visitor
from tests.features.payments.conftest import peer, shop
from tests.features.payments.peer import Shop
from tests.features.payments.shop import one

__all__ = ["peer", "shop"]

pytestmark = pytest.mark.usefixtures("supabase", "shop")

IdOf = Callable[[str], Awaitable[UUID]]


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prices, "_memory", prices._Memory())


def led_to(response: httpx.Response) -> str:
    """The page at Stripe, by its path."""
    assert response.status_code == 303, response.text
    address = response.headers["location"]
    assert address.startswith(settings.stripe_api_base), address
    return urlsplit(address).path


async def subscribed(ana: Visitor, shop: Shop, email: str, db: psycopg.AsyncConnection) -> str:
    """The number of her row."""
    path = led_to(await ana.post("/billing/subscribe", plan="month"))
    await shop.stripe.browser.post(f"{shop.stripe.url}{path}", data={"press": "pay"})
    await shop.catch_up()
    query = "select s.id from subscriptions s join users u on u.id = s.user_id where u.email = %s"
    return str(await one(db, query, email))


async def test_a_choice_leads_to_the_page_to_pay_on_and_so_does_a_second_click(ana: Visitor):
    first = led_to(await ana.post("/billing/subscribe", plan="year"))
    second = led_to(await ana.post("/billing/subscribe", plan="year"))

    assert first == second
    assert first.startswith("/c/pay/cs_")


@pytest.mark.parametrize("form", [{}, {"plan": ""}, {"plan": "week"}])
async def test_nothing_begins_without_a_choice(ana: Visitor, form: dict[str, str]):
    response = await ana.post("/billing/subscribe", **form)

    assert response.headers["location"] == routes.BILLING
    assert ana.told(routes.BILLING).problems == {"plan": "Please choose by the month or by the year."}


async def test_who_has_a_subscription_is_told_and_led_nowhere(
    ana: Visitor, shop: Shop, email: str, owner_db: psycopg.AsyncConnection
):
    await subscribed(ana, shop, email, owner_db)

    response = await ana.post("/billing/subscribe", plan="year")

    assert response.headers["location"] == routes.BILLING
    assert "already" in ana.told(routes.BILLING).note


async def test_what_was_paid_a_moment_ago_is_written_down_instead_of_begun_again(
    ana: Visitor, shop: Shop, email: str, owner_db: psycopg.AsyncConnection
):
    path = led_to(await ana.post("/billing/subscribe", plan="month"))
    await shop.stripe.browser.post(f"{shop.stripe.url}{path}", data={"press": "pay"})

    response = await ana.post("/billing/subscribe", plan="year")

    assert response.headers["location"] == routes.BILLING
    query = "select s.status from subscriptions s join users u on u.id = s.user_id where u.email = %s"
    assert await one(owner_db, query, email) == "trialing"


async def test_a_portal_is_opened_for_her_own_subscription_only(
    ana: Visitor, shop: Shop, email: str, owner_db: psycopg.AsyncConnection
):
    row_id = await subscribed(ana, shop, email, owner_db)

    card = led_to(await ana.post("/billing/portal", subscription=row_id, page="card"))
    home = led_to(await ana.post("/billing/portal"))
    stranger = await Visitor().post("/billing/portal", subscription=row_id)

    shown = (await shop.stripe.browser.get(f"{shop.stripe.url}{card}")).text
    assert "Use another card" in shown
    assert "Cancel at the end" not in shown
    assert "Cancel at the end" in (await shop.stripe.browser.get(f"{shop.stripe.url}{home}")).text
    assert stranger.headers["location"].startswith(routes.SIGN_IN)
    for wrong in (str(uuid4()), "1"):
        answer = await ana.post("/billing/portal", subscription=wrong)
        assert answer.headers["location"] == routes.BILLING
        assert "no such subscription" in ana.told(routes.BILLING).note


async def test_whoever_bought_nothing_has_no_portal(ana: Visitor):
    response = await ana.post("/billing/portal")

    assert response.headers["location"] == routes.BILLING
    assert ana.told(routes.BILLING).note


async def test_a_receipt_is_where_stripe_has_it(
    ana: Visitor, shop: Shop, email: str, owner_db: psycopg.AsyncConnection
):
    path = led_to(await ana.post(routes.CHECKOUT))
    await shop.stripe.browser.post(f"{shop.stripe.url}{path}", data={"press": "pay"})
    await stripe_events.take_due()
    await shop.catch_up()
    purchase = await one(owner_db, "select id from purchases where email = %s", email)

    assert led_to(await ana.get(f"/billing/receipts/{purchase}")).startswith("/receipts/ch_")
    assert (
        (await Visitor().get(f"/billing/receipts/{purchase}")).headers["location"].startswith(routes.SIGN_IN)
    )
    for wrong in (uuid4(), "1"):
        assert (await ana.get(f"/billing/receipts/{wrong}")).status_code == 404


async def test_while_stripe_is_away_she_stays_and_is_not_charged(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settings, "stripe_api_base", "http://127.0.0.1:9")

    response = await ana.post("/billing/subscribe", plan="month")

    assert response.headers["location"] == routes.BILLING
    assert "not been charged" in ana.told(routes.BILLING).note


async def test_another_site_cannot_make_her_subscribe(ana: Visitor):
    answer = await ana.http.post(
        "/billing/subscribe", data={"plan": "month"}, headers={"sec-fetch-site": "cross-site"}
    )

    assert answer.status_code == 403


async def test_asking_very_often_is_slowed_down(ana: Visitor):
    with clock.travelling(clock.now()):
        answers = [await ana.post("/billing/portal") for _ in range(31)]

    assert all(answer.headers["location"] == routes.BILLING for answer in answers)
    assert "Please wait" in ana.told(routes.BILLING).note


async def test_a_form_may_lead_to_the_payment_service_and_nowhere_else(shop: Shop):
    rules = dict(rule.split(" ", 1) for rule in content_policy().split("; ") if " " in rule)

    assert rules["form-action"] == f"'self' {shop.stripe.url}"
