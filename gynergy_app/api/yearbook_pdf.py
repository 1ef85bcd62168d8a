"""The yearbook as a file: to its owner, and to nobody else."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import get_caller, own_cookie
from gynergy_app.db import as_member
from gynergy_app.errors import NotFound
from gynergy_app.integrations import supabase_storage
from gynergy_app.services import sessions, yearbooks


class NoYearbookFile(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no PDF of your yearbook yet. The page of your yearbook makes one.")


async def download(request: Request) -> Response:
    """The latest that was made; asked for with her own token, so that storage decides as well."""
    who = await get_caller(request)
    now = clock.now()
    async with as_member(who.id) as db:
        book = await yearbooks.read(db, who, _session(request), now=now)
    if book is None or book.row is None or not book.row.pdf_key:
        raise NoYearbookFile
    token = await sessions.access_token(own_cookie(request), now)
    content = await supabase_storage.get(token, book.row.pdf_key)
    name = f"gynergy-yearbook-{book.reached.enrolled.end_date}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def _session(request: Request) -> UUID | None:
    """The session asked for; none is asked for at the bare address."""
    said = request.query_params.get("session")
    try:
        return UUID(said) if said else None
    except ValueError:
        raise NoYearbookFile from None


routes = [Route(paths.YEARBOOK_PDF, download, methods=["GET"])]
