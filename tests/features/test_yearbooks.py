"""A yearbook: suggested first, chosen item by item, set as a file, and remade when a choice changes."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from PIL import Image
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.yearbooks import Leaf
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import yearbook as job
from gynergy_app.local.postgres import Cluster
from gynergy_app.repositories import yearbooks as rows
from gynergy_app.services import yearbook_pages, yearbooks
from gynergy_app.services.yearbooks import FileState, NoYearbookYet, Yearbooks
from gynergy_app.settings import settings
from tests.features.conftest import ACTION, EVENING, MORNING, Living, NewLiving
from tests.supabase import Supabase, a_supabase

AFTER = 45
LINES = ("The rain on the roof at six", "Яна позвонила", "海を見た")


@pytest.fixture(scope="module")
async def files(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Supabase]:
    async with a_supabase(cluster.url(database_name), tmp_path_factory.mktemp("supabase")) as running:
        yield running


@pytest.fixture
def storage(files: Supabase, monkeypatch: pytest.MonkeyPatch) -> Supabase:
    monkeypatch.setattr(settings, "supabase_url", files.url)
    monkeypatch.setattr(settings, "supabase_anon_key", SecretStr(files.anon_key))
    monkeypatch.setattr(settings, "supabase_service_role_key", SecretStr(files.service_key))
    return files


@pytest.fixture
async def graduate(living: Living) -> Living:
    for day in (1, 2, 3, 10, 20, 30, 40, 44):
        await living.morning(day, draft=replace(MORNING, gratitudes=LINES, mood_score=3 + day // 9))
    await living.evening(45, draft=replace(EVENING, insight="It was enough."))
    return living


async def read(living: Living, on: int = AFTER) -> Yearbooks:
    async with as_member(living.member.id) as db:
        found = await yearbooks.read(db, living.member, now=living.at(on, 22))
    assert found is not None
    return found


async def choose(living: Living, leaf: Leaf, item: str, is_in: bool) -> Yearbooks:
    async with as_member(living.member.id) as db:
        return await yearbooks.choose(db, living.member, leaf, item, is_in, now=living.at(AFTER, 22))


async def ask(living: Living) -> Yearbooks:
    async with as_member(living.member.id) as db:
        return await yearbooks.ask_for_file(db, living.member, now=living.at(AFTER, 22))


async def make(living: Living, book: Yearbooks) -> bool:
    assert book.row is not None
    with clock.travelling(living.at(AFTER, 23)):
        return await job.make(book.row.id)


async def test_before_the_last_day_there_is_none(living: Living):
    await living.morning(3)
    async with as_member(living.member.id) as db:
        assert await yearbooks.read(db, living.member, now=living.at(44, 12)) is None
        with pytest.raises(NoYearbookYet):
            await yearbooks.ask_for_file(db, living.member, now=living.at(44, 12))


async def test_without_a_choice_something_sensible_stands_there(graduate: Living):
    book = await read(graduate)

    lines = yearbook_pages.lines(book, Leaf.gratitudes)
    assert [line.text for line in lines] == [LINES[0], LINES[1], LINES[2]], "no words twice"
    assert [line.text for line in yearbook_pages.lines(book, Leaf.closing)] == [EVENING.success]
    assert len(book.moods) == 45
    assert book.moods[0] == 3
    assert book.moods[3] is None
    assert {badge.item for badge in book.badges} >= {"milestone-5"}
    assert book.file is FileState.none


async def test_choices_of_two_devices_are_both_kept(graduate: Living):
    items = (await read(graduate)).candidates(Leaf.gratitudes)
    taken = [item for item in items if item not in (await read(graduate)).chosen(Leaf.gratitudes)][:6]

    await asyncio.gather(*(choose(graduate, Leaf.gratitudes, item, True) for item in taken))

    book = await read(graduate)
    assert set(taken) <= set(book.chosen(Leaf.gratitudes))
    assert book.revision == len(taken)


async def test_what_is_not_hers_cannot_be_chosen(graduate: Living, new_living: NewLiving):
    ben = await new_living("Ben")
    await ben.morning(45)
    theirs = (await read(ben)).candidates(Leaf.gratitudes)[0]

    book = await choose(graduate, Leaf.gratitudes, theirs, True)

    assert theirs not in book.chosen(Leaf.gratitudes)
    assert book.revision == 0


async def test_her_words_stay_on_their_pages(graduate: Living, owner_db: psycopg.AsyncConnection):
    """The row of a book names places; a page that changes changes the book."""
    item = (await read(graduate)).candidates(Leaf.gratitudes)[0]
    await choose(graduate, Leaf.gratitudes, item, False)

    found = await owner_db.execute(
        "select chosen::text from yearbooks where user_id = %s", [graduate.member.id]
    )
    [(stored,)] = await found.fetchall()

    assert "rain" not in stored


async def test_nobody_else_reads_a_yearbook(graduate: Living, new_living: NewLiving):
    await ask(graduate)
    ben = await new_living("Ben")

    async with as_member(ben.member.id) as db:
        found = await yearbooks.read(db, graduate.member, now=graduate.at(AFTER, 22))

    assert found is None


async def test_a_file_is_prepared_made_and_remade_when_a_choice_changes(
    graduate: Living, storage: Supabase, owner_db: psycopg.AsyncConnection
):
    book = await ask(graduate)
    assert book.file is FileState.preparing
    waiting = await owner_db.execute(
        "select count(*) from jobs.procrastinate_jobs"
        " where task_name = 'make_yearbook' and args ->> 'yearbook_id' = %s",
        [str(book.row.id) if book.row else ""],
    )
    assert await waiting.fetchall() == [(1,)]

    assert await make(graduate, book)

    made = await read(graduate)
    assert made.file is FileState.ready
    assert made.row is not None
    assert made.row.pdf_key == yearbooks.key_of(graduate.member.id, made.row.id)
    first = await content(made.row.pdf_key)
    assert first.startswith(b"%PDF-")
    assert not await make(graduate, made), "nothing changed, so nothing is made"

    changed = await choose(graduate, Leaf.gratitudes, made.chosen(Leaf.gratitudes)[0], False)
    assert changed.file is FileState.preparing
    assert await make(graduate, changed)
    assert await content(made.row.pdf_key) != first


async def content(key: str | None) -> bytes:
    assert key
    return b"".join([chunk async for chunk in supabase_files.read(supabase_files.MEDIA, key)])


async def test_what_cannot_be_made_says_so_and_is_tried_again(
    graduate: Living, storage: Supabase, monkeypatch: pytest.MonkeyPatch
):
    book = await ask(graduate)
    with monkeypatch.context() as away:
        away.setattr(settings, "supabase_url", "http://127.0.0.1:9")
        assert not await make(graduate, book)
    assert (await read(graduate)).file is FileState.failed

    again = await ask(graduate)
    assert again.file is FileState.preparing
    assert await make(graduate, again)
    assert (await read(graduate)).file is FileState.ready


async def test_a_file_asked_for_twice_is_made_by_one_job_at_a_time(
    graduate: Living, storage: Supabase, owner_db: psycopg.AsyncConnection
):
    await ask(graduate)
    book = await ask(graduate)
    assert book.row

    locks = await owner_db.execute(
        "select count(*), count(distinct lock) from jobs.procrastinate_jobs"
        " where task_name = 'make_yearbook' and args ->> 'yearbook_id' = %s",
        [str(book.row.id)],
    )
    assert await locks.fetchall() == [(2, 1)]


async def test_whoever_comes_second_says_nothing_of_failing(graduate: Living, storage: Supabase):
    book = await ask(graduate)
    assert book.row
    assert await make(graduate, book)

    async with as_service() as db:
        await rows.record_file(db, book.row.id, book.revision, None, "")

    assert (await read(graduate)).file is FileState.ready


async def test_a_photo_stands_in_the_book_and_a_lost_one_holds_nothing_up(
    graduate: Living, storage: Supabase, tmp_path: Path, owner_db: psycopg.AsyncConnection
):
    here, gone = (f"{graduate.member.id}/{name}.webp" for name in ("here", "gone"))
    path = tmp_path / "photo.webp"
    Image.new("RGB", (60, 40), (200, 160, 90)).save(path, "WEBP")
    await supabase_files.put(supabase_files.MEDIA, here, path, "image/webp")
    await graduate.action(45, draft=ACTION)
    await owner_db.execute(
        "update action_logs set images = %s where user_id = %s", [[here, gone], graduate.member.id]
    )

    book = await ask(graduate)
    assert book.chosen(Leaf.photos) == (here, gone)
    assert await make(graduate, book)

    made = await read(graduate)
    assert made.row is not None
    assert made.row.pdf_key
    pdf = await content(made.row.pdf_key)
    assert pdf.count(b"/Subtype/Image") == 1


async def test_what_the_typefaces_lack_is_told_and_marked(graduate: Living):
    book = await read(graduate)
    data = yearbook_pages.as_data(book, graduate.member, graduate.day(45))

    assert yearbook_pages.missing_letters(book, graduate.member) == "海を見た"
    assert [line["text"] for line in data["gratitudes"]] == [LINES[0], LINES[1], "[…]"]
    assert data["note"]
    without = await choose(graduate, Leaf.gratitudes, book.chosen(Leaf.gratitudes)[2], False)
    assert yearbook_pages.missing_letters(without, graduate.member) == ""


def test_a_picture_is_made_fit_for_paper():
    source = io.BytesIO()
    Image.new("RGBA", (3000, 4000), (1, 2, 3, 40)).save(source, "PNG")

    made, is_wide = job._as_jpeg(source.getvalue())

    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, max(image.size), is_wide) == ("JPEG", job.PRINTED_PIXELS, False)
