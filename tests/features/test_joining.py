"""Taking a place in a session and its cohort."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import GynergyError
from gynergy_app.services import programs, welcoming
from gynergy_app.services.welcoming import Arrival
from tests.conftest import NewPerson
from tests.features.conftest import START, Living, NewRun, as_somebody

FIRST_MORNING = Living(as_somebody(UUID(int=0)), UUID(int=0)).at(1, 9)


async def _join(member: Member, session_id: UUID, days: int = 0) -> programs.Enrolled | GynergyError:
    try:
        async with as_member(member.id) as db:
            return await programs.enroll(db, member, session_id, now=FIRST_MORNING + timedelta(days=days))
    except GynergyError as refused:
        return refused


async def test_the_last_places_go_to_exactly_as_many_people(
    new_run: NewRun, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=7)
    people = [as_somebody(await new_person(f"Person{n}")) for n in range(40)]

    answers = await asyncio.gather(*(_join(person, session_id) for person in people))

    assert sum(isinstance(answer, programs.Enrolled) for answer in answers) == 7
    assert sum(isinstance(answer, programs.SessionFull) for answer in answers) == 33
    query = (
        "select count(*) from cohort_memberships m"
        " join cohorts c on c.id = m.cohort_id where c.session_id = %s"
    )
    row = await (await owner_db.execute(query, [session_id])).fetchone()
    assert row == (7,)


async def test_a_full_session_has_a_queue(new_run: NewRun, new_person: NewPerson):
    session_id = await new_run(places=1)
    await _join(as_somebody(await new_person("Ana")), session_id)
    waiting = [as_somebody(await new_person(name)) for name in ("Ben", "Carla")]

    places = []
    for n, person in enumerate(waiting):
        async with as_member(person.id) as db:
            places.append(
                await programs.join_waitlist(db, person, session_id, now=FIRST_MORNING + timedelta(seconds=n))
            )
    async with as_member(waiting[1].id) as db:
        again = await programs.join_waitlist(db, waiting[1], session_id, now=FIRST_MORNING)
        offers = await programs.open_sessions(db, waiting[1], now=FIRST_MORNING)

    assert places == [1, 2]
    assert again == 2
    [offer] = [offer for offer in offers if offer.session_id == session_id]
    assert offer.is_full
    assert offer.waitlist_place == 2


@pytest.mark.parametrize(("days", "may_join"), [(-3, True), (0, True), (8, True), (9, False)])
async def test_enrollment_closes_after_day_nine(
    new_run: NewRun, new_person: NewPerson, days: int, may_join: bool
):
    session_id = await new_run()

    answer = await _join(as_somebody(await new_person("Ana")), session_id, days=days)

    assert isinstance(answer, programs.Enrolled if may_join else programs.EnrollmentClosed)


async def test_the_same_person_joins_once(new_run: NewRun, new_person: NewPerson):
    session_id = await new_run()
    ana = as_somebody(await new_person("Ana"))

    answers = await asyncio.gather(*(_join(ana, session_id) for _ in range(10)))

    assert sum(isinstance(answer, programs.Enrolled) for answer in answers) == 1
    assert sum(isinstance(answer, programs.AlreadyEnrolled) for answer in answers) == 9


async def test_the_day_is_counted_on_the_members_own_calendar(new_run: NewRun, new_person: NewPerson):
    session_id = await new_run()
    tokyo = as_somebody(await new_person("Yuki", timezone="Asia/Tokyo"), "Asia/Tokyo")

    async with as_member(tokyo.id) as db:
        enrolled = await programs.enroll(db, tokyo, session_id, now=FIRST_MORNING + timedelta(hours=9))

    assert enrolled.today == START + timedelta(days=1)
    assert enrolled.day == 2
    assert enrolled.cohort_name == "Aurora"


async def test_the_nearest_start_is_the_one_that_is_proposed_first(
    new_person: NewPerson, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    """One question for the page of Today, the whole list for the page of choosing: they agree."""
    member = as_somebody(await new_person())
    now = datetime(2031, 6, 2, 12, tzinfo=UTC)
    full = await new_run(1, start=date(2031, 5, 30))
    await new_run(5, start=date(2031, 6, 4))
    async with as_member(member.id) as db:
        await programs.enroll(db, member, full, now=now)

    async with as_member(member.id) as db:
        proposed = programs.find_current(await programs.open_sessions(db, member, now=now))
        nearest = await programs.nearest_start(db, member, now=now)

    assert proposed is not None
    assert nearest == proposed.starts_on == date(2031, 6, 4)


@pytest.mark.parametrize(
    ("morning", "evening", "quiet"),
    [
        ("07:30", "20:00", ("22:00", "07:00")),
        ("06:40", "20:00", ("22:00", "06:40")),
        ("07:00", "22:30", ("23:00", "07:00")),
        ("05:15", "23:50", ("00:20", "05:15")),
    ],
)
async def test_an_hour_named_on_arrival_is_outside_the_quiet_hours(
    morning: str,
    evening: str,
    quiet: tuple[str, str],
    new_person: NewPerson,
    owner_db: psycopg.AsyncConnection,
):
    mira = as_somebody(await new_person("Mira"))

    async with as_member(mira.id) as db:
        arrival = Arrival("Mira", "", "Europe/Lisbon", morning, evening)
        await welcoming.settle_in(db, mira, arrival, now=FIRST_MORNING)

    query = "select quiet_from, quiet_to from profile_settings where user_id = %s"
    row = await (await owner_db.execute(query, [mira.id])).fetchone()
    assert row
    assert tuple(f"{at:%H:%M}" for at in row) == quiet
