"""Two questions a load balancer asks: are you alive, and should you be sent people."""

import asyncio
from functools import cache
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app.db import as_visitor
from gynergy_app.repositories import jobs
from gynergy_app.settings import ROOT

Found = dict[str, bool]

WORKER_IS_AWAY_AFTER_SECONDS = 30
PATIENCE_SECONDS = 2.0
NOTHING: Found = {"database": False, "migration": False, "worker": False}

_looking: asyncio.Task[Found] | None = None
_REVISION = text("select private.migrated_to()")


async def health(request: Request) -> JSONResponse:
    """This process answers. Says nothing about anything else, so that a lost database restarts nobody."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> JSONResponse:
    """Whether the day can be lived here. A missing worker delays mail and is said, but turns nobody away."""
    found = await _look()
    waiting_for = [name for name in ("database", "migration") if not found[name]]
    status = 503 if waiting_for else 200
    body: dict[str, Any] = {"status": "waiting" if waiting_for else "ready", **found}
    if waiting_for:
        body["waiting_for"] = ", ".join(waiting_for)
    return JSONResponse(body, status_code=status)


async def _look() -> Found:
    """A frozen database keeps a look waiting for as long as it likes. Then the answer is no, and whoever asks
    meanwhile waits for the same look: one connection hangs, however often we are asked."""
    global _looking
    if _looking is None or _looking.done():
        _looking = asyncio.create_task(_ask())
    done, _ = await asyncio.wait({_looking}, timeout=PATIENCE_SECONDS)
    return _looking.result() if done else NOTHING


async def _ask() -> Found:
    try:
        async with as_visitor() as db:
            revision = (await (await db.connection()).execute(_REVISION)).scalar()
            seen_at = await jobs.worker_seen_at(db)
    except SQLAlchemyError:
        return NOTHING
    away = (clock.now() - seen_at).total_seconds() if seen_at else None
    is_working = away is not None and away < WORKER_IS_AWAY_AFTER_SECONDS
    return {"database": True, "migration": revision == head(), "worker": is_working}


@cache
def head() -> str | None:
    """The newest revision these sources know."""
    return ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_current_head()


routes = [Route("/health", health), Route("/ready", ready)]
