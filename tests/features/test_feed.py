"""What a cohort says to each other: who reads it, and how its writer takes it back."""

import asyncio
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlmodel import select

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.community import POST_LIMIT, PostType
from gynergy_app.errors import Invalid
from gynergy_app.models.community import CommunityPost
from gynergy_app.repositories import housekeeping
from gynergy_app.services import blocks, programs
from gynergy_app.services.community import posts
from gynergy_app.services.community.posts import PAGE_SIZE, NotYourCohort, PostGone
from tests.features.cohorts import cohort_of, one
from tests.features.conftest import Living, NewLiving, NewRun, as_somebody
from tests.features.sharing import Sharing


@pytest.fixture
async def ana(new_living: NewLiving) -> Sharing:
    return Sharing(await new_living("Ana"))


@pytest.fixture
async def ben(ana: Sharing, new_living: NewLiving) -> Sharing:
    return Sharing(await new_living("Ben"))


async def test_a_cohort_reads_what_one_of_it_says(ana: Sharing, ben: Sharing):
    await ana.post("  Nine days running.\n", kind=PostType.win)

    feed = await ben.feed()

    assert [(post.name, post.post_type, post.content) for post in feed.posts] == [
        ("Ana", PostType.win, "Nine days running.")
    ]
    assert (feed.cohort.name, feed.cohort.members) == ("Aurora", 2)
    assert feed.pulse is not None


async def test_another_cohort_reads_nothing_and_cannot_be_written_to(
    ana: Sharing, new_run: NewRun, new_person, owner_db: psycopg.AsyncConnection
):
    there = await new_run()
    somebody = as_somebody(await new_person("Sol"))
    stranger = Sharing(Living(somebody, there))
    async with as_member(somebody.id) as db:
        await programs.enroll(db, somebody, there, now=stranger.at(1, 6))
    post = await ana.post("Only for Aurora.")
    aurora = await cohort_of(owner_db, ana.living.session_id)

    assert await stranger.said() == []
    assert (await stranger.feed(cohort_id=aurora)).cohort.id != aurora
    with pytest.raises(PostGone):
        await stranger.edit(post, "Not for her to change.")
    async with as_member(somebody.id) as db:
        with pytest.raises(NotYourCohort):
            await posts.publish(db, somebody, aurora, PostType.win, "Hello", now=stranger.at(1, 9))


async def test_a_press_that_comes_twice_is_one_post_and_later_the_same_words_are_another(ana: Sharing):
    async def press(minute: int) -> None:
        async with as_member(ana.who.id) as db:
            cohort = await posts.require_mine(db, ana.who, aurora)
            await posts.publish(db, ana.who, cohort.id, PostType.win, "Again.", now=ana.at(1, 9, minute))

    aurora = (await ana.feed()).cohort.id
    await asyncio.gather(*(press(0) for _ in range(3)))
    assert await ana.said() == ["Again."]

    await press(5)
    assert await ana.said() == ["Again.", "Again."]


async def test_what_is_said_after_the_reader_has_come_in_is_read(ana: Sharing, ben: Sharing):
    async def come_in(cohort_id: UUID) -> None:
        await ben.post("Just now.")

    async with as_member(ana.who.id) as db:
        feed = await posts.read(db, ana.who, enter=come_in, now=ana.at(1, 20))

    assert feed
    assert [post.content for post in feed.posts] == ["Just now."]


async def test_what_somebody_posted_is_hers_to_find_and_delete_in_whatever_cohort(
    ana: Sharing, ben: Sharing, owner_db: psycopg.AsyncConnection
):
    for number in range(PAGE_SIZE + 1):
        await ana.post(f"Line {number}", minute=number)
    await owner_db.execute("delete from cohort_memberships where user_id = %s", [ana.who.id])

    async with as_member(ana.who.id) as db:
        newest, key = await posts.list_own(db, ana.who)
        oldest, end = await posts.list_own(db, ana.who, key)
        await posts.take_away(db, ana.who, oldest[0].id, now=ana.at(1, 20))
    async with as_member(ben.who.id) as db:
        others, _ = await posts.list_own(db, ben.who)

    assert [post.content for post in [*newest, *oldest]] == [f"Line {n}" for n in range(PAGE_SIZE, -1, -1)]
    assert (end, others) == (None, [])
    async with as_member(ana.who.id) as db:
        assert len((await posts.list_own(db, ana.who))[0]) == PAGE_SIZE


@pytest.mark.parametrize("ana_blocks", [True, False])
async def test_a_block_keeps_posts_from_both(ana: Sharing, ben: Sharing, ana_blocks: bool):
    blocker, blocked = (ana, ben) if ana_blocks else (ben, ana)
    await ana.post("From Ana.")
    await ben.post("From Ben.")
    async with as_member(blocker.who.id) as db:
        await blocks.block(db, blocker.who, blocked.who.id, now=blocker.at(1, 15))

    assert await ana.said() == ["From Ana."]
    assert await ben.said() == ["From Ben."]
    assert (await ana.feed()).cohort.members == (await ben.feed()).cohort.members == 2
    async with as_member(ben.who.id) as db:
        assert (await db.exec(select(CommunityPost.content))).all() == ["From Ben."]


async def test_somebody_without_a_cohort_has_no_feed(new_person):
    nobody = as_somebody(await new_person("Iris"))

    async with as_member(nobody.id) as db:
        assert await posts.read(db, nobody, now=Living(nobody, nobody.id).at(1, 9)) is None


async def test_earlier_posts_come_page_by_page_also_of_one_moment(ana: Sharing):
    for number in range(PAGE_SIZE + 3):
        await ana.post(f"Line {number}", minute=number // 2)

    feed = await ana.feed()
    async with as_member(ana.who.id) as db:
        rest, end = await posts.earlier(db, feed.cohort.id, feed.next_key)

    ids = [post.id for post in [*feed.posts, *rest]]
    moments = [post.created_at for post in [*feed.posts, *rest]]
    assert (len(feed.posts), len(rest), end) == (PAGE_SIZE, 3, None)
    assert len(set(ids)) == len(ids)
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("words", ["", " \u200b\n", "a" * (POST_LIMIT + 1)])
async def test_what_cannot_be_posted_is_said_beside_the_field(ana: Sharing, words: str):
    with pytest.raises(Invalid) as refused:
        await ana.post(words)

    assert list(refused.value.problems) == ["words"]


async def test_an_edit_is_seen_as_one_and_no_change_is_none(ana: Sharing, ben: Sharing):
    post = await ana.post("Nine days.")

    await ana.edit(post, "Nine days. ")
    assert not (await ben.feed()).posts[0].is_edited
    await ana.edit(post, "Ten days.")

    assert [(each.content, each.is_edited) for each in (await ben.feed()).posts] == [("Ten days.", True)]


async def test_only_its_writer_changes_or_deletes_a_post(ana: Sharing, ben: Sharing):
    post = await ana.post("Mine.")

    with pytest.raises(PostGone):
        await ben.edit(post, "Yours.")
    with pytest.raises(PostGone):
        await ben.take_away(post)

    assert await ben.said() == ["Mine."]


async def test_a_deleted_post_is_gone_at_once_and_comes_back_for_a_day(ana: Sharing, ben: Sharing):
    post = await ana.post("Too soon.")

    await ana.take_away(post)
    await ana.take_away(post)
    assert (await ana.said(), await ben.said()) == ([], [])
    await ana.put_back(post)

    assert await ben.said() == ["Too soon."]
    await ana.take_away(post, hour=17)
    with pytest.raises(PostGone):
        await ana.put_back(post, day=2, hour=18)


async def test_after_that_day_its_words_are_nowhere(ana: Sharing, owner_db: psycopg.AsyncConnection):
    stays = await ana.post("Stays.")
    goes = await ana.post("Goes.")
    await ana.take_away(goes)

    async with as_service() as db:
        await housekeeping.delete_posts_taken_away(db, before=ana.at(1, 15) - timedelta(seconds=1))
    assert await one(owner_db, "select 1 from community_posts where id = %s", goes.id)
    async with as_service() as db:
        await housekeeping.delete_posts_taken_away(db, before=ana.at(1, 15))

    assert await one(owner_db, "select 1 from community_posts where id = %s", goes.id) is None
    assert await one(owner_db, "select 1 from community_posts where id = %s", stays.id)


async def test_who_left_the_cohort_or_is_suspended_is_not_read_there(
    ana: Sharing, ben: Sharing, owner_db: psycopg.AsyncConnection
):
    await ana.post("From Ana.")
    suspended = "update users set suspended_at = %s where id = %s"
    await owner_db.execute(suspended, [ana.at(1, 15), ana.who.id])
    assert ((await ben.feed()).cohort.members, await ben.said()) == (1, [])
    await owner_db.execute(suspended, [None, ana.who.id])
    assert await ben.said() == ["From Ana."]

    await owner_db.execute("delete from cohort_memberships where user_id = %s", [ana.who.id])

    assert await ben.said() == []


async def test_somebody_in_several_cohorts_chooses_and_begins_with_the_one_she_lives(
    ana: Sharing, ben: Sharing, owner_db: psycopg.AsyncConnection
):
    alumni = "insert into cohorts (name, slug, start_date, end_date, is_alumni) values" \
        " ('Alumni', %s, '2025-01-01', '2099-12-31', true) returning id"  # fmt: skip
    row = await one(owner_db, alumni, f"alumni-{ana.who.id}")
    assert row
    join = "insert into cohort_memberships (cohort_id, user_id) values (%s, %s)"
    await owner_db.execute(join, [row[0], ana.who.id])
    async with as_member(ana.who.id) as db:
        await posts.publish(db, ana.who, row[0], PostType.question, "Who else?", now=ana.at(1, 14))

    first, chosen = await ana.feed(), await ana.feed(cohort_id=row[0])

    assert [cohort.name for cohort in first.cohorts] == ["Aurora", "Alumni"]
    assert (first.cohort.name, first.posts) == ("Aurora", [])
    assert (chosen.cohort.name, [post.content for post in chosen.posts]) == ("Alumni", ["Who else?"])
    assert chosen.pulse is None
    assert await ben.said() == []
