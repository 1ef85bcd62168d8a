"""A member's own pages: what is kept, and what the browser is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import psycopg
import pytest
import reflex as rx
from pydantic import SecretStr
from reflex.event import EventSpec
from reflex.istate.data import HeaderData, ReflexURL, RouterData

from gynergy_app import clock, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.guard import acting_as
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.services import cookies, sessions
from gynergy_app.settings import settings
from gynergy_app.state.accounts import EntranceState, PreferencesState, ProfileState, SecurityState
from gynergy_app.state.session import AdminState, MemberState
from gynergy_app.state.shell import ShellState

Opened = TypeVar("Opened", bound=rx.State)
Open = Callable[[type[Opened]], Awaitable[Opened]]


@pytest.fixture
def who(ana: UUID) -> Member:
    return Member(ana, f"{ana}@example.com", "Ana", "Silva", "Europe/Lisbon")


@pytest.fixture
async def tab(who: Member) -> AsyncIterator[Open]:
    """One tab of Ana's browser: `await tab(ProfileState)`."""
    root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]

    async def state(kind: type[Opened]) -> Opened:
        return await root.get_state(kind)

    with acting_as(who):
        yield state


async def call(handler: Any, state: rx.State, *args: object) -> list[EventSpec]:
    """What the handler returned or yielded."""
    answer = handler.fn(state, *args)
    if hasattr(answer, "__aiter__"):
        return [event async for event in answer if event is not None]
    if hasattr(answer, "__await__"):
        answer = await answer
    return [answer] if answer is not None else []


class TestPreferences:
    async def test_a_choice_is_kept_at_once(self, tab: Open, ana: UUID, owner_db: psycopg.AsyncConnection):
        state = await tab(PreferencesState)
        await call(PreferencesState.open, state)

        await call(PreferencesState.choose, state, "show_on_leaderboard", False)
        await call(PreferencesState.choose, state, "quiet_from", "23:30")

        row = await (
            await owner_db.execute(
                "select show_on_leaderboard, quiet_from::text from profile_settings where user_id = %s", [ana]
            )
        ).fetchone()
        assert row == (False, "23:30:00")
        assert state.choices.quiet_from == "23:30"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("quiet_from", "25:00"),
            ("theme", "neon"),
            ("show_points", "yes"),
            ("user_id", "0"),
            ("timezone", "Asia/Tokyo"),
            ("__class__", True),
        ],
    )
    async def test_what_cannot_be_chosen_is_refused_in_a_sentence(self, tab: Open, name: str, said: Any):
        state = await tab(PreferencesState)
        await call(PreferencesState.open, state)
        before = state.choices

        await call(PreferencesState.choose, state, name, said)

        assert state.problems[name].startswith("Please")
        assert state.choices == before

    async def test_a_good_choice_clears_the_sentence(self, tab: Open):
        state = await tab(PreferencesState)
        await call(PreferencesState.open, state)
        await call(PreferencesState.choose, state, "quiet_from", "noon")

        await call(PreferencesState.choose, state, "quiet_from", "21:00")

        assert state.problems == {}

    async def test_a_reminder_in_the_quiet_hours_is_said_to_stay_silent(self, tab: Open):
        state = await tab(PreferencesState)
        await call(PreferencesState.open, state)
        assert state.silenced == ""

        await call(PreferencesState.choose, state, "evening_reminder_time", "22:30")

        assert state.silenced == "Your evening time lies in these hours and stays silent."

    async def test_days_follow_another_clock(self, tab: Open, ana: UUID, owner_db: psycopg.AsyncConnection):
        state = await tab(PreferencesState)
        await call(PreferencesState.open, state)

        await call(PreferencesState.move_to, state, "Asia/Tokyo")

        row = await (
            await owner_db.execute("select timezone from profile_settings where user_id = %s", [ana])
        ).fetchone()
        assert (row, state.choices.timezone) == (("Asia/Tokyo",), "Asia/Tokyo")

    async def test_a_place_that_is_none_is_refused(self, tab: Open):
        state = await tab(PreferencesState)
        await call(PreferencesState.open, state)

        await call(PreferencesState.move_to, state, "../etc/passwd")

        assert "time zone from the list" in state.problems["timezone"]
        assert state.choices.timezone == "Europe/Lisbon"


class TestTheProfile:
    async def test_a_name_is_tidied_and_kept(self, tab: Open, ana: UUID, owner_db: psycopg.AsyncConnection):
        state = await tab(ProfileState)

        await call(ProfileState.save, state, {"first_name": "  Ana   María ", "last_name": ""})

        row = await (
            await owner_db.execute("select first_name, last_name from users where id = %s", [ana])
        ).fetchone()
        assert row == ("Ana María", "")

    @pytest.mark.parametrize("name", ["", "\u200b", "a" * 81, "https://evil.test"])
    async def test_what_is_no_name_is_refused_beside_its_field(self, tab: Open, name: str):
        state = await tab(ProfileState)

        await call(ProfileState.save, state, {"first_name": name})

        assert state.problems["first_name"]
        assert not state.is_saving

    async def test_the_browser_is_told_no_more_than_the_page_shows(self, tab: Open):
        state = await tab(ProfileState)

        await call(ProfileState.open, state)

        told = state.get_delta()[ProfileState.get_full_name()]
        assert {name.removesuffix("_rx_state_") for name in told} <= {
            "first_name", "last_name", "email", "picture",
            "is_anonymous", "is_loaded", "is_saving", "problems",
        }  # fmt: skip


class TestSecurity:
    @pytest.fixture(autouse=True)
    def _the_auth_service_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "supabase_url", "http://127.0.0.1:9")
        monkeypatch.setattr(settings, "supabase_anon_key", SecretStr("a key"))

    async def test_one_sign_in_is_ended_and_the_others_stay(self, tab: Open, ana: UUID):
        first, second = await signed_in(ana), await signed_in(ana)
        state = await tab(SecurityState)
        await call(SecurityState.open, state)
        shown = next(row for row in state.sign_ins if row.id == str(second[1]))

        await call(SecurityState.end, state, shown.id)

        assert await sessions.find(second[0], clock.now()) is None
        assert await sessions.find(first[0], clock.now())
        assert len(state.sign_ins) == 1

    async def test_somebody_elses_cannot_be_ended(self, tab: Open, ben: UUID):
        theirs = await signed_in(ben)
        state = await tab(SecurityState)
        await call(SecurityState.open, state)

        await call(SecurityState.end, state, str(theirs[1]))

        assert await sessions.find(theirs[0], clock.now())


class TestTheFrame:
    async def test_is_told_who_is_here(self, tab: Open):
        await call(MemberState.enter, await tab(MemberState))

        shell = await tab(ShellState)
        assert (shell.member_name, shell.member_initial, shell.is_admin) == ("Ana Silva", "A", False)

    async def test_of_an_admin_opens_the_desk(self, tab: Open, who: Member):
        with acting_as(Member(who.id, who.email, "Ana", "Silva", "UTC", is_admin=True)):
            await call(AdminState.enter, await tab(AdminState))

        assert (await tab(ShellState)).is_admin


async def signed_in(person: UUID) -> tuple[str, UUID]:
    """A cookie of this person, and the name under which its owner sees it."""
    now, name = clock.now(), uuid4()
    auth = AuthSession(person, "", "access", "refresh", now + timedelta(days=1), False, name)
    return await sessions.open(auth, "Chromium", "127.0.0.1", now), name


class TestTheWayIn:
    @pytest.mark.parametrize(
        ("path", "cookie", "is_said"),
        [
            (routes.SIGN_IN, f"{cookies.named(sessions.COOKIE)}=ended-elsewhere", True),
            (routes.SIGN_IN, "", False),
            (routes.SIGN_UP, f"{cookies.named(sessions.COOKIE)}=ended-elsewhere", False),
        ],
    )
    async def test_a_sign_in_that_was_ended_elsewhere_says_so_at_the_door(
        self, path: str, cookie: str, is_said: bool
    ):
        state = await rx.State().get_state(EntranceState)
        state.router = RouterData(
            url=ReflexURL(f"http://localhost:3000{path}"), headers=HeaderData(cookie=cookie)
        )

        with acting_as(None):
            await call(EntranceState.open, state)

        assert ("signed out on this device" in state.note) is is_said
        assert not state.is_good_news
