"""The owner's side, the gateway's keys, PKCE, and the limits."""

from urllib.parse import parse_qs, urlsplit

import pytest
from supabase_auth.errors import AuthApiError
from supabase_auth.types import CodeExchangeParams

from tests.local.auth.conftest import Configured
from tests.supabase import PASSWORD, SITE, Supabase, an_address


async def test_the_owner_makes_lists_changes_and_removes_people(supabase: Supabase):
    admin, email = supabase.owner().auth.admin, an_address()
    made = await admin.create_user({"email": email, "password": PASSWORD, "app_metadata": {"plan": "gift"}})
    assert made.user.email_confirmed_at is None
    assert made.user.app_metadata["plan"] == "gift"

    people = await admin.list_users(page=1, per_page=1)
    assert [person.id for person in people] == [made.user.id]
    assert made.user.id not in [person.id for person in await admin.list_users(page=2, per_page=1)]

    confirmed = await admin.update_user_by_id(made.user.id, {"email_confirm": True})
    assert confirmed.user.email_confirmed_at
    assert (await admin.get_user_by_id(made.user.id)).user.email == email
    await admin.delete_user(made.user.id)
    with pytest.raises(AuthApiError) as refused:
        await admin.get_user_by_id(made.user.id)
    assert (refused.value.code, refused.value.status) == ("user_not_found", 404)


async def test_a_softly_deleted_person_leaves_no_address(supabase: Supabase):
    admin, email = supabase.owner().auth.admin, an_address()
    made = await admin.create_user({"email": email, "password": PASSWORD, "email_confirm": True})

    await admin.delete_user(made.user.id, should_soft_delete=True)

    again = await admin.create_user({"email": email, "password": PASSWORD})
    assert again.user.id != made.user.id


async def test_members_and_strangers_are_no_owners(supabase: Supabase):
    member = await supabase.confirmed()
    session = await member.auth.get_session()
    assert session

    for client in (supabase.client(), supabase.client(access_token=session.access_token)):
        with pytest.raises(AuthApiError) as refused:
            await client.auth.admin.list_users()
        assert (refused.value.code, refused.value.status) == ("not_admin", 403)


async def test_an_invitation_is_mailed_and_accepted(supabase: Supabase):
    email = an_address()
    invited = await supabase.owner().auth.admin.invite_user_by_email(email, {"data": {"first_name": "Ben"}})
    assert invited.user.invited_at

    token = await supabase.mailed_token(email, "invitation")
    answer = await supabase.client().auth.verify_otp({"token_hash": token, "type": "invite"})

    assert answer.user
    assert answer.user.user_metadata["first_name"] == "Ben"


@pytest.mark.parametrize(("kind", "verified_as"), [("magiclink", "magiclink"), ("recovery", "recovery")])
async def test_a_link_to_hand_over_works_by_hash_and_by_code(supabase: Supabase, kind, verified_as):
    email = an_address()
    await supabase.confirmed(email)
    made = await supabase.owner().auth.admin.generate_link({"type": kind, "email": email})
    by_hash = await supabase.client().auth.verify_otp(
        {"token_hash": made.properties.hashed_token, "type": verified_as}
    )
    assert by_hash.session

    made = await supabase.owner().auth.admin.generate_link({"type": kind, "email": email})
    by_code = await supabase.client().auth.verify_otp(
        {"email": email, "token": made.properties.email_otp, "type": "email"}
    )
    assert by_code.session


async def test_a_code_fits_only_its_own_mailbox(supabase: Supabase):
    email, other = an_address(), an_address("ben")
    await supabase.confirmed(email)
    await supabase.confirmed(other)
    made = await supabase.owner().auth.admin.generate_link({"type": "magiclink", "email": email})

    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.verify_otp(
            {"email": other, "token": made.properties.email_otp, "type": "email"}
        )

    assert refused.value.code == "otp_expired"


async def test_gotrues_own_link_redirects_with_tokens_or_an_error(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)
    made = await supabase.owner().auth.admin.generate_link(
        {"type": "magiclink", "email": email, "options": {"redirect_to": f"{SITE}/today"}}
    )

    answer = await supabase.http.get(made.properties.action_link)
    target = urlsplit(answer.headers["location"])
    assert answer.status_code == 303
    assert target.path == "/today"
    assert parse_qs(target.fragment)["refresh_token"]

    answer = await supabase.http.get(made.properties.action_link)
    assert parse_qs(urlsplit(answer.headers["location"]).fragment)["error_code"] == ["otp_expired"]


async def test_a_foreign_address_is_never_redirected_to(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)
    made = await supabase.owner().auth.admin.generate_link(
        {"type": "magiclink", "email": email, "options": {"redirect_to": "https://evil.example/today"}}
    )

    answer = await supabase.http.get(made.properties.action_link)

    assert answer.headers["location"].startswith(SITE)


async def test_with_pkce_a_link_gives_a_code_only_the_asker_can_use(supabase: Supabase):
    email = an_address()
    await supabase.confirmed(email)
    asker = supabase.client(flow_type="pkce")
    await asker.auth.sign_in_with_otp({"email": email, "options": {"should_create_user": False}})
    token = await supabase.mailed_token(email, "sign-in link")

    address = f"{supabase.url}/auth/v1/verify?token={token}&type=magiclink&redirect_to={SITE}/today"
    answer = await supabase.http.get(address)
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    with pytest.raises(AuthApiError) as refused:
        await supabase.client().auth.exchange_code_for_session(exchange(code, "x" * 43))
    assert refused.value.code == "bad_code_verifier"
    session = await asker.auth.exchange_code_for_session(exchange(code))

    assert session.user
    assert session.user.email == email


def exchange(code: str, verifier: str = "") -> CodeExchangeParams:
    """Without a verifier the client uses the one it kept."""
    return {"auth_code": code, "code_verifier": verifier, "redirect_to": ""}


async def test_without_a_project_key_the_gateway_opens_for_links_only(supabase: Supabase):
    refused = await supabase.http.post(f"{supabase.url}/auth/v1/token?grant_type=password", json={})
    forged = await supabase.http.get(f"{supabase.url}/auth/v1/settings", headers={"apikey": "x.y.z"})
    public = await supabase.http.get(f"{supabase.url}/auth/v1/.well-known/jwks.json")

    assert (refused.status_code, forged.status_code, public.status_code) == (401, 401, 200)


async def test_settings_name_what_is_open(configured: Configured):
    supabase = await configured(disable_signup=True)

    answer = await supabase.http.get(
        f"{supabase.url}/auth/v1/settings", headers={"apikey": supabase.anon_key}
    )

    told = answer.json()
    assert told["disable_signup"] is True
    assert told["mailer_autoconfirm"] is False
    assert [name for name, is_on in told["external"].items() if is_on] == ["email", "anonymous_users"]


async def test_older_clients_get_the_older_shape_of_an_error(supabase: Supabase):
    answer = await supabase.http.post(
        f"{supabase.url}/auth/v1/token?grant_type=refresh_token",
        headers={"apikey": supabase.anon_key},
        json={"refresh_token": "unknown"},
    )

    assert answer.json()["code"] == 400
    assert answer.json()["error_code"] == "refresh_token_not_found"


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b'{"email": 7, "password": []}'])
async def test_nonsense_is_refused_not_answered_with_a_crash(supabase: Supabase, body: bytes):
    for path in ("signup", "token?grant_type=password", "verify", "recover", "otp"):
        answer = await supabase.http.post(
            f"{supabase.url}/auth/v1/{path}", headers={"apikey": supabase.anon_key}, content=body
        )
        assert 400 <= answer.status_code < 500, path


async def test_one_address_may_not_ask_without_end(configured: Configured):
    supabase = await configured(rate_limit_header="x-forwarded-for", rate_limit_otp=3)
    headers = {"apikey": supabase.anon_key, "x-forwarded-for": "203.0.113.7"}
    recover = f"{supabase.url}/auth/v1/recover"

    told = [(await supabase.http.post(recover, headers=headers, json={"email": an_address()})).status_code
            for _ in range(5)]  # fmt: skip
    elsewhere = await supabase.http.post(
        recover, headers={**headers, "x-forwarded-for": "203.0.113.8"}, json={"email": an_address()}
    )

    assert told == [200, 200, 200, 429, 429]
    assert elsewhere.status_code == 200


async def test_the_house_sends_only_so_many_mails_an_hour(configured: Configured):
    supabase = await configured(rate_limit_email_sent=2)
    for _ in range(2):
        await supabase.client().auth.sign_up({"email": an_address(), "password": PASSWORD})

    with pytest.raises(AuthApiError, match="email rate limit exceeded") as refused:
        await supabase.client().auth.sign_up({"email": an_address(), "password": PASSWORD})

    assert refused.value.code == "over_email_send_rate_limit"
