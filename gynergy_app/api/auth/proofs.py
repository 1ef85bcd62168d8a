"""That an account was begun in this browser.

Whoever asks first for an account with somebody's address chooses its password, and the auth service keeps it
when the address's owner asks too. The mail reaches her alone, so it is she who opens the account: with a word
that only the first browser has. Where that word is missing the password is nobody's: she chooses her own.
"""

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from gynergy_app.api.auth.posting import keep_cookie
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.services import cookies

COOKIE, SAID = "gynergy_begun", "begun"
LASTS_SECONDS, LONGEST = 7 * 24 * 60 * 60, 100


def word_of(request: Request) -> str:
    """This browser's, to be said to the auth service as `SAID`: it keeps what it hears first."""
    return _kept(request) or secrets.token_urlsafe(16)


def keep_word(response: Response, word: str) -> None:
    keep_cookie(response, COOKIE, word, LASTS_SECONDS)


def is_from_here(request: Request, auth: AuthSession) -> bool:
    word, said = _kept(request), str(auth.metadata.get(SAID) or "")
    return bool(said) and hmac.compare_digest(word.encode(), said.encode())


async def end_password(auth: AuthSession) -> None:
    """The one somebody else may know, and whatever was opened with it."""
    await supabase_auth.change_password(auth.access_token, secrets.token_urlsafe(32))


def _kept(request: Request) -> str:
    word = cookies.read(request.headers.get("cookie", ""), COOKIE) or ""
    return word if len(word) < LONGEST else ""
