"""What the auth service says, in words for the member. Every way it can fail is named here."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from pydantic import ValidationError
from supabase_auth.errors import AuthError, AuthRetryableError, AuthSessionMissingError, AuthWeakPasswordError

from gynergy_app.errors import GynergyError, Invalid, NotAllowed, NotSignedIn, TooMany, Unavailable

log = logging.getLogger(__name__)


class WrongCredentials(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "This address and password do not belong together. Try again, or ask for a sign-in link."
        )


class EmailNotConfirmed(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Please confirm your e-mail address first. We can send you the link again.")


class Suspended(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This account is suspended. Please write to us if you think this is a mistake.")


class LinkExpired(NotAllowed):
    def __init__(self) -> None:
        super().__init__("This link has already been used, or it is too old. Please ask for a new one.")


class SignUpClosed(NotAllowed):
    def __init__(self) -> None:
        super().__init__("New accounts cannot be made at the moment. If you have one, please sign in.")


class AddressTaken(Invalid):
    """Its sentence does not say so: only the owner of an address may know that it has an account."""

    def __init__(self) -> None:
        super().__init__({"email": "This did not work with this address. Please choose another one."})


class SignInAgain(NotAllowed):
    def __init__(self) -> None:
        super().__init__("For this change, please sign out and sign in again first.")


class SignedOut(NotSignedIn):
    """The auth service no longer knows this sign-in."""


class AuthUnavailable(Unavailable):
    def __init__(self) -> None:
        super().__init__("We cannot reach the sign-in service right now. Nothing was lost; please try again.")


class TooManyMails(TooMany):
    def __init__(self) -> None:
        super().__init__("We sent you a mail a moment ago. Please wait a minute before you ask for another.")


class TooManyTries(TooMany):
    def __init__(self) -> None:
        super().__init__("That was a lot of tries. Please wait five minutes and try again.")


def _same_password() -> GynergyError:
    return Invalid({"password": "This is the password you have now. Please choose a different one."})


def _bad_address() -> GynergyError:
    return Invalid({"email": "Please check this address: it does not look like an e-mail address."})


_MEANINGS: dict[str, Callable[[], GynergyError]] = {
    "invalid_credentials": WrongCredentials,
    "email_not_confirmed": EmailNotConfirmed,
    "user_banned": Suspended,
    "otp_expired": LinkExpired,
    "flow_state_expired": LinkExpired,
    "flow_state_not_found": LinkExpired,
    "signup_disabled": SignUpClosed,
    "anonymous_provider_disabled": SignUpClosed,
    "email_provider_disabled": SignUpClosed,
    "reauthentication_needed": SignInAgain,
    "reauthentication_not_valid": SignInAgain,
    "refresh_token_not_found": SignedOut,
    "refresh_token_already_used": SignedOut,
    "session_not_found": SignedOut,
    "session_expired": SignedOut,
    "user_not_found": SignedOut,
    "bad_jwt": SignedOut,
    "no_authorization": SignedOut,
    "over_email_send_rate_limit": TooManyMails,
    "over_request_rate_limit": TooManyTries,
    "email_exists": AddressTaken,
    "user_already_exists": AddressTaken,
    "same_password": _same_password,
    "email_address_invalid": _bad_address,
    "validation_failed": _bad_address,
}


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise what the auth service means. What it should never say is logged by its code and called away."""
    try:
        yield
    except AuthWeakPasswordError as error:
        raise Invalid({"password": "Please choose a longer or less common password."}) from error
    except AuthSessionMissingError as error:
        raise SignedOut from error
    except AuthError as error:
        meaning = _MEANINGS.get(error.code or "")
        if meaning is None:
            _note(error)
        raise (meaning or AuthUnavailable)() from error
    except (httpx.HTTPError, ValidationError) as error:
        log.warning("The auth service answered with %s.", type(error).__name__)
        raise AuthUnavailable from error


def _note(error: AuthError) -> None:
    if isinstance(error, AuthRetryableError):
        log.warning("The auth service is away: %s", error.message)
    else:
        log.error("The auth service said %s: %s", error.code, error.message)
