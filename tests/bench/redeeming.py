"""A hundred people at one code: one has it, and the others hear so as fast as they come."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from statistics import median
from uuid import UUID

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services.payments import redeeming
from gynergy_app.services.payments.redeeming import CodeRefused
from tests.bench.timing import Finding, in_turns, ms
from tests.bench.world import World

CROWD, ROUNDS, WARM_UP = 100, 7, 2
AT_ONCE = 20
"""As many connections as the application has."""
_GIVER = """with hers as (
        insert into purchases (user_id, purchase_type, status, amount_cents, purchased_at)
        values (%s, 'challenge', 'completed', 99700, now()) returning id
    ) select id from hers"""
_CODES = "select code from friend_codes where creator_id = %s"
_A_ROW = "drop table if exists bench_code; create table bench_code as select 1 as id, 0 as used"


async def measure(world: World) -> list[Finding]:
    people = await world.a_cohort(CROWD + 2 * (ROUNDS + WARM_UP))
    givers, crowd = people[: ROUNDS + WARM_UP], list(people[ROUNDS + WARM_UP :])
    codes = [await _a_code(world, giver) for giver in givers]
    await world.owner.execute(_A_ROW)
    turn = iter(codes)
    lines = [await psycopg.AsyncConnection.connect(world.url(), autocommit=True) for _ in range(AT_ONCE)]

    async def redeem_all() -> None:
        winner = await _redeem(next(turn), crowd[:CROWD])
        crowd.remove(winner)

    async def hold_all() -> None:
        await _side_by_side([_hold] * CROWD, lines)

    mine, theirs = await in_turns(ROUNDS, redeem_all, hold_all, warm_up=WARM_UP)
    for line in lines:
        await line.close()
    details = (
        f"{ms(median(mine))} against {ms(median(theirs))} for {CROWD} bare updates of one row, {AT_ONCE} "
        f"connections each, medians of {ROUNDS}; one winner every time"
    )
    return [Finding(f"{CROWD} people at one friend code", median(mine) / median(theirs), "×", 15, details)]


async def _a_code(world: World, giver: UUID) -> str:
    await world.owner.execute(_GIVER, [giver])
    row = await (await world.owner.execute(_CODES, [giver])).fetchone()
    if row is None:
        raise RuntimeError("A purchase brings codes.")
    return row[0]


async def _redeem(code: str, people: Sequence[UUID]) -> UUID:
    """Who was first. Everybody else hears that it is used."""
    places, now = asyncio.Semaphore(AT_ONCE), clock.now()

    async def try_it(person: UUID) -> str:
        member = Member(person, f"{person}@example.com", "Bench", "", "UTC")
        try:
            async with places, as_member(person) as db:
                await redeeming.redeem(db, member, code, now=now)
        except CodeRefused as refused:
            return refused.refusal.value
        return "redeemed"

    answers = await asyncio.gather(*map(try_it, people))
    if Counter(answers) != {"redeemed": 1, "used": len(people) - 1}:
        raise RuntimeError(f"One person should have the code: {Counter(answers)}")
    return people[answers.index("redeemed")]


Work = Callable[[psycopg.AsyncConnection], Awaitable[None]]


async def _side_by_side(works: Sequence[Work], lines: Sequence[psycopg.AsyncConnection]) -> None:
    left = list(works)

    async def take(line: psycopg.AsyncConnection) -> None:
        while left:
            await left.pop()(line)

    await asyncio.gather(*map(take, lines))


async def _hold(line: psycopg.AsyncConnection) -> None:
    async with line.transaction():
        await line.execute("select used from bench_code where id = 1 for update")
        await line.execute("update bench_code set used = used + 1 where id = 1")
