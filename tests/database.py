"""One PostgreSQL for all tests of this machine, one migrated template, one database for each run.

Runs may overlap: whoever is here holds the folder's lock shared, and the last one out stops the server.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from psycopg import sql

from gynergy_app.local import bootstrap, postgres
from gynergy_app.settings import ROOT

FOLDER = ROOT / "var" / "test-postgres"
AGREED = bootstrap.Secrets(
    web_password="web of the tests",
    worker_password="worker of the tests",
    step_up_secret="a step-up secret that only the tests know",
)


@contextmanager
def a_cluster() -> Iterator[postgres.Cluster]:
    """The test server, running for as long as anybody is in here."""
    with _folder("in-use").open("w") as in_use:
        fcntl.flock(in_use, fcntl.LOCK_SH)
        yield postgres.ensure_running(FOLDER, durable=False)
        try:
            fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        postgres.stop(FOLDER)


@contextmanager
def a_database(cluster: postgres.Cluster) -> Iterator[str]:
    """A copy of the template, gone afterwards."""
    name = f"run_{os.getpid()}_{secrets.token_hex(4)}"
    with _one_at_a_time():
        _clear_away(cluster)
        copy(cluster, _template(cluster), name)
    try:
        yield name
    finally:
        drop(cluster, name)


def copy(cluster: postgres.Cluster, template: str, name: str) -> None:
    with cluster.connect() as db:
        command = sql.SQL("create database {} template {} strategy file_copy")
        db.execute(command.format(sql.Identifier(name), sql.Identifier(template)))


def drop(cluster: postgres.Cluster, name: str) -> None:
    with cluster.connect() as db:
        db.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _clear_away(cluster: postgres.Cluster) -> None:
    """Drop what runs that were killed have left."""
    with cluster.connect() as db:
        rows = db.execute(
            r"select datname, split_part(datname, '_', 2)::int from pg_database where datname ~ '^run_\d'"
        )
        left = [name for name, process in rows if not psutil.pid_exists(process)]
    for name in left:
        drop(cluster, name)


def _template(cluster: postgres.Cluster) -> str:
    """Made anew whenever a revision or a stated object changes, so a test never meets yesterday's schema."""
    name = f"template_{fingerprint()}"
    with cluster.connect() as db:
        there = [
            row[0] for row in db.execute("select datname from pg_database where datname ~ '^template_.{12}$'")
        ]
    if name not in there:
        for former in there:
            drop(cluster, former)
        unfinished = f"{name}_unfinished"
        drop(cluster, unfinished)
        bootstrap.prepare(cluster, unfinished, AGREED)
        with cluster.connect() as db:
            rename = sql.SQL("alter database {} rename to {}")
            db.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def fingerprint() -> str:
    digest = hashlib.sha256()
    shim = ROOT / "gynergy_app" / "local" / "auth_schema.sql"
    for path in [shim, *sorted((ROOT / "alembic").rglob("*.py")), *sorted((ROOT / "alembic").rglob("*.sql"))]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with _folder("making").open("w") as making:
        fcntl.flock(making, fcntl.LOCK_EX)
        yield


def _folder(name: str) -> Path:
    FOLDER.parent.mkdir(exist_ok=True)
    return FOLDER.with_name(f"{FOLDER.name}.{name}")
