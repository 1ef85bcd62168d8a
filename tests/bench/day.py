"""Opening Today, and finishing the last page of a day."""

from datetime import datetime
from itertools import chain, repeat
from statistics import median
from uuid import UUID

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import EveningDraft, JournalType
from gynergy_app.repositories import users
from gynergy_app.services import today
from gynergy_app.services.journaling import pages
from tests.bench.statements import overheard
from tests.bench.timing import Finding, in_turns, ms
from tests.bench.world import World

EVENINGS = 60
EVENING = EveningDraft(
    mood_score=7,
    insight="I listened more than I spoke.",
    insight_impact="Tomorrow I can begin there.",
    success="The letter went out.",
    changes="Put the phone away at ten.",
    dreams=tuple(f"I am rested, line {n}." for n in range(1, 6)),
)


async def measure(world: World) -> list[Finding]:
    people = [_member(person) for person in await world.a_cohort(EVENINGS + 10)]
    async with await psycopg.AsyncConnection.connect(world.url()) as bare:
        await bare.execute("create table if not exists bench_row (n integer)")
        await bare.commit()
        return [await _opening(people), await _finishing(people, bare)]


async def _opening(people: list[Member]) -> Finding:
    """What the page asks when it opens, through one door: who is here, for the frame, and the day itself."""
    now = clock.now()
    turn = iter(people)
    await _open_today(next(turn), now)
    with overheard() as heard:
        await _open_today(next(turn), now)
    again = chain(turn, repeat(people[0]))
    (seconds,) = await in_turns(40, lambda: _open_today(next(again), now))
    entering = sum("set_config" in statement for statement, _ in heard)
    details = f"{ms(median(seconds))}, median of {len(seconds)}; {entering} of them only says who is asking"
    return Finding("Statements for opening Today", len(heard), "", 6, details)


async def _open_today(member: Member, now: datetime) -> None:
    async with as_member(member.id) as db:
        await users.find_portrait(db, member.id)
        await today.read(db, member, now=now)


async def _finishing(people: list[Member], bare: psycopg.AsyncConnection) -> Finding:
    now, turn = clock.now(), iter(people)
    with overheard() as heard:
        await _finish(next(turn), now)
    sent = len(heard)

    async def one_row() -> None:
        await bare.execute("insert into bench_row values (1)")
        await bare.commit()

    mine, theirs = await in_turns(EVENINGS, lambda: _finish(next(turn), now), one_row)
    details = (
        f"{sent} statements and a commit, {ms(median(mine))}; a bare row {ms(median(theirs))}, without fsync"
    )
    return Finding(
        "Finishing an evening, against a bare one-row commit",
        median(mine) / median(theirs),
        "×",
        None,
        details,
    )


async def _finish(member: Member, now: datetime) -> None:
    day = clock.day_in(member.timezone, now)
    async with as_member(member.id) as db:
        await pages.finish(db, member, JournalType.evening, EVENING, day=day, base_revision=0, now=now)


def _member(person: UUID) -> Member:
    return Member(id=person, email=f"{person}@example.com", first_name="Ana", last_name="", timezone="UTC")
