"""The HTTP routes beside the pages, and what they answer when they cannot."""

import logging

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gynergy_app.api import (
    action_photos,
    archive,
    auth,
    billing,
    checkout,
    crawlers,
    dev_mail,
    emblem,
    health,
    money_csv,
    points_csv,
    push,
    revenue_csv,
    stripe_webhook,
    unsubscribe,
    uploads,
    yearbook_pdf,
)
from gynergy_app.api.notice import SORRY, notice
from gynergy_app.errors import GynergyError, Invalid

log = logging.getLogger(__name__)


def create_api() -> Starlette:
    """A new app each time: Reflex mounts itself beneath it."""
    return Starlette(
        routes=[
            *health.routes,
            *crawlers.routes,
            *auth.routes,
            *billing.routes,
            *uploads.routes,
            *action_photos.routes,
            *emblem.routes,
            *archive.routes,
            *points_csv.routes,
            *money_csv.routes,
            *revenue_csv.routes,
            *yearbook_pdf.routes,
            *unsubscribe.routes,
            *push.routes,
            *checkout.routes,
            *stripe_webhook.routes,
            *dev_mail.routes,
        ],
        exception_handlers={GynergyError: refuse, HTTPException: http_refusal, Exception: apologise},
    )


async def refuse(request: Request, error: Exception) -> Response:
    """Say no in the caller's language: JSON to a script, a sentence to everybody else."""
    assert isinstance(error, GynergyError)  # noqa: S101  registered for this kind only
    if _wants_json(request):
        problems = {"problems": error.problems} if isinstance(error, Invalid) else {}
        return JSONResponse({"error": str(error), **problems}, status_code=error.status)
    return HTMLResponse(notice(str(error)), status_code=error.status)


async def http_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for this kind only
    if _wants_json(request):
        return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)
    return HTMLResponse(notice(error.detail), status_code=error.status_code, headers=error.headers)


async def apologise(request: Request, error: Exception) -> Response:
    """Keep the reason for the log; give the member something to quote."""
    request_id = getattr(request.state, "request_id", "-")
    log.error("Unhandled error at %s %s", request.method, request.url.path, exc_info=error)
    if _wants_json(request):
        return JSONResponse({"error": SORRY, "reference": request_id}, status_code=500)
    return HTMLResponse(notice(SORRY, request_id), status_code=500)


def _wants_json(request: Request) -> bool:
    return "text/html" not in request.headers.get("accept", "")
