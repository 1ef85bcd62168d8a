"""The cohort by points, and oneself beside oneself."""

from uuid import uuid4

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.gamification import Window
from gynergy_app.repositories import book_sessions, leaderboards
from gynergy_app.repositories.leaderboards import Place
from gynergy_app.services import accounts
from gynergy_app.services.gamification import boards, statement
from gynergy_app.services.gamification.boards import Board
from tests.features.conftest import START, Living, NewLiving


async def board_of(
    living: Living, day: int, window: Window = Window.session, hour: int = 22, minute: int = 0
) -> Board:
    async with as_member(living.member.id) as db:
        board = await boards.read(db, living.member, window, now=living.at(day, hour, minute))
    assert board is not None
    return board


def standing(board: Board) -> list[tuple[int | None, str, int | None]]:
    return [(place.rank, place.first_name, place.points) for place in board.places]


async def choose(living: Living, **said: bool) -> None:
    async with as_member(living.member.id) as db:
        await accounts.choose(db, living.member, **said)


async def test_equal_points_share_a_place_and_none_is_left_out(living: Living, new_living: NewLiving):
    ben, cleo = await new_living("Ben"), await new_living("Cleo")
    await living.morning(1)
    await ben.morning(1)

    board = await board_of(cleo, 1)

    assert standing(board) == [(1, "Ana", 20), (1, "Ben", 20), (2, "Cleo", 0)]
    assert board.own == Place(2, cleo.member.id, "Cleo", "", "", 0, True)


@pytest.mark.parametrize(
    ("window", "days"), [(Window.today, 1), (Window.week, 7), (Window.month, 30), (Window.session, 45)]
)
async def test_a_window_counts_its_days_and_no_others(living: Living, window: Window, days: int):
    for day in (1, 3, 5, 35, 38, 41):
        await living.evening(day)

    own = (await board_of(living, 41, window)).own

    async with as_member(living.member.id) as db:
        told = await statement.read(db, living.member, now=living.at(41, 22))
    assert told is not None
    assert own is not None
    assert own.points == sum(row.points for row in told.entries if row.day > living.day(41 - days))


async def test_today_ends_at_each_members_own_midnight(new_living: NewLiving):
    lisbon = await new_living("Ana", timezone="Europe/Lisbon")
    tokyo = await new_living("Yuki", timezone="Asia/Tokyo")
    await lisbon.morning(2, hour=9)
    await tokyo.morning(2, hour=9)

    late_in_lisbon = await board_of(lisbon, 2, Window.today, hour=18)

    assert [name for _, name, points in standing(late_in_lisbon) if points] == ["Ana"]


async def test_whoever_hides_is_absent_for_others_and_still_sees_the_own_place(
    living: Living, new_living: NewLiving
):
    ben = await new_living("Ben")
    await living.morning(1)
    await choose(living, show_on_leaderboard=False)

    for_ben, for_ana = await board_of(ben, 1), await board_of(living, 1)

    assert standing(for_ben) == [(1, "Ben", 0)]
    assert for_ben.unlisted == 1
    assert for_ana.own is not None
    assert (for_ana.own.rank, for_ana.own.points, for_ana.is_listed) == (1, 20, False)


async def test_whoever_is_suspended_is_not_shown_and_not_counted_until_reinstated(
    living: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ben, cleo = await new_living("Ben"), await new_living("Cleo")
    await living.morning(1)
    await choose(cleo, show_on_leaderboard=False)

    suspend = "update users set suspended_at = %s where id = %s"
    await owner_db.execute(suspend, [ben.at(1, 12), living.member.id])
    meanwhile = await board_of(ben, 1)
    await owner_db.execute(suspend, [None, living.member.id])
    afterwards = await board_of(ben, 1)

    assert standing(meanwhile) == [(1, "Ben", 0)]
    assert meanwhile.unlisted == 1
    assert standing(afterwards) == [(1, "Ana", 20), (2, "Ben", 0)]


async def test_a_hidden_number_has_no_place_that_would_tell_it(living: Living, new_living: NewLiving):
    ben, cleo = await new_living("Ben"), await new_living("Cleo")
    await living.morning(1)
    await ben.morning(1)
    await choose(living, show_points=False)

    assert standing(await board_of(cleo, 1)) == [(1, "Ben", 20), (2, "Cleo", 0), (None, "Ana", None)]
    own = (await board_of(living, 1)).own
    assert own is not None
    assert (own.rank, own.points) == (1, 20)


@pytest.mark.parametrize("window", [Window.session, Window.month])
@pytest.mark.parametrize("hidden", ["show_on_leaderboard", "show_points"])
async def test_whoever_hides_sees_no_two_scores_in_one_place(
    hidden: str, window: Window, living: Living, new_living: NewLiving
):
    ben, cleo, dan = [await new_living(name) for name in ("Ben", "Cleo", "Dan")]
    await ben.whole_day(1)
    await living.morning(1)
    await living.action(1)
    await cleo.morning(1)
    await choose(living, **{hidden: False})

    seen = standing(await board_of(living, 1, window))
    for_dan = standing(await board_of(dan, 1, window))

    assert [(rank, name) for rank, name, _ in seen][:3] == [(1, "Ben"), (2, "Ana"), (3, "Cleo")]
    assert [(rank, name) for rank, name, _ in for_dan][:2] == [(1, "Ben"), (2, "Cleo")]


async def test_the_own_place_is_there_beyond_the_end_of_the_list(
    living: Living, new_living: NewLiving, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(boards, "SHOWN", 2)
    for name in ("Ben", "Cleo", "Dan"):
        await (await new_living(name)).morning(1)

    board = await board_of(living, 1)

    assert len(board.places) == 3
    assert board.places[-1].is_me
    assert board.unlisted is None


async def test_the_pulse_counts_what_each_finished_today(living: Living, new_living: NewLiving):
    ben = await new_living("Ben")
    await living.whole_day(1)
    await ben.morning(1)

    pulse = (await board_of(living, 1)).pulse

    assert pulse is not None
    assert (pulse.members, pulse.mornings, pulse.gratitude_actions, pulse.evenings) == (2, 2, 1, 1)


async def test_this_week_stands_beside_the_one_before(living: Living):
    await living.evening(7)
    await living.evening(8)

    board = await board_of(living, 9)

    told = [(week.first_day, week.last_day, week.points) for week in board.weeks]
    assert told == [(1, 7, 20), (8, 9, 10)]


async def test_the_weeks_end_with_the_session(living: Living):
    assert [(week.first_day, week.last_day) for week in (await board_of(living, 60)).weeks] == [
        (36, 42),
        (43, 45),
    ]


async def test_the_weeks_begin_with_the_day_she_came(new_living: NewLiving):
    late = await new_living("Eve", joins_on=9)

    ninth, sixteenth = await board_of(late, 9), await board_of(late, 16)

    assert [(week.first_day, week.last_day) for week in ninth.weeks] == [(9, 9)]
    assert [(week.first_day, week.last_day) for week in sixteenth.weeks] == [(9, 14), (15, 16)]


async def test_before_day_one_there_is_no_week_to_compare(living: Living):
    assert (await board_of(living, 0)).weeks == ()


async def test_a_session_of_ones_own_has_no_board_but_its_weeks(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.evening(1)
    await owner_db.execute("delete from cohorts where session_id = %s", [living.session_id])

    board = await board_of(living, 1)

    assert (board.places, board.pulse, board.unlisted) == ((), None, None)
    assert [week.points for week in board.weeks] == [20]


async def test_nobody_reads_the_board_of_another_cohort(
    living: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)
    other = uuid4()
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status)"
        " select %s, id, %s, %s, 'active' from books where slug = 'date-zero-gratitude'",
        [other, START, living.day(45)],
    )
    async with as_member(living.member.id) as db:
        cohort = await book_sessions.cohort_of(db, other)
        assert cohort is not None
        assert await leaderboards.of_cohort(db, cohort, None, living.at(1, 12), 50) == []
