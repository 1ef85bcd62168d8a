"""What goes into a member's archive: her rows as data, her days as pages to read, her files as they are."""

import json
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts.archives import (
    DATA,
    FORMAT,
    INDEX,
    MEDIA_FOLDER,
    VERSION,
    belongs_in_archive,
)
from gynergy_app.integrations import supabase_files
from gynergy_app.repositories import stored_files
from gynergy_app.repositories.archive_rows import Rows, Run
from gynergy_app.repositories.stored_files import StoredFile
from gynergy_app.services.archives import keepsake
from gynergy_app.services.archives.writing import ArchiveWriter

log = logging.getLogger(__name__)


async def add_words(
    db: AsyncSession, user_id: UUID, archive: ArchiveWriter, *, now: datetime
) -> Sequence[StoredFile]:
    """Everything that is rows; the answer is which files belong beside them.

    For a transaction of the service that began with `in_one_snapshot`: it reads her journal.
    """
    rows = Rows(db, user_id)
    tables, runs = await rows.tables(), await rows.runs()
    await archive.add(INDEX, keepsake.pages(rows, runs, now))
    await archive.add(DATA, _data(rows, tables, runs, now))
    return await stored_files.of_member(db, user_id, bucket=supabase_files.MEDIA)


async def add_files(archive: ArchiveWriter, files: Iterable[StoredFile]) -> None:
    """A file the storage has lost leaves a gap, and does not keep everything else from its owner."""
    for file in files:
        name = media_name(file.key)
        pieces = supabase_files.read(file.bucket, file.key)
        try:
            first = await anext(pieces, b"")
        except supabase_files.FileGone:
            log.warning("A stored file is named but not there: %s", file.key)
            continue
        if belongs_in_archive(name):
            await archive.add(name, _whole(first, pieces), is_packed=True)


async def _whole(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


def media_name(key: str) -> str:
    """Where a stored file lies in an archive: its folder there is nobody's.

    >>> media_name("2f6c0d7e-0000-4000-8000-000000000000/4f0c.webp")
    'media/4f0c.webp'
    """
    return MEDIA_FOLDER + key.partition("/")[2].replace("/", "_")


async def _data(rows: Rows, tables: dict[str, str], runs: list[Run], now: datetime) -> AsyncIterator[bytes]:
    """One JSON document, written row by row."""
    about: dict[str, Any] = {"format": FORMAT, "version": VERSION, "exported_at": now.isoformat()}
    about["owner"] = await rows.owner()
    yield f'{_json(about)[:-1]}, "sessions": {_json([_as_json(run) for run in runs])},\n"tables": {{'.encode()
    before_table = "\n"
    for table, condition in tables.items():
        before_row = f"{before_table}{_json(table)}: [\n  "
        async for row in rows.of(table, condition):
            yield (before_row + _json(row)).encode()
            before_row, before_table = ",\n  ", ",\n"
        if before_row == ",\n  ":
            yield b"\n]"
    yield b"\n}}\n"


def _as_json(run: Run) -> dict[str, Any]:
    return {
        "id": str(run.session_id),
        "program": run.program,
        "slug": run.slug,
        "start_date": run.start.isoformat(),
        "end_date": run.end.isoformat(),
        "enrolled_on": run.enrolled_on.isoformat(),
        "is_personal": run.is_personal,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
