"""An admin gives money back in a browser: found, looked at, typed by hand, and seen to arrive."""

from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest
from playwright.async_api import Page, expect
from pydantic import SecretStr

from gynergy_app.domain.accounts import Member
from gynergy_app.integrations import stripe_billing
from gynergy_app.jobs import refunds
from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests.conftest import NewPerson
from tests.features.payments.peer import Shop, a_browserless_client
from tests.journeys.conftest import NewWriter
from tests.stripe import KEY, WEBHOOK_SECRET, a_stripe


@pytest.fixture
async def shop(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    """The payment server, and our worker beside the web process of the browser."""
    async with a_stripe(cluster, webhook_url="") as peer, a_browserless_client() as http:
        monkeypatch.setattr(settings, "stripe_secret_key", SecretStr(KEY))
        monkeypatch.setattr(settings, "stripe_webhook_secret", SecretStr(WEBHOOK_SECRET))
        monkeypatch.setattr(settings, "stripe_api_base", peer.url)
        shop = Shop(peer, http)
        await shop.open()
        yield shop
        await stripe_billing.close()


async def _looks_for(page: Page, words: str) -> None:
    await page.get_by_label("Name, address, order, friend code or Stripe id").fill(words)
    await page.get_by_role("button", name="Search").click()


async def _fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    return await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [390, 1440])
async def test_an_admin_gives_money_back_once_and_sees_it_arrive(
    shop: Shop,
    new_person: NewPerson,
    new_writer: NewWriter,
    owner_db: psycopg.AsyncConnection,
    width: int,
):
    mark = uuid4().hex[:8]
    maya = await new_person("Maya", f"Lind {mark}", email=f"maya.{mark}@example.com")
    await shop.buy(Member(maya, f"maya.{mark}@example.com", "Maya", f"Lind {mark}", "UTC"))
    await shop.catch_up()
    carla = await new_person("Carla", "Winter", is_admin=True)
    desk = await new_writer(member=Member(carla, "", "Carla", "Winter", "UTC", is_admin=True), width=width)
    page = desk.page

    await page.goto(f"{desk.site.address}/admin/payments/purchases")
    await _looks_for(page, f"nobody {mark}")
    await expect(page.get_by_text("No purchase is like that")).to_be_visible()
    await _looks_for(page, f"maya.{mark}")
    await expect(page.get_by_text("One purchase: $997.00 paid.")).to_be_visible()
    assert await _fits(page)
    await page.get_by_role("link", name=f"Maya Lind {mark}").click()

    await page.get_by_role("button", name="Refund").click()
    sheet = page.get_by_role("dialog", name=f"Refund Maya Lind {mark}")
    await expect(sheet.get_by_text("closes when the money has arrived")).to_be_visible()
    await expect(sheet.get_by_text("stops working")).to_have_count(2)
    await sheet.get_by_text("Read the letter").click()
    await expect(sheet.get_by_text("What you wrote stays yours.")).to_be_visible()
    red = sheet.get_by_role("button", name="Refund $997.00")
    await expect(red).to_be_disabled()
    await sheet.get_by_label("Type 997.00 to confirm").fill("99.70")
    await expect(red).to_be_disabled()
    await sheet.get_by_label("Type 997.00 to confirm").fill("997.00")
    await red.dblclick()

    await expect(sheet).to_be_hidden()
    await expect(page.get_by_text("not confirmed by Stripe yet")).to_be_visible()
    await expect(page.get_by_role("button", name="Refund")).to_have_count(0)
    assert await refunds.send_due() >= 1
    await expect(page.get_by_text("Arrived", exact=True).first).to_be_visible()
    await expect(page.get_by_text("not confirmed by Stripe yet")).to_be_hidden()
    await expect(page.get_by_text("The whole amount has gone back.")).to_be_visible()
    assert await _fits(page)

    kept = await owner_db.execute(
        "select p.status, count(*), (select has_challenge_access from user_entitlements where user_id = %s)"
        " from purchases p join refunds r on r.purchase_id = p.id where p.user_id = %s group by p.id",
        [maya, maya],
    )
    assert await kept.fetchall() == [("refunded", 1, False)]
