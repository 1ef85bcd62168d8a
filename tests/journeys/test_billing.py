"""A journal from its first day: tried, renewed in vain, paid with another card, cancelled and kept."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect
from pydantic import SecretStr

from gynergy_app.integrations import stripe_billing
from gynergy_app.jobs import stripe_events
from gynergy_app.settings import settings
from tests.conftest import NewPerson
from tests.journeys.site import Site, cookie_of
from tests.stripe import settings_of

Operate = Callable[[str, str], Awaitable[None]]


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def operate(
    site: Site, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Operate]:
    """Press a button of the operator's for her one subscription; the worker follows until it is as said."""
    for name, value in settings_of(site.stripe).items():
        monkeypatch.setattr(settings, name.lower(), value if name == "STRIPE_API_BASE" else SecretStr(value))

    async def press(button: str, until: str) -> None:
        found = await owner_db.execute(
            "select stripe_subscription_id from subscriptions order by created_at desc limit 1"
        )
        [(stripe_id,)] = await found.fetchall()
        await site.stripe.operate(f"subscriptions/{stripe_id}/{button}")
        query = "select status from subscriptions where stripe_subscription_id = %s"
        async with asyncio.timeout(20):
            while (await (await owner_db.execute(query, [stripe_id])).fetchone()) != (until,):
                await stripe_events.take_due()
                await asyncio.sleep(0.05)

    yield press
    await stripe_billing.close()


async def test_a_journal_is_tried_owed_paid_cancelled_and_kept(
    page: Page, site: Site, new_person: NewPerson, operate: Operate
):
    ana = await new_person("Ana")
    await page.context.add_cookies([await cookie_of(ana, site)])  # pyright: ignore[reportArgumentType]
    billing = f"{site.address}/me/billing"
    main = page.locator("main")

    await page.goto(billing)
    await expect(main.get_by_text("$80.40 less than twelve months")).to_be_visible()
    await page.get_by_role("button", name="Go on to the payment").click()
    await expect(page.get_by_text("Please choose by the month or by the year.")).to_be_visible()
    await page.get_by_label("By the month").check()
    await page.get_by_role("button", name="Go on to the payment").click()
    await page.get_by_role("button", name="Start with a card", exact=True).click()
    await expect(page.get_by_text("The journal is yours.")).to_be_visible()
    await expect(main.get_by_text("Trial", exact=True)).to_be_visible()
    await page.get_by_role("link", name="Write today’s page").click()
    await expect(page).to_have_url(re.compile("/today$"))

    await operate("next", "active")
    await operate("fail", "past_due")
    await page.goto(f"{site.address}/badges")
    await expect(page.get_by_text("Your journal subscription could not be paid.")).to_be_visible()
    await page.get_by_role("link", name="Change the card").click()
    await expect(main.get_by_text("Not paid", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Change the card").click()
    await page.get_by_role("button", name="Use another card").click()
    await expect(page).to_have_url(re.compile("/me/billing"))
    await expect(main.get_by_text("Active", exact=True)).to_be_visible()

    await page.get_by_role("button", name="Cancel the subscription").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel the subscription").click()
    await expect(main.get_by_text("Ending", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(main.get_by_text("Active", exact=True)).to_be_visible()
    await page.goto(f"{site.address}/badges")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Badges")
    await expect(page.get_by_text("could not be paid")).to_have_count(0)
