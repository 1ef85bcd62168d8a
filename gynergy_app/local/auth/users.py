"""People: their rows, the ways they proved who they are, and the shape a client is shown."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg import sql
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.local.auth.database import Db, Row, find_row, get_row, list_rows

MOMENTS = (
    "email_confirmed_at", "confirmed_at", "last_sign_in_at", "invited_at", "banned_until", "deleted_at",
    "confirmation_sent_at", "recovery_sent_at", "email_change_sent_at", "reauthentication_sent_at",
)  # fmt: skip


async def find(db: Db, user_id: UUID | str) -> Row | None:
    return await find_row(db, "select * from auth.users where id = %s and deleted_at is null", user_id)


async def fresh(db: Db, user: Row) -> Row:
    """The same person as she is now."""
    return await get_row(db, "select * from auth.users where id = %s", user["id"])


async def find_by_email(db: Db, email: str) -> Row | None:
    return await find_row(db, "select * from auth.users where email = %s and not is_sso_user", email.lower())


async def create(db: Db, email: str | None, password_hash: str, data: dict[str, Any], **columns: Any) -> Row:
    """A person, and (unless anonymous) her e-mail identity. Nothing is confirmed yet."""
    provided = {"provider": "email", "providers": ["email"]} if email else {}
    values = {
        "id": uuid4(), "email": email, "encrypted_password": password_hash,
        "raw_user_meta_data": data, "raw_app_meta_data": provided, "is_anonymous": email is None, **columns,
    }  # fmt: skip
    query = sql.SQL("insert into auth.users ({}) values ({}) returning *").format(
        sql.SQL(", ").join(map(sql.Identifier, values)), sql.SQL(", ").join(sql.Placeholder() * len(values))
    )
    user = await get_row(db, query, *map(_plain, values.values()))
    if email:
        await keep_identity(db, user, email)
    return user


async def change(db: Db, user_id: UUID, **columns: Any) -> Row:
    assignments = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder()) for name in columns]
    query = sql.SQL("update auth.users set {}, updated_at = now() where id = %s returning *").format(
        sql.SQL(", ").join(assignments)
    )
    return await get_row(db, query, *map(_plain, columns.values()), user_id)


async def keep_identity(db: Db, user: Row, email: str, *, verified: bool = False) -> None:
    """State that this person signs in by this address; say it again whenever the address changes."""
    data = {**user["raw_user_meta_data"], "sub": str(user["id"]), "email": email}
    data |= {"email_verified": verified, "phone_verified": False}
    await db.execute(
        """insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at)
           values (%s, %s, %s, 'email', now())
           on conflict (provider_id, provider) do update set
               identity_data = auth.identities.identity_data || excluded.identity_data, updated_at = now()""",
        (str(user["id"]), user["id"], Jsonb(data)),
    )


async def confirm(db: Db, user: Row) -> Row:
    """The address is proved to be hers."""
    await keep_identity(db, user, user["email"], verified=True)
    metadata = {**user["raw_user_meta_data"], "email_verified": True}
    return await change(
        db, user["id"], email_confirmed_at=clock.now(), confirmation_token="", raw_user_meta_data=metadata
    )


async def adopt_email(db: Db, user: Row, email: str) -> Row:
    """Replace the address by a proved one. Somebody anonymous becomes a person with an account, same id."""
    await keep_identity(db, user, email, verified=True)
    app_metadata = {**user["raw_app_meta_data"], "provider": "email", "providers": ["email"]}
    return await change(
        db, user["id"], email=email, email_change="", email_change_confirm_status=0, is_anonymous=False,
        email_change_token_new="", email_change_token_current="", raw_app_meta_data=app_metadata,
        email_confirmed_at=user["email_confirmed_at"] or clock.now(),
        raw_user_meta_data={**user["raw_user_meta_data"], "email": email, "email_verified": True},
    )  # fmt: skip


def merged(known: dict[str, Any], said: dict[str, Any] | None) -> dict[str, Any]:
    """Metadata after an update: what is said replaces, null removes, the rest stays."""
    return {key: value for key, value in {**known, **(said or {})}.items() if value is not None}


def is_banned(user: Row) -> bool:
    return user["banned_until"] is not None and user["banned_until"] > clock.now()


async def as_json(db: Db, user: Row) -> dict[str, Any]:
    shown = {
        "id": str(user["id"]), "aud": user["aud"], "role": user["role"], "email": user["email"] or "",
        "phone": user["phone"] or "", "app_metadata": user["raw_app_meta_data"] or {},
        "user_metadata": user["raw_user_meta_data"] or {}, "is_anonymous": user["is_anonymous"],
        "identities": await _identities(db, user["id"]), "created_at": moment(user["created_at"]),
        "updated_at": moment(user["updated_at"]),
    }  # fmt: skip
    shown |= {name: moment(user[name]) for name in MOMENTS if user[name]}
    if user["email_change"]:
        shown["new_email"] = user["email_change"]
    if factors := await _factors(db, user["id"]):
        shown["factors"] = factors
    return shown


def moment(at: datetime | None) -> str | None:
    """As Go writes a moment."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


async def _identities(db: Db, user_id: UUID) -> list[dict[str, Any]]:
    rows = await list_rows(
        db, "select * from auth.identities where user_id = %s order by created_at", user_id
    )
    return [
        {
            "identity_id": str(row["id"]), "id": row["provider_id"], "user_id": str(row["user_id"]),
            "identity_data": row["identity_data"], "provider": row["provider"], "email": row["email"],
            "last_sign_in_at": moment(row["last_sign_in_at"]), "created_at": moment(row["created_at"]),
            "updated_at": moment(row["updated_at"]),
        }
        for row in rows
    ]  # fmt: skip


async def _factors(db: Db, user_id: UUID) -> list[dict[str, Any]]:
    rows = await list_rows(
        db, "select * from auth.mfa_factors where user_id = %s order by created_at", user_id
    )
    return [
        {
            "id": str(row["id"]), "friendly_name": row["friendly_name"], "factor_type": row["factor_type"],
            "status": row["status"], "created_at": moment(row["created_at"]),
            "updated_at": moment(row["updated_at"]),
        }
        for row in rows
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value
