"""An archive on its way out, to the member it belongs to."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app.api.auth.posting import get_caller, own_cookie
from gynergy_app.db import as_member
from gynergy_app.integrations import supabase_files
from gynergy_app.services import sessions
from gynergy_app.services.archives import exporting
from gynergy_app.services.archives.exporting import ArchiveGone


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


routes = [Route("/archives/{export_id}.zip", fetch, methods=["GET"])]
