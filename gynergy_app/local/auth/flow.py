"""PKCE: a link proves the mailbox, a verifier kept by the asker proves it is the same asker."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from gynergy_app import clock
from gynergy_app.local.auth.database import Db, find_row
from gynergy_app.local.auth.errors import AuthError

PREFIX = "pkce_"
LIFETIME = timedelta(minutes=5)


async def begin(db: Db, user_id: UUID, body: dict[str, Any], method: str) -> str:
    """Remember the challenge, if there is one; the prefix marks the mailed token as part of this flow."""
    challenge = body.get("code_challenge")
    if not challenge:
        return ""
    await db.execute(
        """insert into auth.flow_state
               (user_id, code_challenge, code_challenge_method, provider_type, authentication_method)
           values (%s, %s, %s, 'email', %s)""",
        (user_id, challenge, (body.get("code_challenge_method") or "plain").lower(), method),
    )
    return PREFIX


async def give_code(db: Db, user_id: UUID) -> str:
    """The newest flow of this person gets a one-time code in place of tokens in the address bar."""
    code = str(uuid4())
    found = await db.execute(
        """update auth.flow_state set auth_code = %s, auth_code_issued_at = now(), updated_at = now()
           where id = (select id from auth.flow_state where user_id = %s order by created_at desc limit 1)""",
        (code, user_id),
    )
    if not found.rowcount:
        raise AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
    return code


async def redeem(db: Db, code: str, verifier: str) -> tuple[UUID, str]:
    """Who the code was for, and how they had proved it. A code is good once."""
    state = await find_row(db, "delete from auth.flow_state where auth_code = %s returning *", code)
    if state is None:
        raise AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
    if state["auth_code_issued_at"] + LIFETIME < clock.now():
        raise AuthError(403, "flow_state_expired", "invalid flow state, flow state has expired")
    if not _answers(verifier, state["code_challenge"], state["code_challenge_method"]):
        raise AuthError(
            400, "bad_code_verifier", "code challenge does not match previously saved code verifier"
        )
    return state["user_id"], state["authentication_method"]


def _answers(verifier: str, challenge: str, method: str) -> bool:
    if method == "s256":
        digest = hashlib.sha256(verifier.encode()).digest()
        verifier = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(verifier, challenge)
