"""A few words between two members: who may send them, how many, what follows, and who is kept from whom."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.encouragements import EncouragementKind, Words
from gynergy_app.repositories import cohorts, leaderboards, user_blocks, users
from gynergy_app.services import accounts, blocks, cohort_people, encouragements, notifications
from gynergy_app.services.cohort_people import Page
from gynergy_app.services.encouragements import EnoughToday, NotReachable
from gynergy_app.services.gamification import UnlockedBadge, shelf
from tests.conftest import NewPerson
from tests.features import cheering
from tests.features.cheering import Cheering
from tests.features.conftest import Living, NewLiving, NewRun, as_somebody

CohortOf = Callable[[Living], Awaitable[UUID]]
Send = Callable[..., Awaitable[tuple[UnlockedBadge, ...]]]


@pytest.fixture
async def ben(new_living: NewLiving) -> Living:
    return await new_living("Ben")


@pytest.fixture
def cohort_of(owner_db: psycopg.AsyncConnection) -> CohortOf:
    return lambda living: cheering.cohort_of(owner_db, living.session_id)


@pytest.fixture
def send(owner_db: psycopg.AsyncConnection) -> Send:
    return lambda sender, *said, **more: Cheering(sender, owner_db).send(*said, **more)


async def received(living: Living) -> list[str]:
    async with as_member(living.member.id) as db:
        return [one.words for one in (await encouragements.received(db)).words]


async def bell(living: Living) -> list[tuple[str, str, str | None]]:
    async with as_member(living.member.id) as db:
        lines = (await notifications.page(db, living.member)).lines
    return [(line.title, line.body, line.href) for line in lines if line.category == "encouragement"]


async def choose(living: Living, **said: bool) -> None:
    async with as_member(living.member.id) as db:
        await accounts.choose(db, living.member, **said)


async def block(living: Living, other: Living) -> None:
    async with as_member(living.member.id) as db:
        await blocks.block(db, living.member, other.member.id, now=living.at(1, 12))


async def members(
    living: Living, day: int = 1, search: str = "", after: cohort_people.Key | None = None
) -> Page:
    async with as_member(living.member.id) as db:
        [cohort, *_] = await cohorts.list_mine(db, living.member.id)
        return await cohort_people.page(db, cohort, search=search, after=after, now=living.at(day, 22))


def names(page: Page) -> list[str]:
    return [companion.mate.name for companion in page.people]


class TestSending:
    async def test_words_reach_the_page_and_the_bell(self, living: Living, ben: Living, send: Send):
        await send(living, ben, living.at(1, 10), Words(EncouragementKind.custom, "Your page was early."))
        await send(living, ben, living.at(1, 11))

        assert await received(ben) == ["Keep going. One page is enough for today.", "Your page was early."]
        assert await bell(ben) == [
            ("Ana encourages you", "Keep going. One page is enough for today.", "/cohort/members#received"),
            ("Ana encourages you", "Your page was early.", "/cohort/members#received"),
        ]
        assert await received(living) == []

    async def test_pressing_twice_sends_one(self, living: Living, ben: Living, send: Send):
        key = uuid4()

        for _ in range(2):
            await send(living, ben, living.at(1, 10), key=key)

        assert len(await received(ben)) == len(await bell(ben)) == 1

    async def test_pressing_twice_at_once_sends_one(self, living: Living, ben: Living, send: Send):
        key = uuid4()

        await asyncio.gather(*(send(living, ben, living.at(1, 10), key=key) for _ in range(5)))

        assert len(await received(ben)) == len(await bell(ben)) == 1

    async def test_three_a_day_reach_the_same_person_however_they_are_sent(
        self, living: Living, ben: Living, send: Send
    ):
        tries = (send(living, ben, living.at(1, 10)) for _ in range(6))

        said = await asyncio.gather(*tries, return_exceptions=True)

        assert sum(isinstance(one, EnoughToday) for one in said) == 3
        assert len(await received(ben)) == 3

    async def test_the_database_counts_to_three_by_itself(
        self, living: Living, ben: Living, cohort_of: CohortOf, owner_db: psycopg.AsyncConnection
    ):
        row = [living.member.id, ben.member.id, await cohort_of(living), living.day(1)]
        add = (
            "insert into encouragements (sender_id, recipient_id, cohort_id, message_type, sent_on)"
            " values (%s, %s, %s, 'keep_going', %s)"
        )
        for _ in range(3):
            await owner_db.execute(add, row)

        with pytest.raises(psycopg.Error) as refused:
            await owner_db.execute(add, row)

        assert refused.value.sqlstate == "GY006"

    async def test_the_day_is_the_senders_own(self, new_living: NewLiving, ben: Living, send: Send):
        far = await new_living("Fay", timezone="Pacific/Auckland")
        for _ in range(3):
            await send(far, ben, far.at(2, 23))

        for hour in (0, 12, 22):
            await send(far, ben, far.at(3, hour))

        with pytest.raises(EnoughToday):
            await send(far, ben, far.at(3, 23))

    async def test_another_person_has_room_of_her_own(
        self, living: Living, ben: Living, new_living: NewLiving, send: Send
    ):
        cleo = await new_living("Cleo")
        for _ in range(3):
            await send(living, ben, living.at(1, 10))

        await send(living, cleo, living.at(1, 10))

        assert len(await received(cleo)) == 1


class TestWhoMay:
    async def test_nobody_encourages_herself(self, living: Living, send: Send):
        with pytest.raises(NotReachable):
            await send(living, living, living.at(1, 10))

    async def test_whoever_wants_no_words_gets_none(self, living: Living, ben: Living, send: Send):
        await choose(ben, allow_encouragements=False)

        with pytest.raises(NotReachable):
            await send(living, ben, living.at(1, 10))

        assert await received(ben) == []

    async def test_only_people_of_one_cohort(
        self, living: Living, new_person: NewPerson, new_run: NewRun, cohort_of: CohortOf, send: Send
    ):
        other = await new_run()
        sam = Living(as_somebody(await new_person("Sam"), first_name="Sam"), other)

        for where in (await cohort_of(living), await cohort_of(sam)):
            with pytest.raises(NotReachable):
                await send(living, sam, living.at(1, 10), cohort=where)

    async def test_who_left_the_cohort_is_out_of_reach(
        self, living: Living, ben: Living, send: Send, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute("delete from cohort_memberships where user_id = %s", [ben.member.id])

        with pytest.raises(NotReachable):
            await send(living, ben, living.at(1, 10))

    @pytest.mark.parametrize("blocker", ["ana", "ben"])
    async def test_a_block_holds_in_both_directions_and_sounds_like_any_other_reason(
        self, living: Living, ben: Living, send: Send, blocker: str
    ):
        await (block(living, ben) if blocker == "ana" else block(ben, living))

        for sender, to in ((living, ben), (ben, living)):
            with pytest.raises(NotReachable) as refused:
                await send(sender, to, living.at(1, 10))
            assert str(refused.value) == "This person cannot be reached just now. Nothing was sent."


class TestBlocking:
    async def test_whoever_blocks_sees_her_no_more_and_for_everybody_else_nothing_changes(
        self, living: Living, ben: Living, new_living: NewLiving
    ):
        cleo = await new_living("Cleo")
        await block(living, ben)

        assert names(await members(living)) == ["Ana", "Cleo"]
        for other in (ben, cleo):
            assert names(await members(other)) == ["Ana", "Ben", "Cleo"]
        assert [(await members(who)).members for who in (living, ben, cleo)] == [3, 3, 3]
        assert [one.mate.takes_words for one in (await members(ben)).people] == [False, True, True]

    async def test_what_had_come_from_there_is_out_of_sight_until_it_is_taken_back(
        self, living: Living, ben: Living, send: Send
    ):
        await send(ben, living, living.at(1, 10))
        await send(living, ben, living.at(1, 10))

        await block(living, ben)

        assert (await received(living), await bell(living)) == ([], [])
        assert len(await received(ben)) == len(await bell(ben)) == 1

        async with as_member(living.member.id) as db:
            await blocks.unblock(db, living.member, ben.member.id)
        assert len(await received(living)) == 1
        assert names(await members(living)) == ["Ana", "Ben"]

    async def test_blocking_twice_is_blocking_once(self, living: Living, ben: Living):
        await asyncio.gather(*(block(living, ben) for _ in range(3)))

        async with as_member(living.member.id) as db:
            assert [one.name for one in await user_blocks.list_blocked(db)] == ["Ben"]

    async def test_whoever_is_blocked_cannot_find_it_out(self, living: Living, ben: Living):
        await block(living, ben)

        async with as_member(ben.member.id) as db:
            assert await user_blocks.list_blocked(db) == []
            await blocks.unblock(db, ben.member, living.member.id)

        assert names(await members(ben)) == ["Ana", "Ben"]

    async def test_the_board_keeps_both_names_and_shows_no_face(
        self, living: Living, ben: Living, cohort_of: CohortOf, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute(
            "update users set profile_image = id || '/face.webp' where id = %s", [ben.member.id]
        )
        await block(living, ben)

        async with as_member(living.member.id) as db:
            board = await leaderboards.of_cohort(db, await cohort_of(living), None, living.at(1, 12), 50)
            knows = await users.is_known_picture(db, f"{ben.member.id}/face.webp")

        assert [(place.name, place.picture) for place in board] == [("Ana", ""), ("Ben", "")]
        assert not knows


class TestTheMembers:
    async def test_each_shows_what_she_chose_to(self, living: Living, ben: Living):
        for day in (1, 2, 3):
            await ben.morning(day)
        async with as_member(ben.member.id) as db:
            [badge] = [one for one in (await _shelf(ben, db)).badges if one.key == "first-morning"]
            assert badge.held
            await shelf.show(db, ben.member, badge.held.id)

        [_, shown] = (await members(living, day=3)).people
        await choose(ben, show_streak=False, show_badges=False)
        [_, hidden] = (await members(living, day=3)).people

        assert (shown.streak, [badge.name for badge in shown.mate.badges]) == (3, ["First Light"])
        assert (hidden.streak, hidden.mate.badges) == (0, ())

    async def test_a_streak_is_the_one_its_owner_sees(self, living: Living, ben: Living):
        for day in (1, 2, 4):
            await ben.morning(day)

        assert (await members(living, day=6)).people[1].streak == 3
        assert (await members(living, day=20)).people[1].streak == 0

    async def test_a_name_is_found_from_two_letters_on(self, living: Living, ben: Living):
        assert names(await members(living, search="b")) == ["Ana", "Ben"]
        assert names(await members(living, search=" BE")) == ["Ben"]
        assert names(await members(living, search="zz")) == []

    async def test_pages_follow_one_another(self, living: Living, new_living: NewLiving):
        for n in range(14):
            await new_living(f"Mate {n:02}")

        first = await members(living)
        second = await members(living, after=first.next_key)

        assert (len(first.people), len(second.people), second.next_key) == (12, 3, None)
        assert names(first) + names(second) == ["Ana", *(f"Mate {n:02}" for n in range(14))]

    async def test_who_is_suspended_is_not_shown(
        self, living: Living, ben: Living, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute("update users set suspended_at = now() where id = %s", [ben.member.id])

        assert names(await members(living)) == ["Ana"]

    async def test_a_cohort_of_others_is_empty(self, living: Living, new_run: NewRun, cohort_of: CohortOf):
        other = await cohort_of(Living(living.member, await new_run()))

        async with as_member(living.member.id) as db:
            [mine] = await cohorts.list_mine(db, living.member.id)
            page = await cohort_people.page(db, replace(mine, id=other), now=living.at(1, 12))

        assert page == Page((), 0, None)


class TestBadges:
    async def test_five_times_bring_the_badge_with_its_points_and_its_notice(
        self, living: Living, ben: Living, send: Send
    ):
        for day in range(1, 5):
            assert await send(living, ben, living.at(day, 10)) == ()

        [badge] = await send(living, ben, living.at(5, 10))

        assert (badge.key, badge.points) == ("encourager", 25)
        async with as_member(living.member.id) as db:
            lines = (await notifications.page(db, living.member)).lines
        assert [line.title for line in lines] == ["New badge: Good Company"]

    async def test_the_same_person_counts_once_a_day(
        self, living: Living, ben: Living, new_living: NewLiving, send: Send
    ):
        cleo = await new_living("Cleo")
        for to in (ben, ben, ben, cleo, cleo):
            await send(living, to, living.at(1, 10))

        async with as_member(living.member.id) as db:
            badges = {one.key: one for one in (await _shelf(living, db)).badges}

        assert badges["encourager"].progress.words == "2 of 5 times"


async def _shelf(living: Living, db):
    found = await shelf.open(db, living.member, now=living.at(3, 23))
    assert found is not None
    return found


class TestLeaving:
    async def test_who_deletes_her_account_takes_her_words_along(
        self, living: Living, ben: Living, send: Send, owner_db: psycopg.AsyncConnection
    ):
        await send(living, ben, living.at(1, 10))
        await send(ben, living, living.at(1, 10))

        await owner_db.execute("delete from auth.users where id = %s", [living.member.id])

        assert (await received(ben), await bell(ben)) == ([], [])
        left = await owner_db.execute("select 1 from encouragements where sender_id = %s", [ben.member.id])
        assert await left.fetchall() == []
