"""What every test may lean on: a database of its own run, and people in it.

Tests commit for real and bring their own people, so they can run side by side in one database.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from uuid import UUID, uuid4

# Before the application is imported: what a developer keeps in `.env` or `var/local.env` is not for tests.
os.environ |= {
    "GYNERGY_ENV": "test",
    "PUBLIC_URL": "http://localhost:3000",
    "SECRET_KEY": "a secret key that only the tests know",
    "STEP_UP_SECRET": "a step-up secret that only the tests know",
    "SUPABASE_URL": "",
    "SUPABASE_ANON_KEY": "",
    "SUPABASE_SERVICE_ROLE_KEY": "",
    "SUPABASE_JWT_SECRET": "",
    "SMTP_URL": "",
    "REDIS_URL": "",
    "VAPID_PRIVATE_KEY": "",
    "PUSH_SERVICE_URL": "",
    "STRIPE_SECRET_KEY": "",
    "STRIPE_WEBHOOK_SECRET": "",
    "STRIPE_WEBHOOK_SECRET_NEXT": "",
    "STRIPE_API_BASE": "",
}

import psycopg
import pytest
from psycopg.types.json import Jsonb
from pydantic import SecretStr

from gynergy_app.db import close_engines
from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import settings
from tests import database

NewPerson = Callable[..., Awaitable[UUID]]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with database.a_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session", autouse=True)
def database_name(cluster: Cluster) -> Iterator[str]:
    """The doors of `db.py`, and of every program a test starts, lead into this run's own database."""
    with database.a_database(cluster) as name:
        addresses = {
            "DATABASE_URL": cluster.url(name, "app_web", database.AGREED.web_password),
            "DATABASE_WORKER_URL": cluster.url(name, "app_worker", database.AGREED.worker_password),
            "DATABASE_ADMIN_URL": cluster.url(name),
        }
        os.environ |= addresses
        for setting, address in addresses.items():
            setattr(settings, setting.lower(), SecretStr(address))
        yield name


@pytest.fixture(scope="session", autouse=True)
async def _engines_are_closed(database_name: str) -> AsyncIterator[None]:
    yield
    await close_engines()


@pytest.fixture
async def owner_db(cluster: Cluster, database_name: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """The database as its owner sees it: to arrange what a test needs and to look behind the policies."""
    url = cluster.url(database_name)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
async def new_person(owner_db: psycopg.AsyncConnection) -> NewPerson:
    """Somebody who has just signed up: `await new_person("Ana", timezone="Europe/Lisbon")`."""

    async def sign_up(
        first_name: str = "Ana",
        last_name: str = "",
        *,
        timezone: str = "UTC",
        email: str | None = None,
        is_admin: bool = False,
        is_anonymous: bool = False,
    ) -> UUID:
        person = uuid4()
        address = None if is_anonymous else email or f"{first_name.lower()}.{person.hex[:8]}@example.com"
        said = {"first_name": first_name, "last_name": last_name, "timezone": timezone}
        await owner_db.execute(
            "insert into auth.users (id, email, raw_user_meta_data, is_anonymous, email_confirmed_at)"
            " values (%s, %s, %s, %s, now())",
            [person, address, Jsonb(said), is_anonymous],
        )
        if is_admin:
            await owner_db.execute("insert into user_roles (user_id, role) values (%s, 'admin')", [person])
        return person

    return sign_up


@pytest.fixture
async def ana(new_person: NewPerson) -> UUID:
    return await new_person("Ana", "Silva", timezone="Europe/Lisbon")


@pytest.fixture
async def ben(new_person: NewPerson) -> UUID:
    return await new_person("Ben", "Okafor", timezone="America/New_York")


@pytest.fixture
async def admin(new_person: NewPerson) -> UUID:
    return await new_person("Ruth", "Adeyemi", is_admin=True)


@pytest.fixture
async def back_as_it_was(owner_db: psycopg.AsyncConnection):
    """Values are everybody’s, and the record of rules is read by every comparison: a test gives them back."""
    yield
    await owner_db.execute("delete from point_values")
    await owner_db.execute("set session_replication_role = replica")
    await owner_db.execute("delete from audit_log where subject_type in ('band', 'badge')")
    await owner_db.execute("set session_replication_role = origin")
