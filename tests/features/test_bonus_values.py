"""What is added to a page's points has its announced values, and a ledger is worked out anew by them."""

from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Invalid
from gynergy_app.services.desks import gamification
from gynergy_app.services.gamification import recompute, statement
from tests.features.conftest import Living


@pytest.fixture
async def book(owner_db: psycopg.AsyncConnection, run: UUID):
    """The program of the run. Its values are everybody’s: they are given back."""
    row = await (await owner_db.execute("select book_id from book_sessions where id = %s", [run])).fetchone()
    assert row
    yield row[0]
    await owner_db.execute("delete from point_values where book_id = %s", [row[0]])


async def announce(carla: Member, book: UUID, living: Living, kind: str, points: int, *, on_day: int) -> None:
    typed = {"activity": kind, "points": str(points), "effective_on": living.day(on_day).isoformat()}
    async with as_member(carla.id) as db:
        await gamification.announce(db, carla, book, typed, now=living.at(1, 9))


async def differences(living: Living, day: int) -> list[recompute.Difference]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        return (await recompute.check(db, law, [living.member.id], now=living.at(day, 12))).differences


def added(completion) -> dict[str, int]:
    assert completion.award
    return {bonus.words: bonus.points for bonus in completion.award.bonuses}


async def test_each_of_the_three_holds_from_its_day_on(carla: Member, book: UUID, living: Living):
    await announce(carla, book, living, "early_morning", 7, on_day=4)
    await announce(carla, book, living, "whole_day", 20, on_day=5)
    await announce(carla, book, living, "perfect_week", 100, on_day=7)

    early, whole = [], []
    for day in range(1, 8):
        early.append(added(await living.morning(day, hour=7))["Before 08:00"])
        await living.action(day)
        whole.append(added(await living.evening(day)))

    assert early == [5, 5, 5, 7, 7, 7, 7]
    assert [one["All three pages in one day"] for one in whole] == [10, 10, 10, 10, 20, 20, 20]
    assert whole[-1]["All three pages, seven days in a row"] == 100
    assert await differences(living, 8) == []


async def test_a_page_for_yesterday_adds_what_yesterday_added(carla: Member, book: UUID, living: Living):
    await announce(carla, book, living, "whole_day", 20, on_day=4)
    await living.morning(3)
    await living.action(3)

    late = await living.evening(3, hour=26)

    assert added(late) == {"All three pages in one day": 10}
    assert await differences(living, 4) == []


async def test_nought_adds_nothing_and_says_nothing(carla: Member, book: UUID, living: Living):
    await announce(carla, book, living, "early_morning", 0, on_day=4)

    assert added(await living.morning(4, hour=7)) == {}
    async with as_member(living.member.id) as db:
        told = await statement.read(db, living.member, now=living.at(4, 12))
    assert told
    assert told.rules.early == 0
    assert await differences(living, 5) == []


async def test_a_ledger_that_was_given_by_the_former_value_is_found(
    carla: Member, book: UUID, living: Living, owner_db: psycopg.AsyncConnection
):
    await announce(carla, book, living, "early_morning", 7, on_day=4)
    await living.morning(4, hour=7)
    await owner_db.execute("update point_values set points = 9 where book_id = %s", [book])

    [found] = await differences(living, 5)

    assert (found.kept, found.expected) == ("17 (10 × 1 + 7)", "19 (10 × 1 + 9)")


async def test_the_desk_lists_what_they_began_with(carla: Member, book: UUID, living: Living):
    async with as_member(carla.id) as db:
        desk = await gamification.read(db, now=living.at(1, 9))

    [values] = [values for values in desk.values if values.book.id == book]
    began = {str(kind): points for kind, points in values.first.items()}
    assert (began["early_morning"], began["whole_day"], began["perfect_week"]) == (5, 10, 50)


async def test_what_nothing_is_given_for_takes_no_value(carla: Member, book: UUID, living: Living):
    with pytest.raises(Invalid) as refused:
        await announce(carla, book, living, "badge_reward", 7, on_day=4)
    assert set(refused.value.problems) == {"activity"}
