"""Trying a thing as somebody, and hearing whether the database let it pass. Nothing tried here is kept."""

import json
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from tests.policies.rows import insert
from tests.policies.world import World


@dataclass(frozen=True)
class Principal:
    name: str
    role: str
    person: str | None = None
    is_stepped_up: bool = False


PRINCIPALS = (
    Principal("anon", "anon"),
    Principal("owner", "authenticated", "owner"),
    Principal("cohort-mate", "authenticated", "mate"),
    Principal("stranger", "authenticated", "stranger"),
    Principal("moderator", "authenticated", "moderator"),
    Principal("admin", "authenticated", "admin"),
    Principal("service", "service_role"),
    Principal("anon, stepped up", "anon", is_stepped_up=True),
    Principal("owner, stepped up", "authenticated", "owner", is_stepped_up=True),
    Principal("stranger, stepped up", "authenticated", "stranger", is_stepped_up=True),
    Principal("admin, stepped up", "authenticated", "admin", is_stepped_up=True),
)

STEPPED_UP = ", stepped up"

APPEND_ONLY = "GY002"


def who_may(names: list[str]) -> list[str]:
    """Without those who only keep, stepped up, what they may anyway. Stepping up takes nothing away."""
    for name in names:
        assert name.endswith(STEPPED_UP) or name + STEPPED_UP in names or name not in _CAN_STEP_UP
    return [name for name in names if name.removesuffix(STEPPED_UP) not in set(names) - {name}]


_CAN_STEP_UP = {who.name.removesuffix(STEPPED_UP) for who in PRINCIPALS if who.is_stepped_up}


@dataclass(frozen=True)
class Target:
    """The owner's row of one table, where it is, and another that could be added."""

    table: str
    ctid: str
    another: dict[str, Any]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(*self.table.split("."))


def attempt(
    db: psycopg.Connection, who: Principal, world: World, step_up: str, command: sql.Composed
) -> bool:
    """True when the command met a row, or would have but for a key that is taken or missing."""
    claims = {"role": who.role} | ({"sub": str(world.people[who.person])} if who.person else {})
    try:
        with db.transaction(force_rollback=True):
            db.execute(
                "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true),"
                " set_config('gynergy.step_up', %s, true)",
                [who.role, json.dumps(claims), step_up if who.is_stepped_up else ""],
            )
            return db.execute(command).rowcount == 1
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.errors.IntegrityError:
        # Policies are asked before keys: whoever hears of a key has passed them.
        return True
    except psycopg.Error as error:
        if error.sqlstate == APPEND_ONLY:
            return False
        raise


def updatable_columns(db: psycopg.Connection, table: str) -> list[str]:
    return [
        name
        for (name,) in db.execute(
            "select attname from pg_attribute where attrelid = %(table)s::regclass and attnum > 0"
            " and not attisdropped and attgenerated = ''"
            " and has_column_privilege('authenticated', %(table)s, attname, 'update') order by attnum",
            {"table": table},
        )
    ]


def commands(target: Target, updatable: list[str]) -> dict[str, sql.Composed]:
    here = sql.SQL("where ctid = {}::tid").format(sql.Literal(target.ctid))
    # Where `authenticated` may change nothing the service may still change anything.
    column = sql.Identifier(updatable[-1] if updatable else next(iter(target.another)))
    return {
        "select": sql.SQL("select from {} {}").format(target.identifier, here),
        "insert": insert(target.table, target.another),
        "update": sql.SQL("update {} set {} = {} {}").format(target.identifier, column, column, here),
        "delete": sql.SQL("delete from {} {}").format(target.identifier, here),
    }
