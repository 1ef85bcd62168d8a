"""Ranks of a cohort: names, dense, each by their own calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from gynergy_app.db import as_member
from tests.conftest import NewPerson
from tests.policies.conftest import Circle, Join

EVENING = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""In Lisbon the same day; in New York still the afternoon; in Tokyo already tomorrow morning."""


@pytest.fixture
def earn(owner_db: psycopg.AsyncConnection, circle: Circle) -> Any:
    async def add(person: UUID, points: int, *, on: date = date(2026, 11, 20)) -> None:
        await owner_db.execute(
            "insert into points_transactions"
            " (user_id, session_id, activity_type, final_points, source_type, source_id, earned_on)"
            " values (%s, %s, 'evening_journal', %s, 'page', %s, %s)",
            [person, circle.session, points, uuid4(), on],
        )

    return add


async def board(
    circle: Circle, viewer: UUID, *, days: int | None = None, limit: int = 50, at: datetime = EVENING
) -> list[tuple[int | None, str, int | None]]:
    query = text(
        "select rank, first_name, points from private.cohort_leaderboard(:cohort, :days, :at, :limit)"
    )
    async with as_member(viewer) as db:
        found = await (await db.connection()).execute(
            query, {"cohort": circle.cohort, "days": days, "at": at, "limit": limit}
        )
        return [tuple(row) for row in found]


async def choose(
    owner_db: psycopg.AsyncConnection, person: UUID, setting: LiteralString, value: bool
) -> None:
    await owner_db.execute(f"update profile_settings set {setting} = %s where user_id = %s", [value, person])


async def test_everybody_has_a_rank_before_anybody_has_points(circle: Circle):
    assert await board(circle, circle.ana) == [(1, "Ana", 0), (1, "Ben", 0), (1, "Mo", 0)]


@pytest.mark.parametrize("days", [None, 1, 7])
async def test_equal_totals_share_a_rank_and_no_rank_is_skipped(circle: Circle, earn: Any, days: int | None):
    await earn(circle.ana, 10)
    await earn(circle.ben, 10)
    await earn(circle.moderator, 5)

    assert await board(circle, circle.ben, days=days) == [(1, "Ana", 10), (1, "Ben", 10), (2, "Mo", 5)]


@pytest.mark.parametrize("days", [None, 7])
async def test_who_hides_is_not_ranked_but_still_sees_herself(
    circle: Circle, earn: Any, owner_db: psycopg.AsyncConnection, days: int | None
):
    await earn(circle.ana, 30)
    await earn(circle.ben, 20)
    await earn(circle.moderator, 10)
    await choose(owner_db, circle.ana, "show_on_leaderboard", False)

    assert await board(circle, circle.ben, days=days) == [(1, "Ben", 20), (2, "Mo", 10)]
    assert await board(circle, circle.ana, days=days) == [(1, "Ana", 30), (2, "Ben", 20), (3, "Mo", 10)]

    await choose(owner_db, circle.ana, "show_on_leaderboard", True)
    assert await board(circle, circle.ben, days=days) == [(1, "Ana", 30), (2, "Ben", 20), (3, "Mo", 10)]


async def test_who_keeps_the_number_to_herself_stands_without_a_place(
    circle: Circle, earn: Any, owner_db: psycopg.AsyncConnection
):
    await earn(circle.ana, 30)
    await choose(owner_db, circle.ana, "show_points", False)

    assert await board(circle, circle.ben) == [(1, "Ben", 0), (1, "Mo", 0), (None, "Ana", None)]
    assert (await board(circle, circle.ana))[0] == (1, "Ana", 30)


@pytest.mark.parametrize("days", [None, 7])
async def test_the_own_row_is_there_below_the_last_one_shown(circle: Circle, earn: Any, days: int | None):
    await earn(circle.ana, 30)
    await earn(circle.moderator, 20)
    await earn(circle.ben, 10)

    assert await board(circle, circle.ben, days=days, limit=1) == [(1, "Ana", 30), (3, "Ben", 10)]


async def test_today_is_each_members_own_day(circle: Circle, earn: Any, new_person: NewPerson, join: Join):
    yuki = await new_person("Yuki", timezone="Asia/Tokyo")
    await join(yuki, circle.session)
    await earn(circle.ana, 1, on=date(2026, 11, 20))
    await earn(circle.ben, 2, on=date(2026, 11, 20))
    await earn(yuki, 3, on=date(2026, 11, 20))
    await earn(yuki, 4, on=date(2026, 11, 21))

    assert await board(circle, circle.ana, days=1) == [(1, "Yuki", 4), (2, "Ben", 2), (3, "Ana", 1)]


async def test_seven_days_are_today_and_six_before(circle: Circle, earn: Any):
    today = date(2026, 11, 20)
    await earn(circle.ana, 1, on=today - timedelta(days=6))
    await earn(circle.ana, 10, on=today - timedelta(days=7))

    assert await board(circle, circle.ana, days=7) == [(1, "Ana", 1)]


@pytest.mark.parametrize("days", [None, 7])
async def test_a_stranger_sees_no_ranks(circle: Circle, earn: Any, days: int | None):
    await earn(circle.ana, 30)

    assert await board(circle, circle.stranger, days=days) == []


async def test_who_leaves_the_cohort_or_is_suspended_leaves_the_ranks(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("delete from cohort_memberships where user_id = %s", [circle.ben])
    await owner_db.execute("update users set suspended_at = now() where id = %s", [circle.moderator])

    assert await board(circle, circle.ana) == [(1, "Ana", 0)]


async def test_the_pulse_counts_who_wrote_on_their_own_today(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    for person, day, kind in (
        (circle.ana, "2026-11-20", "morning"),
        (circle.ana, "2026-11-20", "evening"),
        (circle.ben, "2026-11-20", "morning"),
        (circle.moderator, "2026-11-19", "morning"),
    ):
        await owner_db.execute(
            "insert into journals"
            " (session_id, book_id, user_id, entry_date, journal_type, is_completed, completed_at)"
            " values (%s, %s, %s, %s, %s, true, now())",
            [circle.session, circle.book, person, day, kind],
        )
    query = text("select * from private.cohort_pulse(:cohort, :at)")

    async with as_member(circle.moderator) as db:
        felt = (await (await db.connection()).execute(query, {"cohort": circle.cohort, "at": EVENING})).one()
    async with as_member(circle.stranger) as db:
        unfelt = (
            await (await db.connection()).execute(query, {"cohort": circle.cohort, "at": EVENING})
        ).one()

    assert tuple(felt) == (3, 2, 1, 0)
    assert tuple(unfelt) == (0, 0, 0, 0)
