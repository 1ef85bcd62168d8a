"""`python -m tests.chaos [HOW MANY] [--from N]`, or `--seed N` to play one story and have it told."""

import tests.bench.environment  # noqa: F401  # isort: skip

import argparse
import asyncio
import logging
import sys
import time

from gynergy_app.integrations import stripe_billing
from tests.chaos import post
from tests.chaos.play import Failure, play
from tests.chaos.scene import a_stage

ALL = 1_000
TOLD_EVERY = 50


async def main(seeds: range, *, is_told: bool) -> list[Failure]:
    failures: list[Failure] = []
    began = time.monotonic()
    # What is lost on the way is lost: the story decides how often something is said again.
    stripe_billing.REPEATS = 0
    async with a_stage() as stage:
        line = post.lay(stage)
        for number, seed in enumerate(seeds, start=1):
            scene, failure = await play(stage, line, seed)
            if is_told:
                print(*scene.log, sep="\n")
            if failure:
                failures.append(failure)
                print(failure, flush=True)
            if number % TOLD_EVERY == 0:
                print(
                    f"{number} stories, {len(failures)} wrong, {time.monotonic() - began:.0f} s", flush=True
                )
    print(f"{len(seeds)} stories from {seeds[0]} on: {len(failures)} wrong, {time.monotonic() - began:.0f} s")
    return failures


def _seeds(said: argparse.Namespace) -> range:
    if said.seed is not None:
        return range(said.seed, said.seed + 1)
    return range(said.first, said.first + said.count)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("count", nargs="?", type=int, default=ALL)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    said = parser.parse_args()
    # Whatever is told on the way is told on purpose: thousands of troubles are the point.
    logging.disable(logging.CRITICAL)
    sys.exit(bool(asyncio.run(main(_seeds(said), is_told=said.seed is not None))))
