"""From an empty cluster to the product's database: what Supabase would have, our migrations, two logins."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from gynergy_app.local.postgres import Cluster
from gynergy_app.local.processes import environment
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import ROOT

DATABASE = "gynergy"
_SHIM = Path(__file__).with_name("auth_schema.sql")


@dataclass(frozen=True)
class Secrets:
    """What the three sides must agree on with the database."""

    web_password: str = field(repr=False)
    worker_password: str = field(repr=False)
    step_up_secret: str = field(repr=False)


def prepare(cluster: Cluster, database: str, agreed: Secrets) -> None:
    """Bring a database up to date, creating it first if there is none. Quick when nothing is to be done."""
    _create_database(cluster, database)
    with cluster.connect(database) as db:
        fingerprint = _fingerprint()
        if _stamp(db) != fingerprint:
            db.execute(_SHIM.read_bytes())
            migrate(cluster.url(database))
            _write_stamp(db, database, fingerprint)
        _set_password(db, "app_web", agreed.web_password)
        _set_password(db, "app_worker", agreed.worker_password)
        store_step_up(db, agreed.step_up_secret)


def migrate(admin_url: str) -> None:
    """Run the revisions and re-state the SQL objects, in a process of its own: its settings are not ours."""
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=ROOT,
        env=environment({"DATABASE_ADMIN_URL": admin_url}),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise Trouble(f"The migration failed and left the database as it was.\n{done.stderr.strip()}")


def store_step_up(db: psycopg.Connection, secret: str) -> None:
    """Tell the database which secret lets a transaction step up; it keeps only the hash."""
    with db.transaction():
        db.execute("delete from private.step_up")
        db.execute(
            "insert into private.step_up (hash) values (%s)", [hashlib.sha256(secret.encode()).digest()]
        )


def exists(cluster: Cluster, database: str) -> bool:
    with cluster.connect() as db:
        return bool(db.execute("select from pg_database where datname = %s", [database]).rowcount)


def _create_database(cluster: Cluster, database: str) -> None:
    if not exists(cluster, database):
        with cluster.connect() as db:
            db.execute(sql.SQL("create database {}").format(sql.Identifier(database)))


def _set_password(db: psycopg.Connection, login: str, password: str) -> None:
    db.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(login), sql.Literal(password)))


def _fingerprint() -> str:
    """Changes when anything that shapes the database changes."""
    digest = hashlib.sha256()
    for path in [
        _SHIM,
        *sorted((ROOT / "alembic").rglob("*.py")),
        *sorted((ROOT / "alembic").rglob("*.sql")),
    ]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _stamp(db: psycopg.Connection) -> str | None:
    """Kept inside the database, so that it is gone when the database is."""
    row = db.execute(
        "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    )
    return (row.fetchone() or (None,))[0]


def _write_stamp(db: psycopg.Connection, database: str, fingerprint: str) -> None:
    comment = sql.SQL("comment on database {} is {}")
    db.execute(comment.format(sql.Identifier(database), sql.Literal(fingerprint)))
