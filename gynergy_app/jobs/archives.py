"""Makes archives, takes them back in, and clears them away when their time has passed."""

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.errors import GynergyError
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import stored_files
from gynergy_app.repositories.archive_rows import in_one_snapshot
from gynergy_app.services import images
from gynergy_app.services.archives import exporting, gathering, importing, restoring
from gynergy_app.services.archives.exporting import Making
from gynergy_app.services.archives.importing import Reading
from gynergy_app.services.archives.opening import ArchiveRefused, open_archive, read_file
from gynergy_app.services.archives.writing import ArchiveWriter, measure

log = logging.getLogger(__name__)

OURS_TO_MEND = "Something went wrong on our side."
SAFE = "Nothing was changed. Please bring it again."


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
                await in_one_snapshot(db)
                files = await gathering.add_words(db, making.user_id, archive, now=clock.now())
            await gathering.add_files(archive, files)
        made = await asyncio.to_thread(measure, path)
        await supabase_files.put(supabase_files.ARCHIVES, making.key, path, supabase_files.ZIP)
        async with as_service() as db:
            await exporting.hand_over(db, making, made, now=clock.now())


@queue.task(name="restore_archive")
async def restore_archive(import_id: str) -> None:
    """Enqueued by the transaction that took the archive. Done twice, the second time finds every day kept."""
    await restore(UUID(import_id))


async def restore(import_id: UUID) -> None:
    async with as_service() as db:
        reading = await importing.take_up(db, import_id)
    if reading is None:
        return
    try:
        await _restore(reading)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        sentence = error.sentence if isinstance(error, ArchiveRefused) else f"{OURS_TO_MEND} {SAFE}"
        if not isinstance(error, ArchiveRefused):
            log.exception("The archive %s could not be restored.", import_id)
        async with as_service() as db:
            await importing.refuse(db, import_id, sentence, now=clock.now())
    await supabase_files.remove(supabase_files.ARCHIVES, reading.key)


async def _restore(reading: Reading) -> None:
    """All of its words in one transaction: either the archive is back, or nothing was changed."""
    with tempfile.TemporaryDirectory(prefix="gynergy-archive-") as folder:
        path = Path(folder) / "archive.zip"
        await _fetch(reading.key, path)
        opened = await asyncio.to_thread(open_archive, path)
        pictures = await _bring_pictures(reading, path, opened.media)
        async with as_service() as db:
            restored = await restoring.restore(db, reading.member, opened, pictures, now=clock.now())
            await importing.settle(db, reading, restored, now=clock.now())


async def _fetch(key: str, path: Path) -> None:
    with path.open("wb") as file:
        async for piece in supabase_files.read(supabase_files.ARCHIVES, key):
            file.write(piece)


async def _bring_pictures(reading: Reading, path: Path, names: Sequence[str]) -> set[str]:
    """Put those that are pictures into her folder; the answer is which of the archive's are there now."""
    async with as_service() as db:
        stored = await stored_files.of_member(db, reading.member.id, bucket=supabase_files.MEDIA)
    there = {file.key.rpartition("/")[2] for file in stored}
    for name in names:
        base = name.rpartition("/")[2]
        if base not in there and await asyncio.to_thread(_unpack, path, name):
            key, unpacked = f"{reading.member.id}/{base}", path.with_name(base)
            await supabase_files.put(supabase_files.MEDIA, key, unpacked, images.CONTENT_TYPE)
            there.add(base)
    return there


def _unpack(path: Path, name: str) -> bool:
    """Beside the archive, if it is a picture of the kind we make ourselves."""
    content = read_file(path, name)
    if not images.is_ours(content):
        return False
    path.with_name(name.rpartition("/")[2]).write_bytes(content)
    return True


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
    return len(over) + await _clear_lost_imports()


async def _clear_lost_imports() -> int:
    async with as_service() as db:
        lost = await importing.lost(db, now=clock.now())
    for import_id, key in lost:
        await supabase_files.remove(supabase_files.ARCHIVES, key)
        async with as_service() as db:
            await importing.refuse(db, import_id, f"{exporting.TOOK_TOO_LONG} {SAFE}", now=clock.now())
    return len(lost)
