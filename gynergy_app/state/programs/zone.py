"""What Today says when a device shows another clock than the one the days are counted by."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import timezone_problem
from gynergy_app.domain.journaling import YESTERDAY_CLOSES, local_time
from gynergy_app.guard import member
from gynergy_app.services import sessions, travel
from gynergy_app.state.programs.today import TodayState
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class Asked:
    """Both clocks, and what each answer does. No `title`: nothing is asked."""

    title: str = ""
    words: str = ""
    change_label: str = ""
    change_words: str = ""
    keep_label: str = ""
    keep_words: str = ""


class ZoneState(rx.State):
    """`kept` is a device's clock and the one she kept, for the device to remember."""

    asked: Asked = Asked()
    kept: str = ""

    _device: str = ""

    @rx.event
    async def look(self, device: str, kept: str):
        """A device says what its clock shows, and which clock was kept there before."""
        who = member()
        is_settled = kept == who.timezone or timezone_problem(device) is not None
        self.asked = Asked() if is_settled else ask(who.timezone, device, clock.now())
        self._device = device if self.asked.title else ""

    @rx.event
    async def change(self):
        """Count the days by the device's clock from now on."""
        who, device = member(), self._device
        self._close()
        if not device:
            return None
        async with as_member(who.id) as db:
            await travel.change_timezone(db, who, device, now=clock.now())
        sessions.forget_member(who.id)
        return [
            TodayState.open,
            ShellState.say(f"Your days now follow {device.replace('_', ' ')}.", "success"),
        ]

    @rx.event
    async def keep(self):
        self.kept = f"{self._device} {member().timezone}" if self._device else ""
        self._close()

    def _close(self) -> None:
        self.asked, self._device = Asked(), ""


def ask(counted: str, device: str, now: datetime) -> Asked:
    """Nothing is asked while both clocks show the same, whatever they are called."""
    here, there = local_time(now, counted), local_time(now, device)
    if here == there:
        return Asked()
    home, away = city(counted), city(device)
    return Asked(
        title=f"Your device says {away}; your days are counted in {home}.",
        words=f"It is {there:%A %H:%M} in {away}, and {here:%A %H:%M} in {home}.",
        change_label=f"Count my days in {away}",
        change_words=_consequence(here, there),
        keep_label=f"Keep {home}",
        keep_words=f"Nothing changes, and this device does not ask about {away} again.",
    )


def _consequence(here: datetime, there: datetime) -> str:
    if there.date() > here.date():
        if there.time() < YESTERDAY_CLOSES:
            until = f"{YESTERDAY_CLOSES:%H:%M}"
            return f"It is {there:%A} from now on; {here:%A} can be written until {until} there."
        return (
            f"It is {there:%A} from now on. {here:%A} is over then; without a page it is held "
            "and breaks no streak, once in nine days."
        )
    if there.date() < here.date():
        return f"It is {there:%A} again until it ends there, then {here:%A} once more. Each counts once."
    return f"{here:%A} goes on, and ends by the clock there."


def city(zone: str) -> str:
    """
    >>> city("America/Los_Angeles"), city("UTC")
    ('Los Angeles', 'UTC')
    """
    return zone.rpartition("/")[2].replace("_", " ")
