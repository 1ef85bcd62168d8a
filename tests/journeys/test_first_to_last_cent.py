"""Money from its first cent to its last, all in browsers, heard by the endpoint Stripe would post to."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.integrations import stripe_billing
from gynergy_app.jobs import refunds, stripe_events
from gynergy_app.settings import settings
from tests.conftest import NewPerson
from tests.journeys.arriving import PASSWORD, Arrival
from tests.journeys.site import Site, cookie_of
from tests.stripe import settings_of


@pytest.fixture(autouse=True)
async def _a_worker(site: Site, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Beside the web process, following what the endpoint has taken in."""
    for name, value in settings_of(site.stripe).items():
        monkeypatch.setattr(settings, name.lower(), value if name == "STRIPE_API_BASE" else SecretStr(value))
    working = asyncio.create_task(_work())
    yield
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    await stripe_billing.close()


async def _work() -> None:
    while True:
        await stripe_events.take_due()
        await refunds.send_due()
        await asyncio.sleep(0.1)


@pytest.fixture
async def cohort(owner_db: psycopg.AsyncConnection) -> str:
    label, start = f"Rowan {uuid4().hex[:6]}", clock.now().date()
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'active', %s from books where slug = 'date-zero-gratitude'",
        [uuid4(), start, start + timedelta(days=44), label],
    )
    return label


@pytest.fixture
async def pages(browser: Browser) -> AsyncIterator[list[Page]]:
    """Three phones: of somebody who buys, of her friend, and of an admin."""
    contexts = [await browser.new_context(viewport={"width": 390, "height": 844}) for _ in range(3)]
    yield [await context.new_page() for context in contexts]
    for context in contexts:
        await context.close()


async def test_bought_given_away_subscribed_owed_mended_and_refunded(
    pages: list[Page],
    site: Site,
    cohort: str,
    new_person: NewPerson,
    owner_db: psycopg.AsyncConnection,
):
    buyers, friends, desk = pages
    began = clock.now()
    mira, ben = Arrival.at(buyers, site), Arrival.at(friends, site, "ben")

    await buys_as_a_guest(mira, cohort)
    await joins_by_a_code(ben, await a_code_of(mira))
    await subscribes(ben)
    await the_operator(desk, site, "End the trial")
    await sees_at_billing(ben, "Active")
    await the_operator(desk, site, "The same, and the card is declined")
    await mends_the_card(ben)
    await is_refunded(desk, site, mira, await new_person("Carla", is_admin=True))

    await writing_is_closed_and_reading_open(mira)
    await ben.go("/journal/morning")
    await expect(friends.get_by_text("Did you dream?").first).to_be_visible()
    heard = await owner_db.execute(
        "select count(*) from webhook_events where status in ('failed', 'dead') and received_at > %s",
        [began],
    )
    assert await heard.fetchone() == (0,)


async def buys_as_a_guest(mira: Arrival, cohort: str) -> None:
    await mira.go("/pricing")
    await mira.page.get_by_text(f"{cohort} cohort").click()
    await mira.page.get_by_label("E-mail").fill(mira.email)
    await mira.page.get_by_role("button", name="Pay $997 with Stripe").click()
    await mira.page.get_by_role("button", name="Pay", exact=True).click()
    await expect(mira.page.get_by_role("heading", level=1)).to_have_text("Your place is paid.")
    await mira.sign_up()
    await mira.follow_mail("Open my account")
    await expect(mira.page.get_by_text("is yours now")).to_be_visible()


async def a_code_of(mira: Arrival) -> str:
    await mira.go("/me/codes")
    first = mira.page.get_by_role("listitem").filter(has_text="FRIEND-").first
    return await first.get_by_role("heading").inner_text()


async def joins_by_a_code(ben: Arrival, code: str) -> None:
    await ben.go(f"/join/{code}")
    await ben.page.get_by_role("link", name="Make an account").click()
    await ben.page.get_by_label("First name").fill("Ben")
    await ben.page.get_by_label("E-mail").fill(ben.email)
    await ben.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await ben.page.get_by_role("button", name="Make my account").click()
    await expect(ben.page.get_by_text(ben.email)).to_be_visible()
    await ben.follow_mail("Open my account")
    await ben.page.get_by_role("button", name="Take the place").click()
    await ben.page.get_by_role("button", name="Go to my first page").click()
    await expect(ben.page).to_have_url(re.compile("/today$"))


async def subscribes(ben: Arrival) -> None:
    await ben.go("/me/billing")
    await ben.page.get_by_label("By the month").check()
    await ben.page.get_by_role("button", name="Go on to the payment").click()
    await ben.page.get_by_role("button", name="Start with a card", exact=True).click()
    await expect(ben.page.get_by_text("The journal is yours.")).to_be_visible()


async def the_operator(desk: Page, site: Site, button: str) -> None:
    """For the youngest subscription, as its page lists it first."""
    await desk.goto(f"{site.stripe.url}/operator")
    await desk.get_by_role("button", name=button, exact=True).first.click()


async def sees_at_billing(ben: Arrival, state: str) -> None:
    """The event is on its way: looked at again until it is followed."""
    shown = ben.page.locator("main").get_by_text(state, exact=True)
    async with asyncio.timeout(20):
        while True:
            await ben.go("/me/billing")
            with suppress(AssertionError):
                await expect(shown).to_be_visible(timeout=1500)
                return


async def mends_the_card(ben: Arrival) -> None:
    await sees_at_billing(ben, "Not paid")
    await ben.go("/badges")
    await expect(ben.page.get_by_text("Your journal subscription could not be paid.")).to_be_visible()
    await ben.page.get_by_role("link", name="Change the card").click()
    await ben.page.get_by_role("button", name="Change the card").click()
    await ben.page.get_by_role("button", name="Use another card").click()
    await expect(ben.page).to_have_url(re.compile("/me/billing"))
    await expect(ben.page.locator("main").get_by_text("Active", exact=True)).to_be_visible()


async def is_refunded(desk: Page, site: Site, mira: Arrival, carla: UUID) -> None:
    await desk.context.add_cookies([await cookie_of(carla, site)])  # pyright: ignore[reportArgumentType]
    await desk.goto(f"{site.address}/admin/payments/purchases")
    await desk.get_by_label("Name, address, order, friend code or Stripe id").fill(mira.email)
    await desk.get_by_role("button", name="Search").click()
    await desk.get_by_role("row", name=mira.email).get_by_role("link", name="Mira").click()
    await desk.get_by_role("button", name="Refund").click()
    sheet = desk.get_by_role("dialog", name=re.compile("^Refund Mira"))
    await expect(sheet.get_by_text("stays", exact=False).first).to_be_visible()
    await sheet.get_by_label("Type 997.00 to confirm").fill("997.00")
    await sheet.get_by_role("button", name="Refund $997.00").click()
    await expect(desk.get_by_text("The whole amount has gone back.")).to_be_visible()


async def writing_is_closed_and_reading_open(mira: Arrival) -> None:
    async with asyncio.timeout(20):
        while True:
            await mira.go("/journal/morning")
            with suppress(AssertionError):
                await expect(mira.page.get_by_text("Your place is closed").first).to_be_visible(timeout=1500)
                break
    await mira.go("/history")
    await expect(mira.page.get_by_role("heading", level=1)).to_be_visible()
