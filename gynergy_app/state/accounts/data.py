"""What is kept about a member: taking it along, bringing it back, leaving."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import ArchiveStatus, Member
from gynergy_app.domain.accounts.archives import TIME_TO_UNDO, UNDER_WAY
from gynergy_app.domain.accounts.consents import ConsentKind
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.offers import spoken_price
from gynergy_app.domain.payments.parting import Meanwhile
from gynergy_app.domain.text import spoken_day
from gynergy_app.guard import member
from gynergy_app.services import consents, deletion, flash, rate_limits
from gynergy_app.services.archives import exporting, importing
from gynergy_app.services.archives.exporting import Wish
from gynergy_app.services.archives.importing import Brought
from gynergy_app.services.consents import Agreement
from gynergy_app.services.payments import leaving
from gynergy_app.services.payments.leaving import Parting

LOOKS, EVERY_SECONDS = 60, 2.0
"""How often, and for how long, the page looks by itself whether an archive is done."""
MOST_ARCHIVES, PER = 6, timedelta(days=1)

CONSENTS = {
    ConsentKind.terms: ("Terms", routes.TERMS),
    ConsentKind.privacy: ("Privacy notice", routes.PRIVACY),
    ConsentKind.reminder_mail: ("Reminders by e-mail", f"{routes.PREFERENCES}#reminders"),
    ConsentKind.friend_code_name: ("Your first name on your friend codes", routes.FRIEND_CODES),
}


@dataclass(frozen=True)
class Way:
    """How an archive is getting on. `href` leads to the file once there is one."""

    is_under_way: bool = False
    is_failed: bool = False
    title: str = ""
    words: str = ""
    href: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class ConsentRow:
    name: str
    words: str
    href: str


class DataState(rx.State):
    export: Way = Way()
    brought: Way = Way()
    consents: list[ConsentRow] = []
    leaves_on: str = ""
    meanwhile: str = ""
    """What a journal subscription may still cost before the account goes; empty without one."""
    is_anonymous: bool = False
    is_admin: bool = False
    problems: dict[str, str] = {}
    typed: dict[str, str] = {}
    note: str = ""
    is_good_news: bool = False
    has_just_brought: bool = False
    """Whether the form before this page sent an archive: then how it is getting on stands above it all."""
    is_loaded: bool = False

    @rx.event
    async def open(self):
        who = member()
        left = flash.find(self.router.headers.cookie, routes.DATA) or flash.Flash(routes.DATA)
        self.problems, self.typed = left.problems, left.typed
        self.note, self.is_good_news = left.note or (_SEE_BELOW if left.problems else ""), left.is_good_news
        self.has_just_brought = left.note == importing.TAKEN
        if self.has_just_brought:
            self.note = ""
        self.is_anonymous, self.is_admin = who.is_anonymous, who.is_admin
        await self._show(who)
        self.is_loaded = True
        return DataState.watch if self._is_waiting() else None

    @rx.event
    async def ask(self):
        """One archive, please. A second click while it is being made asks for no other."""
        who, now = member(), clock.now()
        await self._show(who)
        if self.export.is_under_way:
            return None
        await rate_limits.allow(f"archive:{who.id}", MOST_ARCHIVES, PER, now, _ENOUGH)
        async with as_member(who.id) as db:
            await exporting.ask(db, who, now=now)
        await self._show(who)
        return DataState.watch

    @rx.event(background=True)
    async def watch(self):
        """Look again until it is done; afterwards the bell tells of it."""
        for _ in range(LOOKS):
            await asyncio.sleep(EVERY_SECONDS)
            async with self:
                await self._show(member())
                if not self._is_waiting():
                    return

    def _is_waiting(self) -> bool:
        return self.export.is_under_way or self.brought.is_under_way

    async def _show(self, who: Member) -> None:
        now = clock.now()
        async with as_member(who.id) as db:
            self.export = _export(who, await exporting.latest(db, who), now)
            self.brought = _import(await importing.latest(db, who))
            self.consents = await _consents(db, who)
            leaves_at = await deletion.leaves_at(db, who)
            parting = await leaving.parting(db, who.id, leaves_at or now + TIME_TO_UNDO)
        self.meanwhile = _meanwhile(who, parting) if parting else ""
        self.leaves_on = _spoken(who, leaves_at) if leaves_at else ""


_SEE_BELOW = "Nothing was changed. Beside the field below stands what is missing."
_ENOUGH = "Six archives in a day are enough. Please ask again tomorrow, or fetch the last one."


def _export(who: Member, row: Wish | None, now: datetime) -> Way:
    if row is None:
        return Way()
    if row.status in UNDER_WAY:
        return Way(
            True, title="Your archive is being made.", words="You can leave this page: the bell tells you."
        )
    if row.status == ArchiveStatus.failed:
        return Way(
            is_failed=True,
            title="The archive could not be made.",
            words=f"{row.error} Nothing you wrote is touched.".strip(),
        )
    if row.status == ArchiveStatus.ready and row.expires_at and row.expires_at > now:
        return Way(
            title="Your archive is ready.",
            words=f"{_size(row.size_bytes)}, to be fetched until {_spoken(who, row.expires_at)}.",
            href=routes.archive(str(row.id)),
            sha256=row.sha256,
        )
    made = f"The last one was made on {_spoken(who, row.ready_at)} and is removed." if row.ready_at else ""
    return Way(words=made)


def _import(row: Brought | None) -> Way:
    if row is None:
        return Way()
    if row.status in UNDER_WAY:
        return Way(
            True, title="Your archive is being read.", words="You can leave this page: the bell tells you."
        )
    if row.status == ArchiveStatus.failed:
        return Way(is_failed=True, title="Nothing was taken in.", words=row.error)
    return Way(title="Your archive is back.", words=row.told)


async def _consents(db: AsyncSession, who: Member) -> list[ConsentRow]:
    return [_consent(who, agreement) for agreement in await consents.of_member(db, who)]


def _consent(who: Member, agreement: Agreement) -> ConsentRow:
    name, href = CONSENTS[agreement.kind]
    if agreement.kind in (ConsentKind.reminder_mail, ConsentKind.friend_code_name):
        state = "On" if agreement.is_on else "Off"
        words = (
            f"{state} since {_spoken(who, agreement.since)}." if agreement.since else f"{state}, as it began."
        )
    else:
        words = f"Wording of {agreement.version}, agreed to on {_spoken(who, agreement.since)}."
    return ConsentRow(name, words, href)


def _meanwhile(who: Member, parting: Parting) -> str:
    ends = "Your journal subscription ends with the account"
    match parting.meanwhile:
        case Meanwhile.charged:
            on, price = _spoken(who, parting.charged_at), spoken_price(parting.price)
            return f"{ends}. Before that, on {on}, {price} is charged for it, unless you cancel it first."
        case Meanwhile.owed:
            return (
                f"{ends}. A payment for it did not come, and until then the payment service may try the card "
                "again, unless you cancel it first."
            )
        case Meanwhile.nothing:
            return f"{ends}, and nothing more is charged for it."


def _spoken(who: Member, moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = local_time(moment, who.timezone)
    return f"{spoken_day(local.date())} at {local:%H:%M}"


def _size(count: int) -> str:
    """
    >>> _size(900), _size(1_500_000)
    ('1 KB', '1.5 MB')
    """
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} KB"
