"""Taking everything along and checking it without us; asking to leave, and staying."""

import hashlib
import json
import zipfile
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from playwright.async_api import expect
from pydantic import SecretStr

from gynergy_app.jobs import archives
from gynergy_app.settings import settings
from tests.journeys.conftest import NewWriter
from tests.journeys.site import Site
from tests.journeys.writer import Writer
from tests.supabase import SECRET


@pytest.fixture
def worker(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the worker: it has the service key, which the web process was not given."""
    monkeypatch.setattr(settings, "supabase_url", site.supabase.url)
    monkeypatch.setattr(settings, "supabase_anon_key", SecretStr(site.supabase.anon_key))
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(site.supabase.service_key))
    monkeypatch.setattr(settings, "supabase_jwt_secret", SecretStr(SECRET))


async def wish_of(owner_db: psycopg.AsyncConnection, ana: Writer) -> UUID:
    row = await (
        await owner_db.execute("select id from data_exports where user_id = %s", [ana.member.id])
    ).fetchone()
    assert row
    return row[0]


async def test_an_archive_is_asked_for_fetched_and_checked(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection, worker: None, tmp_path: Path
):
    ana = await (await new_writer()).open("/journal/gratitude-action")
    await ana.choose("is_done", "yes")
    await ana.write("reflection", "She laughed, and then I did.")
    await ana.keep_page()
    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_visible()
    await ana.page.goto(f"{ana.site.address}/me/data")

    await ana.page.get_by_role("button", name="Make my archive").click()
    await expect(ana.page.get_by_text("Your archive is being made.")).to_be_visible()
    await archives.make(await wish_of(owner_db, ana))
    download = ana.page.get_by_role("link", name="Download the archive")
    await expect(download).to_be_visible(timeout=15_000)
    async with ana.page.expect_download() as fetching:
        await download.click()
    path = tmp_path / "archive.zip"
    await (await fetching.value).save_as(path)

    with zipfile.ZipFile(path) as archive:
        listed = json.loads(archive.read("manifest.json"))["files"]
        assert {"index.html", "data.json"} <= {file["name"] for file in listed}
        for file in listed:
            assert hashlib.sha256(archive.read(file["name"])).hexdigest() == file["sha256"]
        archive.extractall(tmp_path / "unpacked")
    await ana.page.goto((tmp_path / "unpacked" / "index.html").as_uri())
    await expect(ana.page.get_by_text("She laughed, and then I did.")).to_be_visible()


async def test_leaving_is_asked_for_said_everywhere_and_taken_back(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await new_writer()
    await owner_db.execute(
        "update profile_settings set onboarded_at = now() where user_id = %s", [ana.member.id]
    )
    leaving = ana.page.get_by_text("This account will be deleted on")
    await ana.page.goto(f"{ana.site.address}/me/data")
    await ana.page.get_by_label("Type “delete everything”").fill("delete it")
    await ana.page.get_by_role("button", name="Delete my account").click()
    await expect(ana.page.get_by_text("Please type the words")).to_be_visible()
    await expect(leaving).to_be_hidden()

    await ana.page.get_by_label("Type “delete everything”").fill("delete everything")
    await ana.page.get_by_role("button", name="Delete my account").click()
    await expect(leaving).to_be_visible()
    await ana.page.goto(f"{ana.site.address}/today")
    await expect(leaving).to_be_visible()

    await ana.page.get_by_role("button", name="Keep my account").click()

    await expect(ana.page.get_by_text("Your account stays. Nothing was changed.")).to_be_visible()
    await expect(leaving).to_be_hidden()
    await ana.page.goto(f"{ana.site.address}/today")
    await expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    await expect(leaving).to_be_hidden()
