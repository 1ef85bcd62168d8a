"""The local Supabase, started for a test on a port of its own, and the official client to speak to it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from granian.constants import Interfaces
from granian.server.embed import Server
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from supabase import AsyncClient, AsyncClientOptions
from supabase_auth.types import AdminUserAttributes

from gynergy_app import clock
from gynergy_app.local import kept_mail, mailbox
from gynergy_app.local.auth.config import AuthConfig
from gynergy_app.local.server import supabase_app

SECRET = "the secret with which the test project signs its tokens"
PASSWORD = "quiet kettle harbour"
SITE = "http://localhost:3000"


@dataclass
class Supabase:
    url: str
    mails: Path
    http: httpx.AsyncClient
    anon_key: str = field(default_factory=lambda: api_key("anon"))
    service_key: str = field(default_factory=lambda: api_key("service_role"))

    def client(self, key: str = "", access_token: str = "", **options: Any) -> AsyncClient:
        headers = {"Authorization": f"Bearer {access_token}"} if access_token else {}
        chosen = {"flow_type": "implicit", "headers": headers, "httpx_client": self.http, **options}
        no_memory = {"auto_refresh_token": False, "persist_session": False}
        return AsyncClient(self.url, key or self.anon_key, AsyncClientOptions(**no_memory, **chosen))

    def owner(self) -> AsyncClient:
        return self.client(self.service_key)

    async def mailed(self, email: str, subject: str = "", count: int = 1) -> str:
        """The address in the newest mail to somebody."""
        mails = await kept_mail.wait_for(self.mails, to=email, subject=subject, count=count)
        return mails[0].links[0]

    async def mailed_token(self, email: str, subject: str = "", count: int = 1) -> str:
        return token_in(await self.mailed(email, subject, count))

    async def confirmed(self, email: str = "", **said: str) -> AsyncClient:
        """Somebody with an account, signed in."""
        email = email or an_address()
        attributes: AdminUserAttributes = {"email": email, "password": PASSWORD, "email_confirm": True}
        await self.owner().auth.admin.create_user({**attributes, "user_metadata": said})
        client = self.client()
        await client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
        return client


def an_address(name: str = "ana") -> str:
    return f"{name}.{uuid4().hex[:10]}@example.com"


def token_in(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token_hash"][0]


def api_key(role: str) -> str:
    ends = int((clock.now() + timedelta(days=1)).timestamp())
    return jwt.encode({"role": role, "iss": "supabase", "exp": ends}, SECRET, "HS256")


def signing_key(algorithm: str) -> str:
    """A project's private key set, as GOTRUE_JWT_KEYS holds it."""
    if algorithm == "ES256":
        jwk = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()), as_dict=True)
    else:
        jwk = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048), as_dict=True)
    return json.dumps([{**jwk, "kid": uuid4().hex, "alg": algorithm, "key_ops": ["sign"]}])


@asynccontextmanager
async def a_supabase(database_url: str, folder: Path, **config: Any) -> AsyncIterator[Supabase]:
    """Mails may follow each other at once here, and as many as a test likes; say otherwise to test that."""
    box = await mailbox.start("127.0.0.1", 0, folder / "mailbox")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    chosen = {
        "database_url": database_url, "site_url": SITE, "external_url": f"{url}/auth/v1",
        "jwt_secret": SECRET, "smtp_url": box.url, "smtp_max_frequency": 0,
        "rate_limit_email_sent": 10_000, **config,
    }  # fmt: skip
    app = supabase_app(AuthConfig(**chosen), folder / "media")
    server = Server(app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    async with httpx.AsyncClient() as http:
        await _until_it_answers(f"{url}/auth/v1/health", http)
        yield Supabase(url, folder / "mailbox", http)
    server.stop()
    await serving
    await box.close()


async def _until_it_answers(address: str, http: httpx.AsyncClient) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                (await http.get(address)).raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(0.02)
            else:
                return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
