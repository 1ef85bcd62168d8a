"""What the guard and the sign-in cost an event, alone and in a crowd."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from statistics import median

from gynergy_app import routes
from gynergy_app.state.programs.welcome import WelcomeState
from tests.bench.bare import BareState
from tests.bench.caller import Caller
from tests.bench.servers import BARE, OURS, Server, serving
from tests.bench.timing import Finding, in_turns, ms, p95, ratio
from tests.bench.world import World

CROWD = 300
SECONDS_A_TURN = 6
TURNS = 2
ALONE_ROUNDS = 600
AT_A_TIME = 10
OURS_OPEN, BARE_OPEN = "is_loading_rx_state_", "is_hydrated_rx_state_"
"""What the last word about a page that opens speaks of."""
MEGABYTE = 1024 * 1024


async def measure(world: World) -> list[Finding]:
    members = await world.a_cohort(CROWD)
    cookies = [await world.cookie_of(member) for member in members]
    async with serving(OURS) as ours, serving(BARE) as bare:
        return [await _alone(ours, bare, cookies[0]), *await _crowd(ours, bare, cookies)]


async def _alone(ours: Server, bare: Server, cookie: str) -> Finding:
    async with _member(ours, cookie) as here, _stranger(bare) as there:
        await here.open(routes.WELCOME, OURS_OPEN)
        await there.open("/", BARE_OPEN)
        mine, theirs = await in_turns(ALONE_ROUNDS, here.call, there.call, warm_up=50)
    return ratio("An event through guard and sign-in", mine, theirs, 1.5, "in bare Reflex")


async def _crowd(ours: Server, bare: Server, cookies: Sequence[str]) -> list[Finding]:
    """Everybody stays on the line; the two servers are called in turns."""
    async with AsyncExitStack() as lines:
        before = ours.memory
        members = [await lines.enter_async_context(_member(ours, cookie)) for cookie in cookies]
        await _open_all(members, routes.TODAY, OURS_OPEN)
        strangers = [await lines.enter_async_context(_stranger(bare)) for _ in cookies]
        await _open_all(strangers, "/", BARE_OPEN)
        for _ in range(TURNS):
            await _all_call(members)
            await _all_call(strangers)
        each = (ours.memory - before) / CROWD / MEGABYTE
    mine, theirs = _seconds_of(members), _seconds_of(strangers)
    paused = [seconds for caller in members for seconds in caller.after_a_pause]
    details = (
        f"p95 {ms(p95(mine))} against {ms(p95(theirs))} in bare Reflex, medians {ms(median(mine))} and "
        f"{ms(median(theirs))}, {len(mine)} events each; all at once after a pause {ms(median(paused))}"
    )
    open_today = f"{CROWD} members with Today open, one process"
    return [
        Finding(f"{CROWD} members at an event a second, 95 of 100", p95(mine) / p95(theirs), "×", 3, details),
        Finding("Memory for each connected member", each, " MB", 0.35, open_today),
    ]


async def _open_all(callers: Sequence[Caller], path: str, until: str) -> None:
    for n in range(0, len(callers), AT_A_TIME):
        await asyncio.gather(*(caller.open(path, until) for caller in callers[n : n + AT_A_TIME]))


async def _all_call(callers: Sequence[Caller]) -> None:
    phases = (n / len(callers) for n in range(len(callers)))
    await asyncio.gather(
        *(
            caller.call_every_second(SECONDS_A_TURN, phase)
            for caller, phase in zip(callers, phases, strict=True)
        )
    )


def _seconds_of(callers: Sequence[Caller]) -> list[float]:
    return [seconds for caller in callers for seconds in caller.seconds]


def _member(ours: Server, cookie: str) -> Caller:
    return Caller(ours.port, WelcomeState.choose, "session_id", cookie)


def _stranger(bare: Server) -> Caller:
    return Caller(bare.port, BareState.choose, "value")
