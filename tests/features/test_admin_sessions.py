"""The programs desk: sessions and their cohorts, who has a place in them and who waits."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Invalid
from gynergy_app.services import programs as joining
from gynergy_app.services.desks import programs
from gynergy_app.services.desks.programs import Kind
from tests.conftest import NewPerson
from tests.features.cohorts import one
from tests.features.conftest import as_somebody
from tests.features.programs_desk import BOOK, NOW, SESSION, add, audit_of, change, problems_of


async def test_opening_a_session_makes_its_cohort(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    session_id = await add(carla, Kind.session, SESSION, book)

    query = (
        "select s.status, s.duration_days, s.end_date, s.grace_period_end, c.name, c.start_date,"
        " c.max_members from book_sessions s join cohorts c on c.session_id = s.id where s.id = %s"
    )
    kept = await one(owner_db, query, session_id)
    end = date(2026, 5, 15)
    assert kept == ("upcoming", 45, end, end + timedelta(days=30), "Cedar", date(2026, 4, 1), 30)
    [(action, before, after)] = await audit_of(owner_db, session_id)
    assert (action, before) == ("session.added", None)
    assert (after["start_date"], after["end_date"]) == ("2026-04-01", "2026-05-15")
    assert after["book_id"] == str(book)


@pytest.mark.parametrize(
    ("field", "said", "sentence"),
    [
        ("start_date", "2026-03-09", "cannot lie in the past"),
        ("start_date", "", "choose the first day"),
        ("start_date", "tomorrow", "choose the first day"),
        ("start_date", "9999-12-31", "more than three years away"),
        ("start_date", "2031-01-01", "three years away"),
        ("max_enrollments", "0", "whole number from 1"),
        ("max_enrollments", "-4", "whole number from 1"),
        ("max_enrollments", "many", "whole number from 1"),
        ("max_enrollments", "1000000", "whole number from 1"),
        ("cohort_label", "\u200b ", "give the cohort a name"),
        ("cohort_label", "x" * 61, "under 60"),
    ],
)
async def test_a_session_is_refused_with_a_sentence_beside_its_field(
    field: str, said: str, sentence: str, carla: Member, book: UUID
):
    problems = await problems_of(carla, Kind.session, {**SESSION, field: said}, book)

    assert set(problems) == {field}
    assert sentence in problems[field]


async def test_a_session_that_has_not_begun_can_be_moved(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    session_id = await add(carla, Kind.session, SESSION, book)

    moved = await change(carla, Kind.session, session_id, {**SESSION, "start_date": "2026-04-08"})

    assert moved is True
    query = (
        "select s.start_date, s.end_date, s.grace_period_end, c.start_date, c.end_date"
        " from book_sessions s join cohorts c on c.session_id = s.id where s.id = %s"
    )
    start, end = date(2026, 4, 8), date(2026, 5, 22)
    assert await one(owner_db, query, session_id) == (start, end, end + timedelta(days=30), start, end)
    [_, (action, before, after)] = await audit_of(owner_db, session_id)
    assert action == "session.changed"
    assert (before["start_date"], after["start_date"]) == ("2026-04-01", "2026-04-08")
    assert "max_enrollments" not in after


async def test_the_days_of_a_session_that_has_begun_stay(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    session_id = await add(carla, Kind.session, SESSION, book)
    later = NOW + timedelta(days=30)

    said = {"cohort_label": "Cedar House", "max_enrollments": "", "start_date": "2027-01-01"}
    await change(carla, Kind.session, session_id, said, at=later)

    query = "select start_date, end_date, cohort_label, max_enrollments from book_sessions where id = %s"
    assert await one(owner_db, query, session_id) == (
        date(2026, 4, 1),
        date(2026, 5, 15),
        "Cedar House",
        None,
    )


async def test_a_session_lasts_as_long_as_its_program_whatever_is_sent(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("update books set duration_days = 21 where id = %s", [book])

    session_id = await add(carla, Kind.session, {**SESSION, "end_date": "2026-04-03"}, book)

    query = "select end_date, duration_days from book_sessions where id = %s"
    assert await one(owner_db, query, session_id) == (date(2026, 4, 21), 21)


async def test_a_cohort_has_a_name_of_its_own_in_its_program(carla: Member, book: UUID):
    await add(carla, Kind.session, SESSION, book)
    other = await add(carla, Kind.session, {**SESSION, "cohort_label": "Maple"}, book)
    elsewhere = await add(carla, Kind.book, {**BOOK, "slug": f"elsewhere-{uuid4().hex[:8]}"})

    problems = await problems_of(carla, Kind.session, {**SESSION, "cohort_label": " cedar"}, book)
    renamed = await change(carla, Kind.session, other, SESSION)

    assert set(problems) == {"cohort_label"}
    assert "a cohort of this name" in problems["cohort_label"]
    assert isinstance(renamed, Invalid)
    assert await add(carla, Kind.session, SESSION, elsewhere)


async def test_two_admins_cannot_name_one_cohort_at_the_same_moment(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    await asyncio.gather(*(add(carla, Kind.session, SESSION, book) for _ in range(4)), return_exceptions=True)

    assert await one(owner_db, "select count(*) from book_sessions where book_id = %s", book) == (1,)


async def test_there_are_never_fewer_places_than_people(carla: Member, book: UUID, new_person: NewPerson):
    session_id = await add(carla, Kind.session, SESSION, book)
    for name in ("Ana", "Ben", "Chidi"):
        person = as_somebody(await new_person(name))
        async with as_member(person.id) as db:
            await joining.enroll(db, person, session_id, now=NOW)

    refused = await change(carla, Kind.session, session_id, {**SESSION, "max_enrollments": "2"})
    taken = await change(carla, Kind.session, session_id, {**SESSION, "max_enrollments": "3"})

    assert isinstance(refused, Invalid)
    assert refused.problems == {"max_enrollments": "3 people have a place already, so there cannot be fewer."}
    assert taken is True


async def test_who_waits_is_seen_in_the_order_they_came(
    carla: Member, book: UUID, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    session_id = await add(carla, Kind.session, {**SESSION, "max_enrollments": "1"}, book)
    people = [await new_person(name) for name in ("Ana", "Ben")]
    for minute, person in enumerate(people):
        await owner_db.execute(
            "insert into waitlist (session_id, user_id, joined_at) values (%s, %s, %s)",
            [session_id, person, NOW + timedelta(minutes=minute)],
        )

    async with as_member(carla.id) as db:
        waiting = (await programs.read(db, book)).waiting
    assert [(one.first_name, one.place) for one in waiting] == [("Ana", 1), ("Ben", 2)]
    async with as_member(people[0]) as db:
        assert (await programs.read(db, book)).waiting == ()
