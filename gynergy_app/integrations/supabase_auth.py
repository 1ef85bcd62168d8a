"""Signing people in and out, through Supabase Auth. Errors: `supabase_errors`."""

import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel
from supabase_auth.errors import AuthApiError
from supabase_auth.types import AuthResponse, EmailOtpType, UpdateUserOptions, User, UserAttributes

from gynergy_app.integrations import supabase_client, supabase_tokens
from gynergy_app.integrations.supabase_errors import AddressTaken as AddressTaken
from gynergy_app.integrations.supabase_errors import AuthUnavailable, TooManyMails, in_our_words
from gynergy_app.integrations.supabase_errors import EmailNotConfirmed as EmailNotConfirmed
from gynergy_app.integrations.supabase_errors import LinkExpired as LinkExpired
from gynergy_app.integrations.supabase_errors import WrongCredentials as WrongCredentials
from gynergy_app.settings import settings

log = logging.getLogger(__name__)

Scope = Literal["local", "global", "others"]
PROVIDERS_LIVE_SECONDS = 60
AT_ONCE = timedelta(seconds=10)
ALREADY_OUT = (401, 403, 404)
UNTOLD = {"otp_disabled", "signup_disabled", "user_not_found", "over_email_send_rate_limit"}
"""Answers that would tell a stranger whether an address has an account."""
ASKED = "asked_address"


@dataclass(frozen=True)
class AuthSession:
    """Somebody signed in at the auth service."""

    user_id: UUID
    email: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    is_anonymous: bool
    session_id: UUID
    metadata: dict[str, Any] = field(default_factory=dict)
    """What was said at sign-up, as the auth service keeps it."""
    is_first: bool = False
    """Whether its address was proved by this very sign-in."""


@dataclass(frozen=True)
class AskedAddress:
    """An address somebody wants to change to, and has not agreed to everywhere."""

    email: str
    asked_at: datetime

    @property
    def kept(self) -> dict[str, str]:
        return {"email": self.email, "at": self.asked_at.isoformat()}


@dataclass(frozen=True)
class Providers:
    """Which doors the auth service holds open."""

    email: bool
    anonymous: bool
    sign_up: bool
    autoconfirm: bool
    external: tuple[str, ...]


async def sign_up(
    email: str, password: str, data: dict[str, Any] | None = None, next_path: str = ""
) -> AuthSession | None:
    """A new account. None: its mail is on its way. Raises `AddressTaken`: only its owner may know."""
    try:
        with in_our_words():
            async with supabase_client.client() as client:
                answer = await client.auth.sign_up(
                    {
                        "email": email,
                        "password": password,
                        "options": {"data": data or {}, "email_redirect_to": _address(next_path)},
                    }
                )
    except TooManyMails:
        return None
    if answer.user and answer.user.identities == []:
        # How the auth service says it without saying it.
        raise AddressTaken
    return await _signed_in(answer) if answer.session else None


async def sign_in(email: str, password: str) -> AuthSession:
    with in_our_words():
        async with supabase_client.client() as client:
            answer = await client.auth.sign_in_with_password({"email": email, "password": password})
    return await _signed_in(answer)


async def sign_in_anonymously(data: dict[str, Any] | None = None) -> AuthSession:
    with in_our_words():
        async with supabase_client.client() as client:
            answer = await client.auth.sign_in_anonymously({"options": {"data": data or {}}})
    return await _signed_in(answer)


async def send_magic_link(email: str, next_path: str = "", *, create: bool = False) -> None:
    """Mail a link that signs in. Nothing tells whether the address is known."""
    async with supabase_client.client() as client:
        await _quietly(
            client.auth.sign_in_with_otp(
                {
                    "email": email,
                    "options": {"should_create_user": create, "email_redirect_to": _address(next_path)},
                }
            )
        )


async def send_recovery(email: str, next_path: str = "") -> None:
    """Mail a link to choose a new password. Nothing tells whether the address is known."""
    async with supabase_client.client() as client:
        await _quietly(client.auth.reset_password_for_email(email, {"redirect_to": _address(next_path)}))


async def resend_confirmation(email: str, next_path: str = "") -> None:
    """Mail the confirmation once more. Nothing tells whether the address is known."""
    async with supabase_client.client() as client:
        await _quietly(
            client.auth.resend(
                {"type": "signup", "email": email, "options": {"email_redirect_to": _address(next_path)}}
            )
        )


async def verify(token_hash: str, kind: EmailOtpType) -> AuthSession | None:
    """Redeem a mailed link. None: half of a change of address, the other mailbox has still to agree."""
    with in_our_words():
        async with supabase_client.client() as client:
            answer = await client.auth.verify_otp({"token_hash": token_hash, "type": kind})
    return await _signed_in(answer) if answer.session else None


async def delete_account(user_id: UUID) -> None:
    """Remove somebody from the auth service, for good; her rows here go with her. For the worker.

    Somebody who is not there is removed already.
    """
    with in_our_words():
        async with supabase_client.owner() as client:
            try:
                await client.auth.admin.delete_user(str(user_id))
            except AuthApiError as error:
                if error.code != "user_not_found":
                    raise


def address_of_provider(provider: str, return_to: str, challenge: str) -> str:
    """Where somebody goes to sign in with another house; they come back to `return_to` with a code."""
    asked = {
        "provider": provider,
        "redirect_to": return_to,
        "code_challenge": challenge,
        "code_challenge_method": "s256",
    }
    return f"{settings.supabase_url}/auth/v1/authorize?{urlencode(asked)}"


async def exchange(code: str, verifier: str) -> AuthSession:
    """Redeem the code another house sent somebody back with; only who asked holds the verifier."""
    with in_our_words():
        async with supabase_client.client() as client:
            answer = await client.auth.exchange_code_for_session(
                {"auth_code": code, "code_verifier": verifier, "redirect_to": ""}
            )
    return await _signed_in(answer)


async def refresh(refresh_token: str) -> AuthSession:
    """Exchange tokens. Raises `SignedOut` when the auth service has ended this sign-in."""
    with in_our_words():
        async with supabase_client.client() as client:
            answer = await client.auth.refresh_session(refresh_token)
    return await _signed_in(answer)


async def change_password(access_token: str, password: str) -> None:
    """Her other sign-ins end; this one stays."""
    await _update(access_token, {"password": password})


async def change_email(access_token: str, email: str, next_path: str = "") -> None:
    """Mails go out to both mailboxes; the address changes when both have confirmed.

    An anonymous start becomes an account, with the same id, once its one mailbox has. Raises `AddressTaken`:
    only its owner may know. So nothing is told of a mail that was not sent, as in `sign_up`.
    """
    try:
        await _update(access_token, {"email": email}, {"email_redirect_to": _address(next_path)})
    except TooManyMails:
        log.info("A mail about a change of address was not sent: too many.")


async def note_asked_address(access_token: str, asked: AskedAddress) -> None:
    """The service itself notes an address only if it is free: whoever asked could tell by that."""
    await _update(access_token, {"data": {ASKED: asked.kept}})


async def find_asked_address(access_token: str) -> AskedAddress | None:
    """It is told of long after its links have ended, and not which mailbox has agreed."""
    with in_our_words():
        async with supabase_client.client() as client:
            answer = await client.auth.get_user(access_token)
    asked = answer.user.user_metadata.get(ASKED) if answer else None
    if answer is None or not asked or asked["email"] == answer.user.email:
        return None
    return AskedAddress(asked["email"], datetime.fromisoformat(asked["at"]))


async def sign_out(access_token: str, scope: Scope = "local") -> None:
    """End this sign-in, the others or all. One that has already ended is signed out."""
    with in_our_words():
        async with supabase_client.client() as client:
            try:
                await client.auth.admin.sign_out(access_token, scope)
            except AuthApiError as error:
                if error.status not in ALREADY_OUT:
                    raise


async def providers() -> Providers:
    """Asked at most once a minute; while the service is away, the last answer stands."""
    global _providers, _providers_asked_at
    if _providers is None or time.monotonic() - _providers_asked_at > PROVIDERS_LIVE_SECONDS:
        try:
            _providers = await _ask_providers()
        except AuthUnavailable:
            if _providers is None:
                raise
        _providers_asked_at = time.monotonic()
    return _providers


_providers: Providers | None = None
_providers_asked_at = 0.0


class _Settings(BaseModel):
    external: dict[str, bool]
    disable_signup: bool = False
    mailer_autoconfirm: bool = False


async def _ask_providers() -> Providers:
    with in_our_words():
        async with supabase_client.http() as client:
            answer = await client.get(
                f"{settings.supabase_url}/auth/v1/settings",
                headers={"apikey": settings.supabase_anon_key.get_secret_value()},
            )
            told = _Settings.model_validate_json(answer.raise_for_status().content)
    own = {"email", "phone", "anonymous_users"}
    return Providers(
        email=told.external.get("email", False),
        anonymous=told.external.get("anonymous_users", False),
        sign_up=not told.disable_signup,
        autoconfirm=told.mailer_autoconfirm,
        external=tuple(sorted(name for name, is_on in told.external.items() if is_on and name not in own)),
    )


async def _update(
    access_token: str, changes: UserAttributes, options: UpdateUserOptions | None = None
) -> None:
    with in_our_words():
        async with supabase_client.client() as client:
            # The client wants a session before it changes anything; this token is still good, so the
            # refresh token beside it is never looked at.
            await client.auth.set_session(access_token, "unused")
            await client.auth.update_user(changes, options)


async def _quietly(request: Awaitable[object]) -> None:
    with in_our_words():
        try:
            await request
        except AuthApiError as error:
            if error.code not in UNTOLD:
                raise
            log.info("A mail was not sent: %s", error.code)


async def _signed_in(answer: AuthResponse) -> AuthSession:
    if answer.session is None or answer.user is None:
        raise AuthUnavailable
    claims = await supabase_tokens.verify(answer.session.access_token)
    return AuthSession(
        user_id=claims.user_id,
        email=claims.email,
        access_token=answer.session.access_token,
        refresh_token=answer.session.refresh_token,
        expires_at=claims.expires_at,
        is_anonymous=claims.is_anonymous,
        session_id=claims.session_id,
        metadata=answer.user.user_metadata,
        is_first=_is_first(answer.user),
    )


def _is_first(user: User) -> bool:
    """Both moments are the auth service's own, taken one after the other."""
    if user.email_confirmed_at is None or user.last_sign_in_at is None:
        return False
    return abs(user.last_sign_in_at - user.email_confirmed_at) < AT_ONCE


def _address(path: str) -> str:
    return f"{settings.public_url}{path}" if path else settings.public_url
