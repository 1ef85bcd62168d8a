"""What changes elsewhere, heard by this web process while it runs.

Triggers announce whose access has changed, by id alone. What is remembered of her is dropped at once, so her
next event asks anew. Without this line it would be right a few seconds later: see `sessions.remembered`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from psycopg import Error as DatabaseError

from gynergy_app import db
from gynergy_app.services import sessions

log = logging.getLogger(__name__)

CHANNEL = "access"
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds before the next try: twice as long after each that fails."""


@asynccontextmanager
async def listening() -> AsyncIterator[None]:
    """For as long as the process serves."""
    hearing = asyncio.create_task(_keep_hearing())
    try:
        yield
    finally:
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


async def _keep_hearing() -> None:
    if not db.can_hear():
        log.info("This pooler passes no announcements on: changes of access are seen within seconds.")
        return
    pause = SHORTEST_PAUSE
    while True:
        try:
            async with db.announcements(CHANNEL) as heard:
                pause = SHORTEST_PAUSE
                await _follow(heard)
        except (DatabaseError, OSError) as lost:
            level = logging.WARNING if pause == SHORTEST_PAUSE else logging.DEBUG
            log.log(level, "Changes of access are not announced just now: %s", type(lost).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def _follow(heard: AsyncIterator[str]) -> None:
    """What was remembered before may have changed while nobody listened."""
    sessions.forget_everybody()
    async for said in heard:
        with suppress(ValueError):
            sessions.forget_member(UUID(said))
