"""Works ledgers out anew, as an admin asked for it."""

from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.services.gamification import recounting


@queue.task(name="recount")
async def recount(recount_id: str) -> None:
    """Taken up again where it stopped when a worker was lost: each batch is a transaction of its own."""
    asked = UUID(recount_id)
    try:
        while await _go_on(asked):
            pass
    except Exception:
        async with as_service() as db:
            await recounting.give_up(db, asked, now=clock.now())
        raise


async def _go_on(recount_id: UUID) -> bool:
    async with as_service() as db:
        return await recounting.go_on(db, recount_id, now=clock.now())
