"""The ledger worked out anew from its sources: it agrees with what services wrote; a tampered row shows."""

from datetime import datetime
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.gamification import DifferenceKind, RecountScope, RecountStatus
from gynergy_app.domain.journaling import ShortDraft
from gynergy_app.services import kindness, travel
from gynergy_app.services.desks import by_hand
from gynergy_app.services.gamification import recompute, recounting
from gynergy_app.services.gamification.recompute import Difference
from tests.conftest import NewPerson
from tests.features.conftest import Living, NewLiving, as_somebody


async def differences(*users: UUID, now: datetime) -> list[Difference]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        return (await recompute.check(db, law, sorted(users), now=now)).differences


async def test_what_the_services_wrote_is_what_its_sources_make(living: Living):
    for day in range(1, 17):
        if day not in (4, 11):
            await living.morning(day, hour=7 if day % 2 else 9)
            if day % 3:
                await living.action(day)
            await living.evening(day)

    assert await differences(living.member.id, now=living.at(17, 12)) == []


async def test_a_repair_counts_from_the_hour_it_was_made(living: Living):
    for day in (1, 2, 3, 5):
        await living.morning(day)
    async with as_member(living.member.id) as db:
        lines = ShortDraft(success="It rained.", insight="I rested.")
        await kindness.repair(db, living.member, living.day(4), lines, now=living.at(5, 10))
    for day in (5, 6):
        await living.evening(day)
    for day in (6, 7, 8, 9):
        await living.morning(day, hour=22)

    assert await differences(living.member.id, now=living.at(10, 12)) == []


async def test_a_flight_over_the_date_line_changes_nothing(living: Living):
    for day in (1, 2, 3):
        await living.whole_day(day)
    async with as_member(living.member.id) as db:
        await travel.change_timezone(db, living.member, "Pacific/Auckland", now=living.at(4, 13))
    living.member = as_somebody(living.member.id, "Pacific/Auckland")
    for day in (5, 6, 7, 8, 9):
        await living.whole_day(day)

    assert await differences(living.member.id, now=living.at(10, 12)) == []


TAMPERED = {
    "a figure": (
        "update points_transactions set final_points = final_points + 5 where id = %s",
        {DifferenceKind.arithmetic, DifferenceKind.figures},
    ),
    "a bonus and its sum": (
        "update points_transactions set bonus_points = bonus_points + 5, final_points = final_points + 5"
        " where id = %s",
        {DifferenceKind.figures},
    ),
    "the page it stands for": (
        "update points_transactions set source_id = gen_random_uuid() where id = %s",
        {DifferenceKind.missing, DifferenceKind.unfounded},
    ),
    "its day": (
        "update points_transactions set earned_on = earned_on - 1 where id = %s",
        {DifferenceKind.figures},
    ),
    "the hour of her clock": (
        "update points_transactions"
        " set metadata = jsonb_set(metadata, '{local_at}', '\"2026-03-01T06:00:00\"') where id = %s",
        {DifferenceKind.figures},
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
async def test_a_tampered_row_shows(what: str, living: Living, owner_db: psycopg.AsyncConnection):
    for day in (1, 2, 3):
        await living.morning(day)
    query = (
        "select id from points_transactions where user_id = %s and earned_on = %s and source_type = 'page'"
    )
    row = await (await owner_db.execute(query, [living.member.id, living.day(3)])).fetchone()
    assert row
    command, expected = TAMPERED[what]

    await owner_db.execute("set session_replication_role = replica")
    await owner_db.execute(command, row)  # pyright: ignore[reportArgumentType]
    await owner_db.execute("set session_replication_role = origin")
    found = await differences(living.member.id, now=living.at(4, 12))

    kinds = {difference.kind for difference in found} - {DifferenceKind.total}
    assert kinds == expected, found


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("update point_totals set total = total + 1 where user_id = %s", DifferenceKind.total),
        (
            "update session_enrollments set morning_completion = 9 where user_id = %s",
            DifferenceKind.counter,
        ),
        (
            "insert into user_badges (user_id, badge_id, session_id) select e.user_id, b.id, e.session_id"
            " from session_enrollments e, badges b where e.user_id = %s and b.key = 'combined-streak-14'",
            DifferenceKind.badge,
        ),
        (
            "insert into streak_events (user_id, session_id, day, kind) select user_id, session_id,"
            " enrollment_date + 5, 'freeze' from session_enrollments where user_id = %s",
            DifferenceKind.freeze,
        ),
        (
            "insert into points_transactions (user_id, session_id, activity_type, base_points, final_points,"
            " source_type, source_id, earned_on) select user_id, session_id, 'given_by_hand', 50, 50, 'hand',"
            " gen_random_uuid(), enrollment_date from session_enrollments where user_id = %s",
            DifferenceKind.unfounded,
        ),
    ],
)
async def test_what_stands_beside_the_ledger_is_compared_too(
    command: str, kind: DifferenceKind, living: Living, owner_db: psycopg.AsyncConnection
):
    for day in (1, 2):
        await living.morning(day)

    await owner_db.execute(command, [living.member.id])  # pyright: ignore[reportArgumentType]

    found = await differences(living.member.id, now=living.at(3, 12))
    assert kind in {difference.kind for difference in found}


async def test_the_worker_compares_everybody_and_writes_into_no_ledger(
    new_living: NewLiving, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    carla = as_somebody(await new_person("Carla", is_admin=True))
    people = [await new_living(name) for name in ("Ana", "Ben")]
    for living in people:
        await living.morning(1)
    before = await _ledger(owner_db)

    async with as_member(carla.id) as db:
        asked = await by_hand.ask_recount(db, carla, RecountScope.everybody, now=people[0].at(2, 9))
    async with as_service() as db:
        while await recounting.go_on(db, asked, now=people[0].at(2, 10)):
            pass

    async with as_member(carla.id) as db:
        [run, *_] = await by_hand.recent(db)
        mine = [
            one
            for one in await by_hand.found(db, asked)
            if one.difference.user_id in {living.member.id for living in people}
        ]
    assert run.recount.status is RecountStatus.done
    assert run.recount.members_done == run.recount.members >= 2
    assert run.recount.rows_checked >= 2
    assert mine == []
    assert await _ledger(owner_db) == before


async def test_a_member_neither_asks_nor_reads(living: Living):
    async def ask() -> None:
        async with as_member(living.member.id) as db:
            await by_hand.ask_recount(db, living.member, RecountScope.everybody, now=living.at(2, 9))

    with pytest.raises(ProgrammingError, match="row-level security"):
        await ask()
    async with as_member(living.member.id) as db:
        assert await by_hand.recent(db) == []


async def _ledger(owner_db: psycopg.AsyncConnection) -> list[tuple]:
    query = (
        "select (select count(*) from points_transactions), (select sum(total) from point_totals),"
        " (select count(*) from user_badges), (select count(*) from streak_events)"
    )
    return await (await owner_db.execute(query)).fetchall()
