"""Living the demo people's days: every page goes through the services, at its own moment of the past."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.operator.demo import buying, people, visions, words
from gynergy_app.operator.demo.people import ACTION, CHALLENGE, EVENING, MORNING, REFLECTION, Person
from gynergy_app.services import welcoming
from gynergy_app.services.journaling import challenges, gratitude_actions, meditations, pages, weekly
from gynergy_app.services.welcoming import Arrival

HOURS: Mapping[str, int] = {MORNING: 7, ACTION: 12, CHALLENGE: 18, EVENING: 21, REFLECTION: 22}
EARLY = frozenset({"Ana", "Giulia", "Kofi"})
"""They write before seven."""


async def live(person: Person, member: Member, session_id: UUID, start: date, *, code: str = "") -> None:
    """Join on the day before the first, then write each day's pages in the order of the clock, up to now.

    `code`: a friend's, where the place was given and not bought.
    """
    present = clock.now()
    await _join(person, member, session_id, start, code)
    ahead = visions.finished(person, member, start)
    for number, kept in enumerate(person.days, start=1):
        day = start + timedelta(days=number - 1)
        for page in sorted(kept, key=HOURS.__getitem__):
            moment = _moment(person, day, number, page)
            while ahead and ahead[0][0] <= min(moment, present):
                await visions.finish(member, *ahead.pop(0))
            if moment > present:
                return
            with clock.travelling(moment):
                await _write(person, member, page, day, number, moment)
    for planned in ahead:
        await visions.finish(member, *planned)


async def arrive(person: Person, member: Member) -> None:
    """Settle in without a place, as an admin does."""
    async with as_member(member.id) as db:
        await welcoming.settle_in(db, member, _arrival(person), now=clock.now())


def _arrival(person: Person) -> Arrival:
    return Arrival(person.first_name, person.last_name, person.timezone, "06:40", "21:30")


async def _join(person: Person, member: Member, session_id: UUID, start: date, code: str) -> None:
    """Her place follows from what she paid, or was given."""
    moment = min(eve_of(start), clock.now())
    with clock.travelling(moment):
        async with as_member(member.id) as db:
            await welcoming.settle_in(db, member, _arrival(person), now=moment)
        await (buying.redeem(member, code) if code else buying.buy(member, session_id))


def eve_of(start: date) -> datetime:
    return datetime.combine(start - timedelta(days=1), time(18), UTC)


def _moment(person: Person, day: date, number: int, page: str) -> datetime:
    hour = 6 if page == MORNING and person.first_name in EARLY else HOURS[page]
    wall = time(hour, words.minutes(person.first_name, number, page))
    return datetime.combine(day, wall, ZoneInfo(person.timezone)).astimezone(UTC)


async def _write(person: Person, member: Member, page: str, day: date, number: int, moment: datetime) -> None:
    name = person.first_name
    new: Any = {"day": day, "base_revision": 0, "now": moment}
    async with as_member(member.id) as db:
        match page:
            case people.ACTION:
                await gratitude_actions.finish(db, member, words.action(name, number), **new)
            case people.CHALLENGE:
                await _take_up(db, member, number, new)
            case people.REFLECTION:
                await weekly.finish(db, member, words.reflection(name, number), **new)
            case people.MORNING:
                await pages.finish(db, member, JournalType.morning, words.morning(name, number), **new)
            case _:
                await pages.finish(db, member, JournalType.evening, words.evening(name, number), **new)


async def _take_up(db: AsyncSession, member: Member, number: int, new: dict[str, Any]) -> None:
    """A challenge is written about; the one of sitting still is answered by a sitting."""
    name = member.first_name
    week = await challenges.open_challenge(db, member, day=new["day"], now=new["now"])
    if week.challenge.is_meditation:
        await meditations.log(db, member, words.sitting(name, number), **new)
    else:
        await challenges.finish(db, member, words.challenge(name, number), **new)
