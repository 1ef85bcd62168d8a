"""A browser whose push service gave it a new address goes on showing its own member's reminders."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.local.environment import push_key
from gynergy_app.local.push import PushService
from gynergy_app.services import devices
from gynergy_app.settings import settings
from tests.api.conftest import Visitor
from tests.devices import Device

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> PushService:
    monkeypatch.setattr(settings, "vapid_private_key", SecretStr(push_key()))
    monkeypatch.setattr(settings, "push_service_url", "http://127.0.0.1:9")
    return PushService(settings.push_service_url)


async def a_device_of(person: UUID, service: PushService) -> Device:
    device, who = Device(service), Member(person, "", "Ana", "", "UTC")
    async with as_member(person) as db:
        await devices.add(db, who, device.address, None, now=NOON)
    return device


async def endpoints(owner_db: psycopg.AsyncConnection, person: UUID) -> list[str]:
    rows = await owner_db.execute("select endpoint from push_subscriptions where user_id = %s", [person])
    return [row[0] for row in await rows.fetchall()]


def moved(former: str, device: Device) -> dict[str, str]:
    at = device.address
    return {"former": former, "endpoint": at.endpoint, "p256dh": at.p256dh, "auth": at.auth}


async def test_a_browser_moves_to_its_new_address(
    ana: Visitor, email: str, id_of: Callable, service: PushService, owner_db: psycopg.AsyncConnection
):
    person = await id_of(email)
    former, fresh = await a_device_of(person, service), Device(service)

    answer = await ana.post(routes.PUSH_MOVED, **moved(former.endpoint, fresh))

    assert answer.status_code == 204
    assert await endpoints(owner_db, person) == [fresh.endpoint]


async def test_the_browser_of_another_stays_where_it_is(
    ana: Visitor, ben: UUID, service: PushService, owner_db: psycopg.AsyncConnection
):
    his = await a_device_of(ben, service)

    answer = await ana.post(routes.PUSH_MOVED, **moved(his.endpoint, Device(service)))

    assert answer.status_code == 204
    assert await endpoints(owner_db, ben) == [his.endpoint]


async def test_strangers_other_sites_and_nonsense_are_refused(
    ana: Visitor, visitor: Visitor, service: PushService, email: str, id_of: Callable
):
    former = await a_device_of(await id_of(email), service)
    form = moved(former.endpoint, Device(service))
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}

    assert (await ana.http.post(routes.PUSH_MOVED, data=form, headers=foreign)).status_code == 403
    assert (await ana.post(routes.PUSH_MOVED, **{**form, "endpoint": "http://10.0.0.1/x"})).status_code == 422
    assert (await Visitor().post(routes.PUSH_MOVED, **form)).status_code == 401


async def test_signing_out_everywhere_leaves_no_device_behind(
    ana: Visitor, email: str, id_of: Callable, service: PushService, owner_db: psycopg.AsyncConnection
):
    person = await id_of(email)
    await a_device_of(person, service)

    await ana.post("/auth/sign-out-everywhere")

    assert await endpoints(owner_db, person) == []
