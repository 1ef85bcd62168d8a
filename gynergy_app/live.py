"""What changes elsewhere, heard by this web process while it runs.

Triggers announce whose access has changed, by id alone. What is remembered of her is dropped at once, so her
next event asks anew. Without this line it would be right a few seconds later: see `sessions.remembered`.

They announce too that somebody has posted: the cohort and the writer. The tabs that show this cohort are
told, and ask for the words themselves.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from psycopg import Error as DatabaseError
from reflex.app import App
from reflex.state import StateUpdate

from gynergy_app import clock, db
from gynergy_app.services import sessions

log = logging.getLogger(__name__)

ACCESS, POSTS = "access", "posts"
"""What the database announces on."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds before the next try: twice as long after each that fails."""


News = Callable[[str, str], StateUpdate]
"""What a tab is told: by whom there is something new, and when that was heard."""


class Rooms:
    """Which tabs show which cohort. A tab leaves with its line, or for another cohort."""

    def __init__(self) -> None:
        self._app: App | None = None
        self._news: News | None = None

    def serve(self, app: App, news: News) -> None:
        """Once, while the app is put together."""
        self._app, self._news = app, news

    async def enter(self, tab: str, cohort_id: UUID) -> None:
        if self._app is None or not self._app.sio or not self._app.event_namespace:
            return
        line, where = self._app.sio, self._app.event_namespace.namespace
        if not line.manager.is_connected(tab, where):
            return  # It left while its page was read.
        for room in line.rooms(tab, where):
            if room.startswith(POSTS):
                await line.leave_room(tab, room, namespace=where)
        await line.enter_room(tab, f"{POSTS}:{cohort_id}", namespace=where)

    async def tell(self, cohort_id: UUID, writer: UUID) -> None:
        if self._app is None or self._news is None or not self._app.event_namespace:
            return
        update = self._news(str(writer), clock.now().isoformat())
        await self._app.event_namespace.emit("event", update, room=f"{POSTS}:{cohort_id}")


rooms = Rooms()


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
            async with db.announcements(ACCESS, POSTS) as heard:
                pause = SHORTEST_PAUSE
                await _follow(heard)
        except (DatabaseError, OSError) as lost:
            level = logging.WARNING if pause == SHORTEST_PAUSE else logging.DEBUG
            log.log(level, "Changes of access are not announced just now: %s", type(lost).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


async def _follow(heard: AsyncIterator[tuple[str, str]]) -> None:
    """What was remembered before may have changed while nobody listened."""
    sessions.forget_everybody()
    async for channel, said in heard:
        with suppress(ValueError):
            ids = [UUID(each) for each in said.split()]
            if channel == ACCESS:
                sessions.forget_member(*ids)
            else:
                await rooms.tell(*ids)
