"""Our own words over the official client, against the local auth server."""

from collections.abc import Callable

import pytest

from gynergy_app.errors import Invalid
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_errors import (
    AuthUnavailable,
    EmailNotConfirmed,
    LinkExpired,
    SignedOut,
    SignUpClosed,
    Suspended,
    WrongCredentials,
)
from gynergy_app.local.postgres import Cluster
from tests.integrations.conftest import PointAt
from tests.supabase import PASSWORD, Supabase, a_supabase, an_address


async def joined(supabase: Supabase, email: str = "") -> supabase_auth.AuthSession:
    email = email or an_address()
    await supabase_auth.sign_up(email, PASSWORD, {"first_name": "Ana"})
    session = await supabase_auth.verify(await supabase.mailed_token(email), "signup")
    assert session
    return session


async def test_somebody_joins_confirms_and_signs_in(supabase: Supabase):
    email = an_address()
    assert await supabase_auth.sign_up(email, PASSWORD, {"first_name": "Ana"}, "/welcome") is None
    with pytest.raises(EmailNotConfirmed, match="confirm your e-mail"):
        await supabase_auth.sign_in(email, PASSWORD)

    link = await supabase.mailed(email)
    assert "next=%2Fwelcome" in link
    confirmed = await supabase_auth.verify(await supabase.mailed_token(email), "signup")
    assert confirmed
    assert (confirmed.email, confirmed.is_anonymous) == (email, False)
    assert confirmed.metadata["first_name"] == "Ana"

    again = await supabase_auth.sign_in(email, PASSWORD)
    assert again.user_id == confirmed.user_id
    assert again.session_id != confirmed.session_id


async def test_a_taken_address_is_known_by_its_empty_identities(supabase: Supabase):
    email = an_address()
    await joined(supabase, email)

    with pytest.raises(supabase_auth.AddressTaken):
        await supabase_auth.sign_up(email, "another long password")


async def test_tokens_do_not_show_in_a_log(supabase: Supabase):
    session = await joined(supabase)

    assert session.access_token not in repr(session)
    assert session.refresh_token not in repr(session)


async def test_wrong_credentials_and_used_links_are_named(supabase: Supabase):
    email = an_address()
    await joined(supabase, email)

    with pytest.raises(WrongCredentials, match="do not belong together"):
        await supabase_auth.sign_in(email, "not this one")
    with pytest.raises(LinkExpired, match="ask for a new one"):
        await supabase_auth.verify("0" * 56, "recovery")


async def test_letters_are_silent_about_unknown_addresses(supabase: Supabase):
    nobody = an_address("nobody")

    await supabase_auth.send_magic_link(nobody)
    await supabase_auth.send_recovery(nobody)
    await supabase_auth.resend_confirmation(nobody)


async def test_a_magic_link_and_a_recovery_sign_in(supabase: Supabase):
    email = an_address()
    await joined(supabase, email)

    await supabase_auth.send_magic_link(email, "/today")
    by_link = await supabase_auth.verify(await supabase.mailed_token(email, "sign-in"), "magiclink")
    await supabase_auth.send_recovery(email, "/reset-password")
    by_recovery = await supabase_auth.verify(await supabase.mailed_token(email, "new password"), "recovery")
    assert by_link
    assert by_recovery

    await supabase_auth.change_password(by_recovery.access_token, "a lantern in the reeds")
    assert await supabase_auth.sign_in(email, "a lantern in the reeds")
    with pytest.raises(Invalid) as refused:
        await supabase_auth.change_password(by_recovery.access_token, "a lantern in the reeds")
    assert "different" in refused.value.problems["password"]


async def test_an_address_is_changed_by_both_mailboxes(supabase: Supabase):
    session, new = await joined(supabase), an_address("anabel")
    await supabase_auth.change_email(session.access_token, new)

    token = await supabase.mailed_token(session.email, "change of address")
    assert await supabase_auth.verify(token, "email_change") is None
    changed = await supabase_auth.verify(
        await supabase.mailed_token(new, "change of address"), "email_change"
    )

    assert changed
    assert (changed.email, changed.user_id) == (new, session.user_id)


async def test_an_anonymous_start_becomes_an_account(supabase: Supabase):
    started, email = await supabase_auth.sign_in_anonymously({"timezone": "Asia/Tokyo"}), an_address()
    assert started.is_anonymous
    await supabase_auth.change_email(started.access_token, email)

    settled = await supabase_auth.verify(await supabase.mailed_token(email), "email_change")

    assert settled
    assert (settled.user_id, settled.is_anonymous) == (started.user_id, False)


async def test_refreshing_goes_on_until_the_sign_in_is_over(supabase: Supabase):
    session = await joined(supabase)
    renewed = await supabase_auth.refresh(session.refresh_token)
    assert renewed.session_id == session.session_id

    await supabase_auth.sign_out(renewed.access_token)
    await supabase_auth.sign_out(renewed.access_token)

    with pytest.raises(SignedOut):
        await supabase_auth.refresh(renewed.refresh_token)
    with pytest.raises(SignedOut):
        await supabase_auth.change_email(renewed.access_token, an_address())


async def test_a_banned_person_is_told_so(supabase: Supabase):
    session = await joined(supabase)
    await supabase.owner().auth.admin.update_user_by_id(str(session.user_id), {"ban_duration": "24h"})

    with pytest.raises(Suspended):
        await supabase_auth.sign_in(session.email, PASSWORD)


async def test_providers_follow_what_the_service_says(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory, point_at: PointAt,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.setattr(supabase_auth, "_providers", None)
    folder = tmp_path_factory.mktemp("closed")
    async with a_supabase(cluster.url(database_name), folder, disable_signup=True) as closed:
        point_at(closed)
        told = await supabase_auth.providers()
        with pytest.raises(SignUpClosed):
            await supabase_auth.sign_up(an_address(), PASSWORD)

    assert (told.email, told.anonymous, told.sign_up, told.autoconfirm) == (True, True, False, False)
    assert told.external == ()
    assert await supabase_auth.providers() == told, "the answer is remembered while the service is away"


async def test_a_service_that_is_away_is_said_to_be_away(
    service_away: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    service_away()
    monkeypatch.setattr(supabase_auth, "_providers", None)

    for attempt in (
        supabase_auth.sign_in(an_address(), PASSWORD),
        supabase_auth.sign_up(an_address(), PASSWORD),
        supabase_auth.send_recovery(an_address()),
        supabase_auth.refresh("abcdefghijkl"),
        supabase_auth.providers(),
    ):
        with pytest.raises(AuthUnavailable, match="Nothing was lost"):
            await attempt
