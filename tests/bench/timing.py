"""Measuring in turns, and saying what was found."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Run = Callable[[], Awaitable[object]]


async def in_turns(rounds: int, *runs: Run, warm_up: int = 2) -> list[list[float]]:
    """The seconds each run took, one after the other in every round."""
    taken: list[list[float]] = [[] for _ in runs]
    for round_number in range(warm_up + rounds):
        for run, seconds in zip(runs, taken, strict=True):
            began = time.perf_counter()
            await run()
            if round_number >= warm_up:
                seconds.append(time.perf_counter() - began)
    return taken


def p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


@dataclass(frozen=True)
class Finding:
    """One line of the bench. `limit` is the goal that `figure` must not exceed; None where there is none."""

    what: str
    figure: float
    unit: str
    limit: float | None
    details: str

    @property
    def is_met(self) -> bool:
        return self.limit is None or self.figure <= self.limit

    def __str__(self) -> str:
        goal = "no goal" if self.limit is None else f"goal ≤ {self.limit:g}{self.unit}"
        verdict = "" if self.limit is None else "   met" if self.is_met else "   MISSED"
        return f"{self.what}\n    {self.figure:.2f}{self.unit}   {goal}{verdict}\n    {self.details}"


def ratio(
    what: str, ours: Sequence[float], other: Sequence[float], limit: float | None, than: str
) -> Finding:
    """How many times longer ours takes, by the medians."""
    mine, theirs = median(ours), median(other)
    details = f"{ms(mine)} against {ms(theirs)} {than}, medians of {len(ours)}"
    return Finding(what, mine / theirs, "×", limit, details)
