"""How the schema moves: revisions change tables, `sql/` states everything else anew on every upgrade.

Functions, views, triggers, policies and reference rows are not revised but re-stated, so each of them can be
read in one file as it is today. Before a downgrade they are withdrawn: they speak of tables that are leaving.
"""

import hashlib
from pathlib import Path
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

import gynergy_app.models  # noqa: F401  makes the metadata whole
from gynergy_app.db import driver_url
from gynergy_app.models.columns import Choice
from gynergy_app.settings import settings

SQL = Path(__file__).parent / "sql"
KINDS = ["functions", "views", "triggers", "policies", "reference"]
"""Later kinds rely on earlier ones."""

OURS = (None, "public", "private")


def include_name(name: str | None, type_: str, parent_names: Any) -> bool:
    return type_ != "schema" or name in OURS


def include_object(subject: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    if type_ == "table" and subject.info.get("external"):
        return False
    return not (type_ == "table" and name == "alembic_version")


def render_item(type_: str, subject: Any, autogen_context: Any) -> str | Literal[False]:
    """Revisions must run in three years, so they never import a type of ours."""
    if type_ == "type" and isinstance(subject, Choice):
        return "sa.Text()"
    if type_ == "type" and isinstance(subject, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection, script: Path) -> None:
    """A whole file at once, with no parameter syntax to trip over."""
    driver: Any = connection.connection.driver_connection
    driver.execute(script.read_text())


def restate(connection: Connection) -> None:
    for kind in KINDS:
        for script in sorted((SQL / kind).glob("*.sql")):
            run(connection, script)


def remember_step_up(connection: Connection) -> None:
    """The hash of the secret the web process steps up with, where the machine that migrates knows it."""
    secret = settings.step_up_secret.get_secret_value()
    if secret:
        connection.execute(
            text(
                "insert into private.step_up (id, hash) values (1, :hash)"
                " on conflict (id) do update set hash = excluded.hash"
            ),
            {"hash": hashlib.sha256(secret.encode()).digest()},
        )


def direction() -> str:
    return context.get_context().opts["fn"].__name__


def is_at_head() -> bool:
    return set(context.get_context().get_current_heads()) == set(context.script.get_heads())


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        version_table_schema="private",
        include_schemas=True,
        include_name=include_name,
        include_object=include_object,
        render_item=render_item,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        connection.execute(text("select pg_advisory_xact_lock(hashtext('gynergy:migrate'))"))
        connection.execute(text("create schema if not exists private"))
        if direction() == "downgrade":
            run(connection, SQL / "withdraw.sql")
        context.run_migrations()
        if direction() == "upgrade" and is_at_head():
            restate(connection)
            remember_step_up(connection)


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: the SQL objects are re-stated there.")

url = context.config.attributes.get("url") or settings.database_admin_url.get_secret_value()
engine = create_engine(driver_url(url), poolclass=NullPool)
with engine.connect() as connection:
    migrate(connection)
