"""Rules of the data guide that can be read off the catalog, so nobody has to remember them."""

import re
from typing import LiteralString

import psycopg
import pytest
from sqlmodel import SQLModel

import gynergy_app.models  # noqa: F401  makes the metadata whole
from gynergy_app.local.postgres import Cluster

OPEN_TO_VISITORS = {
    "private.enqueue(text,jsonb)",
    "private.first_in_queue(uuid,timestamp with time zone)",
    "private.hold_session(uuid)",
    "private.keep_seat(uuid,uuid,timestamp with time zone,timestamp with time zone)",
    "private.look_at_friend_code(text,timestamp with time zone)",
    "private.migrated_to()",
    "private.recognised(bytea[],timestamp with time zone[])",
    "private.starts_on_offer(date,date)",
    "private.stepped_up()",
    "private.tell_member(uuid,text,text,text,text,text,timestamp with time zone)",
    "private.worker_seen_at()",
}
"""Functions somebody who has not signed in may call. Each refuses or reveals nothing of anybody."""


@pytest.fixture(scope="module")
def db(cluster: Cluster, database_name: str):
    with cluster.connect(database_name) as connection:
        yield connection


def column(db: psycopg.Connection, query: LiteralString) -> list:
    return [row[0] for row in db.execute(query)]


def test_there_is_a_model_for_every_table_and_a_table_for_every_model(db: psycopg.Connection):
    tables = column(
        db,
        "select schemaname || '.' || tablename from pg_tables"
        " where schemaname in ('public', 'private') and tablename <> 'alembic_version'",
    )
    models = {
        f"{table.schema or 'public'}.{table.name}"
        for table in SQLModel.metadata.tables.values()
        if not table.info.get("external")
    }

    assert set(tables) == models


def test_every_table_is_guarded_and_says_by_whom(db: psycopg.Connection):
    unguarded = column(
        db,
        "select c.oid::regclass::text from pg_class c where c.relkind = 'r'"
        " and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)"
        " and (not c.relrowsecurity or not exists (select from pg_policy where polrelid = c.oid))",
    )

    # `step_up` is read by one function as its owner; the version table is granted to nobody.
    assert set(unguarded) == {"private.step_up", "private.alembic_version"}


def test_every_policy_names_its_roles(db: psycopg.Connection):
    assert column(db, "select policyname from pg_policies where 'public' = any (roles)") == []


def test_one_policy_answers_for_one_action_and_role(db: psycopg.Connection):
    doubled = column(
        db,
        """
        select format('%s: %s to %s', tablename, action, role)
        from pg_policies p, unnest(p.roles) role, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) action
        where schemaname in ('public', 'private') and p.cmd in ('ALL', action) and permissive = 'PERMISSIVE'
        group by schemaname, tablename, action, role having count(*) > 1
        """,
    )

    assert doubled == []


def test_policies_ask_once_for_a_statement_and_not_for_every_row(db: psycopg.Connection):
    expressions = column(
        db,
        "select coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies"
        " where schemaname in ('public', 'private')",
    )

    for expression in expressions:
        asked = re.findall(r"(SELECT )?((?:auth|private)\.\w+)\(", expression)
        assert all(wrapped for wrapped, _ in asked), expression


def test_what_policies_lean_on_is_indexed(db: psycopg.Connection):
    """Every foreign key, so that deleting a member does not read whole tables."""
    bare = column(
        db,
        """
        select format('%s (%s)', k.conrelid::regclass, k.conname)
        from pg_constraint k
        where k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
            and not exists (
                select from pg_index i
                where i.indrelid = k.conrelid and i.indpred is null
                    and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] = k.conkey
            )
        """,
    )

    assert bare == []


def test_there_are_no_enums(db: psycopg.Connection):
    enums = "select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace"

    assert column(db, enums) == []


def test_functions_that_see_with_their_owners_eyes_cannot_be_led_astray(db: psycopg.Connection):
    astray = column(
        db,
        "select oid::regprocedure::text from pg_proc where prosecdef"
        " and pronamespace in ('public'::regnamespace, 'private'::regnamespace)"
        " and not coalesce(proconfig @> array['search_path=\"\"'], false)",
    )

    assert astray == []


def test_no_function_of_ours_lies_where_the_outside_can_call_it(db: psycopg.Connection):
    """PostgREST exposes `public`: every function in it is an address on the internet."""
    assert column(db, "select proname from pg_proc where pronamespace = 'public'::regnamespace") == []


def test_functions_are_granted_by_name(db: psycopg.Connection):
    everybody = column(
        db,
        "select p.oid::regprocedure::text"
        " from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner)))"
        " where p.pronamespace = 'private'::regnamespace and grantee = 0",
    )
    visitors = column(
        db,
        "select oid::regprocedure::text from pg_proc where pronamespace = 'private'::regnamespace"
        " and has_function_privilege('anon', oid, 'execute')",
    )

    assert everybody == []
    assert set(visitors) == OPEN_TO_VISITORS


def test_views_see_with_the_callers_eyes(db: psycopg.Connection):
    views = column(
        db,
        "select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace"
        " and not coalesce(reloptions @> array['security_invoker=true'], false)",
    )

    assert views == []
