"""Sessions move on by themselves, and whoever comes to a last day is let through once."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.domain.journaling import JournalType
from gynergy_app.domain.programs import SessionStatus
from gynergy_app.jobs import lifecycle as job
from gynergy_app.services import lifecycle
from tests.features.conftest import Living, NewLiving, living, new_living, new_run, run

__all__ = ["living", "new_living", "new_run", "run"]

LAST, GRACE, CLOSED = 45, 47, 77
"""Programme days at noon UTC on which the session is in its last day, in grace, and closed everywhere."""


async def rows(db: psycopg.AsyncConnection, query: str, *values: object) -> list[tuple]:
    return await (await db.execute(query, values)).fetchall()  # pyright: ignore[reportArgumentType]


async def status(db: psycopg.AsyncConnection, session_id: UUID) -> str:
    return (await rows(db, "select status from book_sessions where id = %s", session_id))[0][0]


async def opened(db: psycopg.AsyncConnection, person: UUID) -> tuple:
    """Everything the last day opens, counted."""
    return (
        await rows(
            db,
            """
            select
                (select count(*) from session_enrollments
                    where user_id = %(id)s and graduated_at is not null),
                (select count(*) from user_entitlements where user_id = %(id)s and has_community_access),
                (select count(*) from cohort_memberships m join cohorts c on c.id = m.cohort_id
                    where user_id = %(id)s and c.is_alumni and c.slug = 'alumni'),
                (select count(*) from notifications
                    where user_id = %(id)s and dedupe_key like 'graduation:%%'),
                (select count(*) from email_messages where user_id = %(id)s and template_key = 'graduated'),
                (select count(*) from automation_events where user_id = %(id)s and event_type = 'graduated')
            """.replace("%(id)s", f"'{person}'"),
        )
    )[0]


ONCE, NOTHING = (1, 1, 1, 1, 1, 1), (0, 0, 0, 0, 0, 0)


async def sweep_at(moment: datetime) -> job.Swept:
    with clock.travelling(moment):
        return await job.sweep()


async def told(db: psycopg.AsyncConnection, person: UUID) -> list[str]:
    found = await rows(
        db,
        "select split_part(dedupe_key, ':', 1) from notifications"
        " where user_id = %s and dedupe_key like 'session-%%' order by 1",
        person,
    )
    return [row[0] for row in found]


async def test_a_session_goes_through_its_stages_by_its_dates(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("update book_sessions set status = 'upcoming' where id = %s", [living.session_id])
    stages = []
    for day in (-1, 0, LAST, GRACE, CLOSED - 2, CLOSED):
        await sweep_at(living.at(day, 12))
        stages.append(await status(owner_db, living.session_id))

    assert stages == ["upcoming", "active", "active", "grace_period", "grace_period", "completed"]
    assert await told(owner_db, living.member.id) == ["session-closed", "session-ended"]


async def test_a_worker_that_was_away_for_months_tells_only_what_is_still_true(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await sweep_at(living.at(CLOSED + 60, 12))

    assert await status(owner_db, living.session_id) == "completed"
    assert await told(owner_db, living.member.id) == ["session-closed"]


async def test_a_stage_an_admin_set_ahead_is_not_taken_back(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("update book_sessions set status = 'completed' where id = %s", [living.session_id])

    await sweep_at(living.at(3, 12))

    assert await status(owner_db, living.session_id) == "completed"


async def test_somebody_who_does_not_write_on_day_45_is_let_through_by_the_job(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(4)
    await sweep_at(living.at(LAST - 1, 23))
    assert await opened(owner_db, living.member.id) == NOTHING

    await sweep_at(living.at(LAST, 1))

    assert await opened(owner_db, living.member.id) == ONCE


async def test_day_45_comes_by_the_members_own_clock(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    tokyo, honolulu = await new_living("Yuki", "Asia/Tokyo"), await new_living("Kai", "Pacific/Honolulu")
    for each in (tokyo, honolulu):
        await each.morning(3)

    await sweep_at(tokyo.at(LAST, 0, 30))

    assert await opened(owner_db, tokyo.member.id) == ONCE
    assert await opened(owner_db, honolulu.member.id) == NOTHING
    await sweep_at(honolulu.at(LAST, 0, 30))
    assert await opened(owner_db, honolulu.member.id) == ONCE


async def test_that_days_page_opens_it_and_the_job_finds_nothing_left(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.whole_day(LAST)
    assert await opened(owner_db, living.member.id) == ONCE

    await sweep_at(living.at(LAST + 1, 12))

    assert await opened(owner_db, living.member.id) == ONCE


async def test_a_first_page_in_the_days_of_grace_opens_it_as_well(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(50)

    assert await opened(owner_db, living.member.id) == ONCE


async def test_without_a_page_nothing_opens(living: Living, owner_db: psycopg.AsyncConnection):
    await sweep_at(living.at(GRACE, 12))

    assert await opened(owner_db, living.member.id) == NOTHING
    assert await told(owner_db, living.member.id) == ["session-ended"]


async def test_twice_and_side_by_side_is_once(new_living: NewLiving, owner_db: psycopg.AsyncConnection):
    people = [await new_living(name) for name in ("Ana", "Ben", "Chidi", "Dora", "Elif", "Farid", "Gita")]
    for each in people:
        await each.morning(1)
    moment = people[0].at(GRACE, 12)

    with clock.travelling(moment):
        await asyncio.gather(*(job.sweep() for _ in range(3)), people[0].evening(GRACE))
        again = await job.sweep()

    for each in people:
        assert await opened(owner_db, each.member.id) == ONCE
        assert await told(owner_db, each.member.id) == ["session-ended"]
    assert again == job.Swept(graduated=0, turned=0)


class Killed(BaseException):
    """As a signal would end it: no handler of ours catches this."""


async def test_a_run_killed_halfway_is_taken_up_where_it_stopped(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
):
    people = [await new_living(name) for name in ("Ana", "Ben", "Chidi", "Dora")]
    for each in people:
        await each.morning(1)
    monkeypatch.setattr(job, "AT_ONCE", 1)
    monkeypatch.setattr(lifecycle, "BATCH", 2)
    graduate, tell = lifecycle.graduate, lifecycle.tell
    done = 0

    async def dies_in_the_middle(*args: object, **options: object) -> object:
        nonlocal done
        if done == 2:
            raise Killed
        done += 1
        return await (graduate if "now" in options else tell)(*args, **options)  # type: ignore[arg-type]

    for step in ("graduate", "tell"):
        done = 0 if step == "graduate" else 1
        with monkeypatch.context() as halfway:
            halfway.setattr(lifecycle, step, dies_in_the_middle)
            with pytest.raises(Killed):
                await sweep_at(people[0].at(GRACE, 12))
        assert await status(owner_db, people[0].session_id) == SessionStatus.active

    await sweep_at(people[0].at(GRACE, 13))

    for each in people:
        assert await opened(owner_db, each.member.id) == ONCE
        assert await told(owner_db, each.member.id) == ["session-ended"]
    assert await status(owner_db, people[0].session_id) == SessionStatus.grace_period


async def test_one_members_trouble_keeps_nobody_waiting(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
):
    troubled, other = await new_living("Ana"), await new_living("Ben")
    for each in (troubled, other):
        await each.morning(1)
    graduate = lifecycle.graduate

    async def fails_for_one(db: object, one: lifecycle.Waiting, **options: object) -> object:
        if one.user_id == troubled.member.id:
            raise RuntimeError("a broken row")
        return await graduate(db, one, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(lifecycle, "graduate", fails_for_one)
        await sweep_at(other.at(GRACE, 12))
    assert await opened(owner_db, other.member.id) == ONCE
    assert await opened(owner_db, troubled.member.id) == NOTHING

    await sweep_at(other.at(GRACE, 13))
    assert await opened(owner_db, troubled.member.id) == ONCE


async def test_nobody_is_told_of_a_practice_page(living: Living, owner_db: psycopg.AsyncConnection):
    """A page from before day 1 is not one of the program."""
    await owner_db.execute(
        "insert into journals (id, session_id, book_id, user_id, entry_date, journal_type,"
        " is_completed, completed_at)"
        " select %s, id, book_id, %s, start_date - 1, %s, true, %s from book_sessions where id = %s",
        [uuid4(), living.member.id, JournalType.morning, datetime(2026, 3, 1, tzinfo=UTC), living.session_id],
    )

    await sweep_at(living.at(GRACE, 12))

    assert await opened(owner_db, living.member.id) == NOTHING
