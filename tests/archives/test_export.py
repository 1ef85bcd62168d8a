"""An archive holds everything of one member and nothing of anybody else, and can be checked without us."""

import asyncio
import hashlib
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from sqlmodel import select

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import ArchiveStatus
from gynergy_app.domain.accounts.archives import LASTS, TAKES_AT_MOST
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import archives
from gynergy_app.models.accounts import DataExport
from gynergy_app.models.notifications import EmailMessage, Notification
from gynergy_app.services.archives import exporting
from gynergy_app.settings import settings
from tests.archives.conftest import archive_of, ask_for_archive, put_picture, read_archive
from tests.features.conftest import Living, NewLiving


async def state_of(wish: DataExport) -> DataExport:
    async with as_service() as db:
        return (await db.exec(select(DataExport).where(DataExport.id == wish.id))).one()


async def test_every_file_has_the_hash_its_manifest_says(
    living: Living, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    await living.whole_day(1)
    await put_picture(owner_db, living, tmp_path, "a-photo", 1)

    archive = await archive_of(living)

    listed = {file["name"]: file for file in archive.json("manifest.json")["files"]}
    assert set(archive.zip.namelist()) == {*listed, "manifest.json"}
    assert {"index.html", "data.json", "media/a-photo.webp"} <= set(listed)
    for name, file in listed.items():
        content = archive.zip.read(name)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file["sha256"], file["size"])


class Loads(HTMLParser):
    """What a page would fetch or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses |= {value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")}


async def test_the_page_to_read_holds_every_word_and_fetches_nothing_from_anywhere(
    living: Living, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    await living.whole_day(1)
    await living.morning(2)
    await put_picture(owner_db, living, tmp_path, "by-the-sea", 1)

    archive = await archive_of(living)

    page = archive.zip.read("index.html").decode()
    for words in (
        "The rain",
        "My sister&#39;s call",
        "The letter went out.",
        "Lighter than I thought",
        "Day 2",
    ):
        assert words in page
    loads = Loads(page)
    assert "script" not in loads.tags
    assert loads.addresses == {"media/by-the-sea.webp"}
    assert "url(" not in page
    assert "@import" not in page


async def test_hostile_words_stay_words(living: Living, owner_db: psycopg.AsyncConnection):
    await living.morning(1)
    await owner_db.execute(
        "update journals set mantra = %s where user_id = %s",
        ["<script>alert(1)</script> ‮ 🌊", living.member.id],
    )

    archive = await archive_of(living)

    page = archive.zip.read("index.html").decode()
    assert "<script" not in page
    assert archive.tables["journals"][0]["mantra"] == "<script>alert(1)</script> ‮ 🌊"


async def test_nobody_else_is_in_it(new_living: NewLiving, admin, owner_db: psycopg.AsyncConnection):
    ana, ben = await new_living("Ana"), await new_living("Benedikt")
    await ana.whole_day(1)
    await ben.whole_day(1)
    await owner_db.execute(
        "insert into audit_log (actor_id, action, subject_type, subject_id, subject_user_id)"
        " values (%s, 'member.opened', 'member', %s, %s)",
        [admin, ana.member.id, ana.member.id],
    )

    archive = await archive_of(ana)

    assert str(ana.member.id) in archive.text
    for other in (str(ben.member.id), "Benedikt", str(admin), "Adeyemi"):
        assert other not in archive.text
    assert [row["action"] for row in archive.tables["audit_log"]] == ["member.opened"]
    assert "Opened your page: days, points" in archive.zip.read("index.html").decode()


async def test_a_second_wish_waits_for_the_first(living: Living):
    wishes = await asyncio.gather(*(ask_for_archive(living) for _ in range(5)), return_exceptions=True)

    assert sum(isinstance(wish, DataExport) for wish in wishes) == 1
    assert sum(isinstance(wish, exporting.AlreadyUnderWay) for wish in wishes) == 4


async def test_the_wish_and_its_job_are_one_transaction(living: Living, owner_db: psycopg.AsyncConnection):
    async with as_member(living.member.id) as db:
        undone = await exporting.ask(db, living.member, now=clock.now())
        await db.rollback()
    wish = await ask_for_archive(living)

    rows = await (
        await owner_db.execute(
            "select args ->> 'export_id' from jobs.procrastinate_jobs where args ->> 'export_id' in (%s, %s)",
            [str(undone.id), str(wish.id)],
        )
    ).fetchall()
    assert rows == [(str(wish.id),)]


async def test_it_is_told_once_by_the_bell_and_by_mail_however_often_the_job_runs(living: Living):
    wish = await ask_for_archive(living)

    await archives.make(wish.id)
    await archives.make(wish.id)

    made = await state_of(wish)
    assert made.status == ArchiveStatus.ready
    assert made.ready_at
    assert made.expires_at == made.ready_at + LASTS
    archive = await read_archive(living.member.id, wish.id)
    assert (made.size_bytes, made.sha256) == (
        len(archive.content),
        hashlib.sha256(archive.content).hexdigest(),
    )
    async with as_service() as db:
        bell = await db.exec(
            select(Notification.title).where(Notification.dedupe_key == f"archive:{wish.id}")
        )
        assert bell.all() == ["Your archive is ready"]
        mails = await db.exec(select(EmailMessage).where(EmailMessage.dedupe_key == f"archive:{wish.id}"))
        assert [mail.template_key for mail in mails] == ["archive_ready"]


async def test_a_failure_is_said_and_can_be_tried_again(living: Living, monkeypatch: pytest.MonkeyPatch):
    wish = await ask_for_archive(living)
    with monkeypatch.context() as away:
        away.setattr(settings, "supabase_url", "http://127.0.0.1:9")
        await archives.make(wish.id)

    failed = await state_of(wish)
    assert (failed.status, failed.error) == (
        ArchiveStatus.failed,
        "The place where files are kept does not answer.",
    )
    again = await ask_for_archive(living)
    await archives.make(again.id)
    assert (await state_of(again)).status == ArchiveStatus.ready


async def test_the_file_is_gone_when_its_day_is_over(living: Living):
    wish = await ask_for_archive(living)
    await archives.make(wish.id)

    with clock.travelling(clock.now() + LASTS - timedelta(minutes=1)):
        await archives.clear()
        assert (await state_of(wish)).status == ArchiveStatus.ready
    with clock.travelling(clock.now() + LASTS + timedelta(minutes=1)):
        await archives.clear()
        await archives.clear()

    assert (await state_of(wish)).status == ArchiveStatus.expired
    with pytest.raises(supabase_files.FileGone):
        await read_archive(living.member.id, wish.id)


async def test_a_wish_whose_worker_was_lost_is_given_up_and_does_not_block_the_next(living: Living):
    wish = await ask_for_archive(living)

    with clock.travelling(clock.now() + TAKES_AT_MOST + timedelta(minutes=5)):
        await archives.clear()

    assert (await state_of(wish)).status == ArchiveStatus.failed
    assert await ask_for_archive(living)


async def test_a_key_without_the_right_to_it_makes_no_archive(
    living: Living, monkeypatch: pytest.MonkeyPatch
):
    """A web process has no service key: it could not make one even if somebody asked it to."""
    wish = await ask_for_archive(living)
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr("not-a-key"))

    await archives.make(wish.id)

    assert (await state_of(wish)).status == ArchiveStatus.failed


async def test_somebody_without_a_session_has_an_archive_too(new_person, owner_db: psycopg.AsyncConnection):
    from tests.features.conftest import as_somebody

    person = await new_person("Ida")
    living = Living(as_somebody(person, first_name="Ida"), person)

    archive = await archive_of(living)

    assert archive.json()["sessions"] == []
    assert "no pages yet" in archive.zip.read("index.html").decode()


async def test_an_archive_can_be_opened_with_any_zip_program(living: Living):
    await living.whole_day(1)

    archive = await archive_of(living)

    assert archive.zip.testzip() is None
    assert {entry.compress_type for entry in archive.zip.infolist()} <= {
        zipfile.ZIP_DEFLATED,
        zipfile.ZIP_STORED,
    }
