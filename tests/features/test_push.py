"""Reminders on devices: once each, sealed, never late, and forgotten with the browser."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from pydantic import SecretStr
from sqlmodel import select

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.errors import Conflict
from gynergy_app.jobs import send_push
from gynergy_app.jobs.reminders import sweep
from gynergy_app.local.environment import push_key
from gynergy_app.local.push import PushService
from gynergy_app.models.notifications import PushMessage
from gynergy_app.services import devices
from gynergy_app.settings import settings
from tests.devices import Device, a_push_service
from tests.features.conftest import Living, NewLiving

Rows = Callable[[Living], Awaitable[list[tuple[str, int]]]]


@pytest.fixture
async def service(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PushService]:
    monkeypatch.setattr(settings, "vapid_private_key", SecretStr(push_key()))
    async with a_push_service() as service:
        monkeypatch.setattr(settings, "push_service_url", service.url)
        yield service


@pytest.fixture
def outbox(owner_db: psycopg.AsyncConnection) -> Rows:
    async def read(living: Living) -> list[tuple[str, int]]:
        query = "select status, attempts from push_messages where user_id = %s order by created_at"
        return await (await owner_db.execute(query, [living.member.id])).fetchall()

    return read


async def a_device(living: Living, service: PushService, hour: int = 6) -> Device:
    device = Device(service)
    async with as_member(living.member.id) as db:
        await devices.add(db, living.member, device.address, "Firefox on Linux", now=living.at(1, hour))
    return device


async def minutes_pass(service: PushService, living: Living, moment: datetime) -> None:
    """Two workers, each sweeping and each sending what is due."""
    service.now = lambda: moment
    with clock.travelling(to=moment):
        await asyncio.gather(sweep(), sweep())
        await asyncio.gather(send_push.send_due(), send_push.send_due(), *await of(living))


async def of(living: Living) -> list[Awaitable[bool]]:
    """The jobs of this member's notices, as the transaction that wrote them enqueued them."""

    async with as_service() as db:
        found = await db.exec(select(PushMessage.id).where(PushMessage.user_id == living.member.id))
        return [send_push.send_one(message_id) for message_id in found.all()]


async def test_each_device_shows_a_reminder_once_with_two_workers(
    living: Living, service: PushService, outbox: Rows
):
    phone, laptop = await a_device(living, service), await a_device(living, service)

    await minutes_pass(service, living, living.at(1, 7))
    await minutes_pass(service, living, living.at(1, 7, 5))

    assert (phone.taken, laptop.taken) == (1, 1)
    assert await outbox(living) == [("sent", 1), ("sent", 1)]
    [shown] = phone.read()
    assert shown | {"tag": ""} == {
        "title": "The morning page is open",
        "body": "Day 1.",
        "href": "/journal/morning",
        "tag": "",
    }


async def test_what_is_sent_says_nothing_of_what_she_wrote(living: Living, service: PushService):
    device = await a_device(living, service)
    await living.whole_day(7)

    await minutes_pass(service, living, living.at(8, 7))

    [shown] = device.read()
    assert (shown["title"], shown["href"]) == ("Week 1 is behind you", "/history")
    assert not any(character.isdigit() for character in shown["body"])


async def test_a_browser_that_left_is_forgotten_and_keeps_no_other_waiting(
    living: Living, service: PushService, owner_db: psycopg.AsyncConnection
):
    gone, here = await a_device(living, service), await a_device(living, service)
    service.leave(gone.endpoint)

    await minutes_pass(service, living, living.at(1, 7))

    rows = await owner_db.execute(
        "select endpoint from push_subscriptions where user_id = %s", [living.member.id]
    )
    assert await rows.fetchall() == [(here.endpoint,)]
    assert here.taken == 1


async def test_a_busy_service_is_asked_again_when_it_said(living: Living, service: PushService, outbox: Rows):
    device = await a_device(living, service)
    service.busy_for = "180"

    await minutes_pass(service, living, living.at(1, 7))
    service.busy_for = None
    await minutes_pass(service, living, living.at(1, 7) + timedelta(seconds=179))
    assert (device.taken, await outbox(living)) == (0, [("queued", 1)])
    await minutes_pass(service, living, living.at(1, 7, 3))

    assert (device.taken, await outbox(living)) == (1, [("sent", 2)])


async def test_what_could_not_leave_before_the_quiet_hours_stays_here(
    living: Living, service: PushService, outbox: Rows, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "update profile_settings set evening_reminder_time = '21:50' where user_id = %s", [living.member.id]
    )
    device = await a_device(living, service)
    service.busy_for = "60"

    await minutes_pass(service, living, living.at(1, 21, 50))
    service.busy_for = None
    await minutes_pass(service, living, living.at(1, 22))

    assert (device.taken, await outbox(living)) == (0, [("cancelled", 2)])


async def test_a_device_that_is_away_is_not_woken_after_the_hour(living: Living, service: PushService):
    device = await a_device(living, service)

    await minutes_pass(service, living, living.at(1, 7, 10))

    [waiting] = device.waiting
    assert waiting.ttl == 45 * 60


async def test_a_sender_that_died_is_taken_over_and_the_device_shows_one(
    living: Living, service: PushService, owner_db: psycopg.AsyncConnection
):
    device = await a_device(living, service)
    await minutes_pass(service, living, living.at(1, 7))
    await owner_db.execute(
        "update push_messages set status = 'sending', claimed_until = %s where user_id = %s",
        [living.at(1, 7, 1), living.member.id],
    )

    await minutes_pass(service, living, living.at(1, 7, 2))

    assert (device.taken, len(device.read())) == (2, 1)


async def test_switched_off_nothing_is_promised(
    living: Living, service: PushService, outbox: Rows, owner_db: psycopg.AsyncConnection
):
    await a_device(living, service)
    await owner_db.execute(
        "update profile_settings set push_enabled = false where user_id = %s", [living.member.id]
    )

    await minutes_pass(service, living, living.at(1, 7))

    assert await outbox(living) == []


async def test_without_a_key_reminders_come_as_before(
    living: Living, service: PushService, outbox: Rows, monkeypatch: pytest.MonkeyPatch
):
    await a_device(living, service)
    monkeypatch.setattr(settings, "vapid_private_key", SecretStr(""))

    with clock.travelling(to=living.at(1, 7)):
        assert await sweep() >= 1

    assert await outbox(living) == []


class TestDevices:
    async def test_the_same_browser_twice_is_one(self, living: Living, service: PushService):
        device = Device(service)
        async with as_member(living.member.id) as db:
            for _ in range(2):
                await devices.add(db, living.member, device.address, None, now=living.at(1, 6))
            assert len(await devices.of_member(db, living.member)) == 1

    async def test_somebody_elses_browser_is_not_taken_over(
        self, new_living: NewLiving, service: PushService
    ):
        ana, ben = await new_living("Ana"), await new_living("Ben")
        device = await a_device(ana, service)

        with pytest.raises(Conflict):
            async with as_member(ben.member.id) as db:
                await devices.add(db, ben.member, device.address, None, now=ben.at(1, 6))

    async def test_nobody_removes_or_moves_the_browser_of_another(
        self, new_living: NewLiving, service: PushService, owner_db: psycopg.AsyncConnection
    ):
        ana, ben = await new_living("Ana"), await new_living("Ben")
        device, other = await a_device(ana, service), Device(service)
        [(device_id,)] = await ids(owner_db, ana)

        async with as_member(ben.member.id) as db:
            await devices.remove(db, ben.member, device_id)
            await devices.move(db, ben.member, device.endpoint, other.address)
            await devices.remove_all(db, ben.member)

        assert await ids(owner_db, ana) == [(device_id,)]

    async def test_the_oldest_makes_room(
        self, living: Living, service: PushService, owner_db: psycopg.AsyncConnection
    ):
        first, *_ = [await a_device(living, service, hour) for hour in range(6, 7 + devices.MOST)]

        rows = await owner_db.execute(
            "select endpoint from push_subscriptions where user_id = %s", [living.member.id]
        )
        found = {row[0] for row in await rows.fetchall()}
        assert len(found) == devices.MOST
        assert first.endpoint not in found


async def ids(owner_db: psycopg.AsyncConnection, living: Living) -> list[tuple[UUID]]:
    query = "select id from push_subscriptions where user_id = %s"
    return await (await owner_db.execute(query, [living.member.id])).fetchall()
