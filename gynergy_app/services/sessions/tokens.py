"""The auth service's tokens inside a row: sealed on the way in, renewed before they end, wiped at the end."""

from datetime import datetime, timedelta

from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.integrations.supabase_errors import SignedOut
from gynergy_app.models.private import WebSession
from gynergy_app.repositories.web_sessions import Recognised
from gynergy_app.services import sealed

LIFETIME = timedelta(days=60)
RENEW_BEFORE = timedelta(seconds=60)
PURPOSE = "web session"


def fill(row: WebSession, auth: AuthSession) -> None:
    row.auth_session_id = auth.session_id
    row.access_token_encrypted = sealed.seal(PURPOSE, auth.access_token).encode()
    row.refresh_token_encrypted = sealed.seal(PURPOSE, auth.refresh_token).encode()
    row.access_expires_at = auth.expires_at


def wipe(row: WebSession, now: datetime) -> None:
    """End a sign-in: the row stays as a memory, without anything to sign in with."""
    row.revoked_at = now
    row.access_token_encrypted = row.refresh_token_encrypted = b""


def is_fresh(row: WebSession | Recognised, now: datetime) -> bool:
    return row.access_expires_at - now > RENEW_BEFORE


def access_token(row: WebSession) -> str:
    return _open(row.access_token_encrypted)


def refresh_token(row: WebSession) -> str:
    return _open(row.refresh_token_encrypted)


def _open(box: bytes) -> str:
    """Raises `SignedOut` when our own secret has changed since: nobody can read it any more."""
    token = sealed.unseal(PURPOSE, box.decode(), seconds=int(LIFETIME.total_seconds()))
    if token is None:
        raise SignedOut
    return token
