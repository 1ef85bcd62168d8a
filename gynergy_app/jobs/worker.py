"""The worker process: takes jobs until it is asked to stop, and comes back when the database does."""

import asyncio
import logging
import signal
from contextlib import suppress

import psycopg
import psycopg_pool
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from gynergy_app.db import close_engines
from gynergy_app.integrations import stripe_billing
from gynergy_app.jobs import schedule
from gynergy_app.jobs.queue import connector, queue

log = logging.getLogger(__name__)

DATABASE_AWAY = (ConnectorException, psycopg.OperationalError, psycopg_pool.PoolTimeout, OSError)
LOOK_AGAIN_AFTER_SECONDS = 2.0
CONCURRENCY = 5
TIME_TO_FINISH_SECONDS = 20.0


def run_worker() -> None:
    """Work until SIGTERM or SIGINT; the jobs in hand are finished first."""
    with suppress(asyncio.CancelledError):
        asyncio.run(_until_signalled())


async def _until_signalled() -> None:
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, task.cancel)  # pyright: ignore[reportOptionalMemberAccess] - we are a task
    await work()


async def work(*, until_idle: bool = False) -> None:
    """Take jobs. Cancelling finishes those in hand; a database that goes away is waited for.

    With `until_idle`, stop when nothing is waiting any more.
    """
    log.info("Worker started: %d recurring jobs.", len(schedule.SCHEDULE))
    try:
        while True:
            try:
                return await _take_jobs(until_idle=until_idle)
            except DATABASE_AWAY as error:
                log.warning(
                    "The worker cannot reach the database and keeps trying: %s", error.__cause__ or error
                )
                await asyncio.sleep(LOOK_AGAIN_AFTER_SECONDS)
    finally:
        await stripe_billing.close()
        await close_engines()
        log.info("Worker stopped.")


async def _take_jobs(*, until_idle: bool) -> None:
    with queue.replace_connector(connector()) as connected:
        async with connected.open_async():
            if not until_idle:
                await _begin()
            await connected.run_worker_async(
                concurrency=CONCURRENCY,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=TIME_TO_FINISH_SECONDS,
                wait=not until_idle,
            )


async def _begin() -> None:
    """Ask for what comes first, unless another worker has just asked."""
    for task in schedule.AT_START:
        with suppress(AlreadyEnqueued):
            await task.defer_async(timestamp=0)
