"""The bell: told once, newest first, read everywhere at once."""

from datetime import timedelta

import psycopg

from gynergy_app.db import as_member
from gynergy_app.repositories import notifications as lines
from gynergy_app.repositories import users
from gynergy_app.services import notifications
from gynergy_app.services.notifications import Page
from tests.features.conftest import Living, NewLiving


async def page(living: Living, before: lines.Key | None = None, size: int = 30) -> Page:
    async with as_member(living.member.id) as db:
        return await notifications.page(db, living.member, before=before, size=size)


async def unread(living: Living) -> int:
    async with as_member(living.member.id) as db:
        portrait = await users.find_portrait(db, living.member.id)
    assert portrait is not None
    return portrait.unread


async def test_a_badge_is_told_where_it_can_be_seen(living: Living):
    await living.morning(1)

    [line] = (await page(living)).lines

    assert (line.title, line.href) == ("New badge: First Light", "/badges")


async def test_reading_them_clears_the_dot_on_every_device(living: Living):
    await living.whole_day(1)
    assert await unread(living) == 4

    async with as_member(living.member.id) as db:
        await notifications.read_all(db, living.member, now=living.at(1, 22))

    assert await unread(living) == 0


async def test_nothing_is_skipped_or_repeated_where_a_page_ends(
    living: Living, owner_db: psycopg.AsyncConnection
):
    told_at = living.at(1, 9)
    for n in range(7):
        await owner_db.execute(
            "insert into notifications (user_id, category, title, dedupe_key, created_at)"
            " values (%s, 'system', %s, %s, %s)",
            [living.member.id, f"Line {n}", f"line:{n}", told_at + timedelta(minutes=n // 4)],
        )

    seen, key = [], None
    while True:
        part = await page(living, before=key, size=2)
        seen += [line.title for line in part.lines]
        key = part.next_key
        if key is None:
            break

    assert sorted(seen) == [f"Line {n}" for n in range(7)]
    assert {*seen[:3]} == {"Line 4", "Line 5", "Line 6"}


async def test_a_full_last_page_is_the_last(living: Living, owner_db: psycopg.AsyncConnection):
    await living.morning(1)

    assert (await page(living, size=1)).next_key is None


async def test_nobody_reads_another_members_lines(living: Living, new_living: NewLiving):
    await living.morning(1)
    ben = await new_living("Ben")

    async with as_member(ben.member.id) as db:
        assert (await notifications.page(db, living.member)).lines == []
