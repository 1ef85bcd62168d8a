"""Somebody buys: without an account, signed in, with a declined card, and in a tab that closed too early."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.integrations import stripe_billing
from gynergy_app.jobs import stripe_events
from gynergy_app.settings import settings
from tests.conftest import NewPerson
from tests.journeys.arriving import Arrival
from tests.journeys.site import Site, cookie_of
from tests.stripe import settings_of

Worker = Callable[[str], Awaitable[None]]


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def cohort(owner_db: psycopg.AsyncConnection) -> str:
    """A start with three places, for today."""
    label, start = f"Hazel {uuid4().hex[:6]}", clock.now().date()
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label, max_enrollments)"
        " select %s, id, %s, %s, 'active', %s, 3 from books where slug = 'date-zero-gratitude'",
        [uuid4(), start, start + timedelta(days=44), label],
    )
    return label


@pytest.fixture
async def worker_follows(
    site: Site, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Worker]:
    """Do what the worker does with all that is told, until this checkout is paid here."""
    for name, value in settings_of(site.stripe).items():
        is_plain = name == "STRIPE_API_BASE"
        monkeypatch.setattr(settings, name.lower(), value if is_plain else SecretStr(value))

    async def follow(checkout_id: str) -> None:
        paid = "select count(*) from purchases where stripe_checkout_session_id = %s and status = 'completed'"
        async with asyncio.timeout(20):
            while (await (await owner_db.execute(paid, [checkout_id])).fetchone()) != (1,):
                await stripe_events.take_due()
                await asyncio.sleep(0.05)

    yield follow
    await stripe_billing.close()


async def to_the_pay_page(page: Page, site: Site, cohort: str, email: str = "") -> None:
    await page.goto(f"{site.address}/pricing")
    await page.get_by_text(f"{cohort} cohort").click()
    if email:
        await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("button", name="Pay $997 with Stripe").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Pay $997.00")


async def test_a_guest_buys_with_her_second_card_makes_an_account_and_the_place_is_hers(
    page: Page, site: Site, cohort: str, owner_db: psycopg.AsyncConnection
):
    mira = Arrival.at(page, site)
    await to_the_pay_page(page, site, cohort, mira.email)

    await page.get_by_role("button", name="Card is declined").click()
    await expect(page.get_by_role("alert")).to_contain_text("Nothing was charged")
    await page.get_by_role("button", name="Pay", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Your place is paid.")
    await expect(page.get_by_text(mira.email)).to_have_count(0)
    await page.get_by_role("link", name="Make my account").click()
    await expect(page).to_have_url(re.compile("/sign-up"))
    await mira.sign_up()
    await mira.follow_mail("Open my account")

    await expect(page).to_have_url(re.compile("/today$"))
    await expect(page.get_by_text("is yours now")).to_be_visible()
    await expect(page.get_by_role("link", name="Write this morning")).to_be_visible()
    query = "select count(*) from friend_codes c join users u on u.id = c.creator_id where u.email = %s"
    assert await (await owner_db.execute(query, [mira.email])).fetchone() == (2,)


async def test_a_member_leaves_goes_on_and_buys_with_codes_to_give_away(
    page: Page, site: Site, cohort: str, new_person: NewPerson
):
    ana: UUID = await new_person("Ana")
    await page.context.add_cookies([await cookie_of(ana, site)])  # pyright: ignore[reportArgumentType]
    await to_the_pay_page(page, site, cohort)

    await page.get_by_role("link", name="Leave").click()
    await expect(page.get_by_text("You began to pay and have not finished.")).to_be_visible()
    await expect(page.get_by_text(f"in the {cohort} cohort is kept for")).to_be_visible()
    await page.get_by_role("button", name="Go on paying").click()
    await page.get_by_role("button", name="Pay", exact=True).click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("You are in, Ana.")
    await expect(page.get_by_text("Payment confirmed")).to_be_visible()
    await expect(page.get_by_text("No subscription was started")).to_be_visible()
    await expect(page.get_by_text(re.compile("^FRIEND-"))).to_have_count(2)
    await page.get_by_role("link", name="Go to my first page").click()
    await page.get_by_label("Morning", exact=True).fill("06:15")
    await page.get_by_role("button", name="Go to my first page").click()
    await expect(page).to_have_url(re.compile("/today$"))
    await page.goto(f"{site.address}/me/preferences")
    await expect(page.get_by_label("Morning reminder at")).to_have_value("06:15")


async def test_a_tab_closed_after_paying_loses_nothing(
    page: Page, site: Site, cohort: str, new_person: NewPerson, worker_follows: Worker
):
    ben: UUID = await new_person("Ben")
    await page.context.add_cookies([await cookie_of(ben, site)])  # pyright: ignore[reportArgumentType]
    await to_the_pay_page(page, site, cohort)
    checkout = page.url.rsplit("/", 1)[-1]
    await page.close()

    await site.stripe.press(await site.stripe.v1.checkout.sessions.retrieve_async(checkout))
    await worker_follows(checkout)

    tab = await page.context.new_page()
    await tab.goto(f"{site.address}/pricing")
    await expect(tab.get_by_text("You have a place already.")).to_be_visible()
    await tab.goto(f"{site.address}/today")
    await expect(tab.get_by_role("link", name="Write this morning")).to_be_visible()
