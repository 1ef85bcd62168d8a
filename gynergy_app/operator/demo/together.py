"""What the people of the running cohort show and send one another, each word at its own moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.encouragements import EncouragementKind, Words
from gynergy_app.operator.demo.people import RUNNING, Person
from gynergy_app.repositories import book_sessions
from gynergy_app.services import encouragements
from gynergy_app.services.gamification import shelf


@dataclass(frozen=True)
class Sent:
    """On a programme day at an hour of the sender's clock."""

    day: int
    hour: int
    sender: str
    to: str
    words: Words


def _own(words: str) -> Words:
    return Words(EncouragementKind.custom, words)


SENT = (
    Sent(2, 19, "Giulia", "Marek", Words(EncouragementKind.keep_going)),
    Sent(3, 8, "Lucia", "Ana", _own("A day without a page is a day too. Good to see you here.")),
    Sent(5, 21, "Ana", "Imre", Words(EncouragementKind.youve_got_this)),
    Sent(6, 20, "Chidi", "Ana", Words(EncouragementKind.great_job)),
    Sent(7, 13, "Ana", "Ben", _own("Thank you for the walk on Sunday. It got me to the page.")),
    Sent(8, 7, "Kofi", "Giulia", Words(EncouragementKind.proud_of_you)),
    Sent(8, 21, "Ben", "Ana", _own("Seven in a row. I started again because you did.")),
)


SHOWN = {"Chidi": 2, "Giulia": 3, "Kofi": 1}
"""How many of her badges somebody shows: the latest."""


async def live(members: Mapping[Person, Member], session_id: UUID, start: date) -> None:
    by_name = {person.first_name: member for person, member in members.items() if person.cohort == RUNNING}
    for name, many in SHOWN.items():
        await _show(by_name[name], many)
    for sent in SENT:
        await _send(sent, by_name[sent.sender], by_name[sent.to], session_id, start)


async def _show(member: Member, many: int) -> None:
    now = clock.now()
    async with as_member(member.id) as db:
        found = await shelf.read(db, member, now=now)
        earned = found.earned if found else ()
        held = sorted((badge.held for badge in earned if badge.held), key=lambda held: held.since)
        for each in held[-many:]:
            await shelf.show(db, member, each.id)


async def _send(sent: Sent, sender: Member, to: Member, session_id: UUID, start: date) -> None:
    wall = datetime.combine(start + timedelta(days=sent.day - 1), time(sent.hour), ZoneInfo(sender.timezone))
    moment = min(wall, clock.now())
    with clock.travelling(moment):
        async with as_member(sender.id) as db:
            cohort_id = await book_sessions.cohort_of(db, session_id)
            if cohort_id:
                await encouragements.send(db, sender, to.id, cohort_id, sent.words, key=uuid4(), now=moment)
