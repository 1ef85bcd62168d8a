"""Whose an archive is decides where its pages go: only the same person's reach a cohort, or open anything."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.jobs import lifecycle
from gynergy_app.services import programs
from tests.archives.bringing import become, bring, rebuilt
from tests.archives.conftest import Archive, archive_of
from tests.features.conftest import Living, NewLiving

Db = psycopg.AsyncConnection


async def totals(owner_db: Db, living: Living) -> dict[bool, int]:
    """A member's points: in sessions of her own, and in those she shares."""
    rows = await owner_db.execute(
        "select s.is_personal, t.total from point_totals t"
        " join book_sessions s on s.id = t.session_id where t.user_id = %s",
        [living.member.id],
    )
    return dict(await rows.fetchall())


async def test_somebody_elses_archive_never_reaches_the_board(
    full: Living, new_living: NewLiving, owner_db: Db, tmp_path: Path
):
    ben = await new_living("Ben")
    await ben.morning(1)
    before = await totals(owner_db, ben)

    await bring(ben, await archive_of(full), tmp_path)

    after = await totals(owner_db, ben)
    assert after[False] == before[False]
    assert after[True] > 0


async def test_what_was_brought_along_does_not_stand_before_the_cohort(
    full: Living, new_living: NewLiving, tmp_path: Path
):
    ben = await new_living("Ben")
    await bring(ben, await archive_of(full), tmp_path)

    async with as_member(ben.member.id) as db:
        enrolled = await programs.current_enrollment(db, ben.member, now=ben.at(9, 12))

    assert enrolled
    assert enrolled.session_id == ben.session_id


def long_ago(data: dict[str, Any]) -> None:
    """Every date in it two months earlier, so that the last day has come."""

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: moved(one) for name, one in value.items()}
        if isinstance(value, list):
            return [moved(one) for one in value]
        try:
            day = date.fromisoformat(value[:10]) if isinstance(value, str) else None
        except ValueError:
            return value
        return f"{day - timedelta(days=60)}{value[10:]}" if day else value

    data.update(moved(data))


async def opened(owner_db: Db, living: Living) -> dict[str, int]:
    """What a last day would have set off."""
    counted = {
        "access": "user_entitlements where has_community_access and user_id = %s",
        "alumni": "cohort_memberships m join cohorts c on c.id = m.cohort_id"
        " where c.is_alumni and m.user_id = %s",
        "mail": "email_messages where status <> 'cancelled' and user_id = %s",
        "marked": "session_enrollments where graduated_at is not null and user_id = %s",
        "news": "notifications where dedupe_key like 'graduat%%' and user_id = %s",
    }
    found: dict[str, int] = {}
    for name, query in counted.items():
        row = await (await owner_db.execute(f"select count(*) from {query}", [living.member.id])).fetchone()  # pyright: ignore[reportArgumentType, reportCallIssue]
        found[name] = row[0] if row else -1
    return found


NOTHING = {"access": 0, "alumni": 0, "mail": 0, "marked": 0, "news": 0}


@pytest.mark.parametrize("is_forged", [True, False])
async def test_days_that_anybody_may_have_written_open_nothing(
    is_forged: bool, full: Living, new_living: NewLiving, owner_db: Db, tmp_path: Path
):
    archive, ben = await archive_of(full), await new_living("Ben")
    await bring(ben, rebuilt(archive, long_ago) if is_forged else archive, tmp_path)

    await lifecycle.sweep()

    assert await opened(owner_db, ben) == NOTHING


@pytest.fixture
async def graduate(living: Living) -> Living:
    for day in (1, 2, 45):
        await living.whole_day(day)
    return living


async def taken_along(owner_db: Db, graduate: Living, fresh: Living) -> Archive:
    archive = await archive_of(graduate)
    await become(owner_db, fresh, graduate)
    return archive


async def test_what_her_own_last_day_opened_is_open_again(
    graduate: Living, new_living: NewLiving, owner_db: Db, tmp_path: Path
):
    fresh = await new_living("Ana")
    await bring(fresh, await taken_along(owner_db, graduate, fresh), tmp_path)

    assert await opened(owner_db, fresh) == {**NOTHING, "access": 1, "alumni": 1, "marked": 1}


async def test_a_forged_last_day_of_her_own_opens_nothing(
    graduate: Living, new_living: NewLiving, owner_db: Db, tmp_path: Path
):
    fresh = await new_living("Ana")
    archive = await taken_along(owner_db, graduate, fresh)

    await bring(fresh, rebuilt(archive, lambda data: None), tmp_path)

    assert await opened(owner_db, fresh) == NOTHING
