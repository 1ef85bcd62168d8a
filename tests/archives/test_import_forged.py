"""An archive somebody has changed: nothing in it is believed, and what cannot be read is refused."""

from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from gynergy_app.domain.accounts import ArchiveStatus
from tests.archives.bringing import bring, content_of, rebuilt
from tests.archives.conftest import archive_of
from tests.features.conftest import Living, NewLiving


async def test_a_changed_archive_never_reaches_a_cohorts_board(
    full: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    """Whoever forges forty-five days has them alone, in a session of her own."""
    forged = rebuilt(await archive_of(full), lambda data: None)
    fresh = await new_living("Ana")

    await bring(fresh, forged, tmp_path)

    rows = await (
        await owner_db.execute(
            "select s.is_personal, t.total > 0 from point_totals t"
            " join book_sessions s on s.id = t.session_id where t.user_id = %s order by 1",
            [fresh.member.id],
        )
    ).fetchall()
    assert rows == [(False, False), (True, True)]


async def test_points_in_a_changed_file_are_not_believed(full: Living, new_living: NewLiving, tmp_path: Path):
    def grow_rich(data: dict[str, Any]) -> None:
        for row in data["tables"]["points_transactions"]:
            row["final_points"] = 1_000_000

    archive, fresh = await archive_of(full), await new_living("Ana")

    await bring(fresh, rebuilt(archive, grow_rich), tmp_path)

    assert (
        content_of(await archive_of(fresh))["points_transactions"]
        == content_of(archive)["points_transactions"]
    )


async def test_what_makes_no_sense_is_left_out(full: Living, new_living: NewLiving, tmp_path: Path):
    def confuse(data: dict[str, Any]) -> None:
        [first, second, third, *_] = data["tables"]["journals"]
        first |= {"mood_score": "eleven", "completed_at": "yesterday", "images": "x"}
        second |= {"journal_type": "nightly"}
        third |= {"entry_date": "2026-13-45"}
        data["tables"]["journals"][3]["user_id"] = str(UUID(int=1))
        data["tables"]["user_visions"][0]["vision_type"] = 7
        data["tables"]["streak_events"].append({"kind": "repair", "day": None})

    archive, fresh = await archive_of(full), await new_living("Ana")

    brought = await bring(fresh, rebuilt(archive, confuse, signs=True), tmp_path)

    assert brought.status == ArchiveStatus.ready
    pages = (await archive_of(fresh)).tables["journals"]
    assert len(pages) == 10
    assert {row["user_id"] for row in pages} == {str(fresh.member.id)}


async def test_a_page_too_long_refuses_the_archive_and_changes_nothing(
    full: Living, new_living: NewLiving, tmp_path: Path
):
    def swell(data: dict[str, Any]) -> None:
        for row in data["tables"]["journals"]:
            row["mantra"] = "x" * 10_001

    archive, fresh = await archive_of(full), await new_living("Ana")

    brought = await bring(fresh, rebuilt(archive, swell, signs=True), tmp_path)

    assert brought.status == ArchiveStatus.failed
    assert "more than fits on a page" in (brought.error or "")
    assert "journals" not in (await archive_of(fresh)).tables


async def test_a_program_that_is_not_here_is_said(full: Living, new_living: NewLiving, tmp_path: Path):
    def rename(data: dict[str, Any]) -> None:
        data["sessions"][0]["slug"] = "somewhere-else"

    archive, fresh = await archive_of(full), await new_living("Ana")

    brought = await bring(fresh, rebuilt(archive, rename, signs=True), tmp_path)

    assert "not offered here" in (brought.error or "")
