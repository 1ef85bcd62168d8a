"""The job queue as everybody but the worker sees it: put something in, ask whether anybody is working."""

import json
from datetime import datetime

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_ENQUEUE = text("select private.enqueue(:task, cast(:arguments as jsonb))")
_STATUS = text("select private.job_status(:tasks)")
_WORKER_SEEN_AT = text("select private.worker_seen_at()")


async def enqueue(db: AsyncSession, task: str, **arguments: str) -> None:
    """Ask the worker for something, in the transaction that caused it."""
    await (await db.connection()).execute(_ENQUEUE, {"task": task, "arguments": json.dumps(arguments)})


async def status(db: AsyncSession, *tasks: str) -> str:
    """For an admin: `doing` while a worker is at one of these, `todo` while it waits, else empty."""
    return (await (await db.connection()).execute(_STATUS, {"tasks": list(tasks)})).scalar() or ""


async def worker_seen_at(db: AsyncSession) -> datetime | None:
    """When a worker last gave a sign of life. It does so every ten seconds."""
    return (await (await db.connection()).execute(_WORKER_SEEN_AT)).scalar()
