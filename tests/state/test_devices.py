"""The devices of a member as her page shows them: which are hers, and whether this is one."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
import reflex as rx
from pydantic import SecretStr

from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Invalid
from gynergy_app.guard import acting_as
from gynergy_app.local.environment import push_key
from gynergy_app.local.push import PushService
from gynergy_app.settings import settings
from gynergy_app.state.accounts import DevicesState, PreferencesState
from tests.devices import Device

Open = Callable[[type[rx.State]], Awaitable[Any]]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> PushService:
    """Only its addresses are needed here: nothing is sent."""
    monkeypatch.setattr(settings, "vapid_private_key", SecretStr(push_key()))
    monkeypatch.setattr(settings, "push_service_url", "http://127.0.0.1:9")
    return PushService(settings.push_service_url)


@pytest.fixture
async def ana_at(ana: UUID) -> Member:
    return Member(ana, f"{ana}@example.com", "Ana", "Silva", "Europe/Lisbon")


async def a_tab(a_screen: Open) -> Any:
    tab = await a_screen(DevicesState)
    await DevicesState.open.fn(tab)  # pyright: ignore[reportFunctionMemberAccess]
    return tab


async def add(tab: Any, device: Device) -> None:
    at = device.address
    await DevicesState.add.fn(tab, at.endpoint, at.p256dh, at.auth)  # pyright: ignore[reportFunctionMemberAccess]


async def test_a_browser_that_is_added_is_here_and_elsewhere_it_is_another(
    a_screen: Open, ana_at: Member, service: PushService
):
    phone, laptop = Device(service), Device(service)
    with acting_as(ana_at):
        tab = await a_tab(a_screen)
        assert (tab.is_here, tab.has_any, tab.others) == (False, False, [])
        await add(tab, phone)
        assert (tab.is_here, tab.has_any, tab.others) == (True, True, [])

        elsewhere = await a_tab(a_screen)
        await DevicesState.look.fn(elsewhere, laptop.endpoint)  # pyright: ignore[reportFunctionMemberAccess]

    assert not elsewhere.is_here
    assert [row.name for row in elsewhere.others] == ["Unknown device"]


async def test_stopping_here_and_removing_there(a_screen: Open, ana_at: Member, service: PushService):
    phone, laptop = Device(service), Device(service)
    with acting_as(ana_at):
        tab = await a_tab(a_screen)
        await add(tab, phone)
        await add(tab, laptop)
        [other] = tab.others

        await DevicesState.remove.fn(tab, other.id)  # pyright: ignore[reportFunctionMemberAccess]
        assert (tab.is_here, tab.others) == (True, [])
        await DevicesState.stop_here.fn(tab)  # pyright: ignore[reportFunctionMemberAccess]

    assert (tab.is_here, tab.has_any) == (False, False)


async def test_nobody_removes_the_device_of_another(
    a_screen: Open, ana_at: Member, ben: UUID, service: PushService, owner_db: psycopg.AsyncConnection
):
    with acting_as(ana_at):
        hers = await a_tab(a_screen)
        await add(hers, Device(service))
        [device_id] = [str(row[0]) for row in await ids(owner_db, ana_at.id)]

    with acting_as(Member(ben, "", "Ben", "", "UTC")):
        his = await a_tab(a_screen)
        await DevicesState.remove.fn(his, device_id)  # pyright: ignore[reportFunctionMemberAccess]

    assert his.others == []
    assert [str(row[0]) for row in await ids(owner_db, ana_at.id)] == [device_id]


async def ids(owner_db: psycopg.AsyncConnection, person: UUID) -> list[tuple[UUID]]:
    rows = await owner_db.execute("select id from push_subscriptions where user_id = %s", [person])
    return await rows.fetchall()


@pytest.mark.parametrize("endpoint", ["", "http://10.0.0.1/x", "javascript:alert(1)"])
async def test_what_is_no_browser_is_not_taken(
    a_screen: Open, ana_at: Member, service: PushService, endpoint: str
):
    keys = Device(service).address
    with acting_as(ana_at):
        tab = await a_tab(a_screen)
        with pytest.raises(Invalid):
            await DevicesState.add.fn(tab, endpoint, keys.p256dh, keys.auth)  # pyright: ignore[reportFunctionMemberAccess]

    assert not tab.has_any


@pytest.mark.parametrize(("said", "kept"), [("never", "never"), ("weekly", "weekly")])
async def test_looking_back_is_on_or_off(
    a_screen: Open, ana_at: Member, said: str, kept: str, owner_db: psycopg.AsyncConnection
):
    with acting_as(ana_at):
        tab = await a_screen(PreferencesState)
        await PreferencesState.open.fn(tab)  # pyright: ignore[reportFunctionMemberAccess]
        assert tab.choices.email_digest_frequency == "daily"
        await PreferencesState.choose.fn(tab, "email_digest_frequency", said)  # pyright: ignore[reportFunctionMemberAccess]

    row = await owner_db.execute(
        "select email_digest_frequency from profile_settings where user_id = %s", [ana_at.id]
    )
    assert await row.fetchone() == (kept,)
