"""Secrets that travel through a mailbox. Only a hash is kept, one for each person and purpose."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from gynergy_app import clock
from gynergy_app.local.auth import flow, users
from gynergy_app.local.auth.database import Db, Row, find_row

CONFIRMATION = "confirmation_token"
RECOVERY = "recovery_token"
NEW_EMAIL = "email_change_token_new"
CURRENT_EMAIL = "email_change_token_current"
REAUTHENTICATION = "reauthentication_token"

SENT_AT = {
    CONFIRMATION: "confirmation_sent_at",
    RECOVERY: "recovery_sent_at",
    NEW_EMAIL: "email_change_sent_at",
    CURRENT_EMAIL: "email_change_sent_at",
    REAUTHENTICATION: "reauthentication_sent_at",
}


@dataclass(frozen=True)
class OneTimeSecret:
    code: str
    token_hash: str


def hash_of(address: str, code: str) -> str:
    return hashlib.sha224(f"{address}{code}".encode()).hexdigest()


async def issue(db: Db, user: Row, kind: str, address: str, length: int, prefix: str = "") -> OneTimeSecret:
    """Make a new secret; an older one for the same purpose stops working."""
    code = f"{secrets.randbelow(10**length):0{length}d}"
    secret = OneTimeSecret(code, prefix + hash_of(address, code))
    await db.execute(
        """insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
           values (%s, %s, %s, %s)
           on conflict (user_id, token_type) do update set
               token_hash = excluded.token_hash, relates_to = excluded.relates_to,
               created_at = localtimestamp, updated_at = localtimestamp""",
        (user["id"], kind, secret.token_hash, address),
    )
    await users.change(db, user["id"], **{kind: secret.token_hash, SENT_AT[kind]: clock.now()})
    return secret


async def find(db: Db, token_hash: str, kinds: tuple[str, ...]) -> Row | None:
    return await find_row(
        db,
        "select * from auth.one_time_tokens where token_type = any(%s) and token_hash in (%s, %s) for update",
        list(kinds), token_hash, flow.PREFIX + token_hash,
    )  # fmt: skip


async def spend(db: Db, user_id: UUID, *kinds: str) -> None:
    await db.execute(
        "delete from auth.one_time_tokens where user_id = %s and token_type = any(%s)", (user_id, list(kinds))
    )
    await users.change(db, user_id, **dict.fromkeys(kinds, ""))


def is_stale(user: Row, kind: str, lifetime: timedelta) -> bool:
    sent_at = user[SENT_AT[kind]]
    return sent_at is None or sent_at + lifetime < clock.now()
