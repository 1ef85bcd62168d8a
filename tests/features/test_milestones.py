"""The numbers of a milestone and of the last day are the ones the rows give, counted another way."""

from datetime import date

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import MorningDraft
from gynergy_app.services import graduation, milestones
from gynergy_app.services.milestones import Milestone
from tests.features.conftest import MORNING, Living, NewLiving

AN_INDEPENDENT_COUNT = """
    with kept as (
        select distinct entry_date as day from journals
        where user_id = %(who)s and is_completed and journal_type in ('morning', 'evening')
            and entry_date <= %(last)s
        union
        select distinct entry_date from action_logs
        where user_id = %(who)s and is_completed and action_type = 'gratitude' and entry_date <= %(last)s
    ), runs as (
        select count(*) as length from (
            select day - (row_number() over (order by day))::int as island from kept
        ) islands group by island
    ), moods as (
        select entry_date, avg(mood_score) as mood,
            row_number() over (order by entry_date) as n, row_number() over (order by entry_date desc) as m
        from journals where user_id = %(who)s and is_completed and mood_score is not null
            and entry_date <= %(last)s
        group by entry_date
    )
    select
        (select count(*) from kept),
        (select coalesce(sum(cardinality(array_remove(content, ''))), 0)
            from journal_entries e join journals j on j.id = e.journal_id
            where j.user_id = %(who)s and j.is_completed and e.entry_type = 'gratitude'
                and j.entry_date <= %(last)s),
        (select coalesce(sum(final_points), 0) from points_transactions
            where user_id = %(who)s and earned_on <= %(last)s),
        (select coalesce(max(length), 0) from runs),
        (select avg(mood) from moods where n <= 3),
        (select avg(mood) from moods where m <= 3)
"""


async def read(living: Living, day: int, on: int) -> Milestone:
    async with as_member(living.member.id) as db:
        found = await milestones.read(db, living.member, day, now=living.at(on, 22))
    assert found is not None
    return found


async def counted(db: psycopg.AsyncConnection, living: Living, last: date) -> tuple:
    asked = {"who": living.member.id, "last": last}
    row = await (await db.execute(AN_INDEPENDENT_COUNT, asked)).fetchone()
    assert row
    return row


@pytest.fixture
async def nine_days(living: Living) -> Living:
    """Eight of nine kept, with a gap that a freeze holds, moods that rise, and a sister in most of them."""
    for day in (1, 2, 3, 5, 6, 7, 8, 9):
        draft = MorningDraft(
            mood_score=3 + day // 2,
            mood_contribution="Rain.",
            affirmations=MORNING.affirmations,
            gratitudes=("My sister called", "Bread", "The sea" if day % 2 else "A quiet hour"),
            excitements=MORNING.excitements,
            mantra="On.",
        )
        await living.morning(day, draft=draft)
    await living.action(6)
    await living.evening(9)
    return living


async def test_every_number_is_the_one_the_rows_give(nine_days: Living, owner_db: psycopg.AsyncConnection):
    found = await read(nine_days, 9, on=9)
    numbers = found.numbers
    kept, gratitudes, points, islands, first, last = await counted(owner_db, nine_days, nine_days.day(9))

    assert (found.name, found.reached_on) == ("Basecamp", nine_days.day(9))
    assert (
        (numbers.days_kept, numbers.gratitudes, numbers.points)
        == (kept, gratitudes, points)
        == (8, 24, points)
    )
    assert numbers.best_run == 8, "a freeze carries the run over day 4 and adds nothing"
    assert islands == 5
    assert numbers.mood is not None
    assert float(numbers.mood.first) == pytest.approx(float(first))
    assert float(numbers.mood.last) == pytest.approx(float(last))
    assert numbers.word == ("bread", 8)


async def test_what_is_written_later_does_not_change_an_earlier_milestone(nine_days: Living):
    before = (await read(nine_days, 9, on=9)).numbers
    await nine_days.whole_day(10)

    assert (await read(nine_days, 9, on=10)).numbers == before


async def test_it_is_not_reached_before_a_page_of_its_day_or_a_later_one(nine_days: Living):
    assert (await read(nine_days, 18, on=17)).reached_on is None
    assert (await read(nine_days, 18, on=18)).reached_on is None

    await nine_days.morning(20)

    assert (await read(nine_days, 18, on=20)).reached_on == nine_days.day(20)


async def test_little_is_said_of_little(living: Living):
    await living.morning(9)

    numbers = (await read(living, 9, on=9)).numbers

    assert (numbers.days_kept, numbers.best_run, numbers.moods) == (1, 1, 1)
    assert numbers.mood is None
    assert numbers.word is None


async def test_no_milestone_stands_between(living: Living):
    async with as_member(living.member.id) as db:
        assert await milestones.read(db, living.member, 10, now=living.at(12, 9)) is None


async def test_the_last_day_counts_honestly_and_days_after_it_nowhere(living: Living):
    for day in (1, 2, 45, 46, 47):
        await living.morning(day)

    async with as_member(living.member.id) as db:
        found = await graduation.read(db, living.member, now=living.at(47, 12))

    assert found is not None
    assert found.has_come
    assert (found.days_kept, found.days) == (3, 45)
    assert found.is_open
    assert found.is_alumna


async def test_alumni_know_each_others_names_and_nothing_else(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ana, ben = await new_living("Ana"), await new_living("Ben")
    for each in (ana, ben):
        await each.morning(45)

    async with as_member(ana.member.id) as db:
        found = await graduation.read(db, ana.member, now=ana.at(45, 12))
        others = await graduation.read(db, ben.member, now=ana.at(45, 12))

    assert found is not None
    assert found.days_kept == 1
    assert others is None, "another member's place is not there for her"
