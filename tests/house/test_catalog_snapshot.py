"""The database is what the repository says, and every step there can be taken back."""

from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from gynergy_app.local.postgres import Cluster
from gynergy_app.settings import ROOT
from tests import database
from tests.house import catalog

SHIM = ROOT / "gynergy_app" / "local" / "auth_schema.sql"


def alembic_for(url: str) -> Config:
    config = Config(ROOT / "alembic.ini", stdout=StringIO())
    config.attributes["url"] = url
    return config


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[str]:
    """A database as Supabase hands it over: schema `auth` and nothing of ours."""
    name = f"empty_{uuid4().hex}"
    database.copy(cluster, "template0", name)
    with cluster.connect(name) as db:
        db.execute(SHIM.read_bytes())
    yield name
    database.drop(cluster, name)


def test_the_database_is_the_committed_one(cluster: Cluster, database_name: str):
    with cluster.connect(database_name) as db:
        found = catalog.lines(db)
    committed = catalog.SNAPSHOT.read_text().splitlines()

    assert found == committed, "If this is meant: python -m tests.house.catalog, and read the diff."


def test_the_models_are_the_database(cluster: Cluster, database_name: str):
    command.check(alembic_for(cluster.url(database_name)))


def test_every_revision_can_be_taken_back_and_taken_again(cluster: Cluster, empty_database: str):
    config = alembic_for(cluster.url(empty_database))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]

    with cluster.connect(empty_database) as db:
        for revision in reversed(revisions):
            before = _ours(db, catalog.STRUCTURE)
            command.upgrade(config, revision)
            after = _ours(db, catalog.STRUCTURE)

            command.downgrade(config, "-1")
            assert _ours(db, catalog.STRUCTURE) == before
            command.upgrade(config, revision)
            assert _ours(db, catalog.STRUCTURE) == after


def test_down_to_nothing_and_up_again_is_the_same_database(cluster: Cluster, empty_database: str):
    config = alembic_for(cluster.url(empty_database))
    with cluster.connect(empty_database) as db:
        command.upgrade(config, "head")
        before = catalog.lines(db)

        command.downgrade(config, "base")
        assert _ours(db) == []
        command.upgrade(config, "head")

        assert catalog.lines(db) == before


def test_stating_everything_again_changes_nothing(cluster: Cluster, empty_database: str):
    config = alembic_for(cluster.url(empty_database))
    with cluster.connect(empty_database) as db:
        command.upgrade(config, "head")
        before = catalog.lines(db)
        rows = _reference_rows(db)

        command.upgrade(config, "head")

        assert catalog.lines(db) == before
        assert _reference_rows(db) == rows


def _ours(db: psycopg.Connection, kinds: tuple[str, ...] = tuple(catalog.QUERIES)) -> list[str]:
    """Without the version table, which is Alembic's and stays."""
    return [line for line in catalog.lines(db, kinds) if "alembic_version" not in line]


def _reference_rows(db: psycopg.Connection) -> list[tuple]:
    tables = ("books", "book_milestones", "actions", "quotes", "badges", "multiplier_configs")
    return [row for table in tables for row in db.execute(f"select '{table}', t.* from {table} t".encode())]
