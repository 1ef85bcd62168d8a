"""Reporting a post, hiding it and showing it again: who may, who hears what, and what is on record."""

import asyncio
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import DETAIL_LIMIT, ReportPriority, ReportReason
from gynergy_app.errors import Invalid
from gynergy_app.repositories import housekeeping, notifications
from gynergy_app.repositories.archive_rows import Rows
from gynergy_app.repositories.community_posts import Post
from gynergy_app.repositories.moderation_queue import Report
from gynergy_app.services.community import moderating
from gynergy_app.services.community.moderating import SettledAlready
from gynergy_app.services.community.posts import PostGone
from gynergy_app.services.desks import reports
from tests.features.cohorts import one
from tests.features.conftest import Living, NewLiving, as_somebody
from tests.features.sharing import Sharing


@pytest.fixture
async def ana(new_living: NewLiving) -> Sharing:
    return Sharing(await new_living("Ana"))


@pytest.fixture
async def ben(ana: Sharing, new_living: NewLiving) -> Sharing:
    return Sharing(await new_living("Ben"))


@pytest.fixture
async def ruth(ana: Sharing, new_living: NewLiving, owner_db: psycopg.AsyncConnection) -> Sharing:
    """Moderates the cohort of Ana and Ben."""
    ruth = Sharing(await new_living("Ruth"))
    await owner_db.execute(
        "update cohort_memberships set role = 'moderator' where user_id = %s", [ruth.who.id]
    )
    return ruth


@pytest.fixture
async def carla(admin: UUID) -> Member:
    return replace(as_somebody(admin, first_name="Carla"), is_admin=True)


async def report(
    by: Sharing, post: Post, reason: ReportReason = ReportReason.spam, details: str = "", hour: int = 15
) -> bool:
    async with as_member(by.who.id) as db:
        return await moderating.report(db, by.who, post.id, reason, details, now=by.at(1, hour))


async def hide(by: Member, post: Post, reason: str, living: Living, hour: int = 18) -> None:
    async with as_member(by.id) as db:
        await moderating.hide(db, by, post.id, reason, now=living.at(1, hour))


async def waiting(carla: Member, *posts: Post) -> list[list[Report]]:
    """Of these posts alone: other tests leave reports in the same database."""
    ids = {post.id for post in posts}
    async with as_member(carla.id) as db:
        return [group for group in await reports.waiting(db) if group[0].post_id in ids]


async def bell(somebody: Sharing) -> list[tuple[str, str]]:
    async with as_member(somebody.who.id) as db:
        lines = await notifications.list_before(db, somebody.who.id, None, 10)
    return [(line.title, line.body or "") for line in lines if "post:" in line.dedupe_key]


async def test_a_report_waits_at_the_desk_with_the_post_and_stays_out_of_everybody_elses_sight(
    ana: Sharing, ben: Sharing, carla: Member
):
    post = await ana.post("Buy my course.")

    assert await report(ben, post, ReportReason.spam, "The third time today.")

    [[found]] = await waiting(carla, post)
    assert (found.author, found.reporter, found.content) == ("Ana", "Ben", "Buy my course.")
    assert (found.report_reason, found.details) == (ReportReason.spam, "The third time today.")
    assert await bell(ana) == []
    for somebody in (ana, ben):
        async with as_member(somebody.who.id) as db:
            assert await reports.waiting(db) == []


async def test_reported_again_or_at_once_the_first_report_stands(ana: Sharing, ben: Sharing, carla: Member):
    post = await ana.post("Once.")

    outcomes = await asyncio.gather(*(report(ben, post) for _ in range(3)))

    assert sorted(outcomes) == [False, False, True]
    assert len((await waiting(carla, post))[0]) == 1


async def test_nobody_reports_herself_or_what_she_cannot_read(ana: Sharing, ben: Sharing, new_person):
    post = await ana.post("Here.")
    stranger = Sharing(Living(as_somebody(await new_person("Sol")), ana.living.session_id))

    for somebody in (ana, stranger):
        with pytest.raises(PostGone):
            await report(somebody, post)
    with pytest.raises(Invalid):
        await report(ben, post, ReportReason.other, "a" * (DETAIL_LIMIT + 1))


async def test_the_most_urgent_comes_first_and_of_those_the_oldest(
    ana: Sharing, ben: Sharing, carla: Member, ruth: Sharing
):
    spam, unkind, worried, hateful = [await ana.post(words) for words in ("A", "B", "C", "D")]
    await report(ben, spam, ReportReason.spam, hour=15)
    await report(ben, unkind, ReportReason.harassment, hour=17)
    await report(ben, hateful, ReportReason.hate_speech, hour=16)
    await report(ben, worried, ReportReason.self_harm, hour=18)
    await report(ruth, spam, ReportReason.other, hour=19)

    found = await waiting(carla, spam, unkind, worried, hateful)

    assert [group[0].content for group in found] == ["C", "D", "B", "A"]
    assert [group[0].priority for group in found[:2]] == [ReportPriority.urgent, ReportPriority.high]
    assert len(found[-1]) == 2


async def test_hidden_its_cohort_reads_it_no_more_and_its_author_hears_why(
    ana: Sharing, ben: Sharing, carla: Member, owner_db: psycopg.AsyncConnection
):
    post = await ana.post("Too much.")
    await report(ben, post)

    await hide(carla, post, "It names somebody who is not here", ana.living)

    assert await ben.said() == []
    [own] = (await ana.feed()).posts
    assert (own.is_approved, own.hidden_reason) == (False, "It names somebody who is not here")
    [(title, body)] = await bell(ana)
    assert title == "One of your posts in Aurora was hidden"
    assert "It names somebody who is not here." in body
    assert "Ben" not in title + body
    assert await waiting(carla, post) == []
    recorded = await one(
        owner_db, "select actor_id, subject_user_id from audit_log where subject_id = %s", post.id
    )
    assert recorded == (carla.id, ana.who.id)
    with pytest.raises(SettledAlready):
        await hide(carla, post, "Again", ana.living)


async def test_a_moderator_hides_and_shows_in_her_cohort_and_nowhere_else(
    ana: Sharing, ben: Sharing, ruth: Sharing, owner_db: psycopg.AsyncConnection
):
    post = await ana.post("Too much.")

    await hide(ruth.who, post, "Please say it without the name", ana.living)
    assert await ben.said() == []
    assert await ruth.said() == ["Too much."]
    async with as_member(ruth.who.id) as db:
        await moderating.show(db, ruth.who, post.id, now=ana.at(1, 19))

    assert await ben.said() == ["Too much."]
    assert [title for title, _ in await bell(ana)] == [
        "Your post in Aurora is shown again",
        "One of your posts in Aurora was hidden",
    ]
    await owner_db.execute("delete from cohort_memberships where user_id = %s", [ruth.who.id])
    with pytest.raises(SettledAlready):
        await hide(ruth.who, post, "From outside", ana.living)


async def test_a_member_hides_nothing_and_a_moderator_dismisses_nothing(
    ana: Sharing, ben: Sharing, ruth: Sharing
):
    post = await ana.post("Mine.")
    await report(ben, post)

    with pytest.raises(SettledAlready):
        await hide(ben.who, post, "I do not like it", ana.living)
    async with as_member(ruth.who.id) as db:
        with pytest.raises(SettledAlready):
            await moderating.dismiss(db, ruth.who, post.id, "It is fine", now=ana.at(1, 18))

    assert await ben.said() == ["Mine."]


async def test_dismissed_the_post_stays_and_its_author_hears_nothing(
    ana: Sharing, ben: Sharing, carla: Member, owner_db: psycopg.AsyncConnection
):
    post = await ana.post("Fine.")
    await report(ben, post)

    async with as_member(carla.id) as db:
        await moderating.dismiss(db, carla, post.id, "A plain opinion", now=ana.at(1, 18))

    assert await waiting(carla, post) == []
    assert await ben.said() == ["Fine."]
    assert await bell(ana) == []
    about = await one(owner_db, "select subject_user_id from audit_log where subject_id = %s", post.id)
    assert about == (None,)
    with pytest.raises(SettledAlready):
        async with as_member(carla.id) as db:
            await moderating.dismiss(db, carla, post.id, "Again", now=ana.at(1, 18))


@pytest.mark.parametrize("reason", ["", "  ", "a" * 201])
async def test_a_decision_needs_its_reason(ana: Sharing, carla: Member, reason: str):
    post = await ana.post("Here.")

    with pytest.raises(Invalid) as refused:
        await hide(carla, post, reason, ana.living)

    assert list(refused.value.problems) == ["reason"]


async def test_a_hidden_share_does_not_count_until_it_is_shown_again(ana: Sharing, carla: Member):
    await ana.living.action(1)
    await ana.share(1)
    [post] = (await ana.feed()).posts

    await hide(carla, post, "A picture of somebody else", ana.living)
    await ana.living.action(2)
    second = await ana.share(2)

    assert [badge.key for badge in second.badges] == []
    async with as_member(carla.id) as db:
        await moderating.show(db, carla, post.id, now=ana.at(2, 20))
    assert (await ana.feed()).posts[-1].is_approved


async def test_a_reported_post_waits_for_its_decision_though_its_author_deleted_it(
    ana: Sharing, ben: Sharing, carla: Member, owner_db: psycopg.AsyncConnection
):
    post = await ana.post("Said, and taken back.")
    await report(ben, post)
    await ana.take_away(post)

    async with as_service() as db:
        await housekeeping.delete_posts_taken_away(db, before=ana.at(3, 1))
    [[found]] = await waiting(carla, post)
    assert found.is_deleted
    async with as_member(carla.id) as db:
        await moderating.dismiss(db, carla, post.id, "It is gone", now=ana.at(3, 2))
    async with as_service() as db:
        await housekeeping.delete_posts_taken_away(db, before=ana.at(3, 3))

    assert await one(owner_db, "select 1 from community_posts where id = %s", post.id) is None
    assert await one(owner_db, "select 1 from moderation_queue where content_id = %s", post.id) is None


async def test_with_an_account_go_its_posts_and_what_was_reported_about_them(
    ana: Sharing, ben: Sharing, owner_db: psycopg.AsyncConnection
):
    post = await ana.post("From somebody who leaves.")
    await report(ben, post)

    await owner_db.execute("delete from auth.users where id = %s", [ana.who.id])

    assert await one(owner_db, "select 1 from community_posts where id = %s", post.id) is None
    assert await one(owner_db, "select 1 from moderation_queue where content_id = %s", post.id) is None


async def test_a_report_leaves_with_its_reporters_archive_and_quotes_nobody_there(ana: Sharing, ben: Sharing):
    post = await ana.post("Words of Ana.")
    await report(ben, post, ReportReason.other, "Why I worry.")

    async with as_service() as db:
        rows = Rows(db, ben.who.id)
        tables = await rows.tables()
        reports_of = [row async for row in rows.of("moderation_queue", tables["moderation_queue"])]
    async with as_service() as db:
        rows = Rows(db, ana.who.id)
        tables = await rows.tables()
        about_ana = [row async for row in rows.of("moderation_queue", tables["moderation_queue"])]
        posts_of = [row async for row in rows.of("community_posts", tables["community_posts"])]

    assert [row["details"] for row in reports_of] == ["Why I worry."]
    assert "Words of Ana." not in str(reports_of)
    assert about_ana == []
    assert [row["content"] for row in posts_of] == ["Words of Ana."]
