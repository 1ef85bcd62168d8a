"""Every table × everybody × everything one can do to a row, against what `expected.toml` declares.

The tables come from the catalog: a new one fails here until somebody has said who may do what with it.
Each cell is tried on a row that belongs to `owner`, in a transaction that is rolled back.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gynergy_app.local.postgres import Cluster
from tests import database
from tests.policies.attempts import PRINCIPALS, Target, attempt, commands, updatable_columns, who_may
from tests.policies.rows import owners_row, place
from tests.policies.world import World, make_world

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("expected.toml").read_text())


@pytest.fixture(scope="module")
def owner_connection(cluster: Cluster, database_name: str) -> Iterator[psycopg.Connection]:
    with cluster.connect(database_name) as connection:
        yield connection


@pytest.fixture(scope="module")
def world(owner_connection: psycopg.Connection) -> World:
    return make_world(owner_connection)


@pytest.fixture(scope="module")
def logins(cluster: Cluster, database_name: str) -> Iterator[dict[str, psycopg.Connection]]:
    """The two ways in, as the processes use them."""
    web = cluster.url(database_name, "app_web", database.AGREED.web_password)
    worker = cluster.url(database_name, "app_worker", database.AGREED.worker_password)
    with psycopg.connect(web) as web_db, psycopg.connect(worker) as worker_db:
        yield {"anon": web_db, "authenticated": web_db, "service_role": worker_db}


def test_the_matrix_speaks_of_every_table(owner_connection: psycopg.Connection):
    tables = owner_connection.execute(
        "select format('%I.%I', schemaname, tablename) from pg_tables"
        " where schemaname in ('public', 'private') and tablename <> 'alembic_version'"
    )

    assert {name for (name,) in tables} == set(EXPECTED)


@pytest.mark.parametrize("table", EXPECTED)
def test_matrix(
    table: str, owner_connection: psycopg.Connection, logins: dict[str, psycopg.Connection], world: World
):
    target = Target(
        table, place(owner_connection, table, world), owners_row(owner_connection, table, world, 6)
    )
    updatable = updatable_columns(owner_connection, table)

    found = {
        action: who_may(
            [
                who.name
                for who in PRINCIPALS
                if attempt(logins[who.role], who, world, database.AGREED.step_up_secret, command)
            ]
        )
        for action, command in commands(target, updatable).items()
    }

    declared = EXPECTED[table]
    assert found == {action: declared.get(action, []) for action in found}
    assert updatable == declared.get("columns", updatable)


@pytest.fixture(scope="module")
def another_world(owner_connection: psycopg.Connection) -> World:
    return make_world(owner_connection)


@contextmanager
def suspended(db: psycopg.Connection, world: World) -> Iterator[None]:
    owner = [world.people["owner"]]
    db.execute("update users set suspended_at = now() where id = %s", owner)
    try:
        yield
    finally:
        db.execute("update users set suspended_at = null where id = %s", owner)


@pytest.mark.parametrize("table", sorted(set(EXPECTED) - {"public.profile_settings"}))
def test_who_is_suspended_reads_what_is_hers_and_writes_nothing(
    table: str,
    owner_connection: psycopg.Connection,
    logins: dict[str, psycopg.Connection],
    another_world: World,
):
    """With a token of the auth service and nothing of ours between her and the tables."""
    world = another_world
    [owner] = [who for who in PRINCIPALS if who.name == "owner"]

    with suspended(owner_connection, world):
        here = place(owner_connection, table, world)
        target = Target(table, here, owners_row(owner_connection, table, world, 6))
        may = {
            action
            for action, command in commands(target, updatable_columns(owner_connection, table)).items()
            if attempt(logins[owner.role], owner, world, database.AGREED.step_up_secret, command)
        }

    assert may == ({"select"} if "owner" in EXPECTED[table].get("select", []) else set())
