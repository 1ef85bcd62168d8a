"""What it costs an event to ask whether its caller may: it comes with the answer to who she is."""

from datetime import timedelta
from uuid import UUID

from gynergy_app import clock, routes
from gynergy_app.domain.payments.access import Right
from gynergy_app.services import sessions
from gynergy_app.services.sessions.remembered import MEMORY
from tests.bench.caller import Caller
from tests.bench.events import OURS_OPEN
from tests.bench.opened import OpenedState
from tests.bench.servers import serving
from tests.bench.statements import overheard
from tests.bench.timing import Finding, in_turns, ratio
from tests.bench.world import World

APP = "tests.bench.ours:app"
ROUNDS = 1_000
STRETCHES, EVENTS = 20, 50
"""So many memories long, and so many events in each."""
_BUYS = """insert into purchases (user_id, purchase_type, status, amount_cents, purchased_at)
           values (%s, 'challenge', 'completed', 99700, now())"""


async def measure(world: World) -> list[Finding]:
    [member] = await world.a_cohort(1)
    await world.owner.execute(_BUYS, [member])
    cookie = await world.cookie_of(member)
    return [await _asked(cookie, member), await _event(cookie)]


async def _asked(cookie: str, member: UUID) -> Finding:
    """At the beat of a clock of its own: each stretch is as long as anything is remembered."""
    value, beginning = cookie.split("=", 1)[1], clock.now()
    with overheard() as heard:
        for number in range(STRETCHES):
            with clock.travelling(beginning + number * (MEMORY + timedelta(milliseconds=1))):
                for _ in range(EVENTS):
                    who = await sessions.find(value, clock.now())
                    if who is None or not who.entitlement.allows(Right.write, clock.now()):
                        raise RuntimeError("She is signed in and has bought her place.")
    questions = [statement for statement, _ in heard if "set_config" not in statement]
    details = (
        f"{len(questions)} statements for {STRETCHES * EVENTS} events in {STRETCHES} stretches of "
        f"{MEMORY.seconds} s, the longest that an answer is used"
    )
    return Finding(
        "Questions who she is and what she may, for each stretch", len(questions) / STRETCHES, "", 1, details
    )


async def _event(cookie: str) -> Finding:
    async with serving(APP) as server:
        marked = Caller(server.port, OpenedState.choose_if_entitled, "value", cookie)
        plain = Caller(server.port, OpenedState.choose, "value", cookie)
        async with marked, plain:
            for caller in (marked, plain):
                await caller.open(routes.WELCOME, OURS_OPEN)
            mine, theirs = await in_turns(ROUNDS, marked.call, plain.call, warm_up=50)
    return ratio("An event that asks for an entitlement", mine, theirs, 1.05, "of one that does not")
