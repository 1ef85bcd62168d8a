"""The programs desk: the parts of a program, what is refused and why, and what the record says."""

import asyncio
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Conflict, GynergyError, Invalid
from gynergy_app.services.desks import phases, programs
from gynergy_app.services.desks.programs import Kind
from tests.features.cohorts import one
from tests.features.conftest import as_somebody
from tests.features.programs_desk import BOOK, NOW, QUOTE, SESSION, add, audit_of, change, problems_of


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
