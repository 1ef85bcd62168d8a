"""What tests of the cohorts desk ask the database directly."""

from typing import Any
from uuid import UUID

import psycopg


async def cohort_of(owner_db: psycopg.AsyncConnection, session_id: UUID) -> UUID:
    row = await (
        await owner_db.execute("select id from cohorts where session_id = %s", [session_id])
    ).fetchone()
    assert row
    return row[0]


async def one(owner_db: psycopg.AsyncConnection, query: str, *said: object) -> Any:
    return await (await owner_db.execute(query, said)).fetchone()  # pyright: ignore[reportArgumentType]
