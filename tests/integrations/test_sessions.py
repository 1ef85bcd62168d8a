"""Sign-ins of browsers, from the first cookie to the last sign-out."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from gynergy_app.domain.accounts import Member
from gynergy_app.errors import NotSignedIn, TooMany, Unavailable
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_errors import SignedOut
from gynergy_app.services import rate_limits, sessions
from gynergy_app.services.sessions import living, remembered
from tests.supabase import PASSWORD, Supabase, an_address

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
NOW = datetime.now(UTC)
SOON = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remembered, "_members", {})
    monkeypatch.setattr(living, "_service_away_until", datetime.min.replace(tzinfo=UTC))


@pytest.fixture
async def ana(supabase: Supabase) -> supabase_auth.AuthSession:
    email = an_address()
    await supabase.confirmed(email, first_name="Ana", last_name="Silva", timezone="Europe/Lisbon")
    return await supabase_auth.sign_in(email, PASSWORD)


@pytest.fixture
async def cookie(ana: supabase_auth.AuthSession) -> str:
    return await sessions.open(ana, FIREFOX, "203.0.113.7", NOW)


async def here(cookie: str, now: datetime = NOW) -> Member:
    member = await sessions.find(cookie, now)
    assert member
    return member


@pytest.fixture
async def nearly_over(
    ana: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
) -> supabase_auth.AuthSession:
    """Ana's sign-in, when its access token has half a minute left."""
    await owner_db.execute(
        "update private.web_sessions set access_expires_at = %s where user_id = %s", [NOW + SOON, ana.user_id]
    )
    return ana


async def rows(owner_db: psycopg.AsyncConnection, query: str, *values: Any) -> list[Any]:
    return await (await owner_db.execute(query, values)).fetchall()  # pyright: ignore[reportArgumentType]


async def test_a_cookie_stands_for_its_member(ana: supabase_auth.AuthSession, cookie: str):
    member = await here(cookie)

    assert (member.id, member.name, member.timezone) == (ana.user_id, "Ana Silva", "Europe/Lisbon")
    assert (member.email, member.is_admin, member.is_anonymous) == (ana.email, False, False)
    assert member.auth_session == hashlib.sha256(cookie.encode()).digest()


@pytest.mark.parametrize("cookie", [None, "", "x", "ü" * 300, "' or true --", "\x00"])
async def test_anything_else_stands_for_nobody(supabase: Supabase, cookie: str | None):
    assert await sessions.find(cookie, NOW) is None


async def test_nothing_in_the_table_can_be_used_to_sign_in(
    ana: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
):
    (row,) = await rows(owner_db, "select * from private.web_sessions where user_id = %s", ana.user_id)

    kept = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    for secret in (cookie, ana.access_token, ana.refresh_token):
        assert secret.encode() not in kept


async def test_a_sign_in_ends_after_its_time(cookie: str):
    assert await sessions.find(cookie, NOW + sessions.LIFETIME) is None


async def test_signing_out_here_refuses_the_cookie_at_once(
    ana: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
):
    await here(cookie)
    await sessions.revoke(cookie, NOW)

    assert await sessions.find(cookie, NOW) is None
    with pytest.raises(NotSignedIn):
        await sessions.access_token(cookie, NOW)
    with pytest.raises(SignedOut):
        await supabase_auth.refresh(ana.refresh_token)
    (row,) = await rows(
        owner_db,
        "select refresh_token_encrypted, access_token_encrypted from private.web_sessions where user_id = %s",
        ana.user_id,
    )
    assert row == (b"", b"")
    await sessions.revoke(cookie, NOW)


async def test_signing_out_here_leaves_the_other_device(ana: supabase_auth.AuthSession, cookie: str):
    phone = await sessions.open(await supabase_auth.sign_in(ana.email, PASSWORD), PHONE, "", NOW)

    await sessions.revoke(cookie, NOW)

    assert await sessions.find(phone, NOW)


async def test_a_member_sees_where_she_is_signed_in_and_ends_one(ana: supabase_auth.AuthSession, cookie: str):
    later = NOW + timedelta(hours=1)
    phone = await sessions.open(
        await supabase_auth.sign_in(ana.email, PASSWORD), PHONE, "198.51.100.2", later
    )
    member = await here(cookie, NOW + timedelta(minutes=10))

    own = await sessions.list_own(member, later)
    assert [(one.device, one.is_this_one) for one in own] == [
        ("Safari on iPhone", False),
        ("Firefox on Linux", True),
    ]
    assert own[1].last_seen_at == NOW + timedelta(minutes=10)
    assert (own[0].ip, own[0].created_at) == ("198.51.100.2", later)

    await sessions.revoke_one(member, own[0].id, later)
    assert await sessions.find(phone, later) is None
    assert [one.is_this_one for one in await sessions.list_own(member, later)] == [True]
    with pytest.raises(sessions.NoSuchSession):
        await sessions.revoke_one(member, own[0].id, later)


async def test_nobody_ends_anothers_sign_in(ana: supabase_auth.AuthSession, cookie: str):
    ben = await here(await sessions.open(await supabase_auth.sign_in_anonymously(), FIREFOX, "", NOW))

    with pytest.raises(sessions.NoSuchSession):
        await sessions.revoke_one(ben, ana.session_id, NOW)

    assert await sessions.list_own(ben, NOW) != await sessions.list_own(await here(cookie), NOW)
    assert await here(cookie)


async def test_signing_out_everywhere_ends_every_device_here_and_at_the_service(
    ana: supabase_auth.AuthSession, cookie: str
):
    elsewhere = await supabase_auth.sign_in(ana.email, PASSWORD)
    phone = await sessions.open(elsewhere, PHONE, "", NOW)
    member, _ = await here(cookie), await here(phone)

    await sessions.revoke_all(member, NOW)

    assert [await sessions.find(one, NOW) for one in (cookie, phone)] == [None, None]
    for ended in (ana, elsewhere):
        with pytest.raises(SignedOut):
            await supabase_auth.refresh(ended.refresh_token)


async def test_a_token_is_renewed_once_however_many_ask(
    nearly_over: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
):
    members = await asyncio.gather(*(sessions.find(cookie, NOW) for _ in range(12)))
    tokens = await asyncio.gather(*(sessions.access_token(cookie, NOW) for _ in range(4)))

    assert {member and member.id for member in members} == {nearly_over.user_id}
    assert len(set(tokens)) == 1
    assert await renewals(owner_db, nearly_over) == 1


async def test_processes_that_do_not_know_each_other_renew_once(
    nearly_over: supabase_auth.AuthSession,
    cookie: str,
    owner_db: psycopg.AsyncConnection,
    monkeypatch: pytest.MonkeyPatch,
):
    class NoTurns(dict[bytes, asyncio.Lock]):
        def setdefault(self, key: bytes, default: asyncio.Lock) -> asyncio.Lock:  # pyright: ignore[reportIncompatibleMethodOverride]
            return default

    monkeypatch.setattr(living, "_turns", NoTurns())

    await asyncio.gather(*(sessions.access_token(cookie, NOW) for _ in range(6)))

    assert await renewals(owner_db, nearly_over) == 1


async def renewals(owner_db: psycopg.AsyncConnection, ana: supabase_auth.AuthSession) -> int:
    (row,) = await rows(
        owner_db, "select count(*) - 1 from auth.refresh_tokens where session_id = %s", ana.session_id
    )
    return row[0]


async def test_a_sign_in_dies_when_the_auth_service_says_so(
    nearly_over: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("delete from auth.sessions where id = %s", [nearly_over.session_id])

    assert await sessions.find(cookie, NOW) is None
    (row,) = await rows(
        owner_db,
        "select revoked_at, refresh_token_encrypted from private.web_sessions where user_id = %s",
        nearly_over.user_id,
    )
    assert (row[0], row[1]) == (NOW, b"")


async def test_a_lost_renewal_is_found_again(nearly_over: supabase_auth.AuthSession, cookie: str):
    """The service has rotated the token, and our process died before it could write down the new one."""
    renewed = await supabase_auth.refresh(nearly_over.refresh_token)

    await sessions.access_token(cookie, NOW)
    assert await supabase_auth.refresh(renewed.refresh_token)


async def test_nobody_is_signed_out_because_the_service_is_away(
    nearly_over: supabase_auth.AuthSession, cookie: str, service_away: Callable[[], None]
):
    service_away()

    assert (await here(cookie)).id == nearly_over.user_id
    with pytest.raises(Unavailable):
        await sessions.access_token(cookie, NOW)
    await sessions.revoke(cookie, NOW)
    assert await sessions.find(cookie, NOW) is None


async def test_a_suspended_member_is_here_no_more(
    ana: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
):
    await here(cookie)
    await owner_db.execute("update users set suspended_at = now() where id = %s", [ana.user_id])

    assert await sessions.find(cookie, NOW + timedelta(seconds=6)) is None


async def test_what_was_read_before_a_sign_out_is_not_remembered_after_it(cookie: str):
    member, taken_at = await here(cookie), remembered.moment()
    await sessions.revoke(cookie, NOW)

    remembered.keep(member, NOW, taken_at)

    assert await sessions.find(cookie, NOW) is None


async def test_tokens_sealed_under_another_secret_sign_nobody_in(
    ana: supabase_auth.AuthSession, cookie: str, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "update private.web_sessions set refresh_token_encrypted = 'damaged' where user_id = %s",
        [ana.user_id],
    )

    assert await sessions.find(cookie, ana.expires_at - SOON) is None


async def test_of_many_tries_at_once_exactly_so_many_are_allowed():
    key, window = f"sign-in:{an_address()}", timedelta(minutes=15)

    tries = await asyncio.gather(
        *(rate_limits.allow(key, 5, window, NOW) for _ in range(20)), return_exceptions=True
    )

    assert [isinstance(one, TooMany) for one in tries].count(False) == 5
    await rate_limits.allow(f"{key}:another", 5, window, NOW)
    await rate_limits.allow(key, 5, window, NOW + window)


async def test_a_limit_says_how_long_it_lasts():
    key, window = f"sign-in:{an_address()}", timedelta(minutes=15)

    with pytest.raises(TooMany, match="Please wait 15 minutes and"):
        await rate_limits.allow(key, 0, window, NOW)
    with pytest.raises(TooMany, match="Not for 1 minute,"):
        await rate_limits.allow(
            key, 0, window, NOW + timedelta(minutes=14, seconds=30), "Not for {wait}, so."
        )


async def test_what_is_given_back_was_never_counted_and_a_later_window_is_left_alone():
    key, window = f"sign-in:{an_address()}", timedelta(minutes=15)

    counted = await rate_limits.allow(key, 1, window, NOW)
    await rate_limits.give_back([counted])
    again = await rate_limits.allow(key, 1, window, NOW)
    await rate_limits.allow(key, 1, window, NOW + window)
    await rate_limits.give_back([again])

    with pytest.raises(TooMany):
        await rate_limits.allow(key, 1, window, NOW + window)
