"""`/dev/mail`: what the mailbox of this machine has kept. In production there is no such page."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from gynergy_app import routes as paths
from gynergy_app import theme
from gynergy_app.local import kept_mail
from gynergy_app.settings import settings

VIEWS = {"html": "Letter", "text": "Text", "links": "Links", "headers": "Headers", "source": "Source"}
NEWEST = 200

HEADERS = {
    # A mail brings its own styles and may show pictures; nothing in it runs, and nobody may frame the page.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data: https:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}

Endpoint = Callable[[Request], Awaitable[Response]]


def absent_in_production(endpoint: Endpoint) -> Endpoint:
    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        if settings.is_production:
            raise HTTPException(404)
        return await endpoint(request)

    return guarded


@absent_in_production
async def mailbox(request: Request) -> Response:
    return await _page(request, opened=None)


@absent_in_production
async def letter(request: Request) -> Response:
    return await _page(request, opened=await _kept(request))


@absent_in_production
async def attachment(request: Request) -> Response:
    kept = await _kept(request)
    number = request.path_params["number"]
    if number >= len(kept.attachments):
        raise HTTPException(404)
    part = kept.attachments[number]
    disposition = f"attachment; filename*=UTF-8''{quote(part.name)}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return Response(part.content, media_type="application/octet-stream", headers=headers)


routes = [
    Route(paths.DEV_MAIL, mailbox),
    Route(f"{paths.DEV_MAIL}/{{key}}", letter),
    Route(f"{paths.DEV_MAIL}/{{key}}/attachments/{{number:int}}", attachment),
]


def _folder() -> Path:
    return settings.var_dir / "mailbox"


async def _kept(request: Request) -> kept_mail.KeptMail:
    kept = await asyncio.to_thread(kept_mail.read, _folder(), request.path_params["key"])
    if kept is None:
        raise HTTPException(404)
    return kept


async def _page(request: Request, *, opened: kept_mail.KeptMail | None) -> Response:
    words = request.query_params.get("q", "")[:200]
    view = request.query_params.get("view", "html")
    found = await asyncio.to_thread(kept_mail.search, _folder(), words)
    page = await asyncio.to_thread(
        _template().render,
        mails=found[:NEWEST],
        count=len(found),
        opened=opened,
        query=words,
        view=view if view in VIEWS else "html",
        views=VIEWS,
    )
    return HTMLResponse(page, headers=HEADERS)


@cache
def _template() -> Template:
    jinja = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals |= {"root": paths.DEV_MAIL, "home": paths.HOME, "tokens": theme.stylesheet()}
    return jinja.get_template("dev_mail.html.j2")
