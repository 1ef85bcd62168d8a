"""A place among a thousand and a place among a million."""

import json
from uuid import UUID

import psycopg

from gynergy_app import clock
from tests import database
from tests.bench.timing import Finding, in_turns, ratio
from tests.bench.world import World

THOUSAND = 1_000
ROUNDS = 40
_ENTER = "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true)"
_BOARD = (
    "select * from private.cohort_leaderboard((select id from cohorts where session_id = %s), %s, %s, 50)"
    " where is_me or rank <= 50"
)


class Reader:
    """Somebody of a run who looks at its board, her own place included."""

    def __init__(self, connection: psycopg.AsyncConnection, run: UUID, member: UUID) -> None:
        self._connection, self._run = connection, run
        self._claims = json.dumps({"sub": str(member), "role": "authenticated"})

    async def look(self, days: int | None) -> None:
        await self._connection.execute(_ENTER, [self._claims])
        found = await self._connection.execute(_BOARD, [self._run, days, clock.now()])
        rows = await found.fetchall()
        await self._connection.rollback()
        if not any(row[-1] for row in rows):
            raise RuntimeError("The reader did not find her own place.")


async def measure(small: World, large: World, crowd: UUID) -> list[Finding]:
    """`small` holds a cohort of a thousand and nobody else; `large` the same beside a million others."""
    async with (
        await psycopg.AsyncConnection.connect(small.url("app_web", database.AGREED.web_password)) as here,
        await psycopg.AsyncConnection.connect(large.url("app_web", database.AGREED.web_password)) as there,
    ):
        alone = await _a_reader(small, here, await _a_thousand(small))
        among = await _a_reader(large, there, await _a_thousand(large))
        in_crowd = await _a_reader(large, there, crowd)
        few, many = await in_turns(ROUNDS, lambda: alone.look(None), lambda: in_crowd.look(None))
        quiet, beside = await in_turns(ROUNDS, lambda: alone.look(7), lambda: among.look(7))
    return [
        ratio("Board of the whole run and own rank, a million in one run", many, few, 2, "with a thousand"),
        ratio("Board of seven days, a cohort of a thousand beside a million", beside, quiet, 2, "alone"),
    ]


async def _a_thousand(world: World) -> UUID:
    members = await world.a_cohort(THOUSAND)
    await world.owner.execute("vacuum analyze")
    query = "select session_id from session_enrollments where user_id = %s"
    row = await (await world.owner.execute(query, [members[0]])).fetchone()
    if row is None:
        raise RuntimeError("The cohort is empty.")
    return row[0]


async def _a_reader(world: World, connection: psycopg.AsyncConnection, run: UUID) -> Reader:
    """Somebody in the middle, whose own row is not among the first."""
    query = (
        "select user_id from point_totals where session_id = %s and is_listed"
        " order by total, user_id limit 1 offset 400"
    )
    row = await (await world.owner.execute(query, [run])).fetchone()
    if row is None:
        raise RuntimeError("The run is empty.")
    return Reader(connection, run, row[0])
