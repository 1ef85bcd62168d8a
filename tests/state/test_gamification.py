"""The screens of what was earned: what they say, and what they do with a hostile hand."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import event

from gynergy_app.db import as_member, web_engine
from gynergy_app.repositories import points_transactions
from gynergy_app.services.gamification import NoSuchBadge
from gynergy_app.state.gamification.badges import BadgesState, BadgeView
from gynergy_app.state.gamification.leaderboard import LeaderboardState
from gynergy_app.state.gamification.points import PointsState
from gynergy_app.state.notifications import NotificationsState
from tests.features.conftest import Living, as_somebody
from tests.state.conftest import AScreen, call

MOST_STATEMENTS = 6
"""What opening one of these pages may ask the database."""


@pytest.fixture
async def points(a_screen: AScreen) -> PointsState:
    return await a_screen(PointsState)


@pytest.fixture
async def shelf(a_screen: AScreen) -> BadgesState:
    return await a_screen(BadgesState)


def earned(shelf: BadgesState) -> dict[str, BadgeView]:
    return {badge.name: badge for badge in shelf.earned}


class TestPoints:
    async def test_the_total_on_the_screen_is_the_sum_of_every_row(self, points: PointsState, living: Living):
        for day in range(1, 12):
            await living.whole_day(day)

        await call(PointsState.open, points, living.member, living.at(11, 22))
        assert points.view.has_earlier
        await call(PointsState.show_earlier, points, living.member, living.at(11, 22))

        rows = [row for day in points.view.days for row in day.rows]
        async with as_member(living.member.id) as db:
            summed = await points_transactions.sum_of_ledger(db, living.session_id, living.member.id)
        assert not points.view.has_earlier
        assert sum(int(row.amount) for row in rows) == summed == int(points.view.total.replace(",", ""))
        assert sum(int(day.subtotal) for day in points.view.days) == summed

    async def test_a_row_opens_its_arithmetic(self, points: PointsState, living: Living):
        for day in range(1, 7):
            await living.morning(day)
        await living.morning(7, hour=7)

        await call(PointsState.open, points, living.member, living.at(7, 8))

        row = next(row for row in points.view.days[0].rows if row.symbol == "morning_journal")
        told = [(line.label, line.figure, line.note) for line in row.lines]
        assert told == [
            ("Morning journal", "10", "What the page is worth"),
            ("Streak of 7 to 13 days", "× 1.2", "Day 7 of your streak, this day included"),
            ("Before 08:00", "+ 5", "Added after multiplying"),
            ("Credited", "17", ""),
        ]
        assert (row.amount, row.note) == ("+17", "07:00 · before 08:00\u00a0+5")
        assert row.words.startswith("Written Sunday 8 March at 07:00, your time. Balance after it: ")
        assert row.href == "/history/2026-03-08"

    async def test_the_band_in_force_is_marked_and_the_next_announced(
        self, points: PointsState, living: Living
    ):
        for day in range(1, 7):
            await living.morning(day)

        await call(PointsState.open, points, living.member, living.at(7, 8))

        assert [line.figure for line in points.view.bands if line.is_mine] == ["× 1.2"]
        assert (points.view.multiplier, points.view.coming) == ("× 1.2", "× 1.5 in seven days")

    async def test_the_rules_name_what_can_be_done_and_what_it_is_worth(
        self, points: PointsState, living: Living
    ):
        await call(PointsState.open, points, living.member, living.at(1, 8))

        assert [(line.label, line.figure) for line in points.view.worth] == [
            ("Morning journal", "10"),
            ("Gratitude action", "15"),
            ("Evening journal", "10"),
            ("Weekly reflection", "25"),
            ("Weekly challenge", "25"),
            ("Vision", "20"),
        ]
        assert [(line.label, line.figure) for line in points.view.bonuses] == [
            ("Morning page before 08:00", "+ 5"),
            ("All three pages in one day", "+ 10"),
            ("Seven such days in a row", "+ 50"),
        ]

    async def test_a_filter_shows_its_rows_and_says_so_when_there_are_none(
        self, points: PointsState, living: Living
    ):
        await living.morning(1)
        await call(PointsState.choose, points, living.member, living.at(1, 10), "badges")
        assert [row.name for day in points.view.days for row in day.rows] == ["First Light"]

        await call(PointsState.choose, points, living.member, living.at(1, 10), "corrections")
        assert points.view.days == []
        assert points.view.nothing.startswith("No corrections.")
        assert points.view.has_rows

    @pytest.mark.parametrize("said", ["everything", "", None, 7, {"a": 1}, ["all"]])
    async def test_a_filter_nobody_knows_shows_everything(
        self, points: PointsState, living: Living, said: Any
    ):
        await living.morning(1)

        await call(PointsState.choose, points, living.member, living.at(1, 10), said)

        assert points.shown == "all"
        assert len(points.view.days[0].rows) == 2

    async def test_a_correction_says_what_it_takes_back_and_why(
        self, points: PointsState, living: Living, owner_db: psycopg.AsyncConnection
    ):
        await living.morning(1)
        await owner_db.execute(
            "insert into points_transactions (user_id, session_id, activity_type, final_points, source_type,"
            " source_id, earned_on, reverses_id, reason)"
            " select user_id, session_id, activity_type, -final_points, source_type, source_id, earned_on,"
            " id, 'Counted twice after a lost line.' from points_transactions"
            " where user_id = %s and source_type = 'page'",
            [living.member.id],
        )

        await call(PointsState.choose, points, living.member, living.at(1, 10), "corrections")

        correction, page = sorted(
            (r for d in points.view.days for r in d.rows), key=lambda row: row.amount, reverse=True
        )
        assert (correction.name, correction.amount, correction.is_minus) == (
            "Correction: Morning journal",
            "−10",
            True,
        )
        assert "Counted twice after a lost line. It takes back: Morning journal" in correction.words
        assert "taken back" in page.note

    async def test_nobody_with_a_place_and_no_rows_sees_an_empty_statement(
        self, points: PointsState, living: Living
    ):
        await call(PointsState.open, points, living.member, living.at(1, 6))

        assert (points.has_place, points.view.has_rows, points.view.total) == (True, False, "0")
        assert points.view.coming == "× 1.2 in six days"

    @pytest.mark.parametrize("day", [0, 46])
    async def test_outside_its_days_a_session_announces_no_multiplier(
        self, points: PointsState, living: Living, day: int
    ):
        await call(PointsState.open, points, living.member, living.at(day, 10))

        assert points.view.coming == ""


class TestBadges:
    async def test_new_is_said_on_this_visit_and_not_on_the_next(self, shelf: BadgesState, living: Living):
        await living.morning(1)

        await call(BadgesState.open, shelf, living.member, living.at(1, 10))
        assert earned(shelf)["First Light"].is_new
        await call(
            BadgesState.show, shelf, living.member, living.at(1, 10), earned(shelf)["First Light"].held_id
        )
        assert earned(shelf)["First Light"].is_new, "choosing is still the same visit"

        await call(BadgesState.open, shelf, living.member, living.at(1, 11))
        assert not earned(shelf)["First Light"].is_new

    async def test_the_fourth_badge_asks_which_one_makes_room(self, shelf: BadgesState, living: Living):
        at = living.at(1, 22)
        await living.whole_day(1)
        await call(BadgesState.open, shelf, living.member, at)
        first, second, third, fourth = [badge.held_id for badge in shelf.earned]
        for held_id in (first, second, third):
            await call(BadgesState.show, shelf, living.member, at, held_id)

        await call(BadgesState.show, shelf, living.member, at, fourth)
        assert shelf.asking.held_id == fourth
        assert len(shelf.showcase) == 3

        await call(BadgesState.show_instead, shelf, living.member, at, second)
        assert shelf.asking == BadgeView()
        assert {badge.held_id for badge in shelf.showcase} == {first, third, fourth}

    async def test_a_place_taken_elsewhere_meanwhile_is_a_question_too(
        self, shelf: BadgesState, a_screen: AScreen, living: Living
    ):
        at = living.at(1, 22)
        await living.whole_day(1)
        await call(BadgesState.open, shelf, living.member, at)
        first, second, third, fourth = [badge.held_id for badge in shelf.earned]
        elsewhere = await a_screen(BadgesState)
        await call(BadgesState.open, elsewhere, living.member, at)
        for held_id in (first, second, third):
            await call(BadgesState.show, elsewhere, living.member, at, held_id)

        await call(BadgesState.show, shelf, living.member, at, fourth)

        assert shelf.asking.held_id == fourth
        assert {badge.held_id for badge in shelf.showcase} == {first, second, third}

    async def test_an_opened_badge_follows_what_is_done_with_it(self, shelf: BadgesState, living: Living):
        at = living.at(1, 10)
        await living.morning(1)
        await call(BadgesState.open, shelf, living.member, at)
        badge = earned(shelf)["First Light"]
        await call(BadgesState.look_at, shelf, living.member, at, badge.id)

        await call(BadgesState.show, shelf, living.member, at, badge.held_id)
        assert shelf.opened.is_shown
        await call(BadgesState.put_away, shelf, living.member, at, badge.held_id)
        assert not shelf.opened.is_shown
        assert shelf.showcase == []

    @pytest.mark.parametrize(
        "said", ["", "no id", None, 5, "0b0e7c1e-5f43-4c3e-9a52-6c1f0a9d2b11", {"held": 1}]
    )
    async def test_a_badge_nobody_holds_is_refused_in_a_sentence(
        self, shelf: BadgesState, living: Living, said: Any
    ):
        await living.morning(1)
        await call(BadgesState.open, shelf, living.member, living.at(1, 10))

        for handler in (BadgesState.show, BadgesState.put_away, BadgesState.show_instead):
            with pytest.raises(NoSuchBadge, match="not on your shelf"):
                await call(handler, shelf, living.member, living.at(1, 10), said)

    async def test_a_rim_is_drawn_as_far_as_the_words_say(self, shelf: BadgesState, living: Living):
        for day in range(1, 6):
            await living.morning(day)

        await call(BadgesState.open, shelf, living.member, living.at(5, 10))

        seven = next(b for row in shelf.rows for b in row.badges if b.name == "Seven Mornings")
        assert (seven.note, seven.reach, seven.is_earned) == ("5 of 7 mornings", "0.710 1", False)
        assert [row.count for row in shelf.rows][1] == "1 of 8"


@pytest.mark.parametrize(
    "state",
    [PointsState, BadgesState, LeaderboardState, NotificationsState],
    ids=lambda state: state.__name__,
)
async def test_opening_a_page_asks_a_handful_of_questions(state: Any, a_screen: AScreen, living: Living):
    await living.whole_day(1)
    screen = await a_screen(state)
    asked: list[str] = []

    def listen(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if "set_config" not in statement:
            asked.append(statement)

    event.listen(web_engine().sync_engine, "before_cursor_execute", listen)
    try:
        await call(state.open, screen, living.member, living.at(1, 22))
    finally:
        event.remove(web_engine().sync_engine, "before_cursor_execute", listen)

    assert 0 < len(asked) <= MOST_STATEMENTS


@pytest.mark.parametrize(
    "state", [PointsState, BadgesState, LeaderboardState], ids=lambda state: state.__name__
)
async def test_without_a_place_a_page_opens_and_says_so(
    state: Any, a_screen: AScreen, new_person: Callable[..., Awaitable[UUID]], living: Living
):
    screen = await a_screen(state)
    eve = as_somebody(await new_person("Eve"))

    await call(state.open, screen, eve, living.at(1, 10))

    assert (screen.is_loading, screen.has_place) == (False, False)
