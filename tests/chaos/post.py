"""Events on their way to our endpoint, over a bad line: lost, heard twice, unanswered, late, in any order."""

import asyncio

import httpx

from gynergy_app.api import create_api
from gynergy_app.domain.payments.inbox import FOLLOWED
from gynergy_app.local.stripe.courier import Courier
from tests.chaos.scene import Scene, Stage

BEFORE, AFTER, TWICE = 0.12, 0.12, 0.12
"""How often a letter is lost on the way, its answer is, and it is there twice at the same moment."""
NEVER = 0.1
"""How often one is lost for good; then only a look back finds it."""
_NOT_FOLLOWED = """update stripe_peer.deliveries d set state = 'given_up' from stripe_peer.objects o
                   where d.state = 'waiting' and o.id = d.event_id and o.data->>'type' <> all(%s)"""
"""What our endpoint is not registered for."""
_WAITING = "select number from stripe_peer.deliveries where state = 'waiting' order by number"
_SORTED = """
    with lost as (update stripe_peer.deliveries set state = 'given_up' where number = any(%(lost)s)),
    again as (
        insert into stripe_peer.deliveries (event_id, state)
        select event_id, 'waiting' from stripe_peer.deliveries where number = any(%(again)s)
    )
    update stripe_peer.deliveries set due_at = case
        when number = any(%(now)s) then now() - make_interval(secs => 1000 - array_position(%(now)s, number))
        else now() + interval '1 day' end
    where state = 'waiting' and not number = any(%(lost)s)"""


class BadLine(httpx.AsyncBaseTransport):
    """Between the courier and our endpoint. `scene` says how bad it is today; without one it is good."""

    def __init__(self) -> None:
        self.scene: Scene | None = None
        self._line = httpx.ASGITransport(create_api())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        luck = self.scene.chance.random() if self.scene else 1.0
        if luck < BEFORE:
            raise httpx.ConnectError("The line is down.")
        if BEFORE + AFTER <= luck < BEFORE + AFTER + TWICE:
            answers = await asyncio.gather(*(self._line.handle_async_request(request) for _ in range(2)))
            return answers[0]
        answer = await self._line.handle_async_request(request)
        if BEFORE <= luck < BEFORE + AFTER:
            raise httpx.ReadError("The line went down.")
        return answer


def lay(stage: Stage) -> BadLine:
    """From now on the courier speaks over this line."""
    line = BadLine()
    courier_of(stage).http = httpx.AsyncClient(transport=line)
    return line


def courier_of(stage: Stage) -> Courier:
    return stage.stripe.app.state.server.courier


async def round_trip(scene: Scene) -> None:
    """Some of what waits, in some order; some of it is lost for good, some is told once more."""
    chance, db = scene.chance, scene.stage.theirs
    await db.execute(_NOT_FOLLOWED, [list(FOLLOWED)])
    waiting = [number for (number,) in await (await db.execute(_WAITING)).fetchall()]
    chance.shuffle(waiting)
    luck = {number: chance.random() for number in waiting[: chance.randint(0, len(waiting))]}
    sorted_out = {
        "lost": [number for number in luck if luck[number] < NEVER],
        "again": [number for number in luck if luck[number] > 1 - NEVER],
        "now": [number for number in luck if luck[number] >= NEVER],
    }
    await db.execute(_SORTED, sorted_out)
    taken = await courier_of(scene.stage).deliver_due()
    scene.say(f"  post: {taken} of {len(waiting)} tried")
