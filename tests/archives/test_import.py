"""An archive brought into a fresh account is the same journal again; a false one changes nothing."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import ArchiveStatus
from gynergy_app.domain.accounts.archives import TAKES_AT_MOST
from gynergy_app.domain.journaling import (
    MeditationDraft,
    ShortDraft,
    VisionType,
    WeeklyDraft,
)
from gynergy_app.domain.journaling.visions import HighestSelfDraft
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import archives
from gynergy_app.models.accounts import DataImport
from gynergy_app.repositories import data_imports
from gynergy_app.services import kindness
from gynergy_app.services.archives import importing, opening
from gynergy_app.services.archives.opening import ArchiveRefused, open_archive
from gynergy_app.services.archives.writing import manifest
from gynergy_app.services.journaling import meditations, visions, weekly
from tests.archives.conftest import Archive, archive_of, put_picture
from tests.features.conftest import MORNING, Living, NewLiving, as_somebody

WORDS = {
    "journals": (
        "entry_date", "journal_type", "is_completed", "completed_at", "mood_score", "mood_contribution",
        "captured_essence", "mantra", "insight", "insight_impact", "success", "changes", "freeflow", "wins",
        "challenges", "lessons",
    ),
    "action_logs": (
        "entry_date", "action_type", "period_key", "action_id", "is_done", "is_completed", "completed_at",
        "note", "reflection", "obstacles", "list", "reward", "purpose", "focus",
    ),
    "meditations": ("entry_date", "reflection"),
    "user_visions": ("vision_type", "is_completed", "name", "abilities", "purpose", "traits", "mantra"),
    "streak_events": ("day", "kind"),
    "points_transactions": (
        "activity_type", "base_points", "multiplier", "bonus_points", "final_points", "earned_on",
        "earned_at",
    ),
}  # fmt: skip
"""What must be equal, row for row. Ids belong to their account."""


def content_of(archive: Archive) -> dict[str, Any]:
    told: dict[str, list[Any]] = {
        table: sorted(
            json.dumps({name: row.get(name) for name in names}, sort_keys=True)
            for row in archive.tables.get(table, [])
        )
        for table, names in WORDS.items()
    }
    pages = {
        row["id"]: (row["entry_date"], row["journal_type"]) for row in archive.tables.get("journals", [])
    }
    told["lines"] = sorted(
        json.dumps([pages[row["journal_id"]], row["entry_type"], row["content"]])
        for row in archive.tables.get("journal_entries", [])
        if any(row["content"])
    )
    told["badges"] = sorted(row["badge_id"] for row in archive.tables.get("user_badges", []))
    told["pictures"] = sorted(
        (name, hashlib.sha256(archive.zip.read(name)).hexdigest())
        for name in archive.zip.namelist()
        if name.startswith("media/")
    )
    return told


async def bring(living: Living, archive: Archive, tmp_path: Path) -> DataImport:
    """As the route does it, and then the worker."""
    path, import_id = tmp_path / "brought.zip", importing.new_id()
    path.write_bytes(archive.content)
    key = importing.key_of(living.member.id, import_id)
    await supabase_files.put(supabase_files.ARCHIVES, key, path, supabase_files.ZIP)
    async with as_member(living.member.id) as db:
        await importing.take(db, living.member, import_id, now=clock.now())
    await archives.restore(import_id)
    async with as_service() as db:
        row = await data_imports.find(db, import_id)
    assert row
    return row


@pytest.fixture
async def full(living: Living, owner_db: psycopg.AsyncConnection, tmp_path: Path) -> Living:
    """Nine days with nearly everything in them: a missed day that was repaired, and one held by a freeze."""
    for day in (1, 2, 3):
        await living.whole_day(day)
    await living.morning(5, 7)
    async with as_member(living.member.id) as db:
        await kindness.finish(
            db, living.member, ShortDraft(success="I slept.", insight="Rest counts."),
            day=living.day(4), base_revision=0, now=living.at(5, 8),
        )  # fmt: skip
    await living.whole_day(7)
    async with as_member(living.member.id) as db:
        draft = WeeklyDraft(wins="Three walks.", challenges="Sleep.", lessons="Begin small.")
        await weekly.finish(
            db, living.member, draft, day=living.day(7), base_revision=0, now=living.at(7, 22)
        )
        await meditations.log(
            db, living.member, MeditationDraft(reflection="The clock."),
            day=living.day(7), base_revision=0, now=living.at(7, 22, 10),
        )  # fmt: skip
        self = HighestSelfDraft(name="Asha", abilities="Listens.", purpose="To be kind.", traits="Calm.")
        await visions.finish(
            db, living.member, VisionType.highest_self, self, base_revision=0, now=living.at(7, 22, 20)
        )
    await living.evening(8)
    await put_picture(owner_db, living, tmp_path, f"sea-{living.member.id.hex[:8]}", 7)
    return living


async def test_out_and_in_again_is_the_same_journal(full: Living, new_living: NewLiving, tmp_path: Path):
    before = await archive_of(full)
    fresh = await new_living("Ana")

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


async def test_bringing_it_twice_changes_nothing(full: Living, new_living: NewLiving, tmp_path: Path):
    archive, fresh = await archive_of(full), await new_living("Ana")
    first = await bring(fresh, archive, tmp_path)
    once = content_of(await archive_of(fresh))

    second = await bring(fresh, archive, tmp_path)

    assert content_of(await archive_of(fresh)) == once
    assert second.restored["pages"] == 0
    assert second.restored["kept"] == first.restored["pages"]


async def test_what_is_here_already_stays(full: Living, new_living: NewLiving, tmp_path: Path):
    archive, other = await archive_of(full), await new_living("Ana")
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
    archive, fresh = await archive_of(full), await new_living("Ana")
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


def rebuilt(archive: Archive, change: Callable[[dict[str, Any]], None], *, signs: bool = False) -> Archive:
    """The same archive with other data, its list of hashes made to fit; signed only where we would."""
    data = archive.json()
    change(data)
    files = {name: archive.zip.read(name) for name in archive.zip.namelist() if name != "manifest.json"}
    files["data.json"] = json.dumps(data).encode()
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    said = json.loads(manifest(listed, clock.now()))
    said["signature"] = said["signature"] if signs else "not-a-signature"
    return zipped({**files, "manifest.json": json.dumps(said).encode()})


def zipped(files: dict[str, bytes]) -> Archive:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Archive(target.getvalue())


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


async def test_points_in_the_file_are_not_believed(full: Living, new_living: NewLiving, tmp_path: Path):
    def grow_rich(data: dict[str, Any]) -> None:
        for row in data["tables"]["points_transactions"]:
            row["final_points"] = 1_000_000

    archive, fresh = await archive_of(full), await new_living("Ana")

    await bring(fresh, rebuilt(archive, grow_rich, signs=True), tmp_path)

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


ENTRY = {"format": "gynergy-archive", "version": 1, "files": []}


def a_small_one(**changes: bytes) -> dict[str, bytes]:
    data = json.dumps({"format": "gynergy-archive", "version": 1, "sessions": [], "tables": {}}).encode()
    files = {"index.html": b"<p>", "data.json": data}
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    return {**files, "manifest.json": manifest(listed, clock.now()).encode(), **changes}


def with_version(version: int) -> dict[str, bytes]:
    files = a_small_one()
    said = json.loads(files["manifest.json"])
    return {**files, "manifest.json": json.dumps({**said, "version": version}).encode()}


FALSE = {
    "nothing": (b"", opening.NOT_A_ZIP),
    "no zip": (b"hello", opening.NOT_A_ZIP),
    "half of one": (zipped(a_small_one()).content[:-30], opening.NOT_A_ZIP),
    "another zip": (zipped({"holiday.jpg": b"x"}).content, opening.NOT_OURS),
    "a way out": (zipped({**a_small_one(), "../../etc/passwd": b"x"}).content, opening.NOT_OURS),
    "an absolute way out": (zipped({**a_small_one(), "/etc/passwd": b"x"}).content, opening.NOT_OURS),
    "a program": (zipped({**a_small_one(), "media/run.exe": b"x"}).content, opening.NOT_OURS),
    "no data": (zipped({"manifest.json": b"{}"}).content, opening.NOT_OURS),
    "not our list": (zipped(a_small_one(**{"manifest.json": b"{}"})).content, opening.NOT_OURS),
    "a list of nonsense": (
        zipped(a_small_one(**{"manifest.json": json.dumps({**ENTRY, "files": [1]}).encode()})).content,
        opening.NOT_OURS,
    ),
    "a broken list": (zipped(a_small_one(**{"manifest.json": b"{"})).content, opening.NOT_READABLE),
    "an endless list": (
        zipped(a_small_one(**{"manifest.json": b"[" * 100_000})).content,
        opening.NOT_READABLE,
    ),
    "a file too many": (zipped({**a_small_one(), "media/a.webp": b"x"}).content, "media/a.webp"),
    "a changed file": (zipped(a_small_one(**{"index.html": b"<b>"})).content, "index.html"),
    "a newer version": (zipped(with_version(2)).content, "version 2"),
    "a bomb": (zipped({**a_small_one(), "data.json": b" " * (65 * 1024 * 1024)}).content, opening.TOO_HEAVY),
    "too many files": (
        zipped({**a_small_one(), **{f"media/{n}.webp": b"" for n in range(5001)}}).content,
        opening.TOO_HEAVY,
    ),
}


@pytest.mark.parametrize("kind", FALSE)
def test_a_false_archive_is_refused_with_a_sentence(kind: str, tmp_path: Path):
    content, sentence = FALSE[kind]
    path = tmp_path / "false.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveRefused) as refused:
        open_archive(path)

    assert sentence in str(refused.value.sentence)


def test_an_entry_that_lies_about_its_size_is_caught(tmp_path: Path):
    """The table of contents says ten bytes; what unpacks is checked against the list, and is never more."""
    content = bytearray(zipped(a_small_one()).content)
    where = content.rindex(b"data.json") - 46 + 24
    content[where : where + 4] = (10).to_bytes(4, "little")
    path = tmp_path / "lies.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveRefused):
        open_archive(path)


def test_a_true_one_opens(tmp_path: Path):
    path = tmp_path / "true.zip"
    path.write_bytes(zipped(a_small_one()).content)

    assert open_archive(path).is_ours
