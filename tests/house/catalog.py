"""What the database is, one line for each thing in it, so that a difference reads as a difference.

`python -m tests.house.catalog` writes the committed snapshot anew, after a change that is meant.
"""

from pathlib import Path
from typing import LiteralString

import psycopg

SNAPSHOT = Path(__file__).with_name("catalog.snapshot")

_OURS: LiteralString = "('public', 'private')"

STRUCTURE = ("table", "column", "constraint", "index", "type")
"""The kinds revisions are answerable for; the rest is stated anew on every upgrade."""

QUERIES: dict[str, LiteralString] = {
    "table": f"""
        select format('%I.%I', n.nspname, c.relname), c.relpersistence, c.relrowsecurity,
            (select string_agg(g::text, ' ' order by g::text)
             from unnest(coalesce(c.relacl, acldefault('r', c.relowner))) g)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in {_OURS}
    """,
    "column": f"""
        select format('%I.%I.%I', n.nspname, c.relname, a.attname), format_type(a.atttypid, a.atttypmod),
            case when a.attnotnull then 'not null' else 'null' end, a.attgenerated,
            pg_get_expr(d.adbin, d.adrelid),
            (select string_agg(g::text, ' ' order by g::text) from unnest(a.attacl) g)
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where c.relkind = 'r' and n.nspname in {_OURS} and a.attnum > 0 and not a.attisdropped
    """,
    "constraint": f"""
        select format('%s.%I', k.conrelid::regclass, k.conname), pg_get_constraintdef(k.oid), k.condeferrable
        from pg_constraint k join pg_namespace n on n.oid = k.connamespace
        where n.nspname in {_OURS} and k.conrelid <> 0 and k.contype <> 'n'
    """,
    "index": f"select indexdef from pg_indexes where schemaname in {_OURS}",
    "policy": f"""
        select format('%I.%I "%s"', schemaname, tablename, policyname), permissive, roles, cmd,
            qual, with_check
        from pg_policies where schemaname in {_OURS}
    """,
    "function": f"""
        select p.oid::regprocedure, pg_get_function_result(p.oid), l.lanname, p.provolatile,
            case when p.prosecdef then 'definer' else 'invoker' end, p.proconfig, md5(p.prosrc),
            (select string_agg(g::text, ' ' order by g::text)
             from unnest(coalesce(p.proacl, acldefault('f', p.proowner))) g)
        from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
        where n.nspname in {_OURS}
    """,
    "trigger": f"""
        select pg_get_triggerdef(t.oid), t.tgenabled
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_namespace n on n.oid = p.pronamespace
        where not t.tgisinternal and n.nspname in {_OURS}
    """,
    "view": f"""
        select format('%I.%I', n.nspname, c.relname), c.reloptions, md5(pg_get_viewdef(c.oid)),
            (select string_agg(g::text, ' ' order by g::text)
             from unnest(coalesce(c.relacl, acldefault('r', c.relowner))) g)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('v', 'm') and n.nspname in {_OURS}
    """,
    "type": f"""
        select format('%I.%I', n.nspname, t.typname), t.typtype,
            (select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
             from pg_enum e where e.enumtypid = t.oid)
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where n.nspname in {_OURS} and t.typtype in ('d', 'e', 'r')
    """,
}


def lines(db: psycopg.Connection, kinds: tuple[str, ...] = tuple(QUERIES)) -> list[str]:
    return [
        line for kind in kinds for line in sorted(_described(kind, row) for row in db.execute(QUERIES[kind]))
    ]


def _described(kind: str, row: tuple) -> str:
    parts = [" ".join(str(part).split()) for part in row if part not in (None, "")]
    return f"{kind}: {' | '.join(parts)}"


def main() -> None:
    from tests import database

    with database.a_cluster() as cluster, database.a_database(cluster) as name, cluster.connect(name) as db:
        SNAPSHOT.write_text("\n".join(lines(db)) + "\n")


if __name__ == "__main__":
    main()
