"""How fast two workers follow what the payment service tells, against keeping a row and marking it."""

import asyncio
from collections.abc import Sequence
from statistics import median

import psycopg
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.db import as_service, as_visitor
from gynergy_app.domain.payments.inbox import subject_of
from gynergy_app.jobs import stripe_events
from gynergy_app.services.payments import inbox, purchases
from tests.bench.timing import Finding, in_turns, ms
from tests.bench.world import World
from tests.chaos.scene import a_payment_server
from tests.features.payments.shop import an_order
from tests.stripe import Stripe

WORKERS = 2
ROUNDS, WARM_UP = 15, 2
BOUGHT_EACH = 3
_TABLE = """drop table if exists bench_inbox;
            create table bench_inbox (id text primary key, status text not null, payload jsonb)"""
Json = dict[str, object]


async def measure(world: World) -> list[Finding]:
    await world.owner.execute(_TABLE)
    async with a_payment_server(world) as stripe:
        batches = [await _what_is_told(stripe) for _ in range(ROUNDS + WARM_UP)]
        lines = [await psycopg.AsyncConnection.connect(world.url()) for _ in range(WORKERS)]
        turn, same = iter(batches), iter(batches)
        size: list[int] = []

        async def follow() -> None:
            size.append(await _follow())

        async def keep() -> None:
            await _keep(next(same), lines)

        async def take_in() -> None:
            await _take_in(next(turn))

        _, mine, theirs = await in_turns(ROUNDS, take_in, follow, keep, warm_up=WARM_UP)
        for line in lines:
            await line.close()
    each, bare = median(mine) / median(size), median(theirs) / median(size)
    details = (
        f"{1 / each:.0f} events a second, {ms(each)} against {ms(bare)} each, medians of {ROUNDS} rounds of "
        f"{median(size):.0f}; with what the local service takes to answer, in the same process"
    )
    return [Finding("An event followed by two workers, against a bare row", each / bare, "×", 60, details)]


async def _what_is_told(stripe: Stripe) -> list[Json]:
    """Of some purchases: only what is followed."""
    [last] = (await stripe.v1.events.list_async({"limit": 1})).data or [None]
    for _ in range(BOUGHT_EACH):
        order = an_order()
        async with as_visitor() as db:
            checkout = await purchases.begin(db, order, buyer=None, now=clock.now())
        metadata = {"purchase_id": str(checkout.purchase_id)}
        await stripe.bought(metadata=metadata, payment_intent_data={"metadata": metadata})
    since = {"ending_before": last.id} if last else {}
    found = await stripe.v1.events.list_async({"limit": 100, **since})
    return [event.to_dict(for_json=True) for event in reversed(found.data) if subject_of(event.type)]


async def _take_in(events: Sequence[Json]) -> None:
    async with as_service() as db:
        for event in events:
            await inbox.take_in(db, event, now=clock.now())


async def _follow() -> int:
    async def work() -> int:
        done = 0
        while await stripe_events.take_one():
            done += 1
        return done

    return sum(await asyncio.gather(*(work() for _ in range(WORKERS))))


async def _keep(events: Sequence[Json], lines: Sequence[psycopg.AsyncConnection]) -> None:
    """A row, a commit, a change of it, a commit: two side by side."""

    async def work(line: psycopg.AsyncConnection, mine: Sequence[Json]) -> None:
        for event in mine:
            await line.execute(
                "insert into bench_inbox values (%s, 'received', %s)", (event["id"], Jsonb(event))
            )
            await line.commit()
            await line.execute("update bench_inbox set status = 'done' where id = %s", (event["id"],))
            await line.commit()

    await asyncio.gather(*(work(line, events[n::WORKERS]) for n, line in enumerate(lines)))
