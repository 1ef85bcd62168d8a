"""The storage server, through the official client: whose files are whose, and what never gets in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import jwt
import psycopg
import pytest
from storage3.exceptions import StorageApiError
from supabase import AsyncClient

from gynergy_app import clock
from gynergy_app.local.postgres import Cluster
from tests.supabase import SECRET, Supabase, a_supabase

PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture" * 40


@pytest.fixture(scope="module")
async def supabase(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Supabase]:
    folder = tmp_path_factory.mktemp("supabase")
    async with a_supabase(cluster.url(database_name), folder) as running:
        yield running


@pytest.fixture
async def ana_files(supabase: Supabase) -> AsyncClient:
    return await supabase.confirmed()


async def folder_of(client: AsyncClient) -> str:
    session = await client.auth.get_session()
    assert session
    return session.user.id


def kept_files(supabase: Supabase) -> list[Path]:
    return [path for path in (supabase.mails.parent / "media").rglob("*") if path.is_file()]


async def test_a_file_comes_back_as_it_went_in(ana_files: AsyncClient):
    media, key = ana_files.storage.from_("media"), f"{await folder_of(ana_files)}/today/ein Bild ü.png"

    uploaded = await media.upload(key, PNG, {"content-type": "image/png"})

    assert uploaded.path == key
    assert await media.download(key) == PNG
    assert (await media.info(key))["content_type"] == "image/png"
    assert await media.exists(key)


async def test_a_second_upload_replaces_only_when_told_to(supabase: Supabase, ana_files: AsyncClient):
    media, key = ana_files.storage.from_("media"), f"{await folder_of(ana_files)}/portrait.png"
    await media.upload(key, PNG, {"content-type": "image/png"})
    before = len(kept_files(supabase))

    with pytest.raises(StorageApiError) as refused:
        await media.upload(key, b"other", {"content-type": "image/png"})
    assert (refused.value.status, refused.value.code) == ("409", "Duplicate")
    assert await media.download(key) == PNG
    await media.upload(key, b"other", {"content-type": "image/png", "upsert": "true"})

    assert await media.download(key) == b"other"
    assert len(kept_files(supabase)) == before


async def test_nobody_reaches_into_anothers_folder(supabase: Supabase, ana_files: AsyncClient):
    key = f"{await folder_of(ana_files)}/portrait.png"
    await ana_files.storage.from_("media").upload(key, PNG, {"content-type": "image/png"})
    ben = (await supabase.confirmed()).storage.from_("media")
    stranger = supabase.client().storage.from_("media")

    for other in (ben, stranger):
        for attempt in (
            other.download(key),
            other.create_signed_url(key, 60),
            other.upload(key.replace("portrait", "planted"), PNG, {"content-type": "image/png"}),
            other.upload(key, PNG, {"content-type": "image/png", "upsert": "true"}),
        ):
            with pytest.raises(StorageApiError):
                await attempt
        assert await other.remove([key]) == []
        assert await other.list(key.partition("/")[0]) == []

    assert await ana_files.storage.from_("media").download(key) == PNG


async def test_refused_bytes_leave_nothing_on_the_disk(supabase: Supabase):
    client = await supabase.confirmed()
    before = kept_files(supabase)

    with pytest.raises(StorageApiError):
        await client.storage.from_("media").upload("somebody-else/a.png", PNG, {"content-type": "image/png"})

    assert kept_files(supabase) == before


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/octet-stream"])
async def test_only_pictures_are_kept(ana_files: AsyncClient, content_type: str):
    key = f"{await folder_of(ana_files)}/page"

    with pytest.raises(StorageApiError) as refused:
        await ana_files.storage.from_("media").upload(key, b"<script>", {"content-type": content_type})

    assert refused.value.status == "415"


async def test_a_file_beyond_the_limit_is_refused(
    supabase: Supabase, ana_files: AsyncClient, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "insert into storage.buckets (id, name, file_size_limit) values ('tiny', 'tiny', 100)"
    )

    with pytest.raises(StorageApiError) as refused:
        await (
            supabase.owner().storage.from_("tiny").upload("a.png", b"x" * 101, {"content-type": "image/png"})
        )

    assert refused.value.status == "413"


@pytest.mark.parametrize("name", ["..%2f..%2fsecret", "a//b.png", "a/%00.png", "x" * 1100])
async def test_a_key_cannot_lead_elsewhere(supabase: Supabase, ana_files: AsyncClient, name: str):
    session = await ana_files.auth.get_session()
    assert session
    headers = {"authorization": f"Bearer {session.access_token}"}
    address = f"{supabase.url}/storage/v1/object/media/{session.user.id}/{name}"

    answer = await supabase.http.post(address, headers=headers, files={"file": ("a.png", PNG, "image/png")})

    assert answer.json()["error"] == "InvalidKey"


async def test_a_signed_link_shows_one_file_for_a_while(supabase: Supabase, ana_files: AsyncClient):
    media, folder = ana_files.storage.from_("media"), await folder_of(ana_files)
    for name in ("a.png", "b.png"):
        await media.upload(f"{folder}/{name}", PNG, {"content-type": "image/png"})
    link = (await media.create_signed_url(f"{folder}/a.png", 60))["signedUrl"]
    assert link

    answer = await supabase.http.get(link)
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert answer.headers["x-content-type-options"] == "nosniff"
    for wrong in (link.replace("/a.png", "/b.png"), link[:-4] + "AAAA", link.partition("?")[0]):
        assert (await supabase.http.get(wrong)).status_code == 400


async def test_a_link_that_has_ended_shows_nothing(supabase: Supabase, ana_files: AsyncClient):
    media, key = ana_files.storage.from_("media"), f"{await folder_of(ana_files)}/a.png"
    await media.upload(key, PNG, {"content-type": "image/png"})
    long_ago = int((clock.now() - timedelta(hours=1)).timestamp())
    token = jwt.encode({"url": f"media/{key}", "exp": long_ago}, SECRET, "HS256")

    answer = await supabase.http.get(f"{supabase.url}/storage/v1/object/sign/media/{key}?token={token}")

    assert answer.json()["error"] == "InvalidJWT"


async def test_a_folder_lists_its_files_and_folders(ana_files: AsyncClient):
    media, folder = ana_files.storage.from_("media"), await folder_of(ana_files)
    for name in ("b.png", "a.png", "day/one.png", "day/two.png"):
        await media.upload(f"{folder}/{name}", PNG, {"content-type": "image/png"})

    listed = await media.list(folder)

    assert [entry["name"] for entry in listed] == ["a.png", "b.png", "day"]
    assert [entry["name"] for entry in await media.list(f"{folder}/day", {"limit": 1, "offset": 1})] == [
        "two.png"
    ]


async def test_removed_files_are_gone_from_the_disk(supabase: Supabase, ana_files: AsyncClient):
    media, folder = ana_files.storage.from_("media"), await folder_of(ana_files)
    await media.upload(f"{folder}/a.png", PNG, {"content-type": "image/png"})
    before = len(kept_files(supabase))

    gone = await media.remove([f"{folder}/a.png", f"{folder}/never.png"])

    assert [row["name"] for row in gone] == [f"{folder}/a.png"]
    assert len(kept_files(supabase)) == before - 1
    assert not await media.exists(f"{folder}/a.png")


async def test_many_uploads_of_one_file_at_once_leave_one_whole_file(
    supabase: Supabase, ana_files: AsyncClient
):
    media, key = ana_files.storage.from_("media"), f"{await folder_of(ana_files)}/a.png"
    await media.upload(key, PNG, {"content-type": "image/png"})
    before = len(kept_files(supabase))
    versions = [bytes([65 + number]) * 50_000 for number in range(8)]

    await asyncio.gather(
        *(
            media.upload(key, version, {"content-type": "image/png", "upsert": "true"})
            for version in versions
        ),
        return_exceptions=True,
    )

    assert await media.download(key) in versions
    assert len(kept_files(supabase)) == before
