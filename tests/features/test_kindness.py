"""A missed day costs nothing that kindness cannot give back."""

import asyncio

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import JournalType, ShortDraft
from gynergy_app.errors import Invalid
from gynergy_app.repositories import points_transactions
from gynergy_app.services import kindness, today
from gynergy_app.services.journaling import WrittenElsewhere, pages
from tests.features.conftest import Living, NewLiving

TWO_LINES = ShortDraft(success="I called my mother.", insight="Short is better than nothing.")


async def _repair(living: Living, missed: int, on: int, hour: int = 20) -> int:
    async with as_member(living.member.id) as db:
        return await kindness.repair(
            db, living.member, living.day(missed), TWO_LINES, now=living.at(on, hour)
        )


async def test_two_lines_beside_todays_page_bring_a_missed_day_back(living: Living):
    await living.morning(1)
    await living.morning(3)

    streak = await _repair(living, missed=2, on=3)

    assert streak == 3
    async with as_member(living.member.id) as db:
        view = await today.read(db, living.member, now=living.at(3, 21))
        page = await pages.open_page(
            db, living.member, JournalType.evening, now=living.at(3, 21), day=living.day(2)
        )
    assert view is not None
    assert view.story.kept.repaired == {living.day(2)}
    assert view.freezes_left == 2, "the freeze spent on it has come back"
    assert page.draft.as_dict()["success"] == TWO_LINES.success
    assert not page.is_completed


async def test_the_two_lines_are_kept_while_they_are_typed(living: Living):
    await living.morning(1)
    await living.morning(3)
    begun = ShortDraft(success="I called my")
    async with as_member(living.member.id) as db:
        saved = await kindness.keep_draft(
            db, living.member, begun, day=living.day(2), base_revision=0, now=living.at(3, 20)
        )
        page = await kindness.open_page(db, living.member, day=living.day(2), now=living.at(3, 20))
    assert page.draft == begun
    assert not page.is_completed

    with pytest.raises(WrittenElsewhere) as clash:
        async with as_member(living.member.id) as db:
            await kindness.keep_draft(
                db, living.member, TWO_LINES, day=living.day(2), base_revision=0, now=living.at(3, 20)
            )
    assert clash.value.theirs == begun

    async with as_member(living.member.id) as db:
        for _ in range(2):
            await kindness.finish(
                db,
                living.member,
                TWO_LINES,
                day=living.day(2),
                base_revision=saved.revision,
                now=living.at(3, 21),
            )
        page = await kindness.open_page(db, living.member, day=living.day(2), now=living.at(3, 21))
    assert page.is_completed
    assert page.draft == TWO_LINES


async def test_a_repair_earns_no_points(living: Living):
    await living.morning(1)
    kept = await living.morning(3)
    await _repair(living, missed=2, on=3)

    async with as_member(living.member.id) as db:
        assert await points_transactions.total(db, living.session_id, living.member.id) == kept.points_total


async def test_ten_repairs_at_once_are_one(living: Living):
    await living.morning(1)
    await living.morning(3)

    streaks = await asyncio.gather(*(_repair(living, missed=2, on=3) for _ in range(10)))

    assert set(streaks) == {3}


async def test_today_comes_first(living: Living):
    await living.morning(1)

    with pytest.raises(kindness.TodayComesFirst):
        await _repair(living, missed=2, on=3)


async def test_after_two_days_a_day_rests(living: Living):
    await living.morning(1)
    await living.morning(5)

    with pytest.raises(kindness.NotRepairable):
        await _repair(living, missed=2, on=5)


async def test_one_repair_in_nine_days(living: Living):
    for day in (1, 3, 5):
        await living.morning(day)
    await _repair(living, missed=4, on=5)

    with pytest.raises(kindness.NotRepairable):
        await _repair(living, missed=3 + 3, on=7)


async def test_a_day_before_she_came_was_never_missed(new_living: NewLiving):
    late = await new_living(joins_on=4)
    await late.morning(4)

    async with as_member(late.member.id) as db:
        view = await today.read(db, late.member, now=late.at(4, 20))
    assert view is not None
    assert view.missed_yesterday is None
    assert view.repair is None
    with pytest.raises(kindness.NotRepairable):
        await _repair(late, missed=3, on=4)


async def test_an_empty_line_is_asked_for_beside_its_field(living: Living):
    await living.morning(1)
    await living.morning(3)

    with pytest.raises(Invalid) as refused:
        async with as_member(living.member.id) as db:
            await kindness.repair(
                db, living.member, living.day(2), ShortDraft(success="One."), now=living.at(3, 20)
            )

    assert set(refused.value.problems) == {"insight"}


async def test_the_cached_streak_agrees_after_a_repair(living: Living):
    await living.morning(1)
    await living.morning(3)
    await _repair(living, missed=2, on=3)

    async with as_member(living.member.id) as db:
        view = await today.read(db, living.member, now=living.at(3, 21))
    assert view is not None
    kept = view.story.kept
    expected = kept.streak_of(pages.ACTIVITIES[JournalType.morning], view.story.today, view.story.open_from)
    assert view.enrolled.enrollment.morning_streak == expected


async def test_seven_days_in_a_row_are_told_again_when_they_come_again(
    living: Living, owner_db: psycopg.AsyncConnection
):
    for day in (*range(1, 8), *range(12, 19)):
        await living.morning(day)

    told = await owner_db.execute(
        "select count(*) from notifications where user_id = %s and title = '7 days in a row'",
        [living.member.id],
    )
    assert await told.fetchone() == (2,)


async def test_a_page_after_midnight_breaks_no_chain_while_yesterday_may_still_be_written(living: Living):
    for day in range(1, 8):
        await living.morning(day)

    kept = await living.morning(9, hour=2)  # Day 8 is empty, and open until 03:00.

    assert kept.streak_days == 8
    assert kept.award is not None
    assert kept.award.multiplier > 1
    assert (await living.evening(9)).streak_days == 8
