"""An archive on its way out, to the member it belongs to, and on its way back in."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import get_caller, lead_to, own_cookie
from gynergy_app.api.requests import check_origin
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.archives import HEAVIEST_ARCHIVE
from gynergy_app.errors import GynergyError, Invalid, NotSignedIn
from gynergy_app.integrations import supabase_files
from gynergy_app.services import rate_limits, sessions
from gynergy_app.services.archives import exporting, importing, opening
from gynergy_app.services.archives.exporting import ArchiveGone
from gynergy_app.services.archives.opening import ArchiveRefused
from gynergy_app.services.flash import Flash

MOST_BROUGHT, PER = 10, timedelta(hours=1)


async def fetch(request: Request) -> Response:
    """Streamed through us with her own token: the storage lets nobody else read it either."""
    who, now = await get_caller(request), clock.now()
    async with as_member(who.id) as db:
        wish = await exporting.fetchable(db, _id_in(request), now=now)
    token = await sessions.access_token(own_cookie(request), now)
    pieces = supabase_files.read(supabase_files.ARCHIVES, wish.object_key or "", token=token)
    first = await anext(pieces, b"")

    async def whole():
        yield first
        async for piece in pieces:
            yield piece

    made_on = clock.day_in(who.timezone, wish.ready_at or now)
    headers = {
        "Content-Disposition": f'attachment; filename="gynergy-{made_on}.zip"',
        "Content-Length": str(wish.size_bytes),
        "Cache-Control": "private, no-store",
        "Vary": "Cookie",
    }
    return StreamingResponse(whole(), media_type=supabase_files.ZIP, headers=headers)


def _id_in(request: Request) -> UUID:
    try:
        return UUID(request.path_params["export_id"])
    except ValueError:
        raise ArchiveGone from None


async def bring(request: Request) -> Response:
    """Take an archive from a native form. What cannot be taken leads back to its page, with the sentence."""
    check_origin(request)
    try:
        await _take(request, await get_caller(request))
    except NotSignedIn as refused:
        return lead_to(f"{paths.SIGN_IN}?next={paths.DATA}", Flash(paths.SIGN_IN, note=str(refused)))
    except Invalid as refused:
        return lead_to(paths.DATA, Flash(paths.DATA, problems=refused.problems))
    except GynergyError as refused:
        return lead_to(paths.DATA, Flash(paths.DATA, note=str(refused)))
    return lead_to(paths.DATA, Flash(paths.DATA, note=importing.TAKEN, is_good_news=True))


async def _take(request: Request, who: Member) -> None:
    now = clock.now()
    await rate_limits.allow(f"bring:{who.id}", MOST_BROUGHT, PER, now)
    async with as_member(who.id) as db:
        await importing.require_room(db, who)
    with tempfile.TemporaryDirectory(prefix="gynergy-archive-") as folder:
        path, import_id = Path(folder) / "archive.zip", importing.new_id()
        await _receive(request, path)
        await asyncio.to_thread(opening.look, path)
        token = await sessions.access_token(own_cookie(request), now)
        key = importing.key_of(who.id, import_id)
        await supabase_files.put(supabase_files.ARCHIVES, key, path, supabase_files.ZIP, token=token)
    async with as_member(who.id) as db:
        await importing.take(db, who, import_id, now=now)


async def _receive(request: Request, path: Path) -> None:
    try:
        form = await MultiPartParser(request.headers, _capped(request), max_files=1, max_fields=5).parse()
    except (MultiPartException, KeyError):
        raise ArchiveRefused(opening.NOT_A_ZIP) from None
    sent = form.get("archive")
    try:
        if not isinstance(sent, UploadFile) or not sent.size:
            raise ArchiveRefused("Please choose the archive first.")
        with path.open("wb") as file:
            await asyncio.to_thread(shutil.copyfileobj, sent.file, file)
    finally:
        await form.close()


async def _capped(request: Request) -> AsyncGenerator[bytes, None]:
    """Stop listening as soon as it is too heavy, whatever length was announced."""
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > HEAVIEST_ARCHIVE:
            raise ArchiveRefused(opening.TOO_HEAVY)
        yield chunk


routes = [
    Route("/archives/{export_id}.zip", fetch, methods=["GET"]),
    Route("/uploads/archive", bring, methods=["POST"]),
]
