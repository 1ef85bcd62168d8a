"""Makes the file of a yearbook. Done twice, it makes the same file again."""

import asyncio
import io
import logging
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.accounts import Member, timezone_or_utc
from gynergy_app.domain.yearbooks import Leaf
from gynergy_app.drawing.yearbook import set_book
from gynergy_app.errors import NotFound
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import profile_settings, users
from gynergy_app.repositories import yearbooks as rows
from gynergy_app.services import yearbook_pages, yearbooks
from gynergy_app.services.yearbooks import Photo, Yearbooks

log = logging.getLogger(__name__)

PDF = "application/pdf"
PRINTED_PIXELS = 1400
"""The longer side of a picture: 300 to the inch on the page it stands on."""


@queue.task(name="make_yearbook")
async def make_yearbook(yearbook_id: str) -> None:
    """Enqueued by the transaction that changed a choice. Of several waiting, the first makes the latest."""
    await make(UUID(yearbook_id))


async def make(yearbook_id: UUID) -> bool:
    """Whether a file was made. What cannot be made is written down, and a member may ask again."""
    now = clock.now()
    found = await _read(yearbook_id, now)
    if found is None:
        return False
    member, book = found
    try:
        key = await _make(yearbook_id, member, book, now)
    except Exception:
        log.exception("The yearbook %s could not be made.", yearbook_id)
        key = None
    async with as_service() as db:
        made_of = yearbook_pages.fingerprint(book, member)
        await rows.record_file(db, yearbook_id, book.revision, key, made_of)
    return key is not None


async def _read(yearbook_id: UUID, now: datetime) -> tuple[Member, Yearbooks] | None:
    async with as_service() as db:
        row = await rows.find_by_id(db, yearbook_id)
        user = await users.find(db, row.user_id) if row else None
        if row is None or user is None or row.pdf_revision == row.revision:
            return None
        zone = timezone_or_utc((await profile_settings.get(db, user.id)).timezone)
        member = Member(user.id, "", user.first_name, user.last_name, zone)
        book = await yearbooks.read_row(db, member, row, now=now)
        return (member, book) if book else None


async def _make(yearbook_id: UUID, member: Member, book: Yearbooks, now: datetime) -> str:
    data = yearbook_pages.as_data(book, member, clock.day_in(member.timezone, now))
    pictures: dict[str, bytes] = {}
    if book.holds(Leaf.photos):
        data["photos"], pictures = await _pictures(member, book)
    content = await asyncio.to_thread(set_book, data, yearbook_pages.dial(book), pictures, now)
    key = yearbooks.key_of(member.id, yearbook_id)
    with tempfile.TemporaryDirectory(prefix="gynergy-yearbook-") as folder:
        path = Path(folder) / "yearbook.pdf"
        await asyncio.to_thread(path.write_bytes, content)
        await supabase_files.put(supabase_files.MEDIA, key, path, PDF)
    return key


async def _pictures(member: Member, book: Yearbooks) -> tuple[Sequence[Mapping[str, Any]], dict[str, bytes]]:
    """The chosen photos as the book wants them; one that is gone by now is left out."""
    wanted = set(book.chosen(Leaf.photos))
    entries, files = [], {}
    for n, photo in enumerate(photo for photo in book.photos if photo.item in wanted):
        made = await _picture(member, photo)
        if made:
            name = f"{n + 1}.jpg"
            files[name] = made[0]
            entries.append({"file": name, "caption": f"Day {photo.day}", "is_wide": made[1]})
    return entries, files


async def _picture(member: Member, photo: Photo) -> tuple[bytes, bool] | None:
    """A JPEG, and whether it is wider than tall. Only from the member's own folder."""
    if not photo.item.startswith(f"{member.id}/"):
        return None
    try:
        content = b"".join([chunk async for chunk in supabase_files.read(supabase_files.MEDIA, photo.item)])
    except NotFound:
        return None
    return await asyncio.to_thread(_as_jpeg, content)


def _as_jpeg(content: bytes) -> tuple[bytes, bool]:
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((PRINTED_PIXELS, PRINTED_PIXELS))
        made = io.BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=85)
        return made.getvalue(), image.width >= image.height
