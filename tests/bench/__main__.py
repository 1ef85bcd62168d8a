"""`python -m tests.bench`, or with words of what is wanted: `python -m tests.bench events boards`."""

import tests.bench.environment  # noqa: F401  # isort: skip

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Sequence

from tests.bench import (
    boards,
    day,
    entitlement,
    events,
    export,
    policies,
    recount,
    redeeming,
    reminders,
    streaks,
    webhooks,
)
from tests.bench.timing import Finding
from tests.bench.world import World, a_world, another_world

CROWD = 1_000_000
RUNS, MEMBERS = 37, 301
"""Two pages a day for forty-five days: a million journals, written in cohorts of three hundred."""

Part = Callable[[World], Awaitable[list[Finding]]]


async def _streaks(_: World) -> list[Finding]:
    return await streaks.measure()


async def _crowd(world: World) -> list[Finding]:
    await world.a_library(RUNS, MEMBERS)
    crowd = await world.a_crowd(CROWD)
    async with another_world() as small:
        return [*await policies.measure(world), *await boards.measure(small, world, crowd)]


async def _recount(_: World) -> list[Finding]:
    async with a_world() as alone:
        return await recount.measure(alone)


async def _reminders(_: World) -> list[Finding]:
    async with a_world() as alone:
        return await reminders.measure(alone)


PARTS: dict[str, Part] = {
    "streaks": _streaks,
    "day": day.measure,
    "events": events.measure,
    "entitlement": entitlement.measure,
    "webhooks": webhooks.measure,
    "redeeming": redeeming.measure,
    "export": export.measure,
    "recount": _recount,
    "reminders": _reminders,
    "crowd": _crowd,
}


async def bench(wanted: Sequence[str]) -> None:
    async with a_world() as world:
        for name, part in PARTS.items():
            if wanted and name not in wanted:
                continue
            began = time.monotonic()
            for finding in await part(world):
                print(finding, flush=True)
            print(f"    ({name}: {time.monotonic() - began:.0f} s)\n", flush=True)


if __name__ == "__main__":
    asyncio.run(bench(sys.argv[1:]))
