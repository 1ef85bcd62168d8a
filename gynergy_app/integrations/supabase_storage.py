"""Members' files, kept by Supabase Storage. Each is asked for with its owner's own token."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from storage3.exceptions import StorageApiError
from storage3.types import FileOptions

from gynergy_app.errors import GynergyError, Invalid, NotAllowed, NotFound, Unavailable
from gynergy_app.integrations import supabase_client

BUCKET = "media"
LINK_SECONDS = 600


class FileNotKept(NotFound):
    def __init__(self) -> None:
        super().__init__("This picture is not here any more, or it is not yours.")


class NotYourFolder(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This file belongs to somebody else.")


class FileRefused(Invalid):
    def __init__(self) -> None:
        super().__init__({"file": "This file is too large or of a kind we cannot keep. Please try another."})


class StorageUnavailable(Unavailable):
    def __init__(self) -> None:
        super().__init__("We cannot reach the place where pictures are kept. Please try again in a moment.")


_MEANINGS: dict[str, type[GynergyError]] = {
    "400": FileNotKept,
    "403": NotYourFolder,
    "404": FileNotKept,
    "413": FileRefused,
    "415": FileRefused,
}


async def put(access_token: str, key: str, data: bytes, content_type: str) -> None:
    """Keep these bytes under `key`, replacing what was there. `key` begins with the owner's id."""
    with _in_our_words():
        async with supabase_client.client(access_token) as client:
            options: FileOptions = {"content-type": content_type, "upsert": "true"}
            await client.storage.from_(BUCKET).upload(key, data, options)


async def get(access_token: str, key: str) -> bytes:
    with _in_our_words():
        async with supabase_client.client(access_token) as client:
            return await client.storage.from_(BUCKET).download(key)


async def delete(access_token: str, *keys: str) -> None:
    """What is not there is deleted already."""
    with _in_our_words():
        async with supabase_client.client(access_token) as client:
            await client.storage.from_(BUCKET).remove(list(keys))


async def signed_url(access_token: str, key: str, seconds: int = LINK_SECONDS) -> str:
    """An address that shows the file to whoever holds it, for a while."""
    with _in_our_words():
        async with supabase_client.client(access_token) as client:
            signed = await client.storage.from_(BUCKET).create_signed_url(key, seconds)
    if not signed["signedUrl"]:
        raise FileNotKept
    return signed["signedUrl"]


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except StorageApiError as error:
        raise _MEANINGS.get(str(error.status), StorageUnavailable)() from error
    except httpx.HTTPError as error:
        raise StorageUnavailable from error
    except ValueError as error:
        # The client's own refusal of a key with dot segments.
        raise FileNotKept from error
