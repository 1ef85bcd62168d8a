"""What a member chose leaves with an archive and comes back with it: her yearbook, and her theme."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.yearbooks import Leaf
from gynergy_app.services import yearbook_pages, yearbooks
from gynergy_app.services.yearbooks import FileState, Yearbooks
from tests.archives.bringing import become, bring
from tests.archives.conftest import archive_of, put_picture
from tests.features.conftest import Living, NewLiving

ON = 50


async def book_of(living: Living) -> Yearbooks:
    async with as_member(living.member.id) as db:
        found = await yearbooks.read(db, living.member, now=living.at(ON, 12))
    assert found
    return found


async def choose(living: Living, leaf: Leaf, item: str, is_in: bool) -> None:
    async with as_member(living.member.id) as db:
        await yearbooks.choose(db, living.member, leaf, item, is_in, now=living.at(ON, 12))


def shown(book: Yearbooks) -> Mapping[str, Any]:
    """What stands in the book, in words that belong to no account."""
    return {
        "left_out": sorted(book.choices.left_out),
        "chosen_for": sorted(book.choices.items or {}),
        "gratitudes": [(line.day, line.text) for line in yearbook_pages.lines(book, Leaf.gratitudes)],
        "closing": [line.text for line in yearbook_pages.lines(book, Leaf.closing)],
        "badges": book.chosen(Leaf.badges),
        "photos": [key.partition("/")[2] for key in book.chosen(Leaf.photos)],
    }


@pytest.fixture
async def graduate(living: Living, owner_db: psycopg.AsyncConnection, tmp_path: Path) -> Living:
    for day in (1, 2, 45):
        await living.whole_day(day)
    for name in ("sea", "roof"):
        await put_picture(owner_db, living, tmp_path, f"{name}-{living.member.id.hex[:8]}", 2)
    return living


async def test_a_yearbook_comes_back_as_it_was_chosen(
    graduate: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    book = await book_of(graduate)
    await choose(graduate, Leaf.gratitudes, book.candidates(Leaf.gratitudes)[4], True)
    await choose(graduate, Leaf.gratitudes, book.chosen(Leaf.gratitudes)[0], False)
    await choose(graduate, Leaf.closing, book.candidates(Leaf.closing)[0], True)
    await choose(graduate, Leaf.badges, book.candidates(Leaf.badges)[0], False)
    await choose(graduate, Leaf.photos, book.candidates(Leaf.photos)[0], False)
    async with as_member(graduate.member.id) as db:
        await yearbooks.leave_out(db, graduate.member, Leaf.words, True, now=graduate.at(ON, 12))
        await yearbooks.ask_for_file(db, graduate.member, now=graduate.at(ON, 12))
    before, fresh = await book_of(graduate), await new_living("Ana")

    archive = await archive_of(graduate)
    await become(owner_db, fresh, graduate)
    await bring(fresh, archive, tmp_path)

    after = await book_of(fresh)
    assert shown(after) == shown(before)
    assert after.file is FileState.none
    assert not set(after.chosen(Leaf.gratitudes)) & set(before.chosen(Leaf.gratitudes))


async def test_a_yearbook_that_is_here_stays_and_a_page_chosen_empty_stays_empty(
    graduate: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection, tmp_path: Path
):
    book = await book_of(graduate)
    for item in book.chosen(Leaf.photos):
        await choose(graduate, Leaf.photos, item, False)
    archive, fresh = await archive_of(graduate), await new_living("Ana")
    await become(owner_db, fresh, graduate)
    await bring(fresh, archive, tmp_path)
    assert (await book_of(fresh)).chosen(Leaf.photos) == ()

    photos = (await book_of(fresh)).candidates(Leaf.photos)
    await choose(fresh, Leaf.photos, photos[0], True)
    await bring(fresh, archive, tmp_path)

    assert (await book_of(fresh)).chosen(Leaf.photos) == (photos[0],)


@pytest.mark.parametrize(("here", "kept"), [("system", "dark"), ("light", "light")])
async def test_a_theme_comes_back_where_none_was_chosen(
    living: Living,
    new_living: NewLiving,
    tmp_path: Path,
    owner_db: psycopg.AsyncConnection,
    here: str,
    kept: str,
):
    fresh = await new_living("Ana")
    for who, theme in ((living, "dark"), (fresh, here)):
        await owner_db.execute(
            "update profile_settings set theme = %s where user_id = %s", [theme, who.member.id]
        )

    await bring(fresh, await archive_of(living), tmp_path)

    row = await (
        await owner_db.execute("select theme from profile_settings where user_id = %s", [fresh.member.id])
    ).fetchone()
    assert row == (kept,)
