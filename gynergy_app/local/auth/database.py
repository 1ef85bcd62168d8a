"""The auth server's own connections: it owns schema `auth`, and asks for nothing else."""

from typing import Any, LiteralString

from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

Row = dict[str, Any]
Db = AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Db]
Query = LiteralString | sql.Composed


def open_pool(url: str) -> Pool:
    """Each `async with pool.connection()` is one transaction, undone by an exception."""
    return AsyncConnectionPool(
        url,
        connection_class=AsyncConnection[DictRow],
        kwargs={"row_factory": dict_row, "connect_timeout": 5},
        min_size=1,
        max_size=6,
        timeout=10,
        open=False,
        check=_is_alive,
    )


async def _is_alive(db: Db) -> None:
    """Raises for a connection the server has dropped, so that the pool replaces it."""
    await db.execute("")
    await db.rollback()


async def find_row(db: Db, query: Query, *values: Any) -> Row | None:
    return await (await db.execute(query, values)).fetchone()


async def get_row(db: Db, query: Query, *values: Any) -> Row:
    """The one row this statement always answers with."""
    row = await find_row(db, query, *values)
    if row is None:
        raise LookupError("A statement that always returns a row returned none.")
    return row


async def list_rows(db: Db, query: Query, *values: Any) -> list[Row]:
    return await (await db.execute(query, values)).fetchall()
