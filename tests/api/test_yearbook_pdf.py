"""The book as a file: its owner's, nobody else's, and not before it is made."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.integrations import supabase_files
from gynergy_app.settings import settings
from tests.api.conftest import Visitor
from tests.supabase import Supabase, an_address

PDF = b"%PDF-1.7 a book"


@pytest.fixture
async def graduate(
    ana: Visitor,
    email: str,
    id_of: Callable,
    supabase: Supabase,
    owner_db: psycopg.AsyncConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> UUID:
    """Ana came to the end of a session, and her book is made."""
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(supabase.service_key))
    person, run, book = await id_of(email), uuid4(), uuid4()
    today = clock.day_in("Europe/Lisbon", clock.now())
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status)"
        " select %s, id, %s, %s, 'active' from books where slug = 'date-zero-gratitude'",
        [run, today - timedelta(days=50), today - timedelta(days=6)],
    )
    await owner_db.execute(
        "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
        " select %s, book_id, id, start_date from book_sessions where id = %s",
        [person, run],
    )
    await owner_db.execute(
        "insert into journals (id, session_id, book_id, user_id, entry_date, journal_type, is_completed,"
        " completed_at) select %s, id, book_id, %s, start_date, 'evening', true, now()"
        " from book_sessions where id = %s",
        [uuid4(), person, run],
    )
    key = f"{person}/yearbook-{book}.pdf"
    path = tmp_path / "book.pdf"
    path.write_bytes(PDF)
    await supabase_files.put(supabase_files.MEDIA, key, path, "application/pdf")
    await owner_db.execute(
        "insert into yearbooks (id, user_id, session_id, chosen, revision, pdf_key, pdf_revision)"
        """ values (%s, %s, %s, '{"wants_file": true}', 1, %s, 1)""",
        [book, person, run, key],
    )
    return person


async def test_its_owner_gets_it(ana: Visitor, graduate: UUID):
    answer = await ana.get("/yearbook.pdf")

    assert answer.status_code == 200
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="gynergy-yearbook-20')
    assert answer.headers["cache-control"] == "private, no-store"


async def test_a_stranger_is_sent_to_sign_in_and_another_member_finds_nothing(
    graduate: UUID, supabase: Supabase
):
    stranger, ben = Visitor(), Visitor()
    address = an_address("ben")
    await supabase.confirmed(address, first_name="Ben")
    await ben.sign_in(address)

    assert (await stranger.get("/yearbook.pdf")).status_code in (302, 303, 401)
    assert (await ben.get("/yearbook.pdf")).status_code == 404


async def test_another_members_token_does_not_open_the_file_itself(
    graduate: UUID, supabase: Supabase, owner_db: psycopg.AsyncConnection
):
    found = await owner_db.execute("select pdf_key from yearbooks where user_id = %s", [graduate])
    [(key,)] = await found.fetchall()
    ben = await supabase.confirmed(an_address("ben"))
    session = await ben.auth.get_session()
    assert session

    with pytest.raises(supabase_files.FileGone):
        async for _ in supabase_files.read(supabase_files.MEDIA, key, token=session.access_token):
            pass


async def test_before_it_is_made_there_is_none(
    ana: Visitor, graduate: UUID, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("update yearbooks set pdf_key = null where user_id = %s", [graduate])

    assert (await ana.get("/yearbook.pdf")).status_code == 404


async def test_a_session_of_hers_is_asked_for_by_its_address(
    ana: Visitor, graduate: UUID, owner_db: psycopg.AsyncConnection
):
    found = await owner_db.execute("select session_id from yearbooks where user_id = %s", [graduate])
    [(session_id,)] = await found.fetchall()

    assert (await ana.get(f"/yearbook.pdf?session={session_id}")).content == PDF
    assert (await ana.get(f"/yearbook.pdf?session={uuid4()}")).status_code == 404
    assert (await ana.get("/yearbook.pdf?session=mine")).status_code == 404
