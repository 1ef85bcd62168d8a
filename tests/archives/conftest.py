"""Members with words and pictures, a local Supabase that keeps their files, and a worker at hand."""

import json
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from PIL import Image
from pydantic import SecretStr

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import MeditationDraft, ShortDraft, VisionType, WeeklyDraft
from gynergy_app.domain.journaling.visions import HighestSelfDraft
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import archives
from gynergy_app.local.postgres import Cluster
from gynergy_app.models.accounts import DataExport
from gynergy_app.services import kindness
from gynergy_app.services.archives import exporting
from gynergy_app.services.journaling import meditations, visions, weekly
from gynergy_app.settings import settings
from tests.features.conftest import *  # noqa: F403  members in a run, as the features know them
from tests.features.conftest import Living
from tests.supabase import SECRET, Supabase, a_supabase


@pytest.fixture(scope="package")
async def running(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Supabase]:
    async with a_supabase(cluster.url(database_name), tmp_path_factory.mktemp("supabase")) as running:
        yield running


@pytest.fixture(autouse=True)
def supabase(running: Supabase, monkeypatch: pytest.MonkeyPatch) -> Supabase:
    monkeypatch.setattr(settings, "supabase_url", running.url)
    monkeypatch.setattr(settings, "supabase_anon_key", SecretStr(running.anon_key))
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(running.service_key))
    monkeypatch.setattr(settings, "supabase_jwt_secret", SecretStr(SECRET))
    return running


def a_picture(colour: str = "teal") -> bytes:
    target = BytesIO()
    Image.new("RGB", (32, 24), colour).save(target, "WEBP")
    return target.getvalue()


@dataclass(frozen=True)
class Archive:
    """A fetched archive, opened."""

    content: bytes

    @property
    def zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(BytesIO(self.content))

    def json(self, name: str = "data.json") -> Any:
        return json.loads(self.zip.read(name))

    @property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        return self.json()["tables"]

    @property
    def text(self) -> str:
        """Everything in it that is text."""
        return "".join(self.zip.read(n).decode() for n in self.zip.namelist() if not n.startswith("media/"))


async def put_picture(
    owner_db: psycopg.AsyncConnection, living: Living, tmp_path: Path, name: str, day: int
) -> str:
    """A photo on the gratitude action of a day."""
    key = f"{living.member.id}/{name}.webp"
    path = tmp_path / f"{name}.webp"
    path.write_bytes(a_picture())
    await supabase_files.put(supabase_files.MEDIA, key, path, "image/webp")
    await owner_db.execute(
        "update action_logs set images = array_append(images, %s) where user_id = %s and entry_date = %s",
        [key, living.member.id, living.day(day)],
    )
    return key


async def ask_for_archive(living: Living) -> DataExport:
    async with as_member(living.member.id) as db:
        return await exporting.ask(db, living.member, now=living.at(45, 12))


async def read_archive(user_id: UUID, export_id: UUID) -> Archive:
    pieces = supabase_files.read(supabase_files.ARCHIVES, f"{user_id}/{export_id}.zip")
    return Archive(b"".join([piece async for piece in pieces]))


async def archive_of(living: Living) -> Archive:
    wish = await ask_for_archive(living)
    await archives.make(wish.id)
    return await read_archive(living.member.id, wish.id)


NewArchive = Callable[[Living], Awaitable[Archive]]


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
