"""The board of a cohort: who stands where, who hides, and what is asked of it."""

from typing import Any

import pytest

from gynergy_app.db import as_member
from gynergy_app.repositories import profile_settings
from gynergy_app.state.gamification.leaderboard import LeaderboardState
from tests.features.conftest import Living, NewLiving
from tests.state.conftest import AScreen, call


@pytest.fixture
async def board(a_screen: AScreen) -> LeaderboardState:
    return await a_screen(LeaderboardState)


class TestTheCohort:
    async def test_the_own_row_is_marked_and_named_you(
        self, board: LeaderboardState, living: Living, new_living: NewLiving
    ):
        await living.morning(1)
        ben = await new_living("Ben")

        await call(LeaderboardState.open, board, ben.member, ben.at(1, 10))

        assert [(row.rank, row.name, row.is_me) for row in board.view.rows] == [
            ("1", "Ana", False),
            ("2", "You", True),
        ]
        assert board.view.title == "Aurora, by points"
        assert board.view.lede == "Two members, day 1. You are in place 2, without points here so far."

    async def test_hiding_is_done_here_and_undone_here(self, board: LeaderboardState, living: Living):
        at = living.at(1, 10)
        await living.morning(1)

        said = await call(LeaderboardState.hide, board, living.member, at, True)
        assert board.view.is_hidden
        assert "You are hidden." in str(said.args)
        assert board.view.lede.endswith("You would be in place 1.")
        async with as_member(living.member.id) as db:
            assert not (await profile_settings.get(db, living.member.id)).show_on_leaderboard

        said = await call(LeaderboardState.hide, board, living.member, at, False)
        assert not board.view.is_hidden
        assert "on the board again" in str(said.args)

    @pytest.mark.parametrize("said", ["year", None, 1, ["today"]])
    async def test_a_window_nobody_knows_is_the_whole_session(
        self, board: LeaderboardState, living: Living, said: Any
    ):
        await call(LeaderboardState.choose, board, living.member, living.at(1, 10), said)

        assert board.window == "session"

    async def test_a_quiet_window_says_so(self, board: LeaderboardState, living: Living):
        await living.morning(1)

        await call(LeaderboardState.choose, board, living.member, living.at(2, 6), "today")

        assert board.view.nothing.startswith("Nobody has points here yet.")

    async def test_where_nobody_has_points_nobody_is_given_a_place(
        self, board: LeaderboardState, living: Living
    ):
        await call(LeaderboardState.open, board, living.member, living.at(1, 10))

        assert board.view.lede == "One member, day 1."
        assert [row.rank for row in board.view.rows] == ["–"]
        assert board.view.nothing.startswith("Nobody has points here yet.")

    async def test_who_came_late_is_told_of_no_quiet_week_before(
        self, board: LeaderboardState, new_living: NewLiving
    ):
        late = await new_living("Eve", joins_on=9)

        await call(LeaderboardState.open, board, late.member, late.at(9, 10))

        assert board.view.weeks_words == "From day 15 on, the week before stands here too."

    async def test_before_day_one_the_board_names_the_day(self, board: LeaderboardState, living: Living):
        await call(LeaderboardState.open, board, living.member, living.at(0, 10))

        assert board.view.lede == "One member. Day 1 is Monday 2 March."
        assert board.view.pulse == []
