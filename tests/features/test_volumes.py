"""A yearbook for each session: an earlier one stays open, and a file says when pages have changed since."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.yearbooks import Leaf
from gynergy_app.repositories import yearbooks as rows
from gynergy_app.services import programs, yearbook_pages, yearbooks
from gynergy_app.services.yearbooks import NoSuchYearbook, Yearbooks
from tests.features.conftest import MORNING, START, Living, NewLiving, NewRun

LATER = START + timedelta(days=60)


@pytest.fixture
async def later(living: Living, new_run: NewRun) -> Living:
    """The same member in a second session: its day 1 is the sixty-first of the first."""
    run = await new_run(start=LATER)
    async with as_member(living.member.id) as db:
        await programs.enroll(db, living.member, run, now=living.at(61, 6))
    return Living(living.member, run)


@pytest.fixture
async def both(living: Living, later: Living) -> tuple[Living, Living]:
    await living.morning(45)
    await later.morning(61 + 44, draft=replace(MORNING, gratitudes=("The second time", "Snow", "Tea")))
    return living, later


async def read(living: Living, session_id: UUID | None = None, on: int = 110) -> Yearbooks | None:
    async with as_member(living.member.id) as db:
        return await yearbooks.read(db, living.member, session_id, now=living.at(on, 22))


def gratitudes(book: Yearbooks | None) -> list[str]:
    assert book
    return [line.text for line in book.gratitudes]


async def test_each_session_has_its_own_book(both: tuple[Living, Living]):
    first, second = both

    async with as_member(first.member.id) as db:
        listed = await yearbooks.volumes(db, first.member, now=first.at(110, 22))

    assert [volume.session_id for volume in listed] == [second.session_id, first.session_id]
    assert gratitudes(await read(first)) == ["The second time", "Snow", "Tea"]
    assert gratitudes(await read(first, first.session_id)) == list(MORNING.gratitudes)


async def test_a_choice_in_an_earlier_book_changes_that_one_alone(both: tuple[Living, Living]):
    first, second = both
    earlier = await read(first, first.session_id)
    assert earlier
    item = earlier.candidates(Leaf.gratitudes)[0]

    async with as_member(first.member.id) as db:
        now = first.at(110, 22)
        await yearbooks.choose(
            db, first.member, Leaf.gratitudes, item, True, session_id=first.session_id, now=now
        )
        await yearbooks.ask_for_file(db, first.member, session_id=first.session_id, now=now)

    changed, other = await read(first, first.session_id), await read(first, second.session_id)
    assert changed
    assert other
    assert item in changed.chosen(Leaf.gratitudes)
    assert (changed.revision, other.revision) == (2, 0)


async def test_a_later_session_without_a_page_hides_no_earlier_book(living: Living, later: Living):
    await living.morning(45)

    assert gratitudes(await read(living)) == list(MORNING.gratitudes)
    assert await read(living, later.session_id) is None


async def test_only_sessions_of_ones_own_have_a_book(both: tuple[Living, Living], new_living: NewLiving):
    _, second = both
    ben = await new_living("Ben")
    await ben.morning(45)

    assert await read(ben, second.session_id) is None
    assert await read(ben, uuid4()) is None
    with pytest.raises(NoSuchYearbook):
        async with as_member(ben.member.id) as db:
            await yearbooks.ask_for_file(db, ben.member, session_id=second.session_id, now=ben.at(110, 22))


async def made(living: Living) -> Yearbooks:
    """Her book, as if the worker had just made its file."""
    async with as_member(living.member.id) as db:
        asked = await yearbooks.ask_for_file(db, living.member, now=living.at(45, 22))
    assert asked.row
    print_of_it = yearbook_pages.fingerprint(asked, living.member)
    async with as_service() as db:
        await rows.record_file(db, asked.row.id, asked.revision, "a/key.pdf", print_of_it)
    book = await read(living, on=45)
    assert book
    return book


async def test_a_file_says_that_pages_have_changed_since(living: Living):
    await living.morning(45)
    assert not yearbook_pages.is_older(await made(living), living.member)

    await living.morning(45, hour=10, draft=replace(MORNING, gratitudes=("Only the rain",) * 3), base=1)
    changed = await read(living, on=45)
    assert changed
    assert yearbook_pages.is_older(changed, living.member)

    assert not yearbook_pages.is_older(await made(living), living.member)


async def test_what_the_file_does_not_show_makes_it_no_older(living: Living):
    await living.morning(45)
    async with as_member(living.member.id) as db:
        await yearbooks.leave_out(db, living.member, Leaf.gratitudes, True, now=living.at(45, 22))
        await yearbooks.leave_out(db, living.member, Leaf.words, True, now=living.at(45, 22))
    await made(living)

    await living.morning(45, hour=10, draft=replace(MORNING, gratitudes=("Only the rain",) * 3), base=1)

    book = await read(living, on=45)
    assert book
    assert book.made_of
    assert not yearbook_pages.is_older(book, living.member)
