"""Pages that remember how they read: the earlier versions, one of them opened, and bringing it back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.text import spoken_day
from gynergy_app.guard import entitled, member
from gynergy_app.services.journaling.versions import Earlier, NoSuchVersion, Version
from gynergy_app.state.journaling.writing import PAPER_TITLE, WritingState
from gynergy_app.state.session import picture_url
from gynergy_app.state.shell import ShellState

RESTORED = "That version is back. The one before it is in the list."
STANDS_ALREADY = "That is what stands here already. Nothing was changed."


@dataclass(frozen=True)
class VersionRow:
    """A line of the list."""

    id: str
    saved: str
    begins: str


@dataclass(frozen=True)
class Part:
    """A question and what was answered."""

    title: str
    text: str


@dataclass(frozen=True)
class Reading:
    """The version that is open; no id, none is. `note` says what of it is not shown."""

    id: str = ""
    parts: list[Part] = field(default_factory=list)
    emblem: str = ""
    note: str = ""


class RememberingState(WritingState, mixin=True):
    """What visions and the life map add to a writing page."""

    versions: list[VersionRow] = []
    reading: Reading = Reading()
    is_restoring: bool = False

    async def _open_version(self, db: AsyncSession, who: Member, version_id: UUID, now: datetime) -> Earlier:
        raise NotImplementedError

    async def _restore(self, db: AsyncSession, who: Member, version_id: UUID, now: datetime) -> bool:
        """Whether it changed anything."""
        raise NotImplementedError

    def _read_out(self, earlier: Earlier) -> Reading:
        raise NotImplementedError

    @rx.event
    async def look_at(self, version_id: str):
        """Open a version, or put the open one away."""
        who, now = member(), clock.now()
        if version_id == self.reading.id:
            self.reading = Reading()
            return
        async with as_member(who.id) as db:
            earlier = await self._open_version(db, who, _id(version_id), now)
        self.reading = self._read_out(earlier)

    @entitled(Right.write)
    @rx.event
    async def restore(self, version_id: str):
        """Asked twice, as by a key held down, it is done and said once."""
        who, now, is_open = member(), clock.now(), version_id == self.reading.id
        self.is_restoring = True
        yield
        async with as_member(who.id) as db:
            has_changed = await self._restore(db, who, _id(version_id), now)
        await self._look_again(who)
        if has_changed or is_open:
            self.reading = Reading()
            yield ShellState.say(RESTORED, "success") if has_changed else ShellState.say(STANDS_ALREADY)
            yield rx.set_focus(PAPER_TITLE)

    def _is_closed_to(self, who: Member) -> bool:
        """It is opened to be read then, as in a session that is over."""
        return False

    def _is_to_read(self, who: Member, now: datetime) -> bool:
        return not who.entitlement.allows(Right.write, now)

    def _list(self, versions: Iterable[Version], who: Member) -> None:
        self.versions = [VersionRow(str(each.id), _saved(each, who), each.begins) for each in versions]
        self.is_restoring = False

    async def _look_again(self, who: Member) -> None:
        """Something changed beside the paper: show how the page stands now."""
        async with as_member(who.id) as db:
            page = await self._open(db, who, day=self._day, now=clock.now())
        self._show(page, who)


def as_reading(earlier: Earlier, parts: list[Part], note: str = "") -> Reading:
    return Reading(str(earlier.id), parts, picture_url(earlier.emblem), note)


def _saved(version: Version, who: Member) -> str:
    at = local_time(version.saved_at, who.timezone)
    return f"{spoken_day(at.date())}, {at:%H:%M}"


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise NoSuchVersion from error
