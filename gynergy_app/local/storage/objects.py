"""Rows of `storage.objects`, always asked for as the caller."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from psycopg import errors
from psycopg.types.json import Jsonb

from gynergy_app.local.auth.database import Db, Pool, Row, find_row, list_rows
from gynergy_app.local.storage.errors import ObjectNotFound, Refused, StorageError

ROLES = {"anon", "authenticated", "service_role"}


@asynccontextmanager
async def acting_as(pool: Pool, claims: dict[str, Any]) -> AsyncIterator[Db]:
    """One transaction under the role and claims of a verified token."""
    if claims.get("role") not in ROLES:
        raise Refused("invalid role in the token")
    try:
        async with pool.connection() as db:
            await db.execute(
                "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
                (claims["role"], json.dumps(claims)),
            )
            yield db
    except errors.InsufficientPrivilege as error:
        raise Refused from error


async def bucket(pool: Pool, bucket_id: str) -> Row:
    """What a bucket takes is nobody's secret, so it is read without a role."""
    async with pool.connection() as db:
        found = await find_row(db, "select * from storage.buckets where id = %s", bucket_id)
    if found is None:
        raise StorageError(404, "Bucket not found", "Bucket not found")
    return found


async def find(db: Db, bucket_id: str, name: str) -> Row | None:
    return await find_row(
        db, "select * from storage.objects where bucket_id = %s and name = %s", bucket_id, name
    )


async def get(db: Db, bucket_id: str, name: str) -> Row:
    found = await find(db, bucket_id, name)
    if found is None:
        raise ObjectNotFound
    return found


async def keep(
    db: Db, bucket_id: str, name: str, owner: str | None, version: str, metadata: dict[str, Any]
) -> Row | None:
    """Write the row. None when somebody put another object there a moment ago."""
    return await find_row(
        db,
        """insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata)
           values (%s, %s, %s, %s, %s, %s)
           on conflict (bucket_id, name) do nothing returning *""",
        bucket_id, name, owner, owner, version, Jsonb(metadata),
    )  # fmt: skip


async def replace(db: Db, row: Row, owner: str | None, version: str, metadata: dict[str, Any]) -> Row | None:
    return await find_row(
        db,
        """update storage.objects set version = %s, metadata = %s, owner = %s, owner_id = %s,
               updated_at = now(), last_accessed_at = now() where id = %s and version = %s returning *""",
        version, Jsonb(metadata), owner, owner, row["id"], row["version"],
    )  # fmt: skip


async def remove(db: Db, bucket_id: str, names: list[str]) -> list[Row]:
    return await list_rows(
        db,
        "delete from storage.objects where bucket_id = %s and name = any(%s) returning *",
        bucket_id,
        names,
    )


async def below(db: Db, bucket_id: str, prefix: str) -> list[Row]:
    return await list_rows(
        db,
        """select * from storage.objects where bucket_id = %s and starts_with(name, %s)
           order by name collate "C" """,
        bucket_id, prefix,
    )  # fmt: skip


def as_json(row: Row) -> dict[str, Any]:
    shown = {name: row[name] for name in ("name", "bucket_id", "owner", "owner_id", "version", "metadata")}
    moments = {name: row[name].isoformat() for name in ("created_at", "updated_at", "last_accessed_at")}
    return {"id": str(row["id"]), **shown, "owner": row["owner"] and str(row["owner"]), **moments}
