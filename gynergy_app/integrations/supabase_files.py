"""Large files in Supabase Storage, streamed in both directions: an archive is never whole in memory.

A member's token opens her own folder; `OWNER` is the service key, which only the worker has.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
from storage3.exceptions import StorageApiError

from gynergy_app.errors import GynergyError, NotFound, Unavailable
from gynergy_app.integrations import supabase_client
from gynergy_app.settings import settings

ARCHIVES = "archives"
MEDIA = "media"
OWNER = ""
ZIP = "application/zip"
CHUNK = 1 << 18
PATIENCE = httpx.Timeout(60, connect=3)
"""For one piece of a file on its way, not for all of it."""


class FileGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This file is not here any more.")


class FilesUnavailable(Unavailable):
    def __init__(self) -> None:
        super().__init__("The place where files are kept does not answer.")


async def put(bucket: str, key: str, path: Path, content_type: str, *, token: str = OWNER) -> None:
    """Keep the file under `key`; the worker replaces what was there, a member adds only."""
    headers = {**_headers(token), "x-upsert": "true" if token == OWNER else "false"}
    with _in_our_words(absent=FilesUnavailable), path.open("rb") as file:
        async with supabase_client.http() as client:
            answer = await client.post(
                _address(bucket, key),
                headers=headers,
                files={"file": (path.name, file, content_type)},
                timeout=PATIENCE,
            )
            answer.raise_for_status()


async def read(bucket: str, key: str, *, token: str = OWNER) -> AsyncIterator[bytes]:
    """The file in pieces."""
    with _in_our_words():
        async with (
            supabase_client.http() as client,
            client.stream("GET", _address(bucket, key), headers=_headers(token), timeout=PATIENCE) as answer,
        ):
            answer.raise_for_status()
            async for chunk in answer.aiter_bytes(CHUNK):
                yield chunk


async def remove(bucket: str, *keys: str) -> None:
    """What is not there is removed already. For the worker."""
    if not keys:
        return
    with _in_our_words():
        async with supabase_client.owner() as client:
            await client.storage.from_(bucket).remove(list(keys))


def _address(bucket: str, key: str) -> str:
    return f"{settings.supabase_url}/storage/v1/object/{bucket}/{quote(key)}"


def _headers(token: str) -> dict[str, str]:
    if token == OWNER:
        key = settings.supabase_service_role_key.get_secret_value()
        return {"apikey": key, "Authorization": f"Bearer {key}"}
    return {
        "apikey": settings.supabase_anon_key.get_secret_value(),
        "Authorization": f"Bearer {token}",
    }


@contextmanager
def _in_our_words(absent: Callable[[], GynergyError] = FileGone) -> Iterator[None]:
    """The storage answers 400 for what is not there, or not the caller's."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        gone = error.response.status_code in (400, 404)
        raise (absent if gone else FilesUnavailable)() from error
    except (httpx.HTTPError, StorageApiError) as error:
        raise FilesUnavailable from error
