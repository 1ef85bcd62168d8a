"""`var/local.env`: the addresses and secrets of the servers in this folder, made once and kept."""

import base64
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from dotenv import dotenv_values

from gynergy_app.local.bootstrap import DATABASE, Secrets
from gynergy_app.local.postgres import HOST, Cluster, free_port

_ISSUED = 1_767_225_600
_TEN_YEARS = 315_360_000


def read(path: Path) -> dict[str, str]:
    return {name: value for name, value in dotenv_values(path).items() if value} if path.exists() else {}


def written(path: Path, cluster: Cluster, web_port: int, *, has_stripe: bool = False) -> dict[str, str]:
    """Everything settings needs to meet the local servers, in the file and returned.

    Secrets of an earlier run stay, so people stay signed in; addresses follow the ports that are free today.
    Whoever has an account at Stripe (`has_stripe`) keeps its keys in `.env`, and payments go there.
    """
    before = read(path)
    values = local_values(before, cluster, web_port) | ({} if has_stripe else payment_values(before))
    lines = ["# Written by `make run`. Delete it for new secrets; everyone is then signed out."]
    lines += [f"{name}='{value}'" for name, value in values.items()]
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text("\n".join(lines) + "\n")
    unfinished.replace(path)
    return values


def local_values(
    before: Mapping[str, str], cluster: Cluster, web_port: int, database: str = DATABASE
) -> dict[str, str]:
    kept = {name: before.get(name) or secrets.token_urlsafe(36) for name in _SECRETS}
    signing = kept["SUPABASE_JWT_SECRET"]
    return {
        "PUBLIC_URL": f"http://localhost:{web_port}",
        **kept,
        "DATABASE_URL": cluster.url(database, "app_web", kept["WEB_PASSWORD"]),
        "DATABASE_WORKER_URL": cluster.url(database, "app_worker", kept["WORKER_PASSWORD"]),
        "DATABASE_ADMIN_URL": cluster.url(database),
        "SUPABASE_URL": f"http://{HOST}:{_port(before.get('SUPABASE_URL'))}",
        "SUPABASE_ANON_KEY": _api_key("anon", signing),
        "SUPABASE_SERVICE_ROLE_KEY": _api_key("service_role", signing),
        "SMTP_URL": f"smtp://{HOST}:{_port(before.get('SMTP_URL'))}",
        "VAPID_PRIVATE_KEY": before.get("VAPID_PRIVATE_KEY") or push_key(),
    }


def payment_values(before: Mapping[str, str]) -> dict[str, str]:
    """The payment server of this machine, and what it and we know each other by."""
    return {
        "STRIPE_API_BASE": f"http://{HOST}:{_port(before.get('STRIPE_API_BASE'))}",
        "STRIPE_SECRET_KEY": before.get("STRIPE_SECRET_KEY") or f"sk_test_{secrets.token_urlsafe(24)}",
        "STRIPE_WEBHOOK_SECRET": before.get("STRIPE_WEBHOOK_SECRET") or f"whsec_{secrets.token_urlsafe(24)}",
    }


_SECRETS = ("SECRET_KEY", "STEP_UP_SECRET", "SUPABASE_JWT_SECRET", "WEB_PASSWORD", "WORKER_PASSWORD")


def push_key() -> str:
    """A new key by which browsers know who may send to them: 32 bytes, in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


def secrets_in(values: Mapping[str, str]) -> Secrets:
    return Secrets(values["WEB_PASSWORD"], values["WORKER_PASSWORD"], values["STEP_UP_SECRET"])


def _port(address: str | None) -> int:
    """The port of last time if it is free, else any free one."""
    with suppress(OSError):
        return free_port(urlsplit(address or "").port or 0)
    return free_port()


def _api_key(role: str, secret: str) -> str:
    """A key as Supabase hands them out: a long-lived HS256 token that names a role.

    Dated from a fixed day, so that the same secret gives the same key on every run.
    """
    claims = {"iss": "supabase", "ref": "local", "role": role, "iat": _ISSUED, "exp": _ISSUED + _TEN_YEARS}
    return jwt.encode(claims, secret, algorithm="HS256")
