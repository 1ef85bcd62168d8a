"""Looking for whom to remind among a hundred thousand members: one question for each batch."""

import json
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

from gynergy_app import clock
from gynergy_app.db import as_service, worker_engine
from gynergy_app.repositories.reminders import FIRST
from gynergy_app.services import reminders
from tests.bench.statements import Statement, overheard
from tests.bench.timing import Finding, ms, p95
from tests.bench.world import World

FEW, MANY = 1_000, 100_000


async def measure(world: World) -> list[Finding]:
    await world.a_town(FEW)
    await _sweep()  # reads the names of all time zones, once
    few, _ = await _sweep()
    await world.a_town(MANY)
    many, heard = await _sweep()
    asked = [statement for statement in heard if "set_config" not in statement[0]]
    details = (
        f"{ms(median(many))} among {MANY + FEW:,} members, {ms(median(few))} among {FEW:,}; p95 "
        f"{ms(p95(many))}, {len(many)} batches of {reminders.BATCH} in {sum(many):.1f} s"
    )
    node = f"Its members come by {await _node(world, asked[len(asked) // 2])}"
    growth = median(many) / median(few)
    return [
        Finding("Questions for one batch of the reminder sweep", len(asked) / len(many), "", 1, node),
        Finding("A batch of it, for a hundred times the members", growth, "×", 2, details),
    ]


async def _sweep() -> tuple[list[float], list[Statement]]:
    """The seconds of each batch, and everything that was asked for them. Nobody is reminded."""
    taken: list[float] = []
    after, now = FIRST, clock.now()
    with overheard(worker_engine()) as heard:
        while True:
            began = perf_counter()
            async with as_service() as db:
                found = await reminders.candidates(db, after=after, now=now)
            taken.append(perf_counter() - began)
            if found.last is None:
                return taken, heard
            after = found.last


async def _node(world: World, asked: Statement) -> str:
    """How the planner finds the members of a batch."""
    statement, given = asked
    rows = await world.owner.execute(f"explain (format json) {statement}".encode(), given)
    [[plan]] = await rows.fetchall()
    nodes = _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    node = next(node for node in nodes if node.get("Relation Name") == "profile_settings")
    return f"{node['Node Type']} using {node.get('Index Name', 'no index')}"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)
