"""Gives back the seats of people who did not come to pay, and tells whoever waits."""

import logging

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
