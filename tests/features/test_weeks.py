"""A week: its challenge, sitting still in it, and looking back on it once."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import text

from gynergy_app.db import as_member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import ChallengeDraft, MeditationDraft, WeeklyDraft
from gynergy_app.errors import Invalid
from gynergy_app.services import history, today, weeks
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import WrittenElsewhere, challenges, meditations
from gynergy_app.services.journaling.week_sheets import WeekIsAhead, WeekIsOver
from tests.features.conftest import Living, NewLiving
from tests.features.weeks import CHALLENGE, NOT_THIS_WEEK, REFLECTION, Weeks


@pytest.fixture
def ana(living: Living) -> Weeks:
    return Weeks(living)


@pytest.fixture
def rows(owner_db: psycopg.AsyncConnection, ana: Weeks):
    """`await rows("journals")`: what a table holds of her."""

    async def read(table: str) -> list[dict]:
        cursor = owner_db.cursor(row_factory=dict_row)
        query = sql.SQL("select * from {} where user_id = %s").format(sql.Identifier(table))
        await cursor.execute(query, [ana.living.member.id])
        return await cursor.fetchall()

    return read


def _badges(kept: Completion) -> set[str]:
    return {badge.key for badge in kept.badges}


class TestLookingBack:
    async def test_it_opens_on_the_last_day_of_the_week(self, ana: Weeks):
        with pytest.raises(WeekIsAhead, match="Sunday 8 March, day 7"):
            await ana.reflection(on=6)

        page = await ana.reflection(on=7, hour=0)

        assert page.sheet.may_finish

    async def test_it_stays_open_for_seven_days_and_until_three_after_them(self, ana: Weeks):
        await ana.keep_reflection(1, on=7, draft=WeeklyDraft(wins="A start."))

        kept = await ana.reflect(1, on=14, hour=2, base=1)

        assert kept.award is not None
        assert kept.award.final == 25

    async def test_then_it_is_over(self, ana: Weeks):
        with pytest.raises(WeekIsOver, match="week 1"):
            await ana.reflect(1, on=14, hour=3)

    async def test_a_page_that_was_begun_and_not_finished_is_over_too(self, ana: Weeks):
        await ana.keep_reflection(1, on=9, draft=WeeklyDraft(wins="A start."))

        with pytest.raises(WeekIsOver):
            await ana.reflect(1, on=15, base=1)

        assert (await ana.reflection(on=15, of=1)).draft == WeeklyDraft(wins="A start.")

    async def test_nobody_looks_back_on_a_week_that_has_not_been(self, ana: Weeks):
        with pytest.raises(WeekIsAhead, match="day 14"):
            await ana.reflect(2, on=8)

    async def test_the_day_it_opens_is_its_day_whenever_it_is_written(self, ana: Weeks, rows):
        await ana.reflect(1, on=11)

        assert [row["entry_date"] for row in await rows("journals")] == [date(2026, 3, 8)]
        earned = [
            row["earned_on"] for row in await rows("points_transactions") if row["source_type"] == "page"
        ]
        assert earned == [date(2026, 3, 12)]

    async def test_all_three_are_asked_for(self, ana: Weeks):
        with pytest.raises(Invalid) as refused:
            await ana.reflect(1, on=7, draft=WeeklyDraft(wins="Only this."))

        assert set(refused.value.problems) == {"challenges", "lessons"}

    async def test_the_streak_of_days_multiplies_it(self, ana: Weeks):
        for day in range(1, 8):
            await ana.living.morning(day)

        kept = await ana.reflect(1, on=7)

        assert kept.award is not None
        assert (kept.award.final, kept.award.band) == (30, "Streak of 7 to 13 days")

    async def test_many_devices_earn_it_once(self, ana: Weeks, rows):
        await asyncio.gather(*(ana.reflect(1, on=8) for _ in range(8)))

        assert len(await rows("journals")) == 1
        assert [row["final_points"] for row in await rows("points_transactions")] == [25]

    async def test_changed_afterwards_it_earns_nothing_more(self, ana: Weeks, rows):
        await ana.reflect(1, on=8)

        again = await ana.reflect(1, on=14, draft=replace(REFLECTION, lessons="Less."), base=1, hour=20)

        assert again.was_already
        assert (await ana.reflection(on=15, of=1)).draft == replace(REFLECTION, lessons="Less.")
        assert len(await rows("points_transactions")) == 1

    async def test_words_of_another_device_are_never_written_over(self, ana: Weeks):
        await ana.keep_reflection(1, on=8, draft=WeeklyDraft(wins="Here."))

        with pytest.raises(WrittenElsewhere) as clash:
            await ana.keep_reflection(1, on=8, draft=WeeklyDraft(wins="There."))

        assert clash.value.theirs == WeeklyDraft(wins="Here.")

    async def test_four_weeks_in_a_row_are_a_badge(self, ana: Weeks):
        earned = [await ana.reflect(week, on=7 * week + week) for week in (1, 2, 3, 4)]

        assert [[badge.key for badge in kept.badges] for kept in earned][-1] == [
            "weekly-streak-4",
            "milestone-3",
        ]
        assert "weekly-streak-4" not in [badge.key for kept in earned[:-1] for badge in kept.badges]

    async def test_a_week_left_out_begins_the_row_again(self, ana: Weeks):
        for week in (1, 2, 4, 5):
            kept = await ana.reflect(week, on=7 * week)

            assert "weekly-streak-4" not in _badges(kept)

    async def test_the_outbox_knows_which_was_the_first(self, ana: Weeks, owner_db: psycopg.AsyncConnection):
        for week in (1, 2):
            await ana.reflect(week, on=7 * week)

        query = (
            "select payload from automation_events"
            " where user_id = %s and event_type = 'journal_completed' order by payload ->> 'day'"
        )
        found = await (await owner_db.execute(query, [ana.living.member.id])).fetchall()
        assert [row[0]["is_first"] for row in found] == [True, False]


class TestTheChallenge:
    async def test_each_week_has_its_own(self, ana: Weeks):
        asked = [(await ana.challenge(on=7 * week - 3)).challenge.title for week in range(1, 8)]

        assert len(set(asked[:6])) == 6
        assert asked[6] == asked[0]

    async def test_done_it_asks_for_five_answers(self, ana: Weeks):
        with pytest.raises(Invalid) as refused:
            await ana.take_up(on=1, draft=ChallengeDraft(is_done=True))

        assert set(refused.value.problems) == {"reward", "motivation", "purpose", "success", "focus"}

    async def test_not_this_week_is_an_answer_and_earns_the_same(self, ana: Weeks):
        kept = [await ana.take_up(on=3), await ana.take_up(on=15, draft=NOT_THIS_WEEK)]

        assert [each.award.final for each in kept if each.award] == [25, 25]

    async def test_it_is_open_in_its_own_week(self, ana: Weeks):
        await ana.take_up(on=8, hour=2, of=7)

        with pytest.raises(WeekIsOver):
            await ana.take_up(on=22, of=21)

    async def test_it_is_kept_under_its_week(self, ana: Weeks, rows):
        await ana.take_up(on=19)

        (log,) = await rows("action_logs")
        assert (log["action_type"], log["period_key"], log["entry_date"]) == (
            "weekly-challenge",
            "3",
            date(2026, 3, 16),
        )

    async def test_the_eulogy_has_its_box(self, ana: Weeks):
        words = "She was never in a hurry. " * 40
        await ana.take_up(on=16, draft=replace(CHALLENGE, eulogy=words.strip()))

        page = await ana.challenge(on=17)

        assert page.challenge.has_eulogy
        assert page.draft.eulogy == words.strip()


class TestSittingStill:
    async def test_one_sitting_completes_its_week_and_seven_are_the_aim(self, ana: Weeks):
        first = await ana.sit(9)
        second = await ana.sit(10)

        assert first is not None
        assert first.award is not None
        assert (first.activity, first.award.final) == (Activity.weekly_challenge, 25)
        assert second is None
        page = await ana.challenge(on=10)
        assert page.is_completed
        assert page.draft.is_done
        assert page.sittings == 2

    async def test_in_another_week_it_earns_nothing(self, ana: Weeks, rows):
        assert await ana.sit(3) is None
        assert await ana.sit(16) is None

        assert await rows("points_transactions") == []
        assert await rows("action_logs") == []

    async def test_without_one_the_page_says_not_this_week(self, ana: Weeks, rows):
        await ana.take_up(on=9, draft=ChallengeDraft(is_done=True))

        assert not (await ana.challenge(on=9)).draft.is_done
        assert await ana.sit(12) is None
        assert (await ana.challenge(on=12)).draft.is_done
        earned = [row for row in await rows("points_transactions") if row["source_type"] == "page"]
        assert [row["final_points"] for row in earned] == [25]

    async def test_words_typed_beside_it_do_not_take_the_answer_back(self, ana: Weeks):
        await ana.sit(9)
        who, now = ana.living.member, ana.living.at(9, 12)
        typed = ChallengeDraft(reward="It was short.")
        async with as_member(who.id) as db:
            await challenges.keep_draft(db, who, typed, day=ana.living.day(9), base_revision=0, now=now)

        assert (await ana.challenge(on=9)).draft == replace(typed, is_done=True)

    async def test_a_day_holds_one(self, ana: Weeks, rows):
        await ana.sit(9)
        async with as_member(ana.living.member.id) as db:
            page = await meditations.open_page(db, ana.living.member, now=ana.living.at(9, 20))

        await ana.sit(9, draft=MeditationDraft("And again in the evening."), base=page.revision)

        assert [row["reflection"] for row in await rows("meditations")] == ["And again in the evening."]

    async def test_another_device_does_not_write_over_it(self, ana: Weeks):
        await ana.sit(9)

        with pytest.raises(WrittenElsewhere):
            await ana.sit(9, draft=MeditationDraft("Not seen the other."))

    async def test_an_empty_sitting_is_not_logged(self, ana: Weeks, rows):
        with pytest.raises(Invalid):
            await ana.sit(9, draft=MeditationDraft())

        assert await rows("meditations") == []

    async def test_the_days_are_listed_newest_first(self, ana: Weeks):
        for day in (2, 5, 3):
            await ana.sit(day)

        async with as_member(ana.living.member.id) as db:
            page = await meditations.open_page(db, ana.living.member, now=ana.living.at(6, 9))
        assert [sitting.day for sitting in page.sittings] == [ana.living.day(day) for day in (5, 3, 2)]
        assert not page.is_completed


async def test_the_counters_agree_with_the_rows_they_count(ana: Weeks, rows):
    await ana.take_up(on=4)
    await ana.reflect(1, on=8)
    await ana.sit(13)
    await ana.reflect(2, on=20)
    await ana.take_up(on=29)
    await ana.reflect(4, on=29)

    (place,) = await rows("session_enrollments")
    async with as_member(ana.living.member.id) as db:
        view = await today.read(db, ana.living.member, now=ana.living.at(29, 20))
    assert view is not None
    story = view.story
    assert (place["weekly_reflection_completion"], place["weekly_reflection_streak"]) == (3, 1)
    assert (place["weekly_challenge_completion"], place["weekly_challenge_streak"]) == (3, 1)
    assert story.week_streak_of(Activity.weekly_reflection) == 1
    assert story.week_streak_of(Activity.weekly_challenge) == 1


async def test_a_row_of_weeks_is_not_lost_while_its_next_page_is_open(ana: Weeks):
    await ana.reflect(1, on=7)
    await ana.reflect(2, on=20)

    async def row_on(day: int, hour: int = 12) -> int:
        async with as_member(ana.living.member.id) as db:
            view = await today.read(db, ana.living.member, now=ana.living.at(day, hour))
        assert view is not None
        return view.story.week_streak_of(Activity.weekly_reflection)

    assert [await row_on(day) for day in (20, 21, 27)] == [2, 2, 2]
    assert (await row_on(28, hour=2), await row_on(28, hour=3)) == (2, 0)


async def test_a_page_of_the_week_reaches_a_milestone_on_the_day_it_is_written(ana: Weeks):
    kept = await ana.reflect(1, on=10)

    assert (kept.milestone_day, kept.milestone_name) == (9, "Basecamp")


async def test_today_says_how_the_week_stands(ana: Weeks):
    await ana.take_up(on=2)

    async with as_member(ana.living.member.id) as db:
        third = await today.read(db, ana.living.member, now=ana.living.at(3, 12))
        eighth = await today.read(db, ana.living.member, now=ana.living.at(8, 12))

    assert third is not None
    assert third.week is not None
    assert third.week.reflection_page.is_ahead
    assert third.week.challenge_page.kept is not None
    assert eighth is not None
    assert eighth.week is not None
    assert eighth.week.number == 2
    assert eighth.week.reflection_page.week.number == 1
    assert eighth.week.reflection_page.is_open
    assert eighth.week.sittings == 0


async def test_history_opens_a_day_with_the_pages_of_its_week(ana: Weeks):
    await ana.take_up(on=2)
    await ana.reflect(1, on=9)

    async with as_member(ana.living.member.id) as db:
        opened = await history.open_day(db, ana.living.member, ana.living.day(4), now=ana.living.at(20, 12))

    assert opened.reflection.draft == REFLECTION
    assert opened.challenge.draft == CHALLENGE


async def test_every_week_is_listed(ana: Weeks):
    await ana.reflect(1, on=9)

    async with as_member(ana.living.member.id) as db:
        listed = await weeks.every(db, ana.living.member, now=ana.living.at(16, 12))

    assert listed is not None
    assert [week.number for week in listed] == [3, 2, 1]
    assert [week.reflection_page.kept is not None for week in listed] == [False, False, True]


async def test_who_comes_late_is_shown_no_week_before_unless_she_wrote_in_it(new_living: NewLiving):
    late, writer = await new_living("Eve", joins_on=9), await new_living("Ida", joins_on=9)
    await Weeks(writer).reflect(1, on=9)

    async def numbers(living: Living, day: int) -> list[int]:
        async with as_member(living.member.id) as db:
            listed = await weeks.every(db, living.member, now=living.at(day, 12))
        assert listed is not None
        return [week.number for week in listed]

    assert await numbers(late, 9) == [2, 1], "the reflection on week 1 is still open"
    assert await numbers(late, 16) == [3, 2]
    assert await numbers(writer, 16) == [3, 2, 1]


async def test_a_page_of_a_week_makes_no_day_kept(ana: Weeks, admin: UUID):
    await ana.reflect(1, on=9)
    await ana.take_up(on=9)

    progress = text("select * from private.member_progress(:who, :session)")
    async with as_member(admin) as db:
        asked = {"who": ana.living.member.id, "session": ana.living.session_id}
        seen = (await (await db.connection()).execute(progress, asked)).all()
    async with as_member(ana.living.member.id) as db:
        view = await today.read(db, ana.living.member, now=ana.living.at(9, 20))

    assert seen == []
    assert view is not None
    assert (view.streak_days, view.pages_by_day, view.pages) == (0, {}, {})
