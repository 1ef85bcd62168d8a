"""One day of practice, and everything that follows from it exactly once."""

import asyncio
from dataclasses import replace

import psycopg
import pytest
from psycopg import sql

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import JournalType, MorningDraft, YesterdayIsClosed
from gynergy_app.errors import Invalid
from gynergy_app.repositories import points_transactions
from gynergy_app.services import today
from gynergy_app.services.journaling import WrittenElsewhere, gratitude_actions, pages
from gynergy_app.services.journaling.gratitude_actions import PhotosComeLater
from tests.features.conftest import MORNING, Living, NewLiving


async def test_a_first_morning_earns_its_points_and_its_badge(living: Living):
    kept = await living.morning(1)

    assert kept.award is not None
    assert kept.award.final == 10
    assert kept.streak_days == 1
    assert [badge.key for badge in kept.badges] == ["first-morning"]
    assert kept.points_total == 10 + sum(badge.points for badge in kept.badges)


async def test_three_pages_make_a_whole_day(living: Living):
    morning, action, evening = await living.whole_day(1)

    assert morning.award is not None
    assert action.award is not None
    assert evening.award is not None
    assert [morning.award.final, action.award.final, evening.award.final] == [10, 15, 20]
    assert "perfect-day" in [badge.key for badge in evening.badges]


async def test_a_morning_before_eight_adds_five(living: Living):
    kept = await living.morning(1, hour=7)

    assert kept.award is not None
    assert [bonus.points for bonus in kept.award.bonuses] == [5]


async def test_seven_whole_days_bring_the_band_and_the_week(living: Living):
    for day in range(1, 7):
        await living.whole_day(day)

    morning, action, evening = await living.whole_day(7)

    assert [kept.streak_days for kept in (morning, action, evening)] == [7, 7, 7]
    assert action.award is not None
    assert action.award.final == 18
    assert evening.award is not None
    assert evening.award.final == 12 + 10 + 50
    assert {"combined-streak-7", "perfect-week"} <= {badge.key for badge in evening.badges}


async def test_a_page_finished_twice_is_awarded_once(living: Living):
    first = await living.morning(1)
    again = await living.morning(1, base=1)

    assert again.was_already
    assert again.points_total == first.points_total


async def test_twenty_devices_finishing_at_once_earn_one_award(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await asyncio.gather(*(living.morning(1) for _ in range(20)))

    query = "select activity_type, count(*) from points_transactions where user_id = %s group by 1"
    rows = await (await owner_db.execute(query, [living.member.id])).fetchall()
    assert sorted(rows) == [("badge_reward", 1), ("morning_journal", 1)]


async def test_three_pages_finished_at_once_earn_the_bonus_once(living: Living):
    await asyncio.gather(living.morning(1), living.action(1), living.evening(1))

    async with as_member(living.member.id) as db:
        rows = await points_transactions.statement(db, living.session_id, living.member.id)
        total = await points_transactions.total(db, living.session_id, living.member.id)
    assert sum(row.bonus_points for row in rows) == 10
    assert total == sum(row.final_points for row in rows)


async def test_editing_a_finished_page_keeps_the_text_and_awards_nothing(living: Living):
    first = await living.morning(1)
    edited = replace(MORNING, mantra="Even slower.")
    async with as_member(living.member.id) as db:
        saved = await pages.keep_draft(
            db,
            living.member,
            JournalType.morning,
            edited,
            day=living.day(1),
            base_revision=1,
            now=living.at(2, 20),
        )
        page = await pages.open_page(
            db, living.member, JournalType.morning, now=living.at(2, 20), day=living.day(1)
        )

    assert saved.revision == 2
    assert page.draft == edited
    assert page.is_completed
    async with as_member(living.member.id) as db:
        assert await points_transactions.total(db, living.session_id, living.member.id) == first.points_total


async def test_a_text_from_another_device_is_never_written_over(living: Living):
    mine, theirs = replace(MORNING, mantra="Mine."), replace(MORNING, mantra="Theirs.")
    async with as_member(living.member.id) as db:
        await _keep(db, living, theirs, base=0)

    with pytest.raises(WrittenElsewhere) as clash:
        async with as_member(living.member.id) as db:
            await _keep(db, living, mine, base=0)

    assert clash.value.theirs == theirs
    assert clash.value.revision == 1


async def test_the_same_text_from_two_tabs_is_no_clash(living: Living):
    async with as_member(living.member.id) as db:
        await _keep(db, living, MORNING, base=0)
        saved = await _keep(db, living, MORNING, base=0)

    assert saved.revision == 1


async def test_an_unfinished_page_says_what_is_open_and_keeps_nothing_back(living: Living):
    with pytest.raises(Invalid) as refused:
        await living.morning(1, draft=MorningDraft(mantra="Only this."))

    assert set(refused.value.problems) == {
        "mood_score",
        "mood_contribution",
        "affirmations",
        "gratitudes",
        "excitements",
    }


async def test_yesterday_can_be_written_until_three(living: Living):
    async with as_member(living.member.id) as db:
        kept = await pages.finish(
            db,
            living.member,
            JournalType.morning,
            MORNING,
            day=living.day(1),
            base_revision=0,
            now=living.at(2, 2, 59),
        )
    assert kept.streak_days == 1

    async with as_member(living.member.id) as db:
        await _keep(db, living, MORNING, base=0, day=2, hour=4)
    with pytest.raises(YesterdayIsClosed):
        async with as_member(living.member.id) as db:
            await pages.finish(
                db,
                living.member,
                JournalType.morning,
                MORNING,
                day=living.day(2),
                base_revision=1,
                now=living.at(3, 3),
            )


async def test_ten_thousand_characters_and_every_script_survive(living: Living):
    text = "נחת 🌙 Überraschung " * 500
    draft = replace(MORNING, mantra=text[:10_000].strip())
    await living.morning(1, draft=draft)

    async with as_member(living.member.id) as db:
        page = await pages.open_page(db, living.member, JournalType.morning, now=living.at(1, 12))
    assert page.draft == draft


async def test_a_missed_day_takes_a_freeze_and_the_streak_goes_on(living: Living):
    await living.morning(1)
    await living.morning(2)

    kept = await living.morning(4)

    assert kept.streak_days == 3
    async with as_member(living.member.id) as db:
        view = await today.read(db, living.member, now=living.at(4, 10))
    assert view is not None
    assert view.freezes_left == 1
    assert view.story.kept.frozen == {living.day(3)}


async def test_today_tells_the_whole_day(living: Living, new_living: NewLiving):
    ben = await new_living("Ben", timezone="America/New_York")
    await ben.morning(1, hour=1)
    await living.morning(1, hour=5)

    async with as_member(living.member.id) as db:
        view = await today.read(db, living.member, now=living.at(1, 13))

    assert view is not None
    assert view.enrolled.day == 1
    assert view.next_activity == "gratitude_action"
    assert view.pages_by_day == {1: 1}
    assert view.words.quote is not None
    assert view.words.action is not None
    assert view.pulse is not None
    assert (view.pulse.members, view.pulse.mornings) == (2, 2)


async def test_a_practice_page_before_the_first_day_keeps_nothing(
    living: Living, owner_db: psycopg.AsyncConnection
):
    kept = await living.morning(0)
    acted = await living.action(0)
    async with as_member(living.member.id) as db:
        await _keep(db, living, MORNING, base=0, day=0)

    assert kept.is_practice
    assert acted.is_practice
    async with as_member(living.member.id) as db:
        assert await points_transactions.total(db, living.session_id, living.member.id) == 0
    for table in ("journals", "action_logs"):
        query = sql.SQL("select count(*) from {} where user_id = %s").format(sql.Identifier(table))
        assert await (await owner_db.execute(query, [living.member.id])).fetchone() == (0,)


async def test_a_practice_page_takes_no_photo(living: Living):
    with pytest.raises(PhotosComeLater):
        async with as_member(living.member.id) as db:
            await gratitude_actions.attach_photo(
                db, living.member, f"{living.member.id}/a.jpg", day=living.day(0), now=living.at(0, 12)
            )


async def _keep(db, living: Living, draft: MorningDraft, *, base: int, day: int = 1, hour: int = 8):
    return await pages.keep_draft(
        db,
        living.member,
        JournalType.morning,
        draft,
        day=living.day(day),
        base_revision=base,
        now=living.at(day, hour),
    )
