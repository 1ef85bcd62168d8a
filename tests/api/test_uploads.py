"""The picture a member shows, and who gets to see it."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from PIL import Image

from tests.api.conftest import Visitor
from tests.supabase import Supabase, an_address

NOBODY = "00000000-0000-4000-8000-000000000000"


def a_picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, kind)
    return target.getvalue()


async def send(visitor: Visitor, content: bytes, name: str = "me.jpg") -> httpx.Response:
    return await visitor.http.post("/uploads/picture", files={"picture": (name, content, "image/jpeg")})


async def test_a_picture_becomes_one_of_ours(ana: Visitor):
    sent = await send(ana, a_picture())

    shown = await ana.http.get(sent.json()["url"])
    assert shown.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(shown.content)).size == (640, 480)


async def test_a_new_one_takes_the_old_one_away(ana: Visitor):
    first = (await send(ana, a_picture())).json()["url"]

    await send(ana, a_picture((300, 300)))

    assert (await ana.http.get(first)).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"<svg onload=alert(1)>", 422, "not a JPEG, PNG or WebP"),
        (a_picture()[:400], 422, "damaged"),
        (b"", 422, "empty"),
        (b"\0" * (13 * 1024 * 1024), 413, "larger than 12 MB"),
    ],
)
async def test_what_is_no_picture_is_refused_in_a_sentence(
    ana: Visitor, content: bytes, status: int, says: str
):
    response = await send(ana, content, "me.png")

    assert response.status_code == status
    assert says in response.json()["error"]


async def test_a_form_without_its_file_is_refused(ana: Visitor):
    broken = {"content-type": "multipart/form-data"}

    assert (await ana.http.post("/uploads/picture", data={"picture": "text"})).status_code == 422
    assert (await ana.http.post("/uploads/picture", content=b"--x", headers=broken)).status_code == 422


async def test_nobody_uploads_without_signing_in_or_from_another_site(ana: Visitor, supabase: Supabase):
    foreign = Visitor(site="cross-site")
    foreign.http.cookies = ana.http.cookies

    assert (await send(Visitor(), a_picture())).status_code == 401
    assert (await send(foreign, a_picture())).status_code == 403


async def test_a_face_is_seen_by_the_cohort_and_by_nobody_else(
    ana: Visitor, email: str, supabase: Supabase, id_of: Callable, owner_db: psycopg.AsyncConnection
):
    ben, stranger = await somebody(supabase), await somebody(supabase)
    await share_a_cohort(owner_db, await id_of(email), await id_of(ben.address))
    url = (await send(ana, a_picture())).json()["url"]

    assert (await ben.http.get(url)).status_code == 200
    assert (await stranger.http.get(url)).status_code == 404
    assert (await Visitor().http.get(url)).status_code == 401


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "a/b", "%2e%2e/x.webp", f"{NOBODY}/x.svg", f"{NOBODY}/{'a' * 99}.webp"]
)
async def test_a_key_that_is_none_names_nothing(ana: Visitor, key: str):
    assert (await ana.http.get(f"/media/{key}")).status_code == 404


async def somebody(supabase: Supabase) -> Visitor:
    visitor = Visitor()
    visitor.address = an_address("ben")
    await supabase.confirmed(visitor.address)
    await visitor.sign_in(visitor.address)
    return visitor


async def share_a_cohort(owner_db: psycopg.AsyncConnection, *people: UUID) -> None:
    session_id, today = uuid4(), date.today()  # noqa: DTZ011  any day will do
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'active', 'Aurora' from books limit 1",
        [session_id, today, today + timedelta(days=44)],
    )
    for person in people:
        await owner_db.execute(
            "insert into session_enrollments (session_id, book_id, user_id, enrollment_date)"
            " select id, book_id, %s, start_date from book_sessions where id = %s",
            [person, session_id],
        )
        await owner_db.execute(
            "insert into cohort_memberships (cohort_id, user_id)"
            " select id, %s from cohorts where session_id = %s",
            [person, session_id],
        )
