"""The feed of a cohort, the sheet an action is shared in, and the desk of reports, as a screen has them."""

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import POST_LIMIT
from gynergy_app.guard import needed_for
from gynergy_app.repositories import notifications
from gynergy_app.services.community import posts
from gynergy_app.services.community.posts import PAGE_SIZE, PostGone
from gynergy_app.state.admin.reports import ReportsState
from gynergy_app.state.community.feed import FeedState
from gynergy_app.state.community.moderating import AGAIN, THANKS
from gynergy_app.state.community.own_posts import OwnPostsState
from gynergy_app.state.community.sharing import SharingState
from gynergy_app.state.community.words import moment_words
from tests import access
from tests.features.conftest import ACTION, Living, NewLiving
from tests.features.sharing import Sharing
from tests.state.conftest import AScreen, call


@pytest.fixture
async def ana(living: Living) -> Sharing:
    return Sharing(living)


@pytest.fixture
async def ben(new_living: NewLiving) -> Sharing:
    return Sharing(await new_living("Ben"))


async def opened(a_screen: AScreen, somebody: Sharing, day: int = 1, hour: int = 20) -> FeedState:
    feed = await a_screen(FeedState)
    await call(FeedState.open, feed, somebody.who, somebody.at(day, hour))
    return feed


class TestOnesOwnPosts:
    async def test_they_are_read_deleted_and_put_back_whatever_is_closed(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing, owner_db: psycopg.AsyncConnection
    ):
        await ana.post("Mine.", hour=10)
        await ben.post("Not mine.", hour=11)
        await access.close(owner_db, ana.who.id)
        own, at = await a_screen(OwnPostsState), ana.at(1, 20)

        await call(OwnPostsState.open, own, ana.who, at)
        [row] = own.rows
        await call(OwnPostsState.take_away, own, ana.who, at, row.id)

        assert (row.kind, row.words, row.when) == ("Win", "Mine.", "10:00")
        assert own.rows == []
        assert await ben.said() == ["Not mine."]
        await call(OwnPostsState.put_back, own, ana.who, at, row.id)
        assert own.rows == [row]

    def test_no_entitlement_is_asked_for(self):
        for handler in ("open", "more", "take_away", "put_back"):
            assert needed_for(f"{OwnPostsState.get_full_name()}.{handler}") is None


class TestTheFeed:
    async def test_it_names_the_cohort_and_who_reads_along(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing
    ):
        feed = await opened(a_screen, ana)

        assert (feed.view.title, feed.view.lede) == ("Aurora", "Two people on the same 45 days.")
        assert feed.view.audience == "Seen by 2 in Aurora"
        assert feed.view.pulse == "0 of 2 wrote this morning"
        assert feed.view.choices == []
        assert (feed.has_cohort, feed.rows, feed.has_earlier) == (True, [], False)

    async def test_who_was_taken_out_of_it_is_offered_no_start_while_her_place_counts_on(
        self, a_screen: AScreen, ana: Sharing, owner_db: psycopg.AsyncConnection
    ):
        feed = await opened(a_screen, ana)
        await owner_db.execute("delete from cohort_memberships where user_id = %s", [ana.who.id])

        await call(FeedState.open, feed, ana.who, ana.at(1, 20))

        assert (feed.has_cohort, feed.has_place, feed.view.title) == (False, True, "Cohort")
        await owner_db.execute("delete from session_enrollments where user_id = %s", [ana.who.id])
        await call(FeedState.open, feed, ana.who, ana.at(1, 20))
        assert not feed.has_place

    async def test_a_post_stands_on_top_and_the_field_is_told_that_it_arrived(
        self, a_screen: AScreen, ana: Sharing
    ):
        await ana.post("Before.", hour=10)
        feed = await opened(a_screen, ana)
        await call(FeedState.choose_kind, feed, ana.who, ana.at(1, 20), "question")

        await call(FeedState.post, feed, ana.who, ana.at(1, 20), {"words": " What helps? "})

        assert [(row.kind_words, row.words, row.when) for row in feed.rows] == [
            ("Question", "What helps?", "20:00"),
            ("Win", "Before.", "10:00"),
        ]
        assert (feed.taken.nth, feed.taken.words, feed.is_posting) == (1, " What helps? ", False)

    async def test_a_press_that_comes_twice_is_told_once(self, a_screen: AScreen, ana: Sharing):
        feed = await opened(a_screen, ana)

        first = await call(FeedState.post, feed, ana.who, ana.at(1, 20), {"words": "Once."})
        second = await call(FeedState.post, feed, ana.who, ana.at(1, 20), {"words": "Once."})

        assert [len([step for step in steps if step]) for steps in (first, second)] == [1, 0]
        assert (feed.taken.nth, [row.words for row in feed.rows]) == (2, ["Once."])

    @pytest.mark.parametrize("words", ["", "   ", "a" * (POST_LIMIT + 1)])
    async def test_what_cannot_be_posted_stays_in_the_field(
        self, a_screen: AScreen, ana: Sharing, words: str
    ):
        feed = await opened(a_screen, ana)

        await call(FeedState.post, feed, ana.who, ana.at(1, 20), {"words": words})

        assert feed.problem
        assert (feed.taken.nth, feed.rows, feed.is_posting) == (0, [], False)

    async def test_earlier_posts_come_when_asked_for_and_the_list_ends(self, a_screen: AScreen, ana: Sharing):
        for number in range(PAGE_SIZE + 1):
            await ana.post(f"Line {number}", minute=number)
        feed = await opened(a_screen, ana)
        assert (len(feed.rows), feed.has_earlier) == (PAGE_SIZE, True)

        await call(FeedState.show_earlier, feed, ana.who, ana.at(1, 20))

        assert (len(feed.rows), feed.has_earlier) == (PAGE_SIZE + 1, False)
        assert feed.end == "You have read everything since Monday 2 March."

    async def test_a_deleted_post_is_offered_back(self, a_screen: AScreen, ana: Sharing):
        post = await ana.post("Too soon.")
        feed = await opened(a_screen, ana)

        await call(FeedState.take_away, feed, ana.who, ana.at(1, 20), str(post.id))
        assert feed.rows == []
        await call(FeedState.put_back, feed, ana.who, ana.at(1, 21), str(post.id))

        assert [row.words for row in feed.rows] == ["Too soon."]

    async def test_an_edit_is_marked_and_nobody_elses_post_opens_for_one(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing
    ):
        theirs, mine = await ben.post("Ben’s."), await ana.post("Mine.", hour=15)
        feed = await opened(a_screen, ana)

        await call(FeedState.edit, feed, ana.who, ana.at(1, 20), str(theirs.id))
        assert feed.editing.id == ""
        await call(FeedState.edit, feed, ana.who, ana.at(1, 20), str(mine.id))
        await call(FeedState.save, feed, ana.who, ana.at(1, 20), {"edited": ""})
        assert feed.edit_problem
        await call(FeedState.save, feed, ana.who, ana.at(1, 20), {"edited": "Mine, again."})

        assert next((row.words, row.is_edited) for row in feed.rows) == ("Mine, again.", True)
        assert feed.editing.id == ""

    @pytest.mark.parametrize("said", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
    async def test_a_cohort_that_is_not_hers_opens_nothing(self, a_screen: AScreen, ana: Sharing, said: str):
        feed = await opened(a_screen, ana)

        await call(FeedState.choose, feed, ana.who, ana.at(1, 20), said)

        assert feed.view.title == "Aurora"

    async def test_starters_say_what_they_are(self, a_screen: AScreen, ana: Sharing):
        feed = await opened(a_screen, ana)

        await call(FeedState.begin, feed, ana.who, ana.at(1, 20), 1)
        await call(FeedState.begin, feed, ana.who, ana.at(1, 20), 99)

        assert (feed.kind, feed.given.nth) == ("question", 1)
        assert feed.given.words.startswith("What gets you to the page")

    async def test_moments_are_the_readers_own(self, ana: Sharing):
        at = ana.at(3, 23)

        assert moment_words(ana.at(3, 7), "UTC", at) == "07:00"
        assert moment_words(ana.at(3, 7), "Asia/Tokyo", at) == "Yesterday, 16:00"
        assert moment_words(ana.at(1, 7), "UTC", at) == "Monday, 07:00"
        assert moment_words(ana.at(1, 7), "UTC", ana.at(12, 9)) == "2 March, 07:00"


class TestReporting:
    async def test_a_report_is_thanked_for_and_a_second_one_is_known(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing
    ):
        post = await ana.post("Buy this.")
        feed = await opened(a_screen, ben)
        screen = feed
        at = ben.at(1, 20)

        said = []
        for _ in range(2):
            await call(FeedState.ask_report, screen, ben.who, at, str(post.id))
            assert screen.reporting.name == "Ana"
            said.append(await call(FeedState.report, screen, ben.who, at, {"reason": "spam"}))

        assert THANKS in str(said[0].args)
        assert AGAIN in str(said[1].args)
        assert screen.reporting.id == ""

    async def test_without_a_reason_it_asks_for_one(self, a_screen: AScreen, ana: Sharing, ben: Sharing):
        post = await ana.post("Here.")
        feed = await opened(a_screen, ben)
        screen = feed
        await call(FeedState.ask_report, screen, ben.who, ben.at(1, 20), str(post.id))

        await call(FeedState.report, screen, ben.who, ben.at(1, 20), {"reason": "dislike"})
        assert list(screen.problems) == ["reason"]
        await call(
            FeedState.report, screen, ben.who, ben.at(1, 20), {"reason": "other", "details": "a" * 501}
        )

        assert list(screen.problems) == ["details"]

    async def test_a_post_that_went_meanwhile_is_said_to_be_gone(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing
    ):
        post = await ana.post("Here.")
        feed = await opened(a_screen, ben)
        screen = feed
        await call(FeedState.ask_report, screen, ben.who, ben.at(1, 20), str(post.id))
        await ana.take_away(post)

        with pytest.raises(PostGone):
            await call(FeedState.report, screen, ben.who, ben.at(1, 20), {"reason": "spam"})

    async def test_a_moderator_hides_with_a_reason_and_shows_again(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute(
            "update cohort_memberships set role = 'moderator' where user_id = %s", [ben.who.id]
        )
        post = await ana.post("Too much.")
        feed = await opened(a_screen, ben)
        screen = feed
        assert feed.view.may_moderate
        await call(FeedState.ask_hide, screen, ben.who, ben.at(1, 20), str(post.id))

        await call(FeedState.hide, screen, ben.who, ben.at(1, 20), {"hide_reason": ""})
        assert list(screen.problems) == ["reason"]
        await call(FeedState.hide, screen, ben.who, ben.at(1, 20), {"hide_reason": "A full name"})

        [own] = (await opened(a_screen, ana)).rows
        assert own.hidden == "Your cohort does not see this. The reason: “A full name.”"
        await call(FeedState.show, screen, ben.who, ben.at(1, 21), str(post.id))
        assert not (await opened(a_screen, ana)).rows[0].is_hidden


class TestSharing:
    async def test_it_shows_what_would_be_posted_and_keeps_the_note_until_asked(
        self, a_screen: AScreen, ana: Sharing
    ):
        await ana.living.action(1)
        screen: SharingState = await a_screen(SharingState)
        day, at = ana.living.day(1).isoformat(), ana.at(1, 20)

        await call(SharingState.open, screen, ana.who, at, day)
        assert (screen.step, screen.offer.cohort, screen.offer.has_note) == ("asking", "Aurora", True)
        assert ACTION.reflection not in str(screen.offer)
        await call(SharingState.use_note, screen, ana.who, at)
        assert screen.given.words == ACTION.reflection
        await call(SharingState.share, screen, ana.who, at, {"words": "My own."})

        assert (screen.step, screen.was_already) == ("shared", False)
        assert [badge.key for badge in screen.badges] == ["first-share"]
        assert await ana.said() == ["My own."]
        await call(SharingState.open, screen, ana.who, at, day)
        assert (screen.step, screen.was_already, screen.badges) == ("shared", True, [])

    @pytest.mark.parametrize("said", ["", "yesterday", "2026-03-02"])
    async def test_a_day_without_one_has_nothing_to_share(self, a_screen: AScreen, ana: Sharing, said: str):
        screen: SharingState = await a_screen(SharingState)

        await call(SharingState.open, screen, ana.who, ana.at(1, 20), said)
        await call(SharingState.share, screen, ana.who, ana.at(1, 20), {"words": "Mine."})

        assert screen.step == "nothing"
        assert await ana.said() == []


class TestTheDesk:
    async def test_a_reported_post_is_decided_once(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing, carla: Member
    ):
        post, at = await ana.post("Too much."), ana.at(1, 20)
        await reported(a_screen, ben, str(post.id))
        desk: ReportsState = await a_screen(ReportsState)
        await call(ReportsState.open, desk, carla, at)
        row = next(row for row in desk.waiting if row.post_id == str(post.id))
        assert (row.author, row.words, row.priority) == ("Ana", "Too much.", "Urgent")
        assert row.reports == ["I am worried about the writer, by Ben, today 20:00."]

        await call(ReportsState.ask, desk, carla, at, row.post_id, "hide")
        await call(ReportsState.decide, desk, carla, at, {"reason": ""})
        assert list(desk.problems) == ["reason"]
        await call(ReportsState.decide, desk, carla, at, {"reason": "We write to her ourselves"})

        assert row.post_id not in {each.post_id for each in desk.waiting}
        decided = next(each for each in desk.decided if each.post_id == row.post_id)
        assert (decided.state, decided.note, decided.is_hidden) == (
            "Hidden",
            "We write to her ourselves",
            True,
        )
        async with as_member(ana.who.id) as db:
            told = await notifications.list_before(db, ana.who.id, None, 5)
        assert "Ben" not in "".join(f"{line.title} {line.body}" for line in told)
        await call(ReportsState.show_again, desk, carla, ana.at(1, 21), row.post_id)
        assert await ben.said() == ["Too much."]

    async def test_edited_words_stand_beside_how_they_began(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing, carla: Member
    ):
        post = await ana.post("Unkind.")
        await reported(a_screen, ben, str(post.id), hour=16)
        await ana.edit(post, "Kind.")
        desk: ReportsState = await a_screen(ReportsState)

        await call(ReportsState.open, desk, carla, ana.at(1, 20))

        row = next(row for row in desk.waiting if row.post_id == str(post.id))
        assert (row.words, row.before) == ("Kind.", "Unkind.")
        await call(ReportsState.ask, desk, carla, ana.at(1, 20), row.post_id, "dismiss")
        await call(ReportsState.decide, desk, carla, ana.at(1, 20), {"reason": "Put right by its author"})
        assert row.post_id not in {each.post_id for each in desk.waiting}

    async def test_a_question_that_was_left_decides_nothing(
        self, a_screen: AScreen, ana: Sharing, ben: Sharing, carla: Member
    ):
        post, at = await ana.post("Loud."), ana.at(1, 20)
        await reported(a_screen, ben, str(post.id))
        desk: ReportsState = await a_screen(ReportsState)
        await call(ReportsState.open, desk, carla, at)
        await call(ReportsState.ask, desk, carla, at, str(post.id), "hide")

        await call(ReportsState.leave, desk, carla, at)
        await call(ReportsState.decide, desk, carla, at, {"reason": "Typed, then thought better of"})

        await call(ReportsState.open, desk, carla, at)
        assert str(post.id) in {row.post_id for row in desk.waiting}


async def reported(a_screen: AScreen, by: Sharing, post_id: str, hour: int = 20) -> None:
    feed = await opened(a_screen, by, hour=hour)
    screen = feed
    await call(FeedState.ask_report, screen, by.who, by.at(1, hour), post_id)
    await call(FeedState.report, screen, by.who, by.at(1, hour), {"reason": "self_harm"})


async def test_the_alumni_have_no_days_to_count(
    a_screen: AScreen, ana: Sharing, owner_db: psycopg.AsyncConnection
):
    made = await owner_db.execute(
        "insert into cohorts (name, slug, start_date, end_date, is_alumni)"
        " values ('Alumni', %s, '2025-01-01', '2099-12-31', true) returning id",
        [f"alumni-{ana.who.id}"],
    )
    row = await made.fetchone()
    assert row
    join = "insert into cohort_memberships (cohort_id, user_id) values (%s, %s)"
    await owner_db.execute(join, [row[0], ana.who.id])
    feed = await opened(a_screen, ana)
    assert [(one.name, one.is_open) for one in feed.view.choices] == [("Aurora", True), ("Alumni", False)]

    await call(FeedState.choose, feed, ana.who, ana.at(1, 20), str(row[0]))

    assert (feed.view.title, feed.view.pulse) == ("Alumni", "")
    assert feed.view.lede == "You are the first here. Whoever joins reads what you say."
    async with as_member(ana.who.id) as db:
        assert await posts.read(db, ana.who, row[0], now=ana.at(1, 20))
