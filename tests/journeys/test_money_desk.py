"""An admin in a browser: from what needs someone to the inbox, an invitation, and the figures."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.async_api import expect
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from tests.conftest import NewPerson
from tests.journeys.conftest import NewWriter

WHY = "The price is right here already."


@pytest.fixture
async def letters(owner_db: psycopg.AsyncConnection) -> AsyncIterator[list[str]]:
    """Two events that were given up, by their ids."""
    ids = [f"evt_{uuid4().hex}" for _ in range(2)]
    for event_id in ids:
        payload = {"id": event_id, "data": {"object": {"id": "price_1", "nickname": "Not to be read"}}}
        await owner_db.execute(
            "insert into webhook_events (event_id, event_type, status, attempts, payload, error_message)"
            " values (%s, 'price.updated', 'dead', 12, %s, 'RuntimeError: A mistake of ours.')",
            [event_id, Jsonb(payload)],
        )
    yield ids
    await owner_db.execute("delete from webhook_events where event_id = any(%s)", [ids])


@pytest.fixture
async def twins(new_person: NewPerson, owner_db: psycopg.AsyncConnection) -> str:
    """Somebody who invited somebody from the same device, and who has a place by now: their family name."""
    name, purchase, referral = f"Lind {uuid4().hex[:8]}", uuid4(), uuid4()
    host, guest = await new_person("Dora", name), await new_person("Edda", name)
    await owner_db.execute(
        "insert into purchases (id, user_id, status, amount_cents, purchased_at)"
        " values (%s, %s, 'completed', 99700, %s)",
        [purchase, guest, clock.now() - timedelta(days=1)],
    )
    await owner_db.execute(
        "insert into referrals (id, referrer_id, referred_id) values (%s, %s, %s)", [referral, host, guest]
    )
    await owner_db.execute(
        "insert into referral_reviews (referral_id, purchase_id, signals) values (%s, %s, %s)",
        [referral, purchase, ["same_device"]],
    )
    return name


@pytest.fixture
async def carla(new_person: NewPerson) -> Member:
    person: UUID = await new_person("Carla", "Winter", is_admin=True)
    return Member(person, "", "Carla", "Winter", "UTC", is_admin=True)


async def test_what_needs_someone_is_found_and_put_aside_with_a_reason(
    letters: list[str], carla: Member, new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    letter, other = letters
    desk = await new_writer(member=carla)
    page = desk.page

    await page.goto(f"{desk.site.address}/admin")
    await page.get_by_role("link", name="could not be followed").click()
    await expect(page.get_by_role("heading", name="Inbox", level=1)).to_be_visible()
    await page.get_by_role("button", name=f"Payload of {letter}").click()
    payload = page.get_by_role("region", name="Payload")
    await expect(payload).to_contain_text("price_1")
    await expect(payload).not_to_contain_text("Not to be read")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=f"Put {letter} aside").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Put aside").click()
    await expect(form.get_by_text("Please give the reason.")).to_be_visible()
    await form.get_by_label("Reason").fill(WHY)
    await form.get_by_role("button", name="Put aside").click()
    await expect(page.get_by_role("button", name=f"Put {letter} aside")).to_have_count(0)
    await page.get_by_role("button", name=f"Put {other} aside").click()
    await expect(form.get_by_label("Reason")).to_have_value("")
    await page.keyboard.press("Escape")
    await page.get_by_label("Id of the event").fill(letter)
    await expect(page.get_by_role("row", name=letter)).to_contain_text("Put aside")

    query = "select status, dismissed_reason from webhook_events where event_id = %s"
    assert await (await owner_db.execute(query, [letter])).fetchone() == ("dismissed", WHY)


@pytest.mark.parametrize("width", [390, 1440])
async def test_an_invitation_is_decided_and_figures_lead_to_their_rows(
    width: int, twins: str, carla: Member, new_writer: NewWriter
):
    desk = await new_writer(member=carla, width=width)
    page = desk.page

    await page.goto(f"{desk.site.address}/admin/payments/invitations")
    await page.get_by_role("button", name=f"It is fine: Dora {twins}").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Reason").fill("Sisters with one tablet.")
    await form.get_by_role("button", name="Let it count").click()
    await expect(page.get_by_role("row", name=f"Dora {twins}")).to_contain_text("Counts")

    await page.goto(f"{desk.site.address}/admin/payments")
    paid = page.get_by_role("link", name="Paid: $")
    await expect(paid).to_have_attribute("href", re.compile(r"^/admin/payments/purchases\?by=purchased&"))
