"""What nobody gets over the socket, whatever they send."""

import gc
import logging
from uuid import UUID

import psycopg
import pytest
import websockets

from gynergy_app import clock, routes
from gynergy_app.services import sessions
from gynergy_app.state.accounts import EntranceState, PreferencesState, ProfileState, SecurityState
from gynergy_app.state.session import AdminState, MemberState
from gynergy_app.state.shell import ShellState
from tests.sockets.conftest import Cookie, NewLine
from tests.sockets.line import name_of

TO_SIGN_IN = "/sign-in?next=%2Fme"
ENDED = {"is_signed_out_rx_state_": True, "asks_to_sign_in_rx_state_": True}


class TestAStranger:
    @pytest.mark.parametrize(
        ("handler", "payload"),
        [
            (ProfileState.open, {}),
            (ProfileState.save, {"form": {"first_name": "Eve"}}),
            (PreferencesState.choose, {"name": "theme", "said": "dark"}),
            (SecurityState.end_others, {}),
            (MemberState.enter, {}),
            (AdminState.enter, {}),
        ],
    )
    async def test_calls_a_handler_by_its_name(
        self, new_line: NewLine, handler: object, payload: dict[str, object]
    ):
        async with new_line() as line:
            heard = await line.call(handler, "/me", **payload)

        assert heard.redirects == [TO_SIGN_IN]
        assert heard.delta == {}

    @pytest.mark.parametrize("path", ["/me", "/me?next=%2Fme"])
    async def test_is_led_back_to_the_page_she_asked_for_and_to_no_more(self, new_line: NewLine, path: str):
        """The second is how a page that is being left names itself."""
        async with new_line() as line:
            assert (await line.call(MemberState.enter, path)).redirects == [TO_SIGN_IN]

    @pytest.mark.parametrize("state", [ShellState, ProfileState, EntranceState])
    async def test_sets_a_variable_by_its_name(self, new_line: NewLine, state: type):
        async with new_line() as line:
            heard = await line.send(f"{state.get_full_name()}.setvar", "/me", var_name="is_admin", value=True)

        assert heard.redirects == [TO_SIGN_IN]
        assert heard.delta == {}

    async def test_calls_what_is_no_handler(self, new_line: NewLine):
        async with new_line() as line:
            for name in ("_fill_frame", "reset", "get_state", "no_such_thing"):
                assert (await line.send(f"{MemberState.get_full_name()}.{name}")).is_nothing

    async def test_sends_a_name_that_does_not_exist_and_the_log_keeps_one_line(
        self, new_line: NewLine, caplog: pytest.LogCaptureFixture
    ):
        async with new_line() as line:
            await line.send("no_such_state.no_such_thing\nforged line", token="s3cr3t")

        [record] = [record for record in caplog.records if "no_such_thing" in record.getMessage()]
        assert record.levelname == "WARNING"
        assert record.getMessage() == (
            "Refused an event of a name that does not exist: 'no_such_state.no_such_thing\\nforged line'"
        )
        assert not record.exc_text

    async def test_may_call_what_is_public(self, new_line: NewLine):
        async with new_line() as line:
            heard = await line.call(ShellState.say, text="Hello")

        assert heard.of(ShellState)["toasts"][0]["text"] == "Hello"


class TestWhatCannotBeTaken:
    @pytest.mark.parametrize(
        "frame",
        [
            '42/_event,["event"]',
            '42/_event,["event","my words"]',
            '42/_event,["event",["my words"]]',
            '42/_event,["event",{"my words":1}]',
            '42/_event,["event",{"name":"x","payload":{},"router_data":"my words"}]',
            '42/_event,["event",{},"my words"]',
            '42/_event,{"my words":1}',
            "42/_event,[]",
            '42/_event,{"my words',
        ],
    )
    async def test_is_one_line_and_the_socket_stays_open(
        self, new_line: NewLine, caplog: pytest.LogCaptureFixture, frame: str
    ):
        async with new_line() as line:
            refused = await line.say(frame)
            gc.collect()
            said = await line.call(ShellState.say, text="Hello")

        assert refused.is_nothing
        assert said.of(ShellState)["toasts"][0]["text"] == "Hello"
        assert_refused_quietly(caplog, "Refused a message that cannot be read: ")

    @pytest.mark.parametrize("frame", ["x my words", "bmy words", ""])
    async def test_what_is_no_packet_is_one_line_too_and_others_go_on(
        self, new_line: NewLine, caplog: pytest.LogCaptureFixture, frame: str
    ):
        async with new_line() as other, new_line() as line:
            with pytest.raises(websockets.ConnectionClosed):
                await line.say(frame)
            said = await other.call(ShellState.say, text="Hello")

        assert said.of(ShellState)["toasts"][0]["text"] == "Hello"
        assert_refused_quietly(caplog, "Refused a message that cannot be read: ")

    async def test_arguments_of_another_kind_are_refused_in_a_sentence(
        self, new_line: NewLine, ana: UUID, cookie_of: Cookie, caplog: pytest.LogCaptureFixture
    ):
        async with new_line(cookie=await cookie_of(ana)) as line:
            heard = await line.call(PreferencesState.choose, "/me", name={"my words": 1}, said="dark")

        assert heard.of(ShellState)["toasts"][0]["text"].startswith("This page no longer fits the server.")
        assert_refused_quietly(
            caplog, "Refused an event whose arguments do not fit: " + name_of(PreferencesState.choose)
        )

    @pytest.mark.parametrize(
        "payload",
        [{}, {"name": "theme"}, {"name": "theme", "said": "my words", "more": 1}, {"my words": 1}],
    )
    async def test_a_members_wrong_arguments_are_one_line(
        self,
        new_line: NewLine,
        ana: UUID,
        cookie_of: Cookie,
        caplog: pytest.LogCaptureFixture,
        payload: dict[str, object],
    ):
        async with new_line(cookie=await cookie_of(ana)) as line:
            heard = await line.call(PreferencesState.choose, "/me", **payload)

        assert heard.of(ShellState)["toasts"][0]["text"].startswith("This page no longer fits the server.")
        assert_refused_quietly(
            caplog, "Refused an event whose arguments do not fit: " + name_of(PreferencesState.choose)
        )


def assert_refused_quietly(caplog: pytest.LogCaptureFixture, beginning: str) -> None:
    loud = [record for record in caplog.records if record.levelno >= logging.WARNING]
    refusals = [record for record in loud if record.getMessage().startswith(beginning)]
    assert [record.levelname for record in refusals] == ["WARNING"]
    assert not any(record.exc_text for record in loud)
    assert "my words" not in caplog.text


async def test_a_forged_cookie_is_nobody(new_line: NewLine):
    async with new_line(cookie="gynergy_session=" + "A" * 43) as line:
        assert (await line.call(ProfileState.open, "/me")).redirects == [TO_SIGN_IN]


async def test_a_page_of_another_site_gets_no_line(new_line: NewLine, ana: UUID, cookie_of: Cookie):
    with pytest.raises(websockets.InvalidStatus):
        async with new_line(cookie=await cookie_of(ana), origin="http://evil.test"):
            pass

    async with new_line(cookie=await cookie_of(ana), origin="http://localhost:3000") as line:
        assert (await line.call(ProfileState.open)).of(ProfileState)["first_name"] == "Ana"


async def test_a_member_is_no_admin(new_line: NewLine, ana: UUID, admin: UUID, cookie_of: Cookie):
    async with (
        new_line(cookie=await cookie_of(ana)) as member,
        new_line(cookie=await cookie_of(admin)) as desk,
    ):
        refused = await member.call(AdminState.enter, routes.ADMIN)
        allowed = await desk.call(AdminState.enter, routes.ADMIN)

    assert (refused.redirects, refused.delta) == ([routes.FORBIDDEN], {})
    assert allowed.of(ShellState)["is_admin"] is True


class TestAStolenToken:
    """The token names a tab's state and stands in addresses: without the cookie it must be worth nothing."""

    @pytest.fixture
    async def token(self, new_line: NewLine, ana: UUID, cookie_of: Cookie) -> str:
        async with new_line(cookie=await cookie_of(ana)) as line:
            await line.open(routes.ME)
            assert (await line.call(ProfileState.open, routes.ME)).of(ProfileState)["first_name"] == "Ana"
        return line.token

    async def test_shows_a_stranger_nothing(self, new_line: NewLine, token: str):
        async with new_line(token=token) as line:
            heard = await line.open(routes.PRIVACY)

        assert "Ana" not in str(heard.delta)

    async def test_shows_another_member_nothing(
        self, new_line: NewLine, token: str, ben: UUID, cookie_of: Cookie
    ):
        async with new_line(token=token, cookie=await cookie_of(ben)) as line:
            heard = await line.open(routes.PRIVACY)

        assert "Ana" not in str(heard.delta)

    async def test_shows_nothing_to_whoever_skips_the_greeting(self, new_line: NewLine, token: str):
        async with new_line(token=token) as line:
            said = await line.call(ShellState.say, text="Hello")
            refused = await line.call(ProfileState.open, routes.ME)

        assert "Ana" not in str(said.delta)
        assert refused.redirects == [TO_SIGN_IN]

    async def test_shows_nothing_to_whoever_claims_to_be_writing(self, new_line: NewLine, token: str):
        async with new_line(token=token) as line:
            hydrated = await line.open(routes.MORNING_JOURNAL)
            called = await line.call(ProfileState.open, routes.MORNING_JOURNAL)

        assert hydrated.delta == called.delta == {ShellState.get_full_name(): ENDED}


class TestAnEndedSignIn:
    async def test_is_noticed_by_the_next_click_in_another_tab(
        self, new_line: NewLine, ana: UUID, cookie_of: Cookie
    ):
        cookie = await cookie_of(ana)
        async with new_line(cookie=cookie) as tab:
            await tab.open(routes.ME)
            await sessions.revoke(cookie.partition("=")[2], clock.now())

            heard = await tab.call(ProfileState.open, routes.ME)

        assert heard.redirects == [TO_SIGN_IN]
        assert "Ana" not in str(heard.delta)

    async def test_leaves_a_page_that_is_being_written_as_it_is(
        self, new_line: NewLine, ana: UUID, cookie_of: Cookie
    ):
        cookie = await cookie_of(ana)
        async with new_line(cookie=cookie) as tab:
            await tab.open(routes.EVENING_JOURNAL)
            await sessions.revoke(cookie.partition("=")[2], clock.now())

            heard = await tab.call(ProfileState.open, routes.EVENING_JOURNAL)

        assert heard.delta == {ShellState.get_full_name(): ENDED}
        assert heard.redirects == []

    async def test_goes_on_with_a_new_sign_in_of_the_same_person(
        self, new_line: NewLine, ana: UUID, cookie_of: Cookie
    ):
        cookie = await cookie_of(ana)
        async with new_line(cookie=cookie) as tab:
            await tab.open(routes.EVENING_JOURNAL)
            await sessions.revoke(cookie.partition("=")[2], clock.now())
            await tab.call(ProfileState.open, routes.EVENING_JOURNAL)

        async with new_line(cookie=await cookie_of(ana), token=tab.token) as again:
            heard = await again.open(routes.EVENING_JOURNAL)

        assert heard.of(ShellState)["is_signed_out"] is heard.of(ShellState)["asks_to_sign_in"] is False
        assert heard.redirects == []

    async def test_empties_the_tab_when_its_owner_walks_on(
        self, new_line: NewLine, ana: UUID, cookie_of: Cookie
    ):
        cookie = await cookie_of(ana)
        async with new_line(cookie=cookie) as tab:
            await tab.open(routes.ME)
            await tab.call(ProfileState.open, routes.ME)
            await sessions.revoke(cookie.partition("=")[2], clock.now())

            heard = await tab.go(routes.SIGN_IN)

        assert heard.of(ProfileState)["first_name"] == ""

    async def test_comes_with_a_suspension(
        self, new_line: NewLine, ana: UUID, cookie_of: Cookie, owner_db: psycopg.AsyncConnection
    ):
        await owner_db.execute("update users set suspended_at = now() where id = %s", [ana])

        async with new_line(cookie=await cookie_of(ana)) as line:
            assert (await line.call(ProfileState.open, "/me")).redirects == [TO_SIGN_IN]
