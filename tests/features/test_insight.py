"""Patterns are worked out from the member's own finished pages, and equal to counting them by hand."""

from dataclasses import replace
from datetime import timedelta

import psycopg

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import Growth
from gynergy_app.services import insight
from gynergy_app.services.insight import Insight
from tests.features.conftest import ACTION, EVENING, MORNING, Living, NewLiving


async def found(living: Living, day: int) -> Insight:
    async with as_member(living.member.id) as db:
        seen = await insight.read(db, living.member, now=living.at(day, 22))
    assert seen
    return seen


async def test_moods_by_weekday_equal_a_count_by_hand(living: Living, owner_db: psycopg.AsyncConnection):
    for day in range(1, 16):
        await living.morning(day, draft=replace(MORNING, mood_score=1 + day % 10))

    seen = await found(living, 15)

    by_hand = await owner_db.execute(
        "select extract(isodow from entry_date)::int - 1, count(*), sum(mood_score)"
        " from journals where user_id = %s group by 1 order by 1",
        [living.member.id],
    )
    assert [
        (day.number, day.days, (day.mood or 0) * day.days) for day in seen.weekdays
    ] == await by_hand.fetchall()
    assert seen.trend is not None
    assert float(seen.trend.first) == sum(1 + day % 10 for day in range(1, 8)) / 7


async def test_a_word_is_found_wherever_it_was_written(living: Living):
    for day in range(1, 5):
        await living.morning(day)
    await living.morning(5, draft=replace(MORNING, gratitudes=("My lighthouse", "Soup", "Bread")))
    await living.evening(6, draft=replace(EVENING, freeflow="The lighthouse again."))
    await living.action(7, draft=replace(ACTION, reflection="Lighthouse."))
    await living.morning(8)

    seen = await found(living, 8)

    assert Growth("lighthouse", 0, 4, 3, 4) in seen.grown


async def test_an_unfinished_page_and_somebody_elses_say_nothing(living: Living, new_living: NewLiving):
    ben = await new_living("Ben")
    for day in range(1, 10):
        await ben.morning(day)
    await living.morning(1)

    seen = await found(living, 9)

    assert seen.grown == []
    assert [day.days for day in seen.weekdays] == [1, 0, 0, 0, 0, 0, 0]
    assert seen.past.story.kept.any_day == {living.day(1)}


async def test_days_of_trying_out_before_the_first_day_are_not_counted(living: Living):
    for day in range(-8, 1):
        await living.morning(day)

    seen = await found(living, 1)

    assert (seen.grown, seen.most) == ([], [])
    assert seen.past.enrolled.today == living.day(1) == living.day(0) + timedelta(days=1)
