"""Makes archives, takes them back in, and clears them away when their time has passed."""

import asyncio
import logging
import tempfile
from pathlib import Path
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.errors import GynergyError
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs.queue import queue
from gynergy_app.services.archives import exporting, gathering
from gynergy_app.services.archives.exporting import Making
from gynergy_app.services.archives.writing import ArchiveWriter, measure

log = logging.getLogger(__name__)

OURS_TO_MEND = "Something went wrong on our side."


@queue.task(name="make_export")
async def make_export(export_id: str) -> None:
    """Enqueued by the transaction that wrote the wish down. Done twice, it makes the same archive again."""
    await make(UUID(export_id))


async def make(export_id: UUID) -> None:
    async with as_service() as db:
        making = await exporting.take_up(db, export_id)
    if making is None:
        return
    try:
        await _make(making)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        log.exception("The archive %s could not be made.", export_id)
        reason = str(error) if isinstance(error, GynergyError) else OURS_TO_MEND
        async with as_service() as db:
            await exporting.give_up(db, export_id, reason, now=clock.now())


async def _make(making: Making) -> None:
    """On a disk of our own first, so that neither the words nor the pictures are ever whole in memory."""
    with tempfile.TemporaryDirectory(prefix="gynergy-archive-") as folder:
        path = Path(folder) / "archive.zip"
        with ArchiveWriter(path, clock.now()) as archive:
            async with as_service() as db:
                files = await gathering.add_words(db, making.user_id, archive, now=clock.now())
            await gathering.add_files(archive, files)
        made = await asyncio.to_thread(measure, path)
        await supabase_files.put(supabase_files.ARCHIVES, making.key, path, supabase_files.ZIP)
        async with as_service() as db:
            await exporting.hand_over(db, making, made, now=clock.now())


@queue.task(name="clear_archives", queueing_lock="clear_archives")
async def clear_archives(timestamp: int) -> None:
    await clear()


async def clear() -> int:
    """First the file, then the row that knew of it: a worker that dies between the two does it again."""
    async with as_service() as db:
        over = await exporting.over(db, now=clock.now())
    for making in over:
        await supabase_files.remove(supabase_files.ARCHIVES, making.key)
        async with as_service() as db:
            await exporting.close(db, making.id, now=clock.now())
    return len(over)
