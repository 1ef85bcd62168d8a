"""Getting files out: as their owner, or by a link that was signed for a while."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import jwt
from starlette.responses import FileResponse, JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth.database import Db, Row
from gynergy_app.local.storage import objects
from gynergy_app.local.storage.call import Call, valid_name
from gynergy_app.local.storage.errors import ObjectNotFound, StorageError

MOST_LISTED = 1000
SERVICE = {"role": "service_role"}


async def download(call: Call) -> Response:
    async with objects.acting_as(call.server.pool, call.claims()) as db:
        row = await objects.get(db, call.bucket, call.name)
    return _file(call, row)


async def info(call: Call) -> Response:
    async with objects.acting_as(call.server.pool, call.claims()) as db:
        row = await objects.get(db, call.bucket, call.name)
    about = row["metadata"]
    shown = {"id": str(row["id"]), **{name: row[name] for name in ("name", "bucket_id", "version")}}
    shown |= {"size": about["size"], "content_type": about["mimetype"], "etag": about["eTag"]}
    shown |= {"cache_control": about["cacheControl"], "last_modified": about["lastModified"]}
    return JSONResponse({**shown, "created_at": row["created_at"].isoformat()})


async def list_folder(call: Call) -> Response:
    body = await call.json()
    prefix = str(body.get("prefix") or "").strip("/")
    folder = f"{prefix}/" if prefix else ""
    await objects.bucket(call.server.pool, call.bucket)
    async with objects.acting_as(call.server.pool, call.claims()) as db:
        rows = await objects.below(db, call.bucket, folder + str(body.get("search") or ""))
    entries = _entries(rows, folder)
    sort = body.get("sortBy") or {}
    column = str(sort.get("column") or "name")
    entries.sort(key=lambda entry: str(entry.get(column) or ""), reverse=sort.get("order") == "desc")
    offset, limit = int(body.get("offset") or 0), min(int(body.get("limit") or 100), MOST_LISTED)
    return JSONResponse(entries[offset : offset + limit])


async def sign(call: Call) -> Response:
    seconds = _seconds(await call.json())
    async with objects.acting_as(call.server.pool, call.claims()) as db:
        return JSONResponse({"signedURL": await _signed(call, db, call.name, seconds)})


async def sign_many(call: Call) -> Response:
    body = await call.json()
    seconds, signed = _seconds(body), []
    async with objects.acting_as(call.server.pool, call.claims()) as db:
        for path in body.get("paths", []):
            try:
                url = await _signed(call, db, valid_name(path), seconds)
                signed.append({"path": path, "signedURL": url, "error": None})
            except ObjectNotFound:
                message = "Either the object does not exist or you do not have access to it"
                signed.append({"path": path, "signedURL": None, "error": message})
    return JSONResponse(signed)


async def download_signed(call: Call) -> Response:
    """Whoever holds the link may read the object it names, until it ends."""
    try:
        claims = call.server.keys.verify(call.request.query_params.get("token", ""))
    except jwt.InvalidTokenError as error:
        raise StorageError(400, "InvalidJWT", str(error)) from error
    if claims.get("url") != f"{call.bucket}/{call.name}":
        raise StorageError(400, "InvalidSignature", "The link was made for another object")
    async with objects.acting_as(call.server.pool, SERVICE) as db:
        row = await objects.get(db, call.bucket, call.name)
    return _file(call, row)


async def _signed(call: Call, db: Db, name: str, seconds: int) -> str:
    await objects.get(db, call.bucket, name)
    ends = clock.now() + timedelta(seconds=seconds)
    token = call.server.keys.sign({"url": f"{call.bucket}/{name}", "exp": int(ends.timestamp())})
    return f"/object/sign/{call.bucket}/{quote(name)}?token={token}"


def _seconds(body: dict[str, Any]) -> int:
    try:
        return max(1, int(body["expiresIn"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError(400, "Error", "body must have required property 'expiresIn'") from error


def _file(call: Call, row: Row) -> Response:
    path = call.server.folder.path(row["bucket_id"], row["name"], row["version"])
    if not path.exists():
        raise ObjectNotFound
    headers = {"cache-control": row["metadata"]["cacheControl"], "x-content-type-options": "nosniff"}
    wanted = call.request.query_params.get("download")
    if wanted is not None:
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(wanted or path.name)}"
    return FileResponse(path, media_type=row["metadata"]["mimetype"], headers=headers)


def _entries(rows: list[Row], folder: str) -> list[dict[str, Any]]:
    """One level: files as they are, folders by name only."""
    entries: dict[str, dict[str, Any]] = {}
    for row in rows:
        name, _, deeper = row["name"].removeprefix(folder).partition("/")
        if deeper:
            nothing = dict.fromkeys(("id", "created_at", "updated_at", "last_accessed_at", "metadata"))
            entries.setdefault(name, {"name": name, **nothing})
        else:
            entries[name] = {**objects.as_json(row), "name": name}
    return list(entries.values())
