"""Which browsers show a member's reminders, and whether this is one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.devices import device_name
from gynergy_app.guard import member
from gynergy_app.services import devices
from gynergy_app.services.devices import Address


@dataclass(frozen=True)
class DeviceRow:
    id: str
    name: str
    since: str


class DevicesState(rx.State):
    key: str = ""
    """What a browser subscribes with; empty where nothing is sent to devices."""
    others: list[DeviceRow] = []
    is_here: bool = False
    has_any: bool = False
    has_others: bool = False
    _endpoint: str = ""
    _here: str = ""

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            await self._list(db, who)

    @rx.event
    async def look(self, endpoint: str):
        """This browser says where it can be reached; empty when nowhere."""
        who = member()
        self._endpoint = endpoint
        async with as_member(who.id) as db:
            await self._list(db, who)

    @rx.event
    async def add(self, endpoint: str, p256dh: str, auth: str):
        who, agent = member(), self.router.headers.user_agent
        async with as_member(who.id) as db:
            await devices.add(db, who, Address(endpoint, p256dh, auth), agent, now=clock.now())
            self._endpoint = endpoint
            await self._list(db, who)

    @rx.event
    async def stop_here(self):
        await self._remove(self._here)

    @rx.event
    async def remove(self, device_id: str):
        await self._remove(device_id)

    async def _remove(self, device_id: str) -> None:
        who = member()
        async with as_member(who.id) as db:
            if device_id:
                await devices.remove(db, who, UUID(device_id))
            await self._list(db, who)

    async def _list(self, db: AsyncSession, who: Member) -> None:
        found = await devices.of_member(db, who)
        here = next((device for device in found if device.endpoint == self._endpoint), None)
        self.key = devices.key()
        self.is_here, self.has_any, self._here = here is not None, bool(found), str(here.id) if here else ""
        self.others = [_row(device, who.timezone) for device in found if device is not here]
        self.has_others = bool(self.others)


def _row(device: Any, timezone: str) -> DeviceRow:
    return DeviceRow(
        str(device.id), device_name(device.user_agent), f"Since {_spoken(device.created_at, timezone)}."
    )


def _spoken(moment: datetime, timezone: str) -> str:
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%B %Y}"
