"""What a member may not open she does not get over the socket; what changes is seen by her next event."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app import clock, routes
from gynergy_app.services.sessions import remembered
from gynergy_app.state.gamification.leaderboard import LeaderboardState
from gynergy_app.state.journaling import (
    CreedState,
    GratitudeActionState,
    HighestSelfState,
    LifeMapState,
    MorningState,
    WeeklyState,
)
from gynergy_app.state.programs.welcome import WelcomeState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState
from tests import access
from tests.conftest import NewPerson
from tests.features.payments.shop import buy_as_guest
from tests.sockets.conftest import Cookie, NewLine
from tests.sockets.line import Heard, Line

WORDS: dict[str, Any] = {"page": "a.b.2026-03-02.morning", "fields": {}, "base_revision": 0, "attempt": "one"}
CLOSED = [
    (MorningState.keep, WORDS),
    (MorningState.finish, WORDS),
    (WeeklyState.finish, WORDS),
    (CreedState.keep, WORDS),
    (CreedState.restore, {"version_id": "x"}),
    (HighestSelfState.remove_emblem, {}),
    (GratitudeActionState.remove_photo, {"key": "x"}),
    (GratitudeActionState.put_back, {"key": "x"}),
    (LifeMapState.pick, {"area": "x"}),
    (LifeMapState.hide, {"area": "x"}),
    (LeaderboardState.choose, {"window": "today"}),
    (LeaderboardState.hide, {"is_hidden": True}),
    (WelcomeState.take_place, {"form": {}}),
    (WelcomeState.wait, {"form": {}}),
    (WelcomeState.submit, {"form": {}}),
]


@pytest.fixture
async def line(new_line: NewLine, ana: UUID, cookie_of: Cookie) -> AsyncIterator[Line]:
    """Ana's, who has an account and nothing else."""
    async with new_line(cookie=await cookie_of(ana)) as line:
        yield line


def refusal(heard: Heard) -> dict[str, Any]:
    """Empty where nothing was refused; a whole state that is told anew says so with empty words."""
    said = heard.of(ShellState).get("refused", {})
    return said if said.get("title") else {}


class TestSomebodyWithoutAPlace:
    @pytest.mark.parametrize(("handler", "payload"), CLOSED)
    async def test_is_refused_whatever_she_calls_by_its_name(
        self, line: Line, handler: object, payload: dict[str, Any]
    ):
        heard = await line.call(handler, routes.TODAY, **payload)

        assert refusal(heard)["href"] == routes.PRICING
        assert set(heard.delta) == {ShellState.get_full_name()}
        assert heard.redirects == []

    async def test_hears_which_of_her_messages_was_refused(self, line: Line):
        heard = await line.call(MorningState.keep, routes.MORNING_JOURNAL, **WORDS)

        assert heard.of(ShellState)["refused_attempt"] == "one"

    @pytest.mark.parametrize("handler", [LeaderboardState.open, WelcomeState.open])
    async def test_is_told_nothing_by_what_a_page_opens_with(self, line: Line, handler: object):
        assert (await line.call(handler, routes.TODAY)).is_nothing

    async def test_is_told_by_the_page_why_it_is_closed_and_by_no_dialog(self, line: Line):
        heard = await line.call(MemberState.enter, routes.MORNING_JOURNAL)

        said = heard.of(ShellState)
        assert said["closed"]["title"] == "Writing is not open to you yet"
        assert said["lacks"] == ["start", "write", "meet"]
        assert not refusal(heard)

    async def test_gets_no_page_to_write_on(self, line: Line):
        heard = await line.call(MorningState.open, routes.MORNING_JOURNAL)

        said = heard.of(MorningState)
        assert said["mode"] == "closed"
        assert not said.get("sheet", {}).get("is_writable")


@asynccontextmanager
async def announced() -> AsyncIterator[None]:
    """Ends when the web process has been told of what was done inside."""
    before = remembered.moment()
    yield
    async with asyncio.timeout(10):
        while remembered.moment() == before:  # noqa: ASYNC110  the listener tells nobody when it has heard
            await asyncio.sleep(0.01)


class TestWhatChanges:
    """Sooner than what is remembered grows too old: each answer here comes within its five seconds."""

    async def test_is_seen_with_the_next_event(
        self, line: Line, ana: UUID, owner_db: psycopg.AsyncConnection
    ):
        assert refusal(await line.call(WelcomeState.submit, routes.WELCOME, form={}))

        async with announced():
            await access.grant(owner_db, ana)
        opened = await line.call(WelcomeState.submit, routes.WELCOME, form={})
        async with announced():
            await access.close(owner_db, ana)
        closed = await line.call(WelcomeState.submit, routes.WELCOME, form={})

        assert not refusal(opened)
        assert "problems" in opened.of(WelcomeState)
        assert refusal(closed)

    async def test_is_seen_of_a_subscription_too(
        self, line: Line, ana: UUID, owner_db: psycopg.AsyncConnection
    ):
        wrong_page = {**WORDS, "page": "nobodys"}
        assert refusal(await line.call(MorningState.keep, routes.TODAY, **wrong_page))

        async with announced():
            await access.subscribe(owner_db, ana)
        opened = await line.call(MorningState.keep, routes.TODAY, **wrong_page)
        async with announced():
            await owner_db.execute("update subscriptions set status = 'unpaid' where user_id = %s", [ana])
        closed = await line.call(MorningState.keep, routes.TODAY, **wrong_page)

        assert opened.of(ShellState)["toasts"][0]["text"].startswith("These words belong to another page")
        assert refusal(closed)["href"] == routes.BILLING


async def test_a_guest_whose_place_is_found_as_she_comes_sees_the_page_open(
    new_line: NewLine, new_person: NewPerson, cookie_of: Cookie
):
    address = f"guest.{uuid4().hex[:10]}@example.com"
    await buy_as_guest(address, now=clock.now())
    mira = await new_person("Mira", email=address)

    async with new_line(cookie=await cookie_of(mira)) as line:
        first = await line.call(MemberState.enter, routes.MORNING_JOURNAL)
        after = await line.call(MemberState.enter, routes.MORNING_JOURNAL)

    said = {**first.of(ShellState), **after.of(ShellState)}
    assert said["toasts"][0]["text"].startswith("The place you bought on")
    assert (said["lacks"], said["closed"]["title"]) == ([], "")
