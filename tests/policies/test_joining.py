"""Coming in: an account becomes a member, a member takes a place, a run brings its cohort."""

import asyncio
from datetime import date
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from gynergy_app.db import as_member, elevated
from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.models import CohortMembership, SessionEnrollment
from gynergy_app.repositories.errors import SESSION_IS_FULL, sqlstate
from tests.conftest import NewPerson
from tests.policies.conftest import Circle, NewRun


async def the_member(owner_db: psycopg.AsyncConnection, person: UUID, columns: LiteralString) -> tuple:
    found = await owner_db.execute(
        f"select {columns} from users u join profile_settings s on s.user_id = u.id where u.id = %s", [person]
    )
    row = await found.fetchone()
    assert row
    return row


async def test_a_new_account_is_a_member_with_a_name_and_a_zone(
    owner_db: psycopg.AsyncConnection, new_person: NewPerson
):
    person = await new_person("Ana", "Silva", timezone="Asia/Kolkata", email="Ana.Kolkata@Example.com")

    columns = "first_name, last_name, email_lower, timezone, is_anonymous"
    assert await the_member(owner_db, person, columns) == (
        "Ana",
        "Silva",
        "ana.kolkata@example.com",
        "Asia/Kolkata",
        False,
    )


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "EST", "", "UTC+3", "'; drop table users", "../etc", "a/b/c"]
)
async def test_a_zone_nobody_knows_is_utc(
    owner_db: psycopg.AsyncConnection, new_person: NewPerson, zone: str
):
    person = await new_person(timezone=zone)

    assert await the_member(owner_db, person, "timezone") == ("UTC",)


async def test_what_another_sign_in_service_says_is_understood(owner_db: psycopg.AsyncConnection):
    person = uuid4()
    said = {"given_name": "Ana", "family_name": "Silva", "picture": "https://example.com/ana.jpg"}
    await owner_db.execute(
        "insert into auth.users (id, email, raw_user_meta_data) values (%s, %s, %s)",
        [person, f"{person}@example.com", Jsonb(said)],
    )

    columns = "first_name, last_name, profile_image"
    assert await the_member(owner_db, person, columns) == ("Ana", "Silva", "https://example.com/ana.jpg")


async def test_an_anonymous_start_becomes_an_account_and_stays_the_same_person(
    owner_db: psycopg.AsyncConnection, new_person: NewPerson
):
    person = await new_person(is_anonymous=True)
    assert await the_member(owner_db, person, "email, is_anonymous") == (None, True)

    address = f"{person}@example.com"
    await owner_db.execute(
        "update auth.users set email = %s, is_anonymous = false where id = %s", [address, person]
    )

    assert await the_member(owner_db, person, "email, is_anonymous") == (address, False)


async def take_a_place(person: UUID, book: UUID, session: UUID) -> None:
    place = SessionEnrollment(
        user_id=person, book_id=book, session_id=session, enrollment_date=date(2026, 11, 2)
    )
    async with as_member(person) as db, elevated(db):
        db.add(place)


async def test_forty_people_and_fifteen_places(new_run: NewRun, new_person: NewPerson, book: UUID):
    session, _ = await new_run(places=15)
    people = [await new_person(f"P{number}") for number in range(40)]

    outcomes = await asyncio.gather(
        *(take_a_place(person, book, session) for person in people), return_exceptions=True
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, DBAPIError)]
    assert len(refused) == 25
    assert {sqlstate(error) for error in refused} == {SESSION_IS_FULL}
    assert outcomes.count(None) == 15


async def test_a_member_does_not_take_a_place_by_herself(circle: Circle, new_run: NewRun):
    session, _ = await new_run()
    async with as_member(circle.ana) as db:
        with pytest.raises(ProgrammingError, match="row-level security"):
            await (await db.connection()).execute(
                text(
                    "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
                    " values (:user, :book, :session, '2026-11-02')"
                ),
                {"user": circle.ana, "book": circle.book, "session": session},
            )


@pytest.mark.parametrize("role", [CohortRole.moderator, CohortRole.admin])
async def test_nobody_joins_a_cohort_as_more_than_a_member(circle: Circle, role: CohortRole):
    async def join() -> None:
        async with as_member(circle.stranger) as db, elevated(db):
            db.add(CohortMembership(cohort_id=circle.cohort, user_id=circle.stranger, role=role))

    with pytest.raises(ProgrammingError, match="row-level security"):
        await join()


async def cohort_of(owner_db: psycopg.AsyncConnection, session: UUID, columns: LiteralString) -> tuple | None:
    found = await owner_db.execute(f"select {columns} from cohorts where session_id = %s", [session])
    return await found.fetchone()


async def test_a_run_brings_its_cohort_and_they_stay_in_step(
    owner_db: psycopg.AsyncConnection, new_run: NewRun
):
    session, _ = await new_run(places=20, starts="2031-05-05")
    columns = "name, to_char(start_date, 'MM-DD'), to_char(end_date, 'MM-DD'), max_members"
    assert await cohort_of(owner_db, session, columns) == ("5 May 2031", "05-05", "06-18", 20)

    await owner_db.execute(
        "update book_sessions set cohort_label = 'Spring', max_enrollments = 30, start_date = '2031-05-04'"
        " where id = %s",
        [session],
    )
    assert await cohort_of(owner_db, session, columns) == ("Spring", "05-04", "06-18", 30)


async def test_two_runs_may_start_on_one_day(owner_db: psycopg.AsyncConnection, new_run: NewRun):
    slugs = set()
    for _ in range(3):
        session, _ = await new_run(starts="2032-05-05")
        slugs.add(await cohort_of(owner_db, session, "slug"))

    assert len(slugs) == 3


async def test_a_personal_run_has_no_cohort_and_nobody_else_sees_it(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    session = uuid4()
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, is_personal, owner_user_id)"
        " values (%s, %s, '2026-11-02', '2036-11-02', true, %s)",
        [session, circle.book, circle.ana],
    )
    seen = text("select count(*) from book_sessions where id = :id")

    assert await cohort_of(owner_db, session, "id") is None
    for person, expected in ((circle.ana, 1), (circle.ben, 0)):
        async with as_member(person) as db:
            assert (await (await db.connection()).execute(seen, {"id": session})).scalar() == expected


async def test_a_member_with_a_personal_run_can_leave_with_everything(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    session = uuid4()
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, is_personal, owner_user_id)"
        " values (%s, %s, '2026-11-02', '2036-11-02', true, %s)",
        [session, circle.book, circle.ana],
    )
    await owner_db.execute(
        "insert into journals (session_id, book_id, user_id, entry_date, journal_type)"
        " values (%s, %s, %s, '2026-11-20', 'evening')",
        [session, circle.book, circle.ana],
    )

    await owner_db.execute("delete from auth.users where id = %s", [circle.ana])

    left = await owner_db.execute("select 1 from book_sessions where id = %s", [session])
    assert await left.fetchall() == []
