"""Somebody with a browser in front of our own routes, and a local Supabase behind them."""

import secrets
from collections.abc import AsyncIterator, Callable
from http.cookies import SimpleCookie
from uuid import UUID

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from gynergy_app import clock, routes
from gynergy_app.api import create_api
from gynergy_app.domain.accounts import Member
from gynergy_app.local.postgres import Cluster
from gynergy_app.services import cookies, flash, sessions
from gynergy_app.services.flash import Flash
from gynergy_app.settings import settings
from tests.supabase import PASSWORD, SECRET, SITE, Supabase, a_supabase, an_address


class Visitor:
    """One browser: its cookies, its address, and forms posted from our own pages."""

    def __init__(self, site: str = "same-origin") -> None:
        address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
        transport = httpx.ASGITransport(create_api(), client=(address, 1))
        self.address = ""
        self.http = httpx.AsyncClient(transport=transport, base_url=SITE, headers={"sec-fetch-site": site})

    async def post(self, path: str, **form: str) -> httpx.Response:
        return await self.http.post(path, data=form)

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers={"accept": "text/html"})

    @property
    def session(self) -> str:
        return self.http.cookies.get(cookies.named(sessions.COOKIE)) or ""

    def told(self, page: str) -> Flash:
        """What this page would show of the form before it."""
        header = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        return flash.find(header, page) or Flash(page)

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        return await self.post("/auth/sign-in", email=email, password=password)

    async def follow(self, link: str, **changed: str) -> httpx.Response:
        """Open a mailed link and press its button."""
        asked = dict(httpx.URL(link).params)
        return await self.post("/auth/confirm", **{**asked, **changed})


def set_cookies(response: httpx.Response) -> SimpleCookie:
    jar: SimpleCookie = SimpleCookie()
    for header in response.headers.get_list("set-cookie"):
        jar.load(header)
    return jar


@pytest.fixture(scope="package")
async def running(
    cluster: Cluster, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Supabase]:
    async with a_supabase(cluster.url(database_name), tmp_path_factory.mktemp("supabase")) as running:
        yield running


@pytest.fixture
def supabase(running: Supabase, monkeypatch: pytest.MonkeyPatch) -> Supabase:
    monkeypatch.setattr(settings, "supabase_url", running.url)
    monkeypatch.setattr(settings, "supabase_anon_key", SecretStr(running.anon_key))
    monkeypatch.setattr(settings, "supabase_jwt_secret", SecretStr(SECRET))
    return running


@pytest.fixture
async def visitor(supabase: Supabase) -> Visitor:
    return Visitor()


@pytest.fixture
async def email(supabase: Supabase) -> str:
    """The address of somebody with an account, whose password is `PASSWORD`."""
    address = an_address()
    await supabase.confirmed(address, first_name="Ana", timezone="Europe/Lisbon")
    return address


@pytest.fixture
async def ana(visitor: Visitor, email: str) -> Visitor:
    """The same person, signed in."""
    response = await visitor.sign_in(email)
    assert response.headers["location"] == routes.TODAY
    return visitor


@pytest.fixture
def id_of(owner_db: psycopg.AsyncConnection) -> Callable:
    async def find(email: str) -> UUID:
        row = await (await owner_db.execute("select id from users where email = %s", [email])).fetchone()
        assert row
        return row[0]

    return find


async def whoever(visitor: Visitor) -> Member:
    member = await sessions.find(visitor.session, clock.now())
    assert member
    return member
