"""The shelf: what was earned, how far the rest is, and the three that are shown."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.gamification import BadgeCategory
from gynergy_app.services.gamification import NoSuchBadge, Shelf, ShowcaseFull, shelf
from tests.features.conftest import Living, NewLiving


async def look(living: Living, day: int, hour: int = 22) -> Shelf:
    async with as_member(living.member.id) as db:
        found = await shelf.open(db, living.member, now=living.at(day, hour))
    assert found is not None
    return found


async def show(living: Living, held_id: UUID, instead_of: UUID | None = None) -> None:
    async with as_member(living.member.id) as db:
        await shelf.show(db, living.member, held_id, instead_of=instead_of)


def held_ids(found: Shelf) -> dict[str, UUID]:
    return {badge.key: badge.held.id for badge in found.badges if badge.held}


async def test_all_thirty_six_stand_in_six_rows(living: Living):
    found = await look(living, 1)

    assert len(found.badges) == 36
    assert set(Counter(badge.category for badge in found.badges)) == set(BadgeCategory)
    assert found.earned == ()


async def test_what_is_earned_has_its_day_and_the_rest_its_distance_in_words(living: Living):
    for day in range(1, 6):
        await living.morning(day)

    by_key = {badge.key: badge for badge in (await look(living, 5)).badges}

    first = by_key["first-morning"]
    assert first.held is not None
    assert first.held.since == living.day(1)
    assert by_key["morning-streak-7"].held is None
    assert by_key["morning-streak-7"].progress.words == "5 of 7 mornings"
    assert by_key["morning-streak-7"].progress.percent == 71
    assert by_key["first-share"].progress.have == 0


async def test_the_day_of_a_badge_is_the_members_own(new_living: NewLiving):
    tokyo = await new_living("Yuki", timezone="Asia/Tokyo")
    await tokyo.morning(2, hour=1)

    first = next(badge for badge in (await look(tokyo, 2)).badges if badge.key == "first-morning")

    assert first.held is not None
    assert first.held.since == tokyo.day(2)


async def test_new_is_new_once_on_any_device(living: Living):
    await living.morning(1)

    first, second = await look(living, 1), await look(living, 1)

    assert [badge.key for badge in first.earned if badge.held and badge.held.is_new] == ["first-morning"]
    assert not any(badge.held and badge.held.is_new for badge in second.earned)


async def test_up_to_three_are_shown_and_a_fourth_says_which_one_it_replaces(living: Living):
    await living.whole_day(1)
    ids = list(held_ids(await look(living, 1)).values())
    for held_id in ids[:3]:
        await show(living, held_id)

    with pytest.raises(ShowcaseFull, match="Choose which one makes room"):
        await show(living, ids[3])
    await show(living, ids[3], instead_of=ids[0])

    found = await look(living, 1)
    assert {badge.held.id for badge in found.showcase if badge.held} == {*ids[1:3], ids[3]}


async def test_ten_hands_reaching_for_the_last_place_fill_it_once(living: Living):
    await living.whole_day(1)
    await living.whole_day(2)
    ids = list(held_ids(await look(living, 2)).values())
    await show(living, ids[0])
    await show(living, ids[1])

    tries = await asyncio.gather(*(show(living, held_id) for held_id in ids[2:] * 3), return_exceptions=True)

    assert {type(tried) for tried in tries} == {type(None), ShowcaseFull}
    assert len((await look(living, 2)).showcase) == 3


async def test_what_is_put_away_stays_on_the_shelf(living: Living):
    await living.morning(1)
    held_id = held_ids(await look(living, 1))["first-morning"]
    await show(living, held_id)

    async with as_member(living.member.id) as db:
        await shelf.put_away(db, living.member, held_id)

    found = await look(living, 1)
    assert found.showcase == ()
    assert held_ids(found) == {"first-morning": held_id}


async def test_nobody_shows_a_badge_that_is_not_theirs(living: Living, new_living: NewLiving):
    ben = await new_living("Ben")
    await ben.morning(1)
    [bens] = held_ids(await look(ben, 1)).values()

    for stranger in (bens, uuid4()):
        with pytest.raises(NoSuchBadge):
            await show(living, stranger)


async def test_a_badge_of_an_earlier_session_can_still_make_room(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.whole_day(1)
    await owner_db.execute(
        "insert into user_badges (user_id, badge_id, is_showcased)"
        " select %s, id, true from badges where key in ('graduate', 'milestone-1', 'milestone-2')",
        [living.member.id],
    )
    found = await look(living, 1)
    assert {badge.key for badge in found.showcase} == {"graduate", "milestone-1", "milestone-2"}

    graduate = next(badge.held.id for badge in found.showcase if badge.key == "graduate" and badge.held)
    await show(living, held_ids(found)["first-morning"], instead_of=graduate)

    shown = {badge.key for badge in (await look(living, 1)).showcase}
    assert shown == {"first-morning", "milestone-1", "milestone-2"}


async def test_a_hidden_badge_appears_when_it_is_earned(living: Living, owner_db: psycopg.AsyncConnection):
    await owner_db.execute(
        "update badges set is_hidden = true where key in ('first-morning', 'first-evening')"
    )
    try:
        await living.morning(1)
        keys = {badge.key for badge in (await look(living, 1)).badges}
    finally:
        await owner_db.execute("update badges set is_hidden = false where key like 'first-%'")

    assert "first-morning" in keys
    assert "first-evening" not in keys
