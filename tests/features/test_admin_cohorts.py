"""The cohorts desk: who may come in, move and leave; what is counted; and what the record says."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import DayState
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.services import programs
from gynergy_app.services.desks import cohort_people, cohorts
from gynergy_app.services.programs import SessionFull, SessionGone
from tests.conftest import NewPerson
from tests.features.cohorts import cohort_of, one
from tests.features.conftest import START, Living, NewLiving, NewRun, as_somebody

WHY = "She asked for it by mail."


@pytest.fixture
async def here(owner_db: psycopg.AsyncConnection, run: UUID) -> UUID:
    return await cohort_of(owner_db, run)


async def read(carla: Member, cohort_id: UUID, living: Living, day: int) -> cohorts.Page:
    async with as_member(carla.id) as db:
        cohort = (await cohorts.read(db, cohort_id, now=living.at(day, 12))).cohort
        return await cohorts.members(db, cohort, now=living.at(day, 12))


async def test_days_are_states_and_never_more(carla: Member, living: Living, here: UUID):
    await living.whole_day(1)
    await living.morning(2)
    await living.morning(4)

    [row] = (await read(carla, here, living, 6)).rows

    assert row.days[:6] == (
        DayState.done,
        DayState.partly,
        DayState.rest,
        DayState.partly,
        DayState.rest,
        DayState.ahead,
    )
    assert len(row.days) == 45
    assert set(row.days[6:]) == {DayState.ahead}


async def test_days_before_somebody_came_are_not_quiet(carla: Member, new_living: NewLiving, here: UUID):
    late = await new_living(joins_on=5)

    [row] = (await read(carla, here, late, 8)).rows

    assert row.days[:4] == (DayState.before,) * 4
    assert row.days[4:7] == (DayState.quiet,) * 3


async def test_yesterday_is_counted_on_each_members_own_clock(
    carla: Member, new_living: NewLiving, here: UUID
):
    ana, ben = await new_living("Ana"), await new_living("Ben", timezone="Asia/Tokyo")
    await new_living("Nora", joins_on=4)
    await ana.morning(3)
    await ben.evening(3)

    async with as_member(carla.id) as db:
        cohort = (await cohorts.read(db, here, now=ana.at(4, 12))).cohort

    assert (cohort.members, cohort.expected, cohort.kept) == (3, 2, 2)


async def test_somebody_is_taken_in_by_her_address_and_told(
    carla: Member,
    run: UUID,
    here: UUID,
    living: Living,
    new_person: NewPerson,
    owner_db: psycopg.AsyncConnection,
):
    email = f"dora.{run.hex[:8]}@example.com"
    dora = await new_person("Dora", "Lind", email=email)

    async with as_member(carla.id) as db:
        name = await cohort_people.add(db, carla, here, email.upper(), WHY, now=living.at(3, 12))

    assert name == "Dora Lind"
    query = (
        "select e.enrollment_date, m.role, t.total from session_enrollments e"
        " join cohort_memberships m on m.user_id = e.user_id and m.cohort_id = %s"
        " join point_totals t on t.user_id = e.user_id and t.session_id = e.session_id where e.user_id = %s"
    )
    assert await one(owner_db, query, here, dora) == (START + timedelta(days=2), "member", 0)
    assert await one(owner_db, "select title from notifications where user_id = %s", dora) == (
        "You have a place in Aurora",
    )
    opened = "select has_challenge_access, challenge_access_type from user_entitlements where user_id = %s"
    assert await one(owner_db, opened, dora) == (True, "admin_granted")
    recorded = (
        "select string_agg(action, ' ' order by action), min(reason) = max(reason) and min(reason) = %s"
        " from audit_log where subject_user_id = %s"
    )
    assert await one(owner_db, recorded, WHY, dora) == ("access.granted cohort.joined", True)


@pytest.mark.parametrize(
    ("email", "day", "field", "sentence"),
    [
        ("nobody.at.all@example.com", 3, "email", "Nobody is here"),
        ("", 3, "email", "Nobody is here"),
        ("dora", 10, "email", "past day nine"),
    ],
)
async def test_a_place_that_cannot_be_given_is_refused_with_a_sentence(
    email: str,
    day: int,
    field: str,
    sentence: str,
    carla: Member,
    here: UUID,
    living: Living,
    new_person: NewPerson,
):
    address = f"dora.{here.hex[:8]}@example.com"
    await new_person("Dora", email=address)

    async def add() -> None:
        async with as_member(carla.id) as db:
            said = address if email == "dora" else email
            await cohort_people.add(db, carla, here, said, WHY, now=living.at(day, 12))

    with pytest.raises(Invalid) as refused:
        await add()
    assert sentence in refused.value.problems[field]


async def test_a_full_run_stays_full(
    carla: Member, new_run: NewRun, new_person: NewPerson, living: Living, owner_db: psycopg.AsyncConnection
):
    full = await new_run(places=1)
    cohort = await cohort_of(owner_db, full)
    addresses = [f"{name}.{full.hex[:8]}@example.com" for name in ("dora", "emil")]
    for address in addresses:
        await new_person("Somebody", email=address)

    async def add(address: str) -> None:
        async with as_member(carla.id) as db:
            await cohort_people.add(db, carla, cohort, address, WHY, now=living.at(1, 12))

    await add(addresses[0])
    with pytest.raises(SessionFull):
        await add(addresses[1])


async def test_moving_without_pages_gives_the_place_back(
    carla: Member, living: Living, here: UUID, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    other = await new_run(start=START + timedelta(days=14))
    there = await cohort_of(owner_db, other)

    async with as_member(carla.id) as db:
        await cohort_people.move(db, carla, here, living.member.id, there, WHY, now=living.at(1, 12))

    query = "select session_id from session_enrollments where user_id = %s"
    assert await (await owner_db.execute(query, [living.member.id])).fetchall() == [(other,)]
    totals = await (
        await owner_db.execute("select session_id from point_totals where user_id = %s", [living.member.id])
    ).fetchall()
    assert totals == [(other,)]


async def test_moving_with_pages_leaves_them_and_their_points(
    carla: Member, living: Living, here: UUID, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)
    there = await cohort_of(owner_db, await new_run(start=START + timedelta(days=14)))

    async with as_member(carla.id) as db:
        await cohort_people.move(db, carla, here, living.member.id, there, WHY, now=living.at(2, 12))

    places = await one(
        owner_db, "select count(*) from session_enrollments where user_id = %s", living.member.id
    )
    assert places == (2,)
    query = "select cohort_id from cohort_memberships where user_id = %s"
    assert await (await owner_db.execute(query, [living.member.id])).fetchall() == [(there,)]
    async with as_member(living.member.id) as db:
        mine = await programs.current_enrollment(db, living.member, now=living.at(2, 13))
    assert mine is not None
    assert mine.session_id == living.session_id


async def test_taking_out_says_whether_the_place_stays(carla: Member, new_living: NewLiving, here: UUID):
    writer, quiet = await new_living("Ana"), await new_living("Ben")
    await writer.morning(1)

    async with as_member(carla.id) as db:
        stays = await cohort_people.remove(db, carla, here, writer.member.id, WHY, now=writer.at(2, 9))
        goes = await cohort_people.remove(db, carla, here, quiet.member.id, WHY, now=writer.at(2, 9))

    assert (stays, goes) == (True, False)
    assert (await read(carla, here, writer, 2)).rows == ()


async def test_nothing_happens_without_a_reason(carla: Member, living: Living, here: UUID):
    async def remove() -> None:
        async with as_member(carla.id) as db:
            await cohort_people.remove(db, carla, here, living.member.id, " \u200b ", now=living.at(2, 9))

    with pytest.raises(Invalid) as refused:
        await remove()
    assert refused.value.problems == {"reason": "Please give the reason. The record keeps it."}


async def test_moderators_are_appointed_once_and_dismissed(
    carla: Member, living: Living, here: UUID, owner_db: psycopg.AsyncConnection
):
    async def appoint() -> None:
        async with as_member(carla.id) as db:
            await cohort_people.appoint(db, carla, here, living.member.id, WHY, now=living.at(2, 9))

    await appoint()
    with pytest.raises(Conflict):
        await appoint()
    async with as_member(carla.id) as db:
        await cohort_people.dismiss(db, carla, here, living.member.id, WHY, now=living.at(2, 10))

    query = "select action from audit_log where subject_user_id = %s order by created_at"
    acts = await (await owner_db.execute(query, [living.member.id])).fetchall()
    assert [act for (act,) in acts] == ["moderator.appointed", "moderator.dismissed"]


async def test_places_never_fall_under_those_taken(
    carla: Member, new_living: NewLiving, here: UUID, run: UUID
):
    for name in ("Ana", "Ben"):
        living = await new_living(name)

    async def change(places: str) -> bool:
        async with as_member(carla.id) as db:
            typed = {"places": places, "is_active": "on", "description": "We write early."}
            return await cohorts.change(db, carla, here, typed, now=living.at(2, 9))

    with pytest.raises(Invalid) as refused:
        await change("1")
    assert refused.value.problems["places"] == "Two people have a place already, so there cannot be fewer."
    assert await change("2") is True
    assert await change("2") is False


async def test_a_closed_cohort_is_offered_to_nobody(
    carla: Member, here: UUID, run: UUID, living: Living, new_person: NewPerson
):
    async with as_member(carla.id) as db:
        await cohorts.change(db, carla, here, {"is_active": ""}, now=living.at(1, 9))
    dora = as_somebody(await new_person("Dora"))

    async with as_member(dora.id) as db:
        offered = await programs.open_sessions(db, dora, now=living.at(1, 10))
    assert run not in {offer.session_id for offer in offered}

    async def enroll() -> None:
        async with as_member(dora.id) as db:
            await programs.enroll(db, dora, run, now=living.at(1, 10))

    with pytest.raises(SessionGone):
        await enroll()


async def test_a_public_cohort_introduces_itself_to_whoever_chooses(
    carla: Member, here: UUID, run: UUID, living: Living, new_person: NewPerson
):
    dora = as_somebody(await new_person("Dora"))

    async def words() -> str:
        async with as_member(dora.id) as db:
            offers = await programs.open_sessions(db, dora, now=living.at(1, 10))
        return next(offer.about for offer in offers if offer.session_id == run)

    async def describe(is_public: str) -> None:
        typed = {"is_active": "on", "is_public": is_public, "description": "We write early."}
        async with as_member(carla.id) as db:
            await cohorts.change(db, carla, here, typed, now=living.at(1, 9))

    await describe("")
    assert await words() == ""
    await describe("on")
    assert await words() == "We write early."


async def test_three_hundred_members_come_a_page_at_a_time(
    carla: Member, here: UUID, run: UUID, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "with made as (insert into auth.users (id, email, raw_user_meta_data)"
        " select gen_random_uuid(), 'm' || n || '.' || %s || '@example.com',"
        " jsonb_build_object('first_name', 'M' || lpad(n::text, 3, '0')) "
        " from generate_series(1, 300) n returning id)"
        " select count(*) from made",
        [run.hex],
    )
    await owner_db.execute(
        "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
        " select u.id, s.book_id, s.id, s.start_date from users u, book_sessions s"
        " where s.id = %s and u.email like '%%.' || %s || '@example.com'",
        [run, run.hex],
    )
    await owner_db.execute(
        "insert into cohort_memberships (cohort_id, user_id)"
        " select %s, user_id from session_enrollments where session_id = %s",
        [here, run],
    )
    seen, after, now = [], None, Living(carla, run).at(3, 12)
    async with as_member(carla.id) as db:
        cohort = (await cohorts.read(db, here, now=now)).cohort
        while True:
            page = await cohorts.members(db, cohort, now=now, after=after)
            seen += [row.person.first_name for row in page.rows]
            assert len(page.rows) <= cohorts.MEMBERS_AT_ONCE
            if not (after := page.last):
                break

    assert seen == [f"M{n:03}" for n in range(1, 301)]
