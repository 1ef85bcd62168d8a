"""What is earned is written once, by the product, and never rewritten."""

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import col, select, update

from gynergy_app.db import as_member, as_service, elevated
from gynergy_app.models import PointsTransaction, PointTotal, UserBadge
from gynergy_app.models.gamification import Badge
from gynergy_app.repositories.errors import sqlstate
from tests.policies.conftest import Circle


def award_of(circle: Circle, person: UUID, points: int, source_id: UUID | None = None) -> PointsTransaction:
    return PointsTransaction(
        user_id=person,
        session_id=circle.session,
        activity_type="evening_journal",
        base_points=points,
        final_points=points,
        source_type="page",
        source_id=source_id or uuid4(),
        earned_on=date(2026, 11, 20),
        earned_at=datetime(2026, 11, 20, 20, tzinfo=UTC),
    )


async def award(
    circle: Circle, person: UUID, points: int, source_id: UUID | None = None
) -> PointsTransaction:
    given = award_of(circle, person, points, source_id)
    async with as_member(person) as db, elevated(db):
        db.add(given)
    return given


async def total_of(circle: Circle, person: UUID) -> int:
    async with as_member(person) as db:
        query = select(PointTotal.total).where(
            PointTotal.session_id == circle.session, PointTotal.user_id == person
        )
        return (await db.exec(query)).one()


async def test_a_member_does_not_award_herself(circle: Circle):
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with as_member(circle.ana) as db:
            db.add(award_of(circle, circle.ana, 999_999))


async def test_stepping_up_for_one_member_awards_no_other(circle: Circle):
    async def award_somebody_else() -> None:
        async with as_member(circle.ana) as db, elevated(db):
            db.add(award_of(circle, circle.ben, 10))

    with pytest.raises(ProgrammingError, match="row-level security"):
        await award_somebody_else()


async def test_a_source_is_awarded_once_however_often_it_is_asked_for(circle: Circle):
    source = uuid4()

    outcomes = await asyncio.gather(
        *(award(circle, circle.ana, 10, source) for _ in range(20)), return_exceptions=True
    )

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 19
    assert await total_of(circle, circle.ana) == 10


async def test_the_total_is_the_sum_of_the_ledger_under_many_awards_at_once(circle: Circle):
    await asyncio.gather(*(award(circle, circle.ana, points) for points in range(1, 31)))

    assert await total_of(circle, circle.ana) == sum(range(1, 31))


async def test_not_even_the_owner_of_the_database_rewrites_the_ledger(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    given = await award(circle, circle.ana, 10)

    for command in ("update points_transactions set final_points = 99", "delete from points_transactions"):
        with pytest.raises(psycopg.Error) as refused:
            await owner_db.execute(f"{command} where id = %s", [given.id])
        assert refused.value.sqlstate == "GY002"


async def test_a_correction_is_a_row_that_reverses_once_and_says_why(circle: Circle):
    given = await award(circle, circle.ana, 10)

    async def reverse(reason: str | None) -> None:
        reversal = award_of(circle, circle.ana, -10, given.source_id)
        reversal.reverses_id, reversal.reason = given.id, reason
        async with as_service() as db:
            db.add(reversal)

    with pytest.raises(IntegrityError, match="reversal_has_reason"):
        await reverse(None)
    await reverse("Counted twice")
    with pytest.raises(IntegrityError, match="reverses_id"):
        await reverse("Again")
    assert await total_of(circle, circle.ana) == 0


async def test_the_ledger_leaves_with_its_member(circle: Circle, owner_db: psycopg.AsyncConnection):
    await award(circle, circle.ana, 10)

    await owner_db.execute("delete from auth.users where id = %s", [circle.ana])

    left = await owner_db.execute("select 1 from points_transactions where user_id = %s", [circle.ana])
    assert await left.fetchall() == []


async def test_the_kept_sums_agree_with_a_recount(circle: Circle, owner_db: psycopg.AsyncConnection):
    await asyncio.gather(*(award(circle, person, 5) for person in (circle.ana, circle.ben) for _ in range(5)))
    await award(circle, circle.ben, 7)
    sums = "select user_id, total, is_listed from point_totals where session_id = %s order by user_id"
    counts = "select total, members from private.point_total_counts where session_id = %s order by total"

    async def kept() -> list[list[tuple]]:
        return [
            await (await owner_db.execute(query, [circle.session])).fetchall() for query in (sums, counts)
        ]

    before = await kept()
    await owner_db.execute("select private.recount_points()")

    assert before == await kept()
    assert before[1] == [(0, 1), (25, 1), (32, 1)]


async def test_a_run_nobody_wrote_in_can_be_removed_with_its_sums(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("delete from session_enrollments where session_id = %s", [circle.session])
    await owner_db.execute("delete from book_sessions where id = %s", [circle.session])

    left = await owner_db.execute(
        "select 1 from private.point_total_counts where session_id = %s", [circle.session]
    )
    assert await left.fetchall() == []


async def three_badges_and_one(owner_db: psycopg.AsyncConnection, person: UUID) -> list[UUID]:
    held = []
    async with as_service() as db:
        for badge_id in (await db.exec(select(Badge.id).limit(4))).all():
            mine = UserBadge(user_id=person, badge_id=badge_id)
            db.add(mine)
            held.append(mine.id)
    return held


async def test_the_showcase_holds_three_even_when_all_are_chosen_at_once(
    circle: Circle, owner_db: psycopg.AsyncConnection
):
    held = await three_badges_and_one(owner_db, circle.ana)

    async def show(badge: UUID) -> None:
        async with as_member(circle.ana) as db:
            await db.exec(update(UserBadge).where(col(UserBadge.id) == badge).values(is_showcased=True))

    outcomes = await asyncio.gather(*map(show, held), return_exceptions=True)

    refused = [outcome for outcome in outcomes if isinstance(outcome, DBAPIError)]
    assert [sqlstate(error) for error in refused] == ["GY003"]


async def test_a_badge_without_a_run_is_held_once(circle: Circle, owner_db: psycopg.AsyncConnection):
    await three_badges_and_one(owner_db, circle.ana)

    held = "select user_id, badge_id from user_badges where user_id = %s"
    with pytest.raises(psycopg.errors.UniqueViolation):
        await owner_db.execute(f"insert into user_badges (user_id, badge_id) {held}", [circle.ana])
