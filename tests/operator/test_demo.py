"""The demo people's days hang together: nobody writes before she came."""

from datetime import timedelta

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.operator.demo import loading, replay, visions
from gynergy_app.operator.demo.people import (
    ANA,
    BEN,
    CARLA,
    DAY_OF_EARLIER,
    DAY_OF_LIVED,
    DAY_OF_RUNNING,
    DAYS_UNTIL_NEXT,
    DEV,
    EARLIER,
    EVERYBODY,
    IRIS,
    LIVED,
    NEXT,
    NORA,
    RUNNING,
    TESS,
    Person,
)
from gynergy_app.services.gamification import recompute
from tests.conftest import NewPerson
from tests.features.conftest import NewRun, new_run

__all__ = ["new_run"]

TODAY = clock.now().date()
STARTS = {
    LIVED: TODAY - timedelta(days=DAY_OF_LIVED - 1),
    EARLIER: TODAY - timedelta(days=DAY_OF_EARLIER - 1),
    RUNNING: TODAY - timedelta(days=DAY_OF_RUNNING - 1),
    NEXT: TODAY + timedelta(days=DAYS_UNTIL_NEXT),
}


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.first_name)
def test_everybody_came_before_anything_else_of_theirs(person: Person):
    came = loading._came_on(person, STARTS)

    assert came < clock.now()
    if person.cohort:
        assert came < replay.eve_of(STARTS[person.cohort])
    if person is CARLA:
        assert came.date() < min(STARTS.values())
    if person in (IRIS, NORA):
        assert TODAY - came.date() <= timedelta(days=1)


@pytest.mark.parametrize(
    ("person", "weeks"), [(ANA, 2), (BEN, 1), (DEV, 3), (TESS, 10)], ids=["Ana", "Ben", "Dev", "Tess"]
)
async def test_their_pages_come_after_their_place_and_hold_their_weeks(
    person: Person, weeks: int, new_person: NewPerson, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    start = STARTS[person.cohort]
    who = await new_person(person.first_name, timezone=person.timezone)
    member = Member(who, "", person.first_name, person.last_name, person.timezone, False)

    await replay.live(person, member, await new_run(start=start), start)

    query = (
        "select e.created_at, e.enrollment_date, m.joined_at,"
        " least((select min(completed_at) from journals where user_id = e.user_id),"
        "  (select min(completed_at) from action_logs where user_id = e.user_id)),"
        " (select count(*) from points_transactions t where t.user_id = e.user_id"
        "  and t.activity_type like 'weekly%%')"
        " from session_enrollments e join cohorts c using (session_id)"
        " join cohort_memberships m on m.cohort_id = c.id and m.user_id = e.user_id where e.user_id = %s"
    )
    [(placed, day, joined, first_page, weekly)] = await (await owner_db.execute(query, [who])).fetchall()
    assert max(placed, joined) < first_page
    assert day <= start
    assert weekly == weeks


async def test_ana_is_on_her_way_and_has_picked_three(
    new_person: NewPerson, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    start = STARTS[ANA.cohort]
    who = await new_person(ANA.first_name, timezone=ANA.timezone)
    member = Member(who, "", ANA.first_name, ANA.last_name, ANA.timezone, False)
    await replay.live(ANA, member, await new_run(start=start), start)

    await visions.write(ANA, member, start)

    query = (
        "select (select count(*) from user_visions where user_id = %(who)s and is_completed),"
        " (select count(*) from points_transactions where user_id = %(who)s and activity_type = 'vision'),"
        " (select focus from journey where user_id = %(who)s)"
    )
    [told] = await (await owner_db.execute(query, {"who": who})).fetchall()
    assert told == (2, 2, ["romantic_relationship", "health_fitness", "career_business"])


async def test_the_week_of_sitting_still_is_kept_by_a_sitting(
    new_person: NewPerson, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    start = STARTS[TESS.cohort]
    who = await new_person(TESS.first_name, timezone=TESS.timezone)
    member = Member(who, "", TESS.first_name, TESS.last_name, TESS.timezone, False)
    await replay.live(TESS, member, await new_run(start=start), start)

    query = (
        "select l.is_done, (select count(*) from meditations m where m.user_id = l.user_id"
        "  and m.entry_date between l.entry_date and l.entry_date + 6)"
        " from action_logs l where l.user_id = %s and l.entry_date = %s and l.is_completed"
        " and exists (select from actions a where a.id = l.action_id and a.action_type = 'weekly')"
    )
    kept = await (await owner_db.execute(query, [who, start + timedelta(days=7)])).fetchall()
    assert kept == [(True, 1)]


LIVING = [person for person in EVERYBODY if person.cohort]


@pytest.mark.parametrize("person", LIVING, ids=lambda person: person.first_name)
async def test_their_ledgers_are_what_their_pages_make(
    person: Person, new_person: NewPerson, new_run: NewRun
):
    start = STARTS[person.cohort]
    who = await new_person(person.first_name, timezone=person.timezone)
    member = Member(who, "", person.first_name, person.last_name, person.timezone, False)

    await replay.live(person, member, await new_run(start=start), start)
    await visions.write(person, member, start)

    async with as_service() as db:
        law = await recompute.read_law(db)
        checked = await recompute.check(db, law, [who], now=clock.now())
    assert checked.differences == []
    assert (checked.rows > 0) == bool(person.days)
