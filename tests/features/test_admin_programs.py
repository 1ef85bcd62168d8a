"""The programs desk: what can be kept, what is refused and why, and what the record says."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Conflict, GynergyError, Invalid
from gynergy_app.services import programs as joining
from gynergy_app.services.desks import phases, programs
from gynergy_app.services.desks.programs import Kind
from tests.conftest import NewPerson
from tests.features.conftest import as_somebody

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SESSION = {"cohort_label": "Cedar", "start_date": "2026-04-01", "max_enrollments": "30"}
QUOTE = {
    "day": "7",
    "content": "Gratitude is the memory of the heart.",
    "author": "Jean Massieu",
    "source": "",
}
BOOK = {
    "name": "A Second Round",
    "short_name": "Round two",
    "morning_journal_points": "10",
    "evening_journal_points": "10",
    "daily_action_points": "15",
    "weekly_journal_points": "25",
    "weekly_action_points": "25",
    "vision_points": "20",
}


@pytest.fixture
async def carla(new_person: NewPerson) -> Member:
    return as_somebody(await new_person("Carla", "Winter", is_admin=True), first_name="Carla")


async def add(by: Member, kind: Kind, typed: Mapping[str, str], book_id: UUID | None = None) -> UUID:
    async with as_member(by.id) as db:
        return await programs.add(db, by, kind, typed, book_id=book_id, now=NOW)


async def change(
    by: Member, kind: Kind, row_id: UUID, typed: Mapping[str, str], at: datetime = NOW
) -> bool | GynergyError:
    try:
        async with as_member(by.id) as db:
            return await programs.change(db, by, kind, row_id, typed, now=at)
    except GynergyError as refused:
        return refused


async def problems_of(
    by: Member, kind: Kind, typed: Mapping[str, str], book_id: UUID | None
) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        await add(by, kind, typed, book_id)
    return refused.value.problems


@pytest.fixture
async def book(carla: Member) -> UUID:
    return await add(carla, Kind.book, {**BOOK, "slug": f"round-{uuid4().hex[:8]}"})


async def one(owner_db: psycopg.AsyncConnection, query: str, *said: Any) -> Any:
    row = await (await owner_db.execute(query, said)).fetchone()  # pyright: ignore[reportArgumentType]
    return row


async def audit_of(owner_db: psycopg.AsyncConnection, subject: UUID) -> list[tuple]:
    query = "select action, before, after from audit_log where subject_id = %s order by created_at, action"
    return await (await owner_db.execute(query, [subject])).fetchall()


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


async def test_saving_what_is_there_already_writes_nothing(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    quote_id = await add(carla, Kind.quote, QUOTE, book)

    assert await change(carla, Kind.quote, quote_id, QUOTE) is False
    assert len(await audit_of(owner_db, quote_id)) == 1


PARTS = [
    (
        Kind.milestone,
        {"order": "1", "name": "Foothills", "start_point": "1", "end_point": "9"},
        {"name": "Harbour"},
    ),
    (
        Kind.action,
        {"action_type": "daily", "period": "3", "title": "Call her", "is_list": "on"},
        {"tip": "Now."},
    ),
    (Kind.quote, QUOTE, {"author": "Anonymous"}),
]


@pytest.mark.parametrize(("kind", "typed", "edit"), PARTS)
async def test_a_part_is_added_changed_and_removed_and_each_is_written_down(
    kind: Kind,
    typed: dict[str, str],
    edit: dict[str, str],
    carla: Member,
    book: UUID,
    owner_db: psycopg.AsyncConnection,
):
    row_id = await add(carla, kind, typed, book)
    await change(carla, kind, row_id, {**typed, **edit})
    async with as_member(carla.id) as db:
        await programs.remove(db, carla, kind, row_id, now=NOW)

    rows = await audit_of(owner_db, row_id)
    assert [row[0] for row in rows] == [f"{kind}.added", f"{kind}.changed", f"{kind}.removed"]
    [(field, value)] = edit.items()
    assert rows[1][2][field] == value
    assert rows[2][1][field] == value
    assert rows[2][2] is None
    assert isinstance(await change(carla, kind, row_id, typed), programs.NoSuchPart)


@pytest.mark.parametrize(
    ("kind", "typed", "field"), [(*PARTS[0][:2], "order"), (*PARTS[1][:2], "period"), (*PARTS[2][:2], "day")]
)
async def test_a_place_is_taken_once(
    kind: Kind, typed: dict[str, str], field: str, carla: Member, book: UUID
):
    await add(carla, kind, typed, book)

    problems = await problems_of(carla, kind, typed, book)

    assert set(problems) == {field}


async def test_two_who_take_one_place_at_once_hear_of_each_other(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    async def take() -> UUID | GynergyError:
        try:
            return await add(carla, Kind.quote, QUOTE, book)
        except GynergyError as refused:
            return refused

    answers = await asyncio.gather(*(take() for _ in range(6)))

    assert sum(isinstance(answer, UUID) for answer in answers) == 1
    assert await one(owner_db, "select count(*) from quotes where book_id = %s", book) == (1,)


LONG = {"content": "x" * 501, "author": "x" * 121, "source": "x" * 201}
BACKWARDS = {"name": "", "start_point": "9", "end_point": "3"}
SCRIPT = {"period": "1", "title": "", "hyperlink": "javascript:alert(1)"}


@pytest.mark.parametrize(
    ("kind", "typed", "fields"),
    [
        (Kind.quote, {"day": "46", "content": ""}, {"day", "content"}),
        (Kind.quote, {"day": "7", **LONG}, {"content", "author", "source"}),
        (Kind.milestone, {"order": "x", **BACKWARDS}, {"order", "name", "end_point"}),
        (Kind.action, {"action_type": "hourly", "period": "1", "title": "T"}, {"action_type"}),
        (Kind.action, {"action_type": "weekly", "period": "8", "title": "T"}, {"period"}),
        (Kind.action, {"action_type": "daily", **SCRIPT}, {"title", "hyperlink"}),
        (Kind.book, {**BOOK, "slug": "Not A Slug", "name": ""}, {"slug", "name"}),
        (Kind.book, {**BOOK, "slug": "fine", "vision_points": "1.5"}, {"vision_points"}),
    ],
)
async def test_each_wrong_field_has_its_sentence(
    kind: Kind, typed: dict[str, str], fields: set[str], carla: Member, book: UUID
):
    problems = await problems_of(carla, kind, typed, None if kind is Kind.book else book)

    assert set(problems) == fields
    assert all(sentence.endswith((".", "page.")) for sentence in problems.values())


async def test_a_day_has_one_milestone_and_a_number_one_too(carla: Member, book: UUID):
    nine = {"order": "1", "name": "Foothills", "start_point": "1", "end_point": "9"}
    await add(carla, Kind.milestone, nine, book)
    ridge = {"order": "2", "name": "Ridge", "start_point": "10", "end_point": "18"}
    ridge_id = await add(carla, Kind.milestone, ridge, book)

    same_day = await problems_of(carla, Kind.milestone, {**nine, "order": "3"}, book)
    same_number = await problems_of(carla, Kind.milestone, {**ridge, "order": "1", "end_point": "27"}, book)
    moved = await change(carla, Kind.milestone, ridge_id, {**ridge, "start_point": "9", "end_point": "9"})

    assert same_day == {"end_point": "Another milestone is reached on this day."}
    assert same_number == {"order": "Another milestone has this number."}
    assert isinstance(moved, Invalid)
    assert moved.problems == same_day


async def test_programs_and_sessions_are_never_removed(carla: Member, book: UUID):
    session_id = await add(carla, Kind.session, SESSION, book)
    for kind, row_id in ((Kind.book, book), (Kind.session, session_id)):
        with pytest.raises(Conflict, match="are kept"):
            async with as_member(carla.id) as db:
                await programs.remove(db, carla, kind, row_id, now=NOW)


async def test_a_new_program_has_its_phases_and_its_history(carla: Member, book: UUID):
    await add(carla, Kind.quote, QUOTE, book)

    async with as_member(carla.id) as db:
        file = await programs.read(db, book)
        shelf = await programs.shelf(db, carla, now=NOW)

    assert [phase["name"] for phase in file.book.journey_phases][:2] == ["Shadow Work", "Self-Forgiveness"]
    assert {recorded.row.action for recorded in file.audit} == {"book.added", "quote.added"}
    assert {recorded.actor_name for recorded in file.audit} == {"Carla Winter"}
    assert book in {shelved.book.id for shelved in shelf}


async def test_a_member_changes_nothing_here(
    ana: UUID, carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    with pytest.raises(DBAPIError, match="row-level security"):
        await add(as_somebody(ana), Kind.quote, QUOTE, book)

    assert await one(owner_db, "select count(*) from quotes where book_id = %s", book) == (0,)


async def test_a_phase_is_worded_anew_and_its_days_stay(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    said = {"name": "Arriving", "subtitle": "Looking", "description": "Nine days to look."}
    async with as_member(carla.id) as db:
        before = (await programs.read(db, book)).book.journey_phases
        assert await phases.change(db, carla, book, 2, said, now=NOW) is True
        assert await phases.change(db, carla, book, 2, said, now=NOW) is False

    [after] = await one(owner_db, "select journey_phases from books where id = %s", book)
    assert after[1] == {**before[1], **said}
    assert [one["start_day"] for one in after] == [1, 10, 19, 28, 37]
    assert [act for act, *_ in await audit_of(owner_db, book)].count("phase.changed") == 1


async def test_a_phase_without_a_name_is_refused(carla: Member, book: UUID):
    with pytest.raises(Invalid) as refused:
        async with as_member(carla.id) as db:
            await phases.change(db, carla, book, 1, {"name": " "}, now=NOW)
    assert refused.value.problems == {"name": "Please name the phase."}


async def test_what_only_weeks_ask_for_no_day_does(
    carla: Member, book: UUID, owner_db: psycopg.AsyncConnection
):
    typed = {"period": "3", "title": "Sit still", "is_meditation": "on"}
    day = await add(carla, Kind.action, {**typed, "action_type": "daily"}, book)
    week = await add(carla, Kind.action, {**typed, "action_type": "weekly"}, book)

    query = "select is_meditation from actions where id = %s"
    assert [await one(owner_db, query, row) for row in (day, week)] == [(False,), (True,)]


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
