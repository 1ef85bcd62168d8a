"""One story, from its seed to its end. What is wrong with it is raised, with everything that happened."""

import random
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from tests.chaos import buying, ending, giving, post, returning, subscribing, workers
from tests.chaos.kept import Kept
from tests.chaos.post import BadLine
from tests.chaos.scene import Scene, Stage, a_scene
from tests.chaos.truth import Truth
from tests.chaos.watch import Watch, Wrong
from tests.chaos.workers import Worker

Act = Callable[[Scene, Truth, Kept], Awaitable[str | None]]
BUYING: list[tuple[Act, float]] = [
    (buying.begin, 3), (buying.press, 5), (buying.expire, 0.7), (buying.settle, 2), (buying.look, 1.5),
    (buying.come, 1), (returning.refund, 3), (returning.arrive, 3), (returning.come_back, 0.7),
    (returning.dispute, 2), (returning.close, 2), (giving.redeem, 2), (giving.take_back, 0.5),
]  # fmt: skip
SUBSCRIBING: list[tuple[Act, float]] = [
    (subscribing.subscribe, 4), (subscribing.let_time_pass, 4), (subscribing.look_after_it, 4),
    (returning.refund, 0.3), (returning.arrive, 0.5),
]  # fmt: skip
FEWEST, MOST = 4, 12


@dataclass(frozen=True)
class Failure:
    seed: int
    what: str
    log: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join([f"Seed {self.seed}:", *(f"  {line}" for line in self.log), self.what])


async def play(stage: Stage, line: BadLine, seed: int) -> tuple[Scene, Failure | None]:
    random.seed(seed)
    scene = await a_scene(stage, seed)
    try:
        await _Play(scene, Watch(scene), line).from_beginning_to_end()
    except Exception as error:
        said = str(error) if isinstance(error, Wrong) else "".join(traceback.format_exception(error))
        return scene, Failure(seed, said, scene.log)
    finally:
        line.scene = None
    return scene, None


@dataclass
class _Play:
    scene: Scene
    watch: Watch
    line: BadLine

    async def from_beginning_to_end(self) -> None:
        self.line.scene = self.scene
        await buying.follow_link(self.scene)
        await self.watch.listen()
        both = [Worker("worker 1", self.scene), Worker("worker 2", self.scene)]
        with workers.held_back():
            try:
                if self.scene.happens(0.5):
                    await self._act([buying.begin])
                    await self._act([buying.press])
                for _ in range(self.scene.chance.randint(FEWEST, MOST)):
                    await self._act(self._some_order())
                    await self._between(both)
            finally:
                for worker in both:
                    await worker.die()
        await ending.settle(self.scene, self.watch)
        await ending.judge(self.scene, self.watch)

    async def _act(self, acts: list[Act]) -> None:
        """The first of these that is possible now."""
        scene, rows = self.scene, await self.watch.look()
        for act in acts:
            said = await act(scene, self.watch.latest, rows)
            if said:
                await self.watch.listen()
                scene.say(f"{len(self.watch.said) - 1}. {said}")
                break
        await self.watch.look()

    def _some_order(self) -> list[Act]:
        offers = self.scene.chance.choices((BUYING, SUBSCRIBING, BUYING + SUBSCRIBING), (5, 3, 1))[0]
        keyed = [
            (self.scene.chance.random() ** (1 / weight), number) for number, (_, weight) in enumerate(offers)
        ]
        return [offers[number][0] for _, number in sorted(keyed, reverse=True)]

    async def _between(self, both: list[Worker]) -> None:
        scene = self.scene
        for _ in range(scene.chance.randint(0, 4)):
            kind = scene.chance.choices(("post", "steps", "rush", "time"), (4, 6, 0.5, 0.5))[0]
            if kind == "post":
                await post.round_trip(scene)
            elif kind == "steps":
                await self._some_steps(both)
            elif kind == "rush":
                await workers.a_rush(scene)
                await self.watch.look()
            else:
                scene.ahead += timedelta(minutes=scene.chance.choice((6, 20, 70)))

    async def _some_steps(self, both: list[Worker]) -> None:
        """Often one of them only stands there with its answer, while the other goes on."""
        going = both if self.scene.happens(0.4) else [self.scene.chance.choice(both)]
        for _ in range(self.scene.chance.randint(1, 16)):
            worker = self.scene.chance.choice(going)
            if self.scene.happens(0.03):
                await worker.die()
            elif not await worker.step():
                break
            elif worker.is_idle:
                await self.watch.look()
