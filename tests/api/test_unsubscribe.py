"""Leaving a reminder from its mail: one press, no account, and nothing happens by looking."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import clock, routes
from gynergy_app.api import create_api
from gynergy_app.db import as_service
from gynergy_app.domain.notifications import Reminder
from gynergy_app.emails.letters import MorningReminder
from gynergy_app.jobs.send_mail import send_one
from gynergy_app.local import kept_mail, mailbox
from gynergy_app.services import mail, unsubscribing
from gynergy_app.settings import settings
from tests.conftest import NewPerson

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def outside() -> httpx.AsyncClient:
    """A mail provider's machine: no cookies, no origin, another site in every header."""
    transport = httpx.ASGITransport(create_api(), client=("203.0.113.9", 1))
    headers = {"sec-fetch-site": "cross-site", "origin": "null", "accept": "text/html"}
    return httpx.AsyncClient(transport=transport, base_url=settings.public_url, headers=headers)


async def switches(owner_db: psycopg.AsyncConnection, person: UUID) -> dict[Reminder, bool]:
    row = await (
        await owner_db.execute(
            "select morning_reminder_enabled, evening_reminder_enabled, streak_warning_enabled,"
            " email_digest_frequency <> 'never'"
            " from profile_settings where user_id = %s",
            [person],
        )
    ).fetchone()
    assert row
    return dict(zip(Reminder, row, strict=True))


@pytest.fixture
async def person(new_person: NewPerson) -> UUID:
    return await new_person("Ana")


def link(person: UUID, reminder: Reminder = Reminder.morning) -> str:
    return routes.unsubscribe(unsubscribing.token(person, reminder))


@pytest.mark.parametrize("reminder", Reminder)
async def test_one_press_switches_off_that_reminder_and_no_other(
    outside: httpx.AsyncClient, person: UUID, reminder: Reminder, owner_db: psycopg.AsyncConnection
):
    answer = await outside.post(link(person, reminder), data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert "is off. It comes no more, neither by mail nor anywhere else." in answer.text
    assert await switches(owner_db, person) == {each: each is not reminder for each in Reminder}


async def test_a_provider_may_send_the_form_as_multipart(
    outside: httpx.AsyncClient, person: UUID, owner_db: psycopg.AsyncConnection
):
    answer = await outside.post(link(person), files={"List-Unsubscribe": (None, "One-Click")})

    assert answer.status_code == 200
    assert not (await switches(owner_db, person))[Reminder.morning]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
async def test_a_scanner_that_opens_the_link_changes_nothing(
    outside: httpx.AsyncClient, person: UUID, method: str, owner_db: psycopg.AsyncConnection
):
    for _ in range(3):
        await outside.request(method, link(person))

    assert all((await switches(owner_db, person)).values())


async def test_the_page_has_one_button_and_hides_its_address(outside: httpx.AsyncClient, person: UUID):
    answer = await outside.get(link(person))

    assert answer.status_code == 200
    assert answer.text.count("<button") == answer.text.count('<form method="post">') == 1
    assert "Switch the morning reminder off" in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


async def test_pressing_twice_is_pressing_once(outside: httpx.AsyncClient, person: UUID):
    first, second = [await outside.post(link(person)) for _ in range(2)]

    assert (first.status_code, first.text) == (second.status_code, second.text)


async def test_an_account_that_is_gone_hears_the_same(outside: httpx.AsyncClient):
    assert (await outside.post(link(uuid4()))).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_we_did_not_sign_opens_nothing(
    outside: httpx.AsyncClient, person: UUID, method: str, owner_db: psycopg.AsyncConnection
):
    signed = unsubscribing.token(person, Reminder.morning)
    signature = signed.rpartition(".")[2]
    forged = [
        signed[:-1],
        signed.replace("morning", "evening"),
        f"{uuid4().hex}.morning.{signature}",
        f"{person.hex}.morning.",
        f"{person.hex}.morning.é",
        "nothing",
    ]

    for token in forged:
        answer = await outside.request(method, routes.unsubscribe(token))
        assert answer.status_code == 404
        assert "This link is not whole" in answer.text
    assert all((await switches(owner_db, person)).values())


async def test_the_mail_itself_names_the_way_out_for_mail_programs(
    outside: httpx.AsyncClient,
    person: UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner_db: psycopg.AsyncConnection,
):
    box = await mailbox.start("127.0.0.1", 0, tmp_path)
    monkeypatch.setattr(settings, "smtp_url", SecretStr(box.url))
    address, letter = f"{person}@example.com", MorningReminder("Ana", "Zero", link(person), program_day=1)
    with clock.travelling(to=NOON):
        async with as_service() as db:
            await mail.enqueue(db, letter, to=address, user_id=person, dedupe_key=f"t:{person}", now=NOON)
        rows = await owner_db.execute("select id from email_messages where user_id = %s", [person])
        [(message_id,)] = await rows.fetchall()
        await send_one(message_id)
    await box.close()

    [kept] = kept_mail.search(tmp_path, address)
    headers = message_from_bytes(kept.source, policy=default)

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    assert url in kept.text
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in kept.source, "as it is, not as an encoded word"
    assert url.startswith(settings.public_url)
    await outside.post(url, data={"List-Unsubscribe": "One-Click"})
    assert not (await switches(owner_db, person))[Reminder.morning]
