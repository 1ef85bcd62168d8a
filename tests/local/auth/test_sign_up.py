"""Becoming somebody, as the official client sees it."""

import psycopg
import pytest
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError

from tests.local.auth.conftest import Configured
from tests.supabase import PASSWORD, SITE, Supabase, an_address


async def test_an_account_is_confirmed_by_its_mail_before_it_signs_in(supabase: Supabase):
    client, email = supabase.client(), an_address()
    joined = await client.auth.sign_up(
        {
            "email": email,
            "password": PASSWORD,
            "options": {"data": {"first_name": "Ana"}, "email_redirect_to": f"{SITE}/welcome"},
        }
    )
    assert joined.user
    assert joined.session is None

    with pytest.raises(AuthApiError) as refused:
        await client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert (refused.value.code, refused.value.status) == ("email_not_confirmed", 400)

    link = await supabase.mailed(email)
    assert link.startswith(f"{SITE}/auth/confirm?token_hash=")
    assert link.endswith("&type=signup&next=%2Fwelcome")
    token = await supabase.mailed_token(email)
    confirmed = await client.auth.verify_otp({"token_hash": token, "type": "signup"})
    assert confirmed.session
    assert confirmed.user
    assert confirmed.user.id == joined.user.id
    assert confirmed.user.user_metadata["first_name"] == "Ana"

    again = await client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert again.session


async def test_a_link_works_once(supabase: Supabase):
    client, email = supabase.client(), an_address()
    await client.auth.sign_up({"email": email, "password": PASSWORD})
    token = await supabase.mailed_token(email)
    await client.auth.verify_otp({"token_hash": token, "type": "signup"})

    with pytest.raises(AuthApiError) as refused:
        await client.auth.verify_otp({"token_hash": token, "type": "signup"})

    assert (refused.value.code, refused.value.status) == ("otp_expired", 403)


async def test_a_link_grows_old(supabase: Supabase, owner_db: psycopg.AsyncConnection):
    client, email = supabase.client(), an_address()
    await client.auth.sign_up({"email": email, "password": PASSWORD})
    token = await supabase.mailed_token(email)
    await owner_db.execute(
        "update auth.users set confirmation_sent_at = now() - interval '25 hours' where email = %s", [email]
    )

    with pytest.raises(AuthApiError) as refused:
        await client.auth.verify_otp({"token_hash": token, "type": "signup"})

    assert refused.value.code == "otp_expired"


async def test_nobody_learns_that_an_address_is_taken(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)

    answer = await supabase.client().auth.sign_up({"email": email, "password": "another long password"})

    assert answer.session is None
    assert answer.user
    assert answer.user.email == email
    assert answer.user.identities == []
    signed_in = await supabase.client().auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert signed_in.user
    assert signed_in.user.id != answer.user.id


async def test_where_nothing_is_confirmed_a_sign_up_signs_in_and_a_taken_address_is_named(
    configured: Configured,
):
    supabase, email = await configured(mailer_autoconfirm=True), an_address()

    joined = await supabase.client().auth.sign_up({"email": email, "password": PASSWORD})
    assert joined.session
    assert joined.user
    assert joined.user.email_confirmed_at

    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.sign_up({"email": email, "password": PASSWORD})
    assert (refused.value.code, refused.value.status) == ("user_already_exists", 422)


async def test_sign_up_can_be_closed(configured: Configured):
    supabase = await configured(disable_signup=True, external_anonymous_users_enabled=False)

    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.sign_up({"email": an_address(), "password": PASSWORD})
    assert refused.value.code == "signup_disabled"
    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.sign_in_anonymously()
    assert refused.value.code == "anonymous_provider_disabled"


async def test_a_short_password_is_refused_with_its_reason(supabase: Supabase):
    with pytest.raises(AuthWeakPasswordError) as refused:
        await supabase.client().auth.sign_up({"email": an_address(), "password": "short"})

    assert refused.value.reasons == ["length"]


@pytest.mark.parametrize("address", ["nobody", "a@b", "a b@example.com", f"{'a' * 250}@example.com"])
async def test_an_address_must_be_one(supabase: Supabase, address: str):
    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.sign_up({"email": address, "password": PASSWORD})

    assert (refused.value.code, refused.value.status) == ("validation_failed", 400)


async def test_an_anonymous_start_keeps_its_id_when_it_becomes_an_account(supabase: Supabase):
    client, email = supabase.client(), an_address()
    started = await client.auth.sign_in_anonymously({"options": {"data": {"timezone": "Asia/Tokyo"}}})
    assert started.user
    assert started.user.is_anonymous
    assert started.session

    with pytest.raises(AuthApiError) as refused:
        await client.auth.update_user({"password": PASSWORD})
    assert (refused.value.code, refused.value.status) == ("validation_failed", 422)

    changed = await client.auth.update_user({"email": email})
    assert changed.user.new_email == email
    assert changed.user.is_anonymous
    token = await supabase.mailed_token(email, "Your pages get an address")
    settled = await client.auth.verify_otp({"token_hash": token, "type": "email_change"})

    assert settled.user
    assert settled.session
    assert (settled.user.id, settled.user.is_anonymous, settled.user.email) == (started.user.id, False, email)
    await client.auth.update_user({"password": PASSWORD})
    again = await supabase.client().auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert again.user
    assert again.user.id == started.user.id


async def test_asking_again_too_soon_is_asked_to_wait(configured: Configured):
    supabase, email = await configured(smtp_max_frequency="1m"), an_address()
    await supabase.client().auth.sign_up({"email": email, "password": PASSWORD})

    with pytest.raises(AuthApiError, match=r"after \d+ seconds") as refused:
        await supabase.client().auth.resend({"type": "signup", "email": email})

    assert (refused.value.code, refused.value.status) == ("over_email_send_rate_limit", 429)


async def test_a_letter_that_cannot_be_sent_leaves_nobody_behind(
    configured: Configured, owner_db: psycopg.AsyncConnection
):
    supabase, email = await configured(smtp_url="smtp://127.0.0.1:9"), an_address()

    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.sign_up({"email": email, "password": PASSWORD})

    assert refused.value.code == "unexpected_failure"
    found = await owner_db.execute("select from auth.users where email = %s", [email])
    assert found.rowcount == 0
