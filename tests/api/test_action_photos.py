"""Photos of a gratitude action: whose page they land on, and what is left behind when they may not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import programs
from tests import access
from tests.api.conftest import Visitor
from tests.api.test_uploads import a_picture
from tests.supabase import Supabase


@pytest.fixture
async def writer(ana: Visitor, email: str, id_of: Callable, owner_db: psycopg.AsyncConnection) -> Visitor:
    """Ana with a place in a session that began today."""
    person: UUID = await id_of(email)
    session_id, now = uuid4(), clock.now()
    start = clock.day_in("Europe/Lisbon", now)
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'active', 'Aurora' from books where slug = 'date-zero-gratitude'",
        [session_id, start, start + timedelta(days=44)],
    )
    await access.grant(owner_db, person)
    async with as_member(person) as db:
        await programs.enroll(db, Member(person, email, "Ana", "", "Europe/Lisbon"), session_id, now=now)
    return ana


async def send(visitor: Visitor, content: bytes, day: str | None = None) -> httpx.Response:
    day = day or clock.day_in("Europe/Lisbon", clock.now()).isoformat()
    files = {"photo": ("photo", content, "image/jpeg")}
    return await visitor.http.post("/uploads/action-photo", params={"day": day}, files=files)


async def kept_files(owner_db: psycopg.AsyncConnection, person: UUID) -> int:
    query = "select count(*) from storage.objects where name like %s"
    row = await (await owner_db.execute(query, [f"{person}/%"])).fetchone()
    return row[0] if row else 0


async def test_a_photo_lands_on_the_page_of_its_day(writer: Visitor):
    sent = await send(writer, a_picture())

    assert sent.json()["photos"] == [sent.json()["key"]]
    assert (await writer.http.get(f"/media/{sent.json()['key']}")).headers["content-type"] == "image/webp"


async def test_a_fifth_photo_is_refused_and_not_kept(
    writer: Visitor, email: str, id_of: Callable, owner_db: psycopg.AsyncConnection
):
    for _ in range(4):
        assert (await send(writer, a_picture())).status_code == 200

    refused = await send(writer, a_picture())

    assert (refused.status_code, refused.json()["error"]) == (
        409,
        "A page holds 4 photos. Take one out to add this one.",
    )
    assert await kept_files(owner_db, await id_of(email)) == 4


async def test_without_a_place_in_a_session_nothing_is_kept(
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


@pytest.mark.parametrize("day", ["", "yesterday", "2026-99-99"])
async def test_a_day_that_is_none_is_named(writer: Visitor, day: str):
    refused = await send(writer, a_picture(), day or "-")

    assert refused.status_code == 422
    assert "could not be found" in refused.json()["error"]


async def test_nobody_sends_without_signing_in(supabase: Supabase):
    assert (await send(Visitor(), a_picture())).status_code == 401
