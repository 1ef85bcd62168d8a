"""The statement: every row explained, and the rows add up to the total, always."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.services.gamification import statement
from gynergy_app.services.gamification.statement import Filter, Kind, Statement
from gynergy_app.services.journaling import pages
from tests.conftest import NewPerson
from tests.features.conftest import EVENING, Living, NewLiving, as_somebody


async def read(living: Living, day: int, hour: int = 22) -> Statement:
    async with as_member(living.member.id) as db:
        told = await statement.read(db, living.member, now=living.at(day, hour))
    assert told is not None
    return told


async def take_back(owner_db: psycopg.AsyncConnection, row_id: UUID, reason: str, on: date) -> None:
    await owner_db.execute(
        "insert into points_transactions (user_id, session_id, activity_type, final_points, source_type,"
        " source_id, earned_on, reverses_id, reason)"
        " select user_id, session_id, activity_type, -final_points, source_type, source_id, %s, id, %s"
        " from points_transactions where id = %s",
        [on, reason, row_id],
    )


async def test_the_rows_add_up_to_the_total_and_to_what_the_database_sums(
    living: Living, owner_db: psycopg.AsyncConnection
):
    for day in range(1, 9):
        await living.whole_day(day)
    page = next(entry for entry in (await read(living, 8)).entries if entry.kind is Kind.page)
    await take_back(owner_db, page.id, "Counted twice.", living.day(8))

    told = await read(living, 8)

    query = "select sum(final_points) from points_transactions where user_id = %s"
    row = await (await owner_db.execute(query, [living.member.id])).fetchone()
    assert row is not None
    assert told.total == row[0] == sum(entry.points for entry in told.entries) == told.entries[0].balance


async def test_every_award_explains_exactly_what_was_credited(living: Living):
    for day in range(1, 9):
        await living.morning(day, hour=7)
        await living.action(day)
        await living.evening(day)

    told = await read(living, 8)

    assert len(told.entries) > 24
    assert {entry.award.final - entry.points for entry in told.entries} == {0}
    assert {entry.award.explain()[-1].figure for entry in told.entries} == {
        str(entry.points) for entry in told.entries
    }


async def test_each_balance_follows_from_the_one_below(living: Living):
    for day in (1, 2, 3):
        await living.whole_day(day)

    entries = (await read(living, 3)).entries

    for above, below in pairwise(entries):
        assert above.balance == below.balance + above.points
    assert entries[-1].balance == entries[-1].points


async def test_a_page_for_yesterday_stands_under_yesterday(living: Living):
    await living.morning(1)
    await living.morning(2, hour=0)
    async with as_member(living.member.id) as db:
        await pages.finish(
            db,
            living.member,
            JournalType.evening,
            EVENING,
            day=living.day(1),
            base_revision=0,
            now=living.at(2, 1),
        )

    told = await read(living, 2, hour=2)

    evening = next(entry for entry in told.entries if entry.activity == "evening_journal")
    assert (evening.day, evening.at.day) == (living.day(1), living.day(2).day)
    assert [entry.day for entry in told.entries] == sorted((e.day for e in told.entries), reverse=True)


async def test_times_are_what_the_wall_clock_showed_then(living: Living):
    await living.morning(1, hour=9)
    traveller = as_somebody(living.member.id, "Asia/Tokyo")

    async with as_member(living.member.id) as db:
        told = await statement.read(db, traveller, now=living.at(1, 10))

    assert told is not None
    assert {entry.at.hour for entry in told.entries if entry.kind is Kind.page} == {9}


async def test_today_and_the_last_seven_days_are_sums_of_their_rows(living: Living):
    for day in (1, 2, 8):
        await living.morning(day)

    told = await read(living, 8)

    of_day = {day: sum(e.points for e in told.entries if e.day == living.day(day)) for day in (1, 2, 8)}
    assert told.today == of_day[8] > 0
    assert told.recently == of_day[2] + of_day[8]


async def test_the_multiplier_is_the_one_todays_page_is_counted_with(living: Living):
    for day in range(1, 7):
        await living.morning(day)

    before = await read(living, 7, hour=6)
    kept = await living.morning(7)
    after = await read(living, 7)

    assert kept.award is not None
    assert before.multiplier == after.multiplier == kept.award.multiplier == Decimal("1.20")
    assert before.next_band is not None
    assert (before.streak, before.next_band.shortest) == (7, 14)


async def test_the_first_day_is_counted_once_and_the_first_band_is_announced(living: Living):
    told = await read(living, 1, hour=6)

    assert told.entries == ()
    assert (told.multiplier, told.streak) == (1, 1)
    assert told.next_band is not None
    assert told.next_band.shortest == 7


async def test_a_freeze_that_is_not_written_down_yet_holds_the_multiplier(living: Living):
    for day in range(1, 7):
        await living.morning(day)

    told = await read(living, 8, hour=6)

    assert told.streak == 7
    assert told.multiplier == Decimal("1.20")


async def test_a_correction_shows_its_reason_beside_what_it_takes_back(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)
    page = next(entry for entry in (await read(living, 1)).entries if entry.kind is Kind.page)
    await take_back(owner_db, page.id, "The page was counted twice.", living.day(2))

    shown = [entry for entry in (await read(living, 2)).entries if entry.is_in(Filter.corrections)]

    correction, corrected = shown
    assert (correction.kind, correction.points, correction.reason) == (
        Kind.correction,
        -10,
        "The page was counted twice.",
    )
    assert correction.corrects == "Morning journal, Monday 2 March"
    assert (corrected.id, corrected.is_taken_back) == (page.id, True)


@pytest.mark.parametrize(("shown", "kinds"), [(Filter.pages, {Kind.page}), (Filter.badges, {Kind.badge})])
async def test_a_filter_shows_its_kind_only(living: Living, shown: Filter, kinds: set[Kind]):
    await living.whole_day(1)

    entries = (await read(living, 1)).entries

    assert {entry.kind for entry in entries if entry.is_in(shown)} == kinds
    assert all(entry.is_in(Filter.all) for entry in entries)


async def test_points_that_nobody_has_a_name_for_still_have_a_row(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "insert into points_transactions (user_id, session_id, activity_type, base_points, final_points,"
        " source_type, source_id, earned_on) values (%s, %s, 'host_thanks', 5, 5, 'gift', %s, %s)",
        [living.member.id, living.session_id, uuid4(), living.day(1)],
    )

    [entry] = (await read(living, 1)).entries

    assert (entry.name, entry.kind, entry.points) == ("Host thanks", Kind.other, 5)


async def test_nobody_reads_another_members_statement(living: Living, new_living: NewLiving):
    await living.morning(1)
    ben = await new_living("Ben")

    async with as_member(ben.member.id) as db:
        told = await statement.read(db, living.member, now=living.at(1, 12))

    assert told is None


async def test_without_a_place_there_is_no_statement(new_person: NewPerson, living: Living):
    somebody = as_somebody(await new_person("Eve"))

    async with as_member(somebody.id) as db:
        assert await statement.read(db, somebody, now=living.at(1, 12)) is None
