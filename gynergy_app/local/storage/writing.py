"""Putting files in and taking them out."""

import asyncio
import mimetypes
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth.database import Row
from gynergy_app.local.storage import objects
from gynergy_app.local.storage.call import Call, valid_name
from gynergy_app.local.storage.errors import StorageError, TooLarge

DEFAULT_LIMIT = 50 * 1024 * 1024
FORM_OVERHEAD = 64 * 1024


async def upload(call: Call) -> Response:
    claims = call.claims()
    bucket = await objects.bucket(call.server.pool, call.bucket)
    _require_room(call, bucket)
    async with call.request.form(max_files=1, max_fields=10) as form:
        file = next((value for value in form.values() if isinstance(value, UploadFile)), None)
        if file is None:
            raise StorageError(400, "Error", "No file in the form")
        _require_kind(file, bucket)
        row = await _store(call, claims, file)
    return JSONResponse({"Id": str(row["id"]), "Key": f"{call.bucket}/{call.name}"})


async def remove(call: Call) -> Response:
    body = await call.json()
    names = body.get("prefixes")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise StorageError(400, "Error", "body must have required property 'prefixes'")
    return JSONResponse(await _remove(call, [valid_name(name) for name in names]))


async def remove_one(call: Call) -> Response:
    gone = await _remove(call, [call.name])
    if not gone:
        raise StorageError(404, "not_found", "Object not found")
    return JSONResponse({"message": "Successfully deleted"})


async def _remove(call: Call, names: list[str]) -> list[dict[str, Any]]:
    async with objects.acting_as(call.server.pool, call.claims()) as db:
        gone = await objects.remove(db, call.bucket, names)
    for row in gone:
        call.server.folder.remove(call.bucket, row["name"], row["version"])
    return [objects.as_json(row) for row in gone]


def _require_room(call: Call, bucket: Row) -> None:
    """Before a byte is read: what says it is too large, or does not say, stays outside."""
    said = call.request.headers.get("content-length", "")
    if not said.isdigit() or int(said) > _limit(bucket) + FORM_OVERHEAD:
        raise TooLarge


def _require_kind(file: UploadFile, bucket: Row) -> None:
    if (file.size or 0) > _limit(bucket):
        raise TooLarge
    allowed = bucket["allowed_mime_types"]
    if allowed and _type(file) not in allowed:
        raise StorageError(415, "invalid_mime_type", f"mime type {_type(file)} is not supported")


async def _store(call: Call, claims: dict[str, Any], file: UploadFile) -> Row:
    """First the bytes, then the row that makes them count, then the end of those they replace."""
    folder, name = call.server.folder, call.name
    version, digest = await asyncio.to_thread(folder.write, call.bucket, name, file.file)
    try:
        row, old_version = await _keep(call, claims, version, _metadata(file, digest))
    except BaseException:
        folder.remove(call.bucket, name, version)
        raise
    if old_version:
        folder.remove(call.bucket, name, old_version)
    return row


async def _keep(
    call: Call, claims: dict[str, Any], version: str, metadata: dict[str, Any]
) -> tuple[Row, str | None]:
    replaces = call.request.method == "PUT" or call.request.headers.get("x-upsert") == "true"
    owner = claims.get("sub")
    async with objects.acting_as(call.server.pool, claims) as db:
        before = await objects.find(db, call.bucket, call.name)
        if before is None:
            row = await objects.keep(db, call.bucket, call.name, owner, version, metadata)
        else:
            row = await objects.replace(db, before, owner, version, metadata) if replaces else None
    if row is None:
        raise StorageError(409, "Duplicate", "The resource already exists")
    return row, before["version"] if before else None


def _limit(bucket: Row) -> int:
    return bucket["file_size_limit"] or DEFAULT_LIMIT


def _type(file: UploadFile) -> str:
    guessed = mimetypes.guess_type(file.filename or "")[0]
    return (file.content_type or guessed or "application/octet-stream").partition(";")[0].strip().lower()


def _metadata(file: UploadFile, digest: str) -> dict[str, Any]:
    return {
        "eTag": f'"{digest[:32]}"', "size": file.size, "mimetype": _type(file),
        "cacheControl": "max-age=3600", "lastModified": clock.now().isoformat(), "contentLength": file.size,
        "httpStatusCode": 200,
    }  # fmt: skip
