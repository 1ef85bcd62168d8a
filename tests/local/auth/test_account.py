"""Recovering, changing, leaving."""

import time

import psycopg
import pytest
from supabase_auth.errors import AuthApiError
from supabase_auth.types import Session, SignOutScope

from gynergy_app.local import kept_mail
from gynergy_app.local.auth.routes.mfa import PERIOD, totp
from tests.local.auth.conftest import Configured
from tests.supabase import PASSWORD, SITE, Supabase, an_address


async def test_a_forgotten_password_is_replaced_through_the_mailbox(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)
    client = supabase.client()
    await client.auth.reset_password_for_email(email, {"redirect_to": f"{SITE}/reset-password"})

    token = await supabase.mailed_token(email, "new password")
    await client.auth.verify_otp({"token_hash": token, "type": "recovery"})
    await client.auth.update_user({"password": "a lantern in the reeds"})

    with pytest.raises(AuthApiError, match="Invalid login credentials"):
        await supabase.client().auth.sign_in_with_password({"email": email, "password": PASSWORD})
    answer = await supabase.client().auth.sign_in_with_password(
        {"email": email, "password": "a lantern in the reeds"}
    )
    assert answer.session


async def test_recovery_says_nothing_about_unknown_addresses(supabase: Supabase):
    email = an_address("nobody")

    await supabase.client().auth.reset_password_for_email(email)
    await supabase.client().auth.resend({"type": "signup", "email": email})

    assert not [path for path in supabase.mails.glob("*.eml") if email in path.read_text()]


async def test_a_magic_link_signs_in(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)
    await supabase.client().auth.sign_in_with_otp({"email": email, "options": {"should_create_user": False}})

    token = await supabase.mailed_token(email, "sign-in link")
    answer = await supabase.client().auth.verify_otp({"token_hash": token, "type": "email"})

    assert answer.user
    assert answer.user.email == email


async def test_a_magic_link_may_make_an_account_or_not(supabase: Supabase):
    email = an_address()
    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.sign_in_with_otp(
            {"email": email, "options": {"should_create_user": False}}
        )
    assert refused.value.code == "otp_disabled"

    await supabase.client().auth.sign_in_with_otp({"email": email})
    token = await supabase.mailed_token(email)
    answer = await supabase.client().auth.verify_otp({"token_hash": token, "type": "signup"})
    assert answer.session


async def test_a_new_password_must_differ_and_ends_the_other_sign_ins(supabase: Supabase):
    email = an_address()
    here, elsewhere = await supabase.confirmed(email), supabase.client()
    await elsewhere.auth.sign_in_with_password({"email": email, "password": PASSWORD})

    with pytest.raises(AuthApiError) as refused:
        await here.auth.update_user({"password": PASSWORD})
    assert (refused.value.code, refused.value.status) == ("same_password", 422)

    await here.auth.update_user({"password": "a lantern in the reeds"})
    assert await here.auth.get_user()
    with pytest.raises(AuthApiError) as refused:
        await elsewhere.auth.get_user()
    assert refused.value.code == "session_not_found"


async def test_an_address_changes_when_both_mailboxes_agree(supabase: Supabase):
    old, new = an_address(), an_address("anabel")
    client = await supabase.confirmed(old)
    await client.auth.update_user({"email": new})

    first = await client.auth.verify_otp(
        {"token_hash": await supabase.mailed_token(old, "change of address"), "type": "email_change"}
    )
    assert first.session is None
    assert first.user is None
    second = await client.auth.verify_otp(
        {"token_hash": await supabase.mailed_token(new, "change of address"), "type": "email_change"}
    )

    assert second.user
    assert second.user.email == new
    answer = await supabase.client().auth.sign_in_with_password({"email": new, "password": PASSWORD})
    assert answer.session


async def test_one_mailbox_is_enough_when_so_configured(configured: Configured):
    supabase = await configured(mailer_secure_email_change_enabled=False)
    new = an_address("anabel")
    client = await supabase.confirmed()
    await client.auth.update_user({"email": new})

    token = await supabase.mailed_token(new)
    answer = await client.auth.verify_otp({"token_hash": token, "type": "email_change"})

    assert answer.user
    assert answer.user.email == new


async def test_nobody_takes_an_address_that_has_an_account(supabase: Supabase):
    taken = an_address()
    await supabase.confirmed(taken)
    client = await supabase.confirmed()

    with pytest.raises(AuthApiError) as refused:
        await client.auth.update_user({"email": taken})

    assert (refused.value.code, refused.value.status) == ("email_exists", 422)


async def test_metadata_is_merged_and_null_removes(supabase: Supabase):
    client = await supabase.confirmed(first_name="Ana", nickname="A")

    changed = await client.auth.update_user({"data": {"nickname": None, "last_name": "Silva"}})

    said = changed.user.user_metadata
    assert (said["first_name"], said["last_name"], "nickname" in said) == ("Ana", "Silva", False)


async def test_an_old_sign_in_proves_itself_again_before_a_new_password(
    configured: Configured, owner_db: psycopg.AsyncConnection
):
    supabase = await configured(security_update_password_require_reauthentication=True)
    email = an_address()
    client = await supabase.confirmed(email)
    await owner_db.execute("update auth.sessions set created_at = now() - interval '2 days'")
    with pytest.raises(AuthApiError) as refused:
        await client.auth.update_user({"password": "a lantern in the reeds"})
    assert refused.value.code == "reauthentication_needed"

    await client.auth.reauthenticate()
    (mail,) = await kept_mail.wait_for(supabase.mails, to=email, subject="code")
    code = mail.text.split(":")[1].split()[0]
    with pytest.raises(AuthApiError) as refused:
        await client.auth.update_user({"password": "a lantern in the reeds", "nonce": "000000x"})
    assert refused.value.code == "reauthentication_not_valid"
    await client.auth.update_user({"password": "a lantern in the reeds", "nonce": code})


@pytest.mark.parametrize(("scope", "here", "there"), [("local", 0, 1), ("others", 1, 0), ("global", 0, 0)])
async def test_signing_out_ends_what_was_meant(
    supabase: Supabase, scope: SignOutScope, here: int, there: int
):
    email = an_address()
    one, two = await supabase.confirmed(email), supabase.client()
    await two.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    sessions = [await client.auth.get_session() for client in (one, two)]

    await one.auth.sign_out({"scope": scope})

    assert [await is_alive(supabase, session) for session in sessions] == [bool(here), bool(there)]


async def is_alive(supabase: Supabase, session: Session | None) -> bool:
    assert session
    answer = await supabase.http.get(
        f"{supabase.url}/auth/v1/user",
        headers={"apikey": supabase.anon_key, "authorization": f"Bearer {session.access_token}"},
    )
    return answer.status_code == 200


async def test_a_second_proof_raises_the_level(supabase: Supabase):
    client = await supabase.confirmed()
    enrolled = await client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "Phone"})
    assert enrolled.totp
    assert enrolled.totp.uri.startswith("otpauth://totp/")
    challenge = await client.auth.mfa.challenge({"factor_id": enrolled.id})
    with pytest.raises(AuthApiError) as refused:
        await client.auth.mfa.verify(
            {"factor_id": enrolled.id, "challenge_id": challenge.id, "code": "000000"}
        )
    assert refused.value.code == "mfa_verification_failed"

    code = totp(enrolled.totp.secret, int(time.time()) // PERIOD)
    await client.auth.mfa.verify({"factor_id": enrolled.id, "challenge_id": challenge.id, "code": code})

    level = await client.auth.mfa.get_authenticator_assurance_level()
    assert level.current_level == "aal2"
    assert [factor.friendly_name for factor in (await client.auth.mfa.list_factors()).totp] == ["Phone"]
    await client.auth.mfa.unenroll({"factor_id": enrolled.id})
    assert (await client.auth.mfa.list_factors()).all == []
