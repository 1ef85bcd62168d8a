"""What the desk says happens to somebody who is taken out of a cohort is what happens."""

from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Window
from gynergy_app.services import today
from gynergy_app.services.desks import cohort_people, members
from gynergy_app.services.desks.cohort_people import Place
from gynergy_app.services.gamification import boards
from gynergy_app.state.admin.cohort_acts import CONSEQUENCES, PLACES, REMOVE
from gynergy_app.state.admin.member_view import view_of
from tests.conftest import NewPerson
from tests.features.cohorts import cohort_of
from tests.features.conftest import Living, NewLiving, NewRun, as_somebody

WHY = "She asked for it by mail."


@pytest.fixture
async def here(owner_db: psycopg.AsyncConnection, living: Living) -> UUID:
    row = await (
        await owner_db.execute("select id from cohorts where session_id = %s", [living.session_id])
    ).fetchone()
    assert row
    return row[0]


async def take_out(carla: Member, here: UUID, living: Living, day: int) -> Place:
    async with as_member(carla.id) as db:
        place = await cohort_people.place_of(db, here, living.member.id)
        await cohort_people.remove(db, carla, here, living.member.id, WHY, now=living.at(day, 12))
    return place


async def board_of(living: Living, day: int) -> boards.Board:
    async with as_member(living.member.id) as db:
        board = await boards.read(db, living.member, Window.session, now=living.at(day, 13))
    assert board
    return board


def test_the_words_name_all_that_stays():
    said = (CONSEQUENCES[REMOVE] + PLACES[Place.stays]).format(name="Ana")

    assert said == (
        "Ana leaves the cohort and its board. Ana wrote here: the place and its days stay, with every page "
        "and point. Pages can still be written in it, and it counts as taken."
    )


async def test_who_wrote_keeps_place_days_and_points_and_leaves_the_board(
    carla: Member, living: Living, new_living: NewLiving, here: UUID
):
    ben = await new_living("Ben")
    await living.morning(1)
    await ben.morning(1)

    assert await take_out(carla, here, living, 2) is Place.stays

    assert [place.name for place in (await board_of(ben, 2)).places] == ["Ben"]
    own = await board_of(living, 2)
    assert (own.places, own.enrolled.cohort_id) == ((), None)
    completion = await living.evening(2)
    assert completion.award
    assert completion.points_total > completion.award.final
    async with as_member(living.member.id) as db:
        day = await today.read(db, living.member, now=living.at(3, 12))
    assert day
    assert (day.enrolled.session_id, day.enrolled.day, day.pulse) == (living.session_id, 3, None)


async def test_a_place_that_stays_counts_as_taken(
    carla: Member, living: Living, here: UUID, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)
    await take_out(carla, here, living, 2)

    found = await owner_db.execute(
        "select count(*) from session_enrollments where session_id = %s", [living.session_id]
    )
    assert await found.fetchone() == (1,)


@pytest.mark.parametrize("has_written", [False, True])
@pytest.mark.parametrize("is_moved", [False, True])
async def test_whoever_waits_hears_of_the_place_that_goes(
    carla: Member, living: Living, here: UUID, new_run: NewRun, new_person: NewPerson,
    owner_db: psycopg.AsyncConnection, is_moved: bool, has_written: bool,
):  # fmt: skip
    """And of none that stays. Told again in the same moment, she is told once."""
    waits, now = as_somebody(await new_person("Ben")), living.at(2, 12)
    await owner_db.execute("update book_sessions set max_enrollments = 1 where id = %s", [living.session_id])
    await owner_db.execute(
        "insert into waitlist (session_id, user_id) values (%s, %s)", [living.session_id, waits.id]
    )
    if has_written:
        await living.morning(1)

    async with as_member(carla.id) as db:
        if is_moved:
            there = await cohort_of(owner_db, await new_run(start=now.date()))
            await cohort_people.move(db, carla, here, living.member.id, there, WHY, now=now)
        else:
            await cohort_people.remove(db, carla, here, living.member.id, WHY, now=now)

    titles = await (
        await owner_db.execute("select title from notifications where user_id = %s", [waits.id])
    ).fetchall()
    assert [title for (title,) in titles if "place is open" in title] == (
        [] if has_written else ["A place is open in Aurora"]
    )


async def test_who_wrote_nothing_gives_the_place_back(carla: Member, living: Living, here: UUID):
    assert await take_out(carla, here, living, 2) is Place.goes

    async with as_member(living.member.id) as db:
        assert await today.read(db, living.member, now=living.at(2, 13)) is None


async def test_the_desk_names_the_cohort_she_is_in_and_not_that_of_her_days(
    carla: Member, living: Living, new_run: NewRun, here: UUID, owner_db: psycopg.AsyncConnection
):
    async def told() -> tuple[str | None, bool]:
        now = living.at(2, 12)
        async with as_member(carla.id) as db:
            file = await members.read(db, living.member.id, now=now)
            rows = (await members.search(db, "", now=now)).members
        [row] = [row for row in rows if row.id == living.member.id]
        assert row.start_date == living.day(1)
        return row.cohort_name, "Aurora cohort" in view_of(file, carla, now).about

    await living.morning(1)
    assert await told() == ("Aurora", True)

    await take_out(carla, here, living, 2)
    assert await told() == (None, False)

    other = await cohort_of(owner_db, await new_run(start=living.day(-99)))
    await owner_db.execute("update cohorts set name = 'Borealis' where id = %s", [other])
    await owner_db.execute(
        "insert into cohort_memberships (cohort_id, user_id) values (%s, %s)", [other, living.member.id]
    )
    assert await told() == ("Borealis", False)
