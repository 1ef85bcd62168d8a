"""A whole journal on its way out: how fast it is written, and that it is never whole in memory."""

import os
import tempfile
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from uuid import UUID

from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.integrations import supabase_files
from gynergy_app.services import images
from gynergy_app.services.archives import gathering
from gynergy_app.services.archives.writing import ArchiveWriter
from gynergy_app.settings import settings
from tests.bench.timing import Finding
from tests.bench.world import World
from tests.supabase import SECRET, a_supabase

MB = 1024 * 1024
PHOTO = 700 * 1024
PAGES_A_DAY = 3


@dataclass(frozen=True)
class Size:
    """How much somebody has written: `words` says how long each page is."""

    days: int
    words: int


SMALL, LARGE = Size(5, 5), Size(45, 100)


@dataclass(frozen=True)
class Exported:
    seconds: float
    size: int
    peak: int


async def measure(world: World) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="gynergy-bench-") as folder:
        async with _storage(world, Path(folder)):
            small, large = [await _a_keeper(world, size, Path(folder)) for size in (SMALL, LARGE)]
            await _export(small, Path(folder), is_traced=False)
            little, whole = [await _export(who, Path(folder), is_traced=True) for who in (small, large)]
            timed = await _export(large, Path(folder), is_traced=False)
    rows = LARGE.days * PAGES_A_DAY
    speed = (
        f"{timed.seconds * 1000:.0f} ms for {rows} pages and {LARGE.days} photos: "
        f"{rows / timed.seconds:.0f} pages and {timed.size / MB / timed.seconds:.1f} MB a second"
    )
    memory = (
        f"{whole.peak / MB:.1f} MB while {whole.size / MB:.1f} MB are written, {little.peak / MB:.1f} MB "
        f"while it is {little.size / MB:.1f} MB; the storage that sends the photos is counted too"
    )
    return [
        Finding("The archive of a whole journal", timed.size / MB / timed.seconds, " MB/s", None, speed),
        Finding("Memory for an archive, large against small", whole.peak / little.peak, "×", 2, memory),
    ]


async def _export(who: UUID, folder: Path, *, is_traced: bool) -> Exported:
    """Everything of one member in one file, as the worker makes it."""
    path = folder / "archive.zip"
    if is_traced:
        tracemalloc.start()
    began = perf_counter()
    with ArchiveWriter(path, clock.now()) as archive:
        async with as_service() as db:
            files = await gathering.add_words(db, who, archive, now=clock.now())
        await gathering.add_files(archive, files)
    taken = perf_counter() - began
    peak = tracemalloc.get_traced_memory()[1] if is_traced else 0
    tracemalloc.stop()
    return Exported(taken, path.stat().st_size, peak)


async def _a_keeper(world: World, size: Size, folder: Path) -> UUID:
    [who] = await world.an_empty_cohort(1, LARGE.days)
    await world.pages_of(who, days=size.days, words=size.words)
    photo = folder / "photo.webp"
    for day in range(size.days):
        photo.write_bytes(os.urandom(PHOTO))
        key = f"{who}/photo-{day}.webp"
        await supabase_files.put(supabase_files.MEDIA, key, photo, images.CONTENT_TYPE)
    return who


@asynccontextmanager
async def _storage(world: World, folder: Path) -> AsyncIterator[None]:
    """A local Supabase that keeps the photos; the application is told of it meanwhile."""
    names = ("supabase_url", "supabase_anon_key", "supabase_service_role_key", "supabase_jwt_secret")
    before = {name: getattr(settings, name) for name in names}
    async with a_supabase(world.url(), folder / "supabase") as running:
        told = (running.url, *map(SecretStr, (running.anon_key, running.service_key, SECRET)))
        for name, value in zip(names, told, strict=True):
            setattr(settings, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(settings, name, value)
