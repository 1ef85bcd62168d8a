"""What a sign-in is made of: refresh tokens that rotate, access tokens anyone can check."""

import asyncio

import jwt
import psycopg
import pytest
from supabase_auth.errors import AuthApiError

from gynergy_app.local.auth.keys import Keyring
from tests.local.auth.conftest import Configured
from tests.supabase import PASSWORD, SECRET, Supabase, an_address, signing_key


async def refresh_token_of(supabase: Supabase) -> str:
    session = await (await supabase.confirmed()).auth.get_session()
    assert session
    return session.refresh_token


async def refreshed(supabase: Supabase, token: str) -> str:
    answer = await supabase.client().auth.refresh_session(token)
    assert answer.session
    return answer.session.refresh_token


async def test_a_refresh_token_is_exchanged_again_and_again(supabase: Supabase):
    first = await refresh_token_of(supabase)
    second = await refreshed(supabase, first)
    third = await refreshed(supabase, second)

    assert len({first, second, third}) == 3


async def test_a_lost_answer_is_given_again(configured: Configured):
    supabase = await configured(security_refresh_token_reuse_interval=0)
    first = await refresh_token_of(supabase)
    second = await refreshed(supabase, first)

    assert await refreshed(supabase, first) == second
    assert await refreshed(supabase, first) == second


async def test_an_old_token_coming_back_ends_the_whole_sign_in(configured: Configured):
    supabase = await configured(security_refresh_token_reuse_interval=0)
    first = await refresh_token_of(supabase)
    second = await refreshed(supabase, first)
    third = await refreshed(supabase, second)

    with pytest.raises(AuthApiError) as refused:
        await refreshed(supabase, first)
    assert (refused.value.code, refused.value.status) == ("refresh_token_already_used", 400)
    with pytest.raises(AuthApiError) as refused:
        await refreshed(supabase, third)
    assert refused.value.code == "refresh_token_already_used"


async def test_two_who_refresh_at_once_get_the_same_token(configured: Configured):
    supabase = await configured(security_refresh_token_reuse_interval=0)
    first = await refresh_token_of(supabase)

    answers = await asyncio.gather(*(refreshed(supabase, first) for _ in range(8)))

    assert len(set(answers)) == 1


async def test_an_unknown_token_is_nobodys(supabase: Supabase):
    with pytest.raises(AuthApiError) as refused:
        await refreshed(supabase, "abcdefghijkl")

    assert (refused.value.code, refused.value.status) == ("refresh_token_not_found", 400)


async def test_a_banned_person_can_neither_sign_in_nor_stay(supabase: Supabase):
    email = an_address()
    client = await supabase.confirmed(email)
    session = await client.auth.get_session()
    assert session
    await supabase.owner().auth.admin.update_user_by_id(session.user.id, {"ban_duration": "24h"})

    for attempt in (
        supabase.client().auth.sign_in_with_password({"email": email, "password": PASSWORD}),
        supabase.client().auth.refresh_session(session.refresh_token),
    ):
        with pytest.raises(AuthApiError) as refused:
            await attempt
        assert refused.value.code == "user_banned"


async def test_a_wrong_password_and_an_unknown_address_sound_the_same(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)

    said = []
    for address in (email, an_address("nobody")):
        with pytest.raises(AuthApiError) as refused:
            await supabase.client().auth.sign_in_with_password({"email": address, "password": "not this one"})
        said.append((refused.value.status, refused.value.code, refused.value.message))

    assert said == [(400, "invalid_credentials", "Invalid login credentials")] * 2


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
async def test_tokens_are_checked_with_the_public_key(configured: Configured, algorithm: str):
    supabase = await configured(jwt_keys=signing_key(algorithm))
    client = await supabase.confirmed()
    session = await client.auth.get_session()
    assert session
    header = jwt.get_unverified_header(session.access_token)
    assert header["alg"] == algorithm

    answer = await supabase.http.get(f"{supabase.url}/auth/v1/.well-known/jwks.json")
    (public,) = answer.json()["keys"]
    assert public["kid"] == header["kid"]
    assert not {"d", "p", "q"} & set(public)
    claims = jwt.decode(session.access_token, jwt.PyJWK(public).key, [algorithm], audience="authenticated")

    assert claims["iss"] == f"{supabase.url}/auth/v1"
    assert claims["role"] == "authenticated"
    assert claims["aal"] == "aal1"
    assert claims["amr"][0]["method"] == "password"
    told = await client.auth.get_claims(session.access_token)
    assert told
    assert told["claims"].get("sub") == session.user.id


async def test_a_shared_secret_is_never_published(supabase: Supabase):
    client = await supabase.confirmed()
    session = await client.auth.get_session()
    assert session

    answer = await supabase.http.get(f"{supabase.url}/auth/v1/.well-known/jwks.json")

    assert answer.json() == {"keys": []}
    assert (
        jwt.decode(session.access_token, SECRET, ["HS256"], audience="authenticated")["is_anonymous"] is False
    )


@pytest.mark.parametrize("secret", ["short", "x" * 31])
def test_a_short_secret_is_refused(secret: str):
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(secret)


async def test_a_forged_token_is_refused(configured: Configured):
    supabase = await configured(jwt_keys=signing_key("ES256"))
    client = await supabase.confirmed()
    session = await client.auth.get_session()
    assert session
    claims = jwt.decode(session.access_token, options={"verify_signature": False})
    kid = jwt.get_unverified_header(session.access_token)["kid"]

    for forged in (
        jwt.encode(claims, "another secret of thirty-two bytes and more", "HS256"),
        jwt.encode(claims, SECRET, "HS256", headers={"kid": kid}),
        jwt.encode(claims, "", "none"),
        session.access_token[:-4] + "AAAA",
    ):
        with pytest.raises(AuthApiError) as refused:
            await supabase.client().auth.get_user(forged)
        assert (refused.value.code, refused.value.status) == ("bad_jwt", 403)


async def test_a_deleted_session_ends_its_access_token_too(
    supabase: Supabase, owner_db: psycopg.AsyncConnection
):
    client = await supabase.confirmed()
    session = await client.auth.get_session()
    assert session
    await owner_db.execute("delete from auth.sessions where user_id = %s", [session.user.id])

    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.get_user(session.access_token)

    assert (refused.value.code, refused.value.status) == ("session_not_found", 403)
