"""A friend code somebody was given: what it promises, and using it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import perf_counter
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.notifications.money_notices import code_used_notice
from gynergy_app.domain.payments.codes import CodeState, Refusal, read_code
from gynergy_app.domain.programs import can_enroll
from gynergy_app.errors import Conflict
from gynergy_app.repositories import friend_codes, purchases, session_enrollments
from gynergy_app.repositories.friend_codes import Outcome, Seen
from gynergy_app.routes import FRIEND_CODES
from gynergy_app.services import events, notifications, programs, rate_limits, referrals
from gynergy_app.services.events import EventType
from gynergy_app.services.payments import arriving, code_mailing
from gynergy_app.services.programs import SessionFull

PER = timedelta(hours=1)
PER_ACCOUNT, PER_ADDRESS = 10, 60
"""Enough for a hand that slips and for a room full of friends; nothing against 31 to the sixth."""

PACE = 0.35
"""Seconds every answer about a code takes: how long it took says nothing about the code."""

TOO_MANY = "Codes can be tried a few times an hour. Please wait {wait}, and compare yours meanwhile."


class CodeRefused(Conflict):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


@dataclass(frozen=True)
class Invitation:
    """What a code promises whoever holds it. With a `refusal` it promises nothing.

    `giver` is empty unless she agreed to be named. Without `starts_on` the next start is free to choose.
    """

    code: str
    refusal: Refusal | None
    giver: str = ""
    valid_until: datetime | None = None
    session_id: UUID | None = None
    label: str = ""
    starts_on: date | None = None
    is_full: bool = False


@dataclass(frozen=True)
class Redeemed:
    """`session_id` is where she has a place now; None where she is still to choose her start."""

    purchase_id: UUID
    session_id: UUID | None


@asynccontextmanager
async def a_try(member: Member | None, address: str, *, now: datetime) -> AsyncIterator[None]:
    """Around whatever asks about a code: few an hour, and each as long as any other. Raises `TooMany`.

    Stands outside the door to the database: a count outlives what is refused, and nothing waits in there.
    """
    begun = perf_counter()
    await rate_limits.allow(f"friend-code:from:{address}", PER_ADDRESS, PER, now, TOO_MANY)
    if member:
        await rate_limits.allow(f"friend-code:by:{member.id}", PER_ACCOUNT, PER, now, TOO_MANY)
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, begun + PACE - perf_counter()))


async def look_at(db: AsyncSession, typed: str, *, now: datetime) -> Invitation:
    """For the page of a code, whoever opens it. Ask inside `a_try`."""
    read = read_code(typed)
    async with elevated(db):
        seen = await friend_codes.look_at(db, read.code, now)
    refusal = read.refusal or _refusal(seen)
    if refusal:
        return Invitation(read.code, refusal)
    is_open = seen.starts_on is not None and can_enroll(seen.starts_on, now.date())
    return Invitation(
        code=read.code,
        refusal=None,
        giver=seen.giver_name or "",
        valid_until=seen.valid_until,
        session_id=seen.session_id if is_open else None,
        label=(seen.label or "") if is_open else "",
        starts_on=seen.starts_on if is_open else None,
        is_full=is_open and seen.places_left == 0,
    )


def _refusal(seen: Seen) -> Refusal | None:
    if seen.is_own:
        return Refusal.own
    return None if seen.state is CodeState.open else Refusal(seen.state)


async def redeem(
    db: AsyncSession,
    member: Member,
    typed: str,
    *,
    now: datetime,
    session_id: UUID | None = None,
    is_named: bool = False,
) -> Redeemed:
    """Use a code: access, and a place in the giver's cohort, or in the session that was chosen instead.

    `is_named`: the giver may hear the first name of whoever used it. Raises `CodeRefused`, and then
    everything is as before: the code too. Ask inside `a_try`.
    """
    async with elevated(db):
        code, seen = await _open_code(db, typed, now)
        await session_enrollments.hold_practice(db, member.id)
        destination = session_id or await _destination(db, member, seen, now)
        if destination:
            await purchases.hold_session(db, destination)
        spent = await friend_codes.redeem(db, code, member.id, destination, now)
        if spent.outcome != "redeemed" or spent.purchase_id is None:
            raise CodeRefused(Refusal(spent.outcome))
        await _take_place(db, member, destination, now)
        await referrals.convert(db, member.id, spent.purchase_id, now=now)
        events.record(db, EventType.friend_code_redeemed, member, code_id=str(spent.code_id))
        await _tell_both(db, member, code, spent, member.first_name if is_named else "", now)
    return Redeemed(spent.purchase_id, destination)


async def _tell_both(
    db: AsyncSession, member: Member, code: str, spent: Outcome, redeemer: str, now: datetime
) -> None:
    living = await arriving.lives_a_session(db, member, now=now)
    enrolled = await programs.current_enrollment(db, member, now=now) if living else None
    if spent.purchase_id:
        await code_mailing.place_given(db, member, spent.purchase_id, enrolled, now=now)
    if spent.giver_id and spent.code_id:
        notice = code_used_notice(code, spent.code_id, redeemer)
        await notifications.tell_another(db, spent.giver_id, notice, href=FRIEND_CODES, now=now)
        await code_mailing.ask_to_tell_giver(db, spent.code_id, redeemer)


async def own_place(db: AsyncSession, typed: str) -> Redeemed | None:
    """What the caller has by this code already: whoever presses twice, or comes back, is not refused."""
    async with elevated(db):
        place = await friend_codes.own_place(db, read_code(typed).code)
    return Redeemed(place.purchase_id, place.session_id) if place else None


async def _open_code(db: AsyncSession, typed: str, now: datetime) -> tuple[str, Seen]:
    """A code that could be used just now. Of a crowd at one code most hear here that it is used."""
    read = read_code(typed)
    seen = await friend_codes.look_at(db, read.code, now)
    if refusal := read.refusal or _refusal(seen):
        raise CodeRefused(refusal)
    return read.code, seen


async def _destination(db: AsyncSession, member: Member, seen: Seen, now: datetime) -> UUID | None:
    """The giver's session while it takes people in, else the next start with room; none for who lives one."""
    if await arriving.lives_a_session(db, member, now=now):
        return None
    today = clock.day_in(member.timezone, now)
    if seen.session_id and seen.starts_on and can_enroll(seen.starts_on, today):
        return seen.session_id
    offer = programs.find_current(await programs.open_sessions(db, member, now=now))
    return offer.session_id if offer else None


async def _take_place(db: AsyncSession, member: Member, session_id: UUID | None, now: datetime) -> None:
    if session_id is None or await session_enrollments.find(db, session_id, member.id):
        return
    try:
        await programs.enroll(db, member, session_id, now=now)
    except SessionFull as full:
        raise CodeRefused(Refusal.cohort_full) from full
