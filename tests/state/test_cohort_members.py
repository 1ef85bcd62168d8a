"""The page of a cohort's members: who is on it, what is sent from it, and who is blocked there."""

from typing import Any

import psycopg
import pytest
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app.db import as_member
from gynergy_app.services import accounts
from gynergy_app.state.cohorts.blocking import BlockingState
from gynergy_app.state.cohorts.encouraging import EncouragingState
from gynergy_app.state.cohorts.members import MembersState
from gynergy_app.state.cohorts.received import ReceivedState
from tests.features.cheering import cohort_of
from tests.features.conftest import Living, NewLiving, NewRun
from tests.state.conftest import AScreen, call

KEEP_GOING = {"kind": "keep_going", "own": ""}


@pytest.fixture
async def ben(new_living: NewLiving) -> Living:
    return await new_living("Ben")


@pytest.fixture
async def members(a_screen: AScreen, living: Living, ben: Living) -> MembersState:
    """As Ana has just opened it."""
    screen = await a_screen(MembersState)
    screen.router = RouterData(url=ReflexURL("http://localhost:3000/cohort/members"))  # type: ignore[misc]
    await call(MembersState.open, screen, living.member, living.at(1, 10))
    return screen


async def beside(screen: MembersState, state: type) -> Any:
    """Another state of the same tab."""
    return await screen.get_state(state)


class TestMembers:
    async def test_everybody_is_on_it_and_oneself_is_marked(self, members: MembersState):
        assert (members.view.title, members.view.lede) == ("Aurora", "Two people on the same 45 days.")
        assert [(row.name, row.is_me, row.takes_words) for row in members.rows] == [
            ("Ana", True, False),
            ("Ben", False, True),
        ]
        assert members.view.groups == []

    async def test_a_search_that_finds_nobody_says_so(self, members: MembersState, living: Living):
        await call(MembersState.look, members, living.member, living.at(1, 10), "zz")

        assert (members.rows, members.nothing) == ([], "Nobody here is called “zz”.")

    async def test_whoever_wants_no_words_has_no_button(
        self, members: MembersState, living: Living, ben: Living
    ):
        async with as_member(ben.member.id) as db:
            await accounts.choose(db, ben.member, allow_encouragements=False)

        await call(MembersState.open, members, living.member, living.at(1, 10))

        assert not members.rows[1].takes_words

    async def test_alone_in_a_cohort(self, a_screen: AScreen, living: Living):
        screen = await a_screen(MembersState)

        await call(MembersState.open, screen, living.member, living.at(1, 10))

        assert (screen.view.is_alone, screen.view.lede) == (True, "")

    async def test_without_a_cohort(
        self, members: MembersState, living: Living, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute("delete from cohort_memberships where user_id = %s", [living.member.id])

        await call(MembersState.open, members, living.member, living.at(1, 10))

        assert (members.view.has_group, members.rows) == (False, [])
        assert members.view.has_place, "no start is offered to her"
        await call(MembersState.open, members, living.member, living.at(60, 10))
        assert not members.view.has_place, "her days are over, and she may choose again"
        await owner_db.execute("delete from session_enrollments where user_id = %s", [living.member.id])
        await call(MembersState.open, members, living.member, living.at(1, 10))
        assert not members.view.has_place

    async def test_who_has_several_chooses_one_by_its_address(
        self, members: MembersState, living: Living, new_run: NewRun, owner_db: psycopg.AsyncConnection
    ):
        earlier = await cohort_of(owner_db, await new_run(start=living.day(-99)))
        await owner_db.execute(
            "insert into cohort_memberships (cohort_id, user_id) values (%s, %s)", [earlier, living.member.id]
        )
        address = f"http://localhost:3000/cohort/members?cohort={earlier}"

        await call(MembersState.open, members, living.member, living.at(1, 10))
        assert [link.is_open for link in members.view.groups] == [True, False]

        members.router = RouterData(url=ReflexURL(address))  # type: ignore[misc]
        await call(MembersState.open, members, living.member, living.at(1, 10))
        assert [link.is_open for link in members.view.groups] == [False, True]
        assert [row.name for row in members.rows] == ["Ana"]


class TestEncouraging:
    async def test_two_presses_send_one(self, members: MembersState, living: Living, ben: Living):
        screen = await beside(members, EncouragingState)
        at = living.at(1, 10)
        await call(EncouragingState.ask, screen, living.member, at, str(ben.member.id))

        said = await call(EncouragingState.send, screen, living.member, at, KEEP_GOING)
        again = await call(EncouragingState.send, screen, living.member, at, KEEP_GOING)

        assert "Sent to Ben." in str(said.args)
        assert again is None
        received = await beside(members, ReceivedState)
        await call(ReceivedState.open, received, ben.member, at)
        assert [(row.name, row.words, row.sent_at) for row in received.rows] == [
            ("Ana", "Keep going. One page is enough for today.", "Today, 10:00")
        ]

    async def test_what_cannot_be_sent_stays_in_the_dialog(
        self, members: MembersState, living: Living, ben: Living
    ):
        screen = await beside(members, EncouragingState)
        at = living.at(1, 10)
        await call(EncouragingState.ask, screen, living.member, at, str(ben.member.id))

        await call(EncouragingState.send, screen, living.member, at, {"kind": "custom", "own": ""})
        assert list(screen.problems) == ["own"]

        async with as_member(ben.member.id) as db:
            await accounts.choose(db, ben.member, allow_encouragements=False)
        await call(EncouragingState.send, screen, living.member, at, KEEP_GOING)
        assert (screen.refusal, screen.name) == (
            "This person cannot be reached just now. Nothing was sent.",
            "Ben",
        )

    @pytest.mark.parametrize("user_id", ["", "not an id", "00000000-0000-4000-8000-000000000000"])
    async def test_somebody_who_is_not_on_the_page_opens_nothing(
        self, members: MembersState, living: Living, user_id: str
    ):
        screen = await beside(members, EncouragingState)

        await call(EncouragingState.ask, screen, living.member, living.at(1, 10), user_id)

        assert screen.name == ""

    async def test_the_badge_it_brought_is_shown_until_it_is_put_away(
        self, members: MembersState, living: Living, ben: Living
    ):
        screen = await beside(members, EncouragingState)
        for day in range(1, 6):
            at = living.at(day, 10)
            await call(EncouragingState.ask, screen, living.member, at, str(ben.member.id))
            await call(EncouragingState.send, screen, living.member, at, KEEP_GOING)

        assert [badge.name for badge in screen.badges] == ["Good Company"]

        await call(EncouragingState.put_away, screen, living.member, living.at(5, 10))
        assert screen.badges == []


class TestBlocking:
    async def test_it_is_done_taken_back_and_found_in_the_preferences(
        self, members: MembersState, living: Living, ben: Living
    ):
        screen, at = await beside(members, BlockingState), living.at(1, 10)
        await call(MembersState.look, members, living.member, at, "be")
        await call(BlockingState.ask, screen, living.member, at, str(ben.member.id))
        assert screen.name == "Ben"

        await call(BlockingState.block, screen, living.member, at)
        await call(MembersState.open, members, living.member, at)
        await call(BlockingState.open, screen, living.member, at)
        assert ([row.name for row in members.rows], members.search) == (["Ana"], "")
        assert [row.name for row in screen.blocked] == ["Ben"]

        said = await call(BlockingState.unblock, screen, living.member, at, str(ben.member.id))
        assert "Ben is no longer blocked." in str(said.args)
        assert screen.blocked == []

    async def test_nobody_blocks_herself(self, members: MembersState, living: Living):
        screen = await beside(members, BlockingState)

        await call(BlockingState.ask, screen, living.member, living.at(1, 10), str(living.member.id))

        assert screen.name == ""
