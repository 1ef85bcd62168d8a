"""Every table × everybody × everything one can do to a row, against what `expected.toml` declares.

The tables come from the catalog: a new one fails here until somebody has said who may do what with it.
Each cell is tried on a row that belongs to `owner`, in a transaction that is rolled back.
"""

import tomllib
from collections.abc import Iterator
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
