"""Gives back the seats of people who did not come to pay, and tells whoever waits."""

import logging
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.services.payments import seats

log = logging.getLogger(__name__)


@queue.task(name="let_go_of_seats", queueing_lock="let_go_of_seats")
async def let_go_of_seats(timestamp: int) -> None:
    async with as_service() as db:
        sessions = await seats.let_go(db, now=clock.now())
    if sessions:
        log.info("Seats were given back in %d sessions", len(sessions))


@queue.task(name=seats.LETTER_TASK)
async def write_of_open_place(user_id: str, session_id: str, cause: str) -> None:
    """Enqueued by whatever opened the place: only the worker knows the address of who waits."""
    async with as_service() as db:
        await seats.write_to(db, UUID(user_id), UUID(session_id), cause, now=clock.now())
