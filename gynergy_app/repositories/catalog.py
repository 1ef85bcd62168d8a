"""What the database says about itself: which rows belong to whom, read from its own catalog.

New tables are found without being listed anywhere, so nothing about a member can be forgotten.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_REFERENCES = text("""
    select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
           (select array_agg(quote_ident(a.attname) order by k.place)
            from unnest(c.conkey) with ordinality as k (number, place)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as child_columns,
           (select array_agg(quote_ident(a.attname) order by k.place)
            from unnest(c.confkey) with ordinality as k (number, place)
            join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number) as parent_columns,
           c.confdeltype::text = 'c' as dies_with_parent
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_namespace n on n.oid = t.relnamespace
    where c.contype = 'f' and n.nspname in ('public', 'private')
      and has_table_privilege(t.oid, 'select')
    order by child, child_columns
""")
_SECRETS = text("""
    select a.attrelid::regclass::text as "table", array_agg(a.attname::text) as columns
    from pg_attribute a
    join pg_class t on t.oid = a.attrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname in ('public', 'private') and t.relkind = 'r' and a.attnum > 0
      and a.atttypid = 'bytea'::regtype
    group by 1
""")
PEOPLE = "users"
ABOUT = ("user_id", "subject_user_id", "creator_id", "reported_by")
"""Columns that say whom a row is about, even where the row outlives the person."""
UNTOLD = frozenset({("user_blocks", "blocked_id")})
"""Columns that name somebody who is not to know: such a row goes with her, and she is never shown it."""


@dataclass(frozen=True)
class Reference:
    child: str
    parent: str
    child_columns: tuple[str, ...]
    parent_columns: tuple[str, ...]
    dies_with_parent: bool

    def within(self, condition: str) -> str:
        """The child's rows whose parent meets a condition."""
        mine, theirs = ", ".join(self.child_columns), ", ".join(self.parent_columns)
        return f"({mine}) in (select {theirs} from {self.parent} where {condition})"  # noqa: S608  catalog names


async def rows_of(db: AsyncSession, user_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Every row that belongs to a member, by table; keys and tokens (`bytea`) are left out."""
    connection = await db.connection()
    secrets = {row.table: row.columns for row in await connection.execute(_SECRETS)}
    found = {}
    for table, condition in (await owned_tables(db)).items():
        query = text(f"select to_jsonb(t) - cast(:hidden as text[]) from {table} t where {condition}")  # noqa: S608
        rows = await connection.execute(query, {"user": user_id, "hidden": secrets.get(table, [])})
        found[table] = sorted(
            rows.scalars(), key=lambda row: (str(row.get("created_at")), str(row.get("id")))
        )
    return found


async def owned_tables(db: AsyncSession) -> dict[str, str]:
    """Every table that can hold rows of a member, and the condition that picks them."""
    rows = await (await db.connection()).execute(_REFERENCES)
    return ownership([Reference(*map(_hashable, row)) for row in rows])


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def ownership(references: Sequence[Reference]) -> dict[str, str]:
    """By table, the condition that picks one member's rows (`:user`).

    A row is hers when it would be deleted with her, directly or through another row of hers, or says in a
    column of `ABOUT` that it is about her. A row that merely mentions her, as its author's admin say, is not,
    and neither is one she is not to learn of.
    """
    conditions = {PEOPLE: "id = :user"}
    told = [r for r in references if (r.child, r.child_columns[0]) not in UNTOLD]
    direct = [r for r in told if r.parent == PEOPLE and (r.dies_with_parent or _is_about(r))]
    level = _grouped(direct, conditions)
    while level:
        conditions |= level
        below = [
            r for r in references if r.parent in level and r.child not in conditions and r.dies_with_parent
        ]
        level = _grouped(below, conditions)
    return conditions


def _is_about(reference: Reference) -> bool:
    return reference.child_columns[0] in ABOUT


def _grouped(references: Sequence[Reference], conditions: dict[str, str]) -> dict[str, str]:
    by_child = defaultdict(list)
    for reference in references:
        if reference.child != PEOPLE:
            by_child[reference.child].append(reference.within(conditions[reference.parent]))
    return {child: " or ".join(parts) for child, parts in by_child.items()}
