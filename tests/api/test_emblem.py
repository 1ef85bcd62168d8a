"""The emblem of a highest self: it lands on the vision, and leaves nothing behind where it may not."""

from collections.abc import Callable
from io import BytesIO

import httpx
import psycopg
from PIL import Image

from tests import access
from tests.api.conftest import Visitor
from tests.api.test_action_photos import kept_files, writer
from tests.api.test_uploads import a_picture

__all__ = ["writer"]


async def send(visitor: Visitor, content: bytes) -> httpx.Response:
    return await visitor.http.post("/uploads/emblem", files={"emblem": ("oak", content, "image/jpeg")})


async def emblem_of(owner_db: psycopg.AsyncConnection, email: str) -> str | None:
    query = "select symbols from user_visions join users u on u.id = user_id where u.email = %s"
    row = await (await owner_db.execute(query, [email])).fetchone()
    return row[0] if row else None


async def test_it_stands_beside_the_vision_and_is_a_picture_of_our_own(
    writer: Visitor, email: str, owner_db: psycopg.AsyncConnection
):
    sent = await send(writer, a_picture())

    assert await emblem_of(owner_db, email) == sent.json()["key"]
    shown = await writer.http.get(sent.json()["url"])
    assert shown.headers["content-type"] == "image/webp"
    assert not Image.open(BytesIO(shown.content)).getexif()


async def test_the_one_before_stays_for_the_version_it_stood_beside(
    writer: Visitor, email: str, owner_db: psycopg.AsyncConnection
):
    oak = (await send(writer, a_picture())).json()["key"]
    await send(writer, a_picture())

    query = "select images from vision_versions join users u on u.id = user_id where u.email = %s"
    assert await (await owner_db.execute(query, [email])).fetchall() == [([oak],)]
    assert (await writer.http.get(f"/media/{oak}")).status_code == 200


async def test_without_a_place_it_is_refused_and_not_kept(
    ana: Visitor, email: str, id_of: Callable, owner_db: psycopg.AsyncConnection
):
    await access.grant(owner_db, await id_of(email))
    assert (await send(ana, a_picture())).status_code == 409
    assert await kept_files(owner_db, await id_of(email)) == 0


async def test_where_writing_is_closed_nothing_is_kept(
    ana: Visitor, email: str, id_of: Callable, owner_db: psycopg.AsyncConnection
):
    refused = await send(ana, a_picture())

    assert refused.status_code == 403
    assert refused.json()["error"].startswith("This is not open to you just now.")
    assert await kept_files(owner_db, await id_of(email)) == 0


async def test_what_is_no_picture_is_refused(writer: Visitor):
    refused = await send(writer, b"just words")

    assert refused.status_code == 422
    assert "emblem" in refused.json()["problems"]
