"""Sharing a gratitude action: what is posted, what stays private, and that it happens once."""

import asyncio
from dataclasses import replace

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import ActionDraft
from gynergy_app.repositories import notifications
from gynergy_app.services.community.posts import SharedAnew
from gynergy_app.services.community.sharing import NothingToShare, Shared
from gynergy_app.services.gamification import shelf
from tests.features.conftest import ACTION, Living, NewLiving
from tests.features.sharing import Sharing

NOTE = "The neighbour, and what she told me."


@pytest.fixture
async def ana(living: Living) -> Sharing:
    await living.action(1, draft=replace(ACTION, note=NOTE))
    return Sharing(living)


@pytest.fixture
async def ben(new_living: NewLiving) -> Sharing:
    return Sharing(await new_living("Ben"))


async def test_it_says_what_the_day_asked_and_what_was_typed_for_it(ana: Sharing, ben: Sharing):
    offered = await ana.offer(1)
    assert offered is not None
    assert (offered.note, offered.is_shared, offered.cohort.name) == (NOTE, False, "Aurora")

    await ana.share(1, "I wrote to her first.")

    [post] = (await ben.feed()).posts
    assert (post.title, post.content) == (offered.title, "I wrote to her first.")
    assert NOTE not in post.content + post.title
    again = await ana.offer(1)
    assert again is not None
    assert again.is_shared


async def test_without_a_word_the_action_speaks_for_itself(ana: Sharing, ben: Sharing):
    await ana.share(1)

    [post] = (await ben.feed()).posts
    assert post.title
    assert post.content == ""


async def test_it_brings_its_badge_with_a_notice_and_points_of_the_badge_alone(ana: Sharing):
    shared = await ana.share(1)

    assert [badge.key for badge in shared.badges] == ["first-share"]
    async with as_member(ana.who.id) as db:
        told = await notifications.list_before(db, ana.who.id, None, 10)
    assert "New badge: First Share" in [line.title for line in told] or any(
        "badge:" in line.dedupe_key and line.dedupe_key.endswith("first-share") for line in told
    )


async def test_shared_twice_or_at_once_it_is_one_post_and_one_badge(ana: Sharing, ben: Sharing):
    outcomes: list[Shared] = await asyncio.gather(*(ana.share(1, f"Try {n}") for n in range(4)))

    assert sorted(outcome.was_already for outcome in outcomes) == [False, True, True, True]
    assert sorted(len(outcome.badges) for outcome in outcomes) == [0, 0, 0, 1]
    assert len((await ben.feed()).posts) == 1


@pytest.mark.parametrize("draft", [None, ActionDraft(is_done=False, obstacles="The day ran ahead of me.")])
async def test_what_did_not_happen_is_not_offered(living: Living, draft: ActionDraft | None):
    somebody = Sharing(living)
    if draft:
        await living.action(1, draft=draft)

    assert await somebody.offer(1) is None
    with pytest.raises(NothingToShare):
        await somebody.share(1)


async def test_without_a_cohort_there_is_nobody_to_share_with(
    ana: Sharing, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("delete from cohort_memberships where user_id = %s", [ana.who.id])

    assert await ana.offer(1) is None


async def test_a_later_edit_of_the_page_changes_no_post(ana: Sharing, ben: Sharing):
    await ana.share(1, "As it was.")
    await ana.living.action(1, draft=replace(ACTION, note="Rewritten."), base=1)

    assert await ben.said() == ["As it was."]


async def test_deleted_the_count_goes_down_and_the_badge_stays(ana: Sharing):
    await ana.share(1)
    [post] = (await ana.feed()).posts
    await ana.take_away(post)

    assert await progress_of(ana, "joy-spreader") == 0
    assert await has(ana, "first-share")
    await ana.put_back(post)
    assert await progress_of(ana, "joy-spreader") == 1


async def test_deleted_it_can_be_shared_again_and_then_the_first_stays_away(ana: Sharing):
    await ana.share(1, "First.")
    [first] = (await ana.feed()).posts
    await ana.take_away(first)

    again = await ana.share(1, "Second.", hour=15)

    assert not again.was_already
    assert again.badges == ()
    with pytest.raises(SharedAnew):
        await ana.put_back(first)
    assert await ana.said() == ["Second."]


async def progress_of(somebody: Sharing, key: str) -> int:
    return (await badges(somebody))[key].progress.have


async def has(somebody: Sharing, key: str) -> bool:
    return (await badges(somebody))[key].held is not None


async def badges(somebody: Sharing) -> dict[str, shelf.ShelfBadge]:
    async with as_member(somebody.who.id) as db:
        found = await shelf.open(db, somebody.who, now=somebody.at(1, 20))
    assert found
    return {badge.key: badge for badge in found.badges}
