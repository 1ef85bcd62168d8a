"""A row of any table that belongs to the owner, made from what the catalog says the table needs."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.policies.world import World

_COLUMNS = """
select a.attname as name, format_type(a.atttypid, null) as type,
    a.attnotnull and not a.atthasdef and a.attidentity = '' as is_needed,
    (select fk.confrelid::regclass::text from pg_constraint fk
     where fk.conrelid = a.attrelid and fk.contype = 'f' and fk.conkey = array[a.attnum]) as points_at,
    (select pg_get_constraintdef(ck.oid) from pg_constraint ck
     where ck.conrelid = a.attrelid and ck.contype = 'c' and ck.conkey = array[a.attnum]
        and ck.conname like '%%\\_known') as known_values
from pg_attribute a
where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped
order by a.attnum
"""

WHOSE = {"user_id", "actor_id", "creator_id", "referrer_id", "sender_id", "blocker_id"}
"""Columns that say whose row it is, filled even where the table would let them be empty."""


SOMEBODY_ELSE = {"referred_id": "stranger", "recipient_id": "mate", "blocked_id": "stranger"}
"""Columns that name the other person of a row, where a table refuses that it is the owner herself."""

ONCE = {"referrals"}
"""Tables that take only one row of these people: whatever points at one points at that."""

UNIQUE = {"referrals_required"}
"""Numbers that stand once in a table, and of which every installation has a few to begin with."""


def owners_row(db: psycopg.Connection, table: str, world: World, number: int) -> dict[str, Any]:
    """Different numbers give different rows."""
    row: dict[str, Any] = {}
    for name, type_, is_needed, points_at, known_values in db.execute(_COLUMNS, [table]).fetchall():
        if is_needed or name in WHOSE or known_values:
            row[name] = _value(db, world, number, name, type_, points_at, known_values)
    return row


def _value(
    db: psycopg.Connection,
    world: World,
    number: int,
    name: str,
    type_: str,
    points_at: str | None,
    known: str | None,
) -> Any:
    if name in SOMEBODY_ELSE:
        return world.people[SOMEBODY_ELSE[name]]
    if points_at:
        return _referred(db, world, points_at, number)
    if known:
        options = re.findall(r"'([^']+)'", known)
        return options[-1 - number % len(options)]
    return _of_type(name, type_, number)


def _referred(db: psycopg.Connection, world: World, table: str, number: int) -> UUID:
    in_this_world = {
        "users": world.people["owner"],
        "auth.users": uuid4(),
        "books": world.book,
        "book_sessions": world.session,
        "cohorts": world.cohort,
    }
    if table in in_this_world:
        return in_this_world[table]
    row = owners_row(db, table, world, number + 900)
    if table in ONCE:
        return _one(
            db,
            sql.SQL("select id from {} where ctid = {}::tid").format(
                _identifier(table), place(db, table, world)
            ),
        )
    return _one(db, insert(table, row) + sql.SQL(" returning id"))


def _of_type(name: str, type_: str, number: int) -> Any:
    made: dict[str, Any] = {
        "uuid": uuid4(),
        "text": f"{name} {uuid4()}",
        "integer": uuid4().int % 10**8 + 100 if name in UNIQUE else number + 1,
        "boolean": False,
        "date": date(2026, 11, 2) + timedelta(days=number),
        "timestamp with time zone": datetime(2026, 11, 2, number % 24, tzinfo=UTC),
        "jsonb": Jsonb({}),
        "bytea": uuid4().bytes,
    }
    return made[type_]


def _values(row: dict[str, Any]) -> sql.Composable:
    columns = sql.SQL(", ").join(map(sql.Identifier, row))
    return sql.SQL("({}) values ({})").format(columns, sql.SQL(", ").join(map(sql.Literal, row.values())))


def insert(table: str, row: dict[str, Any]) -> sql.Composed:
    return sql.SQL("insert into {} {}").format(_identifier(table), _values(row))


def place(db: psycopg.Connection, table: str, world: World) -> str:
    """Where the owner's row of this table is (its ctid); made if she has none yet."""
    row = owners_row(db, table, world, 0)
    known = {"id": _named(world, table)} if _named(world, table) else _whose(row)
    if known:
        (name, value), *_ = known.items()
        find = sql.SQL("select ctid::text from {} where {} = {}").format(
            _identifier(table), sql.Identifier(name), sql.Literal(value)
        )
        if found := db.execute(find).fetchone():
            return found[0]
    return _one(db, insert(table, row) + sql.SQL(" returning ctid::text"))


def _named(world: World, table: str) -> UUID | int | None:
    """Rows of this world that are nobody's own."""
    return {
        "public.users": world.people["owner"],
        "public.books": world.book,
        "public.book_sessions": world.session,
        "public.cohorts": world.cohort,
        "private.step_up": 1,
    }.get(table)


def _whose(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in row if name in WHOSE}


def _identifier(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))


def _one(db: psycopg.Connection, command: sql.Composed) -> Any:
    found = db.execute(command).fetchone()
    assert found
    return found[0]
