"""What Row Level Security costs a member among a million journals: her statements with it and without."""

import json
from collections.abc import Sequence
from itertools import cycle
from statistics import median
from uuid import UUID

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.services import history, today
from gynergy_app.services.journaling import pages
from tests import database
from tests.bench.statements import Statement, overheard
from tests.bench.timing import Finding, in_turns, ms
from tests.bench.world import World

READERS = 40
ROUNDS = 120
_ENTER = "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)"


async def measure(world: World) -> list[Finding]:
    """Each reader's statements are overheard once, then sent again as she and as the owner."""
    readers = await world.some_writers(READERS)
    asked = [(reader, await _statements_of(reader)) for reader in readers]
    journals = await (await world.owner.execute("select count(*) from journals")).fetchone()
    async with (
        await psycopg.AsyncConnection.connect(world.url("app_web", database.AGREED.web_password)) as hers,
        await psycopg.AsyncConnection.connect(world.url()) as owners,
    ):
        with_policies, without = cycle(asked), cycle(asked)
        mine, theirs = await in_turns(
            ROUNDS,
            lambda: _send(hers, "authenticated", *next(with_policies)),
            lambda: _send(owners, "postgres", *next(without)),
            warm_up=READERS,
        )
    details = (
        f"{ms(median(mine))} against {ms(median(theirs))} without, medians of {ROUNDS}: Today, a page, "
        f"the history, {len(asked[0][1])} statements, {journals[0] if journals else 0:,} journals"
    )
    return [
        Finding(
            "A member's reading under Row Level Security", median(mine) / median(theirs), "×", 1.2, details
        )
    ]


async def _statements_of(reader: UUID) -> list[Statement]:
    member = Member(id=reader, email=f"{reader}@example.com", first_name="Ana", last_name="", timezone="UTC")
    now = clock.now()
    with overheard() as heard:
        async with as_member(reader) as db:
            await today.read(db, member, now=now)
            await pages.open_page(db, member, JournalType.evening, now=now)
            past = await history.read(db, member, now=now)
            if past:
                await history.open_day(db, member, past.enrolled.start_date, now=now)
    return [(statement, given) for statement, given in heard if "set_config" not in statement]


async def _send(
    connection: psycopg.AsyncConnection, role: str, reader: UUID, statements: Sequence[Statement]
) -> None:
    claims = json.dumps({"sub": str(reader), "role": "authenticated"})
    await connection.execute(_ENTER, [role, claims])
    for statement, given in statements:
        await (await connection.execute(statement.encode(), given)).fetchall()
    await connection.rollback()
