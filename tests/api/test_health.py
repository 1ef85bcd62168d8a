"""Alive, ready, and truthful about what is missing."""

import os
import signal
from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from gynergy_app import db
from gynergy_app.api import health
from gynergy_app.settings import settings


@pytest.fixture
def balancer() -> httpx.AsyncClient:
    """A load balancer in front of the two routes."""
    app = Starlette(routes=health.routes)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


@pytest.fixture
async def without_database(monkeypatch: pytest.MonkeyPatch):
    """The web process as it is when its database has gone away."""
    await db.close_engines()
    monkeypatch.setattr(settings, "database_url", SecretStr("postgresql://app_web@127.0.0.1:1/nothing"))
    yield
    await db.close_engines()


async def test_a_migrated_database_is_ready(balancer: httpx.AsyncClient):
    answer = await balancer.get("/ready")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert answer.json()["migration"] is True


async def test_a_missing_worker_is_said_and_turns_nobody_away(
    balancer: httpx.AsyncClient, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute("update jobs.procrastinate_workers set last_heartbeat = now() - interval '1 day'")

    answer = await balancer.get("/ready")

    assert answer.status_code == 200
    assert answer.json()["worker"] is False


async def test_an_older_schema_is_not_ready(balancer: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "head", lambda: "a revision to come")

    answer = await balancer.get("/ready")

    assert answer.status_code == 503
    assert answer.json()["waiting_for"] == "migration"


async def test_without_a_database_it_is_alive_and_not_ready(
    balancer: httpx.AsyncClient, without_database: None
):
    ready, alive = await balancer.get("/ready"), await balancer.get("/health")

    assert ready.status_code == 503
    assert ready.json()["waiting_for"] == "database, migration"
    assert alive.status_code == 200


@pytest.fixture
async def its_server_process(
    balancer: httpx.AsyncClient, owner_db: psycopg.AsyncConnection
) -> AsyncIterator[int]:
    """The process of PostgreSQL that serves the one connection of our pool."""
    await db.close_engines()
    await balancer.get("/ready")
    query = "select pid from pg_stat_activity where datname = current_database() and usename = 'app_web'"
    [(pid,)] = await (await owner_db.execute(query)).fetchall()
    yield pid
    os.kill(pid, signal.SIGCONT)


async def test_a_frozen_database_is_said_at_once_and_is_ready_when_it_goes_on(
    balancer: httpx.AsyncClient,
    its_server_process: int,
    owner_db: psycopg.AsyncConnection,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.1)
    os.kill(its_server_process, signal.SIGSTOP)

    answers = [await balancer.get("/ready") for _ in range(3)]

    assert {(answer.status_code, answer.json()["waiting_for"]) for answer in answers} == {
        (503, "database, migration")
    }
    query = "select count(*) from pg_stat_activity where datname = current_database() and usename = 'app_web'"
    assert await (await owner_db.execute(query)).fetchone() == (1,), (
        "One look hangs, not one for each question."
    )

    os.kill(its_server_process, signal.SIGCONT)
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 10)
    assert (await balancer.get("/ready")).status_code == 200
