"""Two workers that can be stopped at every step and die at any statement: the product's own.

A worker runs `take_one`. Around the question to the payment service it waits until it is told to go on, so
that its answer can grow old in its hands while another writes a newer one.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from gynergy_app.db import worker_engine
from gynergy_app.jobs import stripe_events
from gynergy_app.services.payments import inbox
from tests.chaos.scene import Scene

_me: ContextVar["Worker | None"] = ContextVar("me", default=None)
_LONGEST = 30
DIES = 0.12
LAST_STATEMENT = 40


class Killed(BaseException):
    """As a worker ends: nothing of ours catches it, nothing more is written."""


@dataclass
class Worker:
    name: str
    scene: Scene
    statements_left: int | None = None
    _task: asyncio.Task[bool] | None = None
    _go: asyncio.Event = field(default_factory=asyncio.Event)
    _waits: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_idle(self) -> bool:
        """Whatever it did is done, or undone."""
        return self._task is None

    async def step(self) -> bool:
        """On to the next place where it waits. Whether there was anything to do."""
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        self._waits.clear()
        self._go.set()
        async with asyncio.timeout(_LONGEST):
            arrives = asyncio.create_task(self._waits.wait())
            await asyncio.wait({arrives, self._task}, return_when=asyncio.FIRST_COMPLETED)
            arrives.cancel()
        if not self._task.done():
            return True
        task, self._task = self._task, None
        try:
            return task.result()
        except Killed:
            self.scene.say(f"  {self.name} died at a statement")
            return True

    async def die(self) -> None:
        """Wherever it waits. Another takes its place."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            self.scene.say(f"  {self.name} died between two steps")

    async def wait(self) -> None:
        """Called from inside the work."""
        self._waits.set()
        self._go.clear()
        await self._go.wait()

    async def _work(self) -> bool:
        _me.set(self)
        chance = self.scene.chance
        self.statements_left = chance.randint(0, LAST_STATEMENT) if self.scene.happens(DIES) else None
        with self.scene.our_time():
            return await stripe_events.take_one()


async def a_rush(scene: Scene) -> int:
    """Both at once, without anybody holding them back, until nothing is due."""

    async def take_all() -> int:
        taken = 0
        while await stripe_events.take_one():
            taken += 1
        return taken

    with scene.our_time():
        taken = sum(await asyncio.gather(take_all(), take_all()))
    scene.say(f"  both workers: {taken} events")
    return taken


@contextmanager
def held_back() -> Iterator[None]:
    """Meanwhile a worker of ours waits around its question, and counts its statements."""
    ask, engine = inbox.ask, worker_engine().sync_engine

    async def asks(*said: Any) -> Any:
        if worker := _me.get():
            await worker.wait()
        told = await ask(*said)
        if worker:
            await worker.wait()
        return told

    inbox.ask = asks
    event.listen(engine, "before_cursor_execute", _count)
    try:
        yield
    finally:
        inbox.ask = ask
        event.remove(engine, "before_cursor_execute", _count)


def _count(*_: Any) -> None:
    worker = _me.get()
    if worker is None or worker.statements_left is None:
        return
    worker.statements_left -= 1
    if worker.statements_left < 0:
        worker.statements_left = None
        raise Killed
