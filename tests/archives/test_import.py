"""An archive brought into a fresh account is the same journal again."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import ArchiveStatus
from gynergy_app.domain.accounts.archives import TAKES_AT_MOST
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import archives
from gynergy_app.services.archives import importing
from tests.archives.bringing import become, bring, content_of
from tests.archives.conftest import Archive, archive_of
from tests.features.conftest import MORNING, Living, NewLiving, as_somebody


async def archive_for(owner_db: psycopg.AsyncConnection, fresh: Living, former: Living) -> Archive:
    """What somebody took with her, and the account she brings it to: hers, by her address."""
    archive = await archive_of(former)
    await become(owner_db, fresh, former)
    return archive


async def test_out_and_in_again_is_the_same_journal(
    full: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    fresh = await new_living("Ana")
    before = await archive_for(owner_db, fresh, full)

    brought = await bring(fresh, before, tmp_path)
    after = await archive_of(fresh)

    assert (brought.status, brought.error) == (ArchiveStatus.ready, None)
    assert content_of(after) == content_of(before)
    told = content_of(before)
    assert [len(told[name]) for name in ("journals", "action_logs", "meditations", "user_visions")] == [
        12,
        4,
        1,
        1,
    ]
    assert told["pictures"]
    assert [json.loads(row)["kind"] for row in told["streak_events"]] == ["repair", "freeze"]


async def test_bringing_it_twice_changes_nothing(
    full: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    fresh = await new_living("Ana")
    archive = await archive_for(owner_db, fresh, full)
    first = await bring(fresh, archive, tmp_path)
    once = content_of(await archive_of(fresh))

    second = await bring(fresh, archive, tmp_path)

    assert content_of(await archive_of(fresh)) == once
    assert second.restored["pages"] == 0
    assert second.restored["kept"] == first.restored["pages"]


async def test_what_is_here_already_stays(
    full: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    other = await new_living("Ana")
    archive = await archive_for(owner_db, other, full)
    await other.morning(2, draft=MORNING.__class__.of({**MORNING.as_dict(), "mantra": "Written here."}))

    brought = await bring(other, archive, tmp_path)

    mantras = {
        row["entry_date"]: row["mantra"]
        for row in (await archive_of(other)).tables["journals"]
        if row["journal_type"] == "morning"
    }
    assert mantras[other.day(2).isoformat()] == "Written here."
    assert mantras[other.day(1).isoformat()] == MORNING.mantra
    assert brought.restored["kept"] == 1


async def test_the_archive_of_one_account_changes_nothing_in_itself(full: Living, tmp_path: Path):
    archive = await archive_of(full)

    brought = await bring(full, archive, tmp_path)

    assert brought.restored["pages"] == 0
    assert content_of(await archive_of(full)) == content_of(archive)


async def test_without_a_place_in_the_session_its_days_get_one_of_their_own(
    full: Living, new_person: Callable, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    archive = await archive_of(full)
    person = await new_person("Ida")
    ida = Living(as_somebody(person, first_name="Ida"), full.session_id)

    brought = await bring(ida, archive, tmp_path)
    await bring(ida, archive, tmp_path)

    rows = await (
        await owner_db.execute(
            "select s.is_personal, s.owner_user_id, s.start_date, s.status from session_enrollments e"
            " join book_sessions s on s.id = e.session_id where e.user_id = %s",
            [person],
        )
    ).fetchall()
    assert rows == [(True, person, full.day(1), "completed")]
    assert brought.restored["own_sessions"] == 1
    assert content_of(await archive_of(ida))["journals"] == content_of(archive)["journals"]


async def test_the_past_is_not_told_as_news(
    full: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    fresh = await new_living("Ana")
    archive = await archive_for(owner_db, fresh, full)
    await owner_db.execute(
        "update automation_events set processed = true where user_id = %s", [fresh.member.id]
    )

    await bring(fresh, archive, tmp_path)

    unread = await (
        await owner_db.execute(
            "select title from notifications where user_id = %s and read_at is null", [fresh.member.id]
        )
    ).fetchall()
    waiting = await (
        await owner_db.execute(
            "select 1 from automation_events where user_id = %s and not processed", [fresh.member.id]
        )
    ).fetchall()
    assert unread == [("Your archive is back",)]
    assert waiting == []


async def test_the_file_it_came_in_is_not_kept(full: Living, new_living: NewLiving, tmp_path: Path):
    archive, fresh = await archive_of(full), await new_living("Ana")

    brought = await bring(fresh, archive, tmp_path)

    with pytest.raises(supabase_files.FileGone):
        [
            piece
            async for piece in supabase_files.read("archives", importing.key_of(fresh.member.id, brought.id))
        ]


async def test_one_at_a_time(living: Living):
    async with as_member(living.member.id) as db:
        await importing.take(db, living.member, importing.new_id(), now=clock.now())
    async with as_member(living.member.id) as db:
        with pytest.raises(importing.AlreadyReading):
            await importing.take(db, living.member, importing.new_id(), now=clock.now())

    with clock.travelling(clock.now() + TAKES_AT_MOST + timedelta(minutes=5)):
        await archives.clear()
    async with as_member(living.member.id) as db:
        await importing.require_room(db, living.member)
