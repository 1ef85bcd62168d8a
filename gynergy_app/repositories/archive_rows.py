"""A member's rows as they leave in an archive: a few at a time, and naming nobody else."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.repositories import catalog

AT_A_TIME = 50

_HIDDEN = text("""
    select a.attrelid::regclass::text as "table", a.attname::text as "column",
        a.atttypid = 'bytea'::regtype or (t.relname, a.attname) = ('moderation_queue', 'preview') as is_secret
    from pg_attribute a
    join pg_class t on t.oid = a.attrelid and t.relkind = 'r'
    join pg_namespace n on n.oid = t.relnamespace and n.nspname in ('public', 'private')
    where a.attnum > 0 and not a.attisdropped and (
        a.atttypid = 'bytea'::regtype
        or (t.relname, a.attname) = ('moderation_queue', 'preview') -- a report quotes somebody else
        or exists (
            select from pg_constraint c
            where c.conrelid = a.attrelid and c.contype = 'f' and c.confrelid = 'public.users'::regclass
                and a.attnum = any (c.conkey)
        )
    )
""")
_OWNER = text("""
    select id::text, trim(first_name || ' ' || last_name) as name,
        case when not is_anonymous then email_lower end as address
    from users where id = :user
""")
_RUNS = text("""
    select e.session_id, e.enrollment_date, s.start_date, s.end_date, s.is_personal, b.slug, b.name as program
    from session_enrollments e
    join book_sessions s on s.id = e.session_id
    join books b on b.id = e.book_id
    where e.user_id = :user
    order by s.start_date, e.session_id
""")
_DAYS = text("""
    select entry_date from journals where user_id = :user and session_id = :session
    union select entry_date from action_logs where user_id = :user and session_id = :session
    union select entry_date from meditations where user_id = :user and session_id = :session
    order by 1
""")
_PAGES = text("""
    select to_jsonb(j) || coalesce(
        (select jsonb_object_agg(l.entry_type, l.content) from journal_entries l where l.journal_id = j.id),
        '{}'
    )
    from journals j where j.user_id = :user and j.session_id = :session and j.entry_date = :day
    order by j.journal_type desc
""")
_ACTIONS = text("""
    select to_jsonb(l) || jsonb_build_object('asked', a.title)
    from action_logs l left join actions a on a.id = l.action_id
    where l.user_id = :user and l.session_id = :session and l.entry_date = :day
    order by l.action_type
""")
_SITTINGS = text("""
    select to_jsonb(m) from meditations m
    where m.user_id = :user and m.session_id = :session and m.entry_date = :day
""")
_STAFF = text("""
    select a.created_at, a.action, a.reason, a.before, a.after
    from audit_log a
    where a.subject_user_id = :user and a.actor_id is distinct from cast(:user as uuid)
    order by a.created_at desc, a.id
""")
_WORDS = text("""
    select e.created_at, e.message_type, e.custom_message, e.sender_id = cast(:user as uuid) as is_hers
    from encouragements e
    where e.sender_id = :user or e.recipient_id = :user
    order by e.created_at, e.id
""")
_BESIDE = {
    "visions": text(
        "select to_jsonb(v) from user_visions v where v.user_id = :user and v.session_id = :session"
    ),
    "maps": text("select to_jsonb(j) from journey j where j.user_id = :user and j.session_id = :session"),
}


@dataclass(frozen=True)
class Run:
    """A session she has a place in, by what it is called everywhere."""

    session_id: UUID
    enrolled_on: date
    start: date
    end: date
    is_personal: bool
    slug: str
    program: str


@dataclass(frozen=True)
class Day:
    day: date
    pages: Sequence[dict[str, Any]]
    actions: Sequence[dict[str, Any]]
    sittings: Sequence[dict[str, Any]]


class Rows:
    """Every table of one member, read in one snapshot of the database."""

    def __init__(self, db: AsyncSession, user_id: UUID) -> None:
        self._db, self._user_id = db, user_id
        self._secret: dict[str, list[str]] = {}
        self._people: dict[str, list[str]] = {}

    async def tables(self) -> dict[str, str]:
        """Each table that can hold something of hers, with the condition that picks it."""
        for row in await (await self._db.connection()).execute(_HIDDEN):
            kept = self._secret if row.is_secret else self._people
            kept.setdefault(row.table, []).append(row.column)
        return await catalog.owned_tables(self._db)

    async def of(self, table: str, condition: str) -> AsyncIterator[dict[str, Any]]:
        """Her rows, oldest first. Whoever else a row points at is left out of it."""
        query = text(
            f"select to_jsonb(t) - cast(:hidden as text[]) as kept from {table} t where {condition}"  # noqa: S608
            " order by to_jsonb(t) ->> 'created_at', to_jsonb(t) ->> 'id'"
        )
        asked = {"user": self._user_id, "hidden": self._secret.get(table, [])}
        connection = await self._db.connection()
        async with connection.stream(query, asked, execution_options={"yield_per": AT_A_TIME}) as rows:
            async for row in rows.scalars():
                yield self._without_others(table, row)

    def _without_others(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        others = {name for name in self._people.get(table, ()) if row.get(name) != str(self._user_id)}
        return {name: value for name, value in row.items() if name not in others}

    async def owner(self) -> dict[str, str | None]:
        """Whose archive it is: the account, and the address she proved to be hers."""
        row = (await self._ask(_OWNER)).one()
        return {"id": row.id, "name": row.name or "My pages", "address": row.address}

    async def runs(self) -> list[Run]:
        rows = await self._ask(_RUNS)
        return [
            Run(r.session_id, r.enrollment_date, r.start_date, r.end_date, r.is_personal, r.slug, r.program)
            for r in rows
        ]

    async def days(self, run: Run) -> AsyncIterator[Day]:
        """Each day of a run that holds something, with all of it."""
        for day in (await self._ask(_DAYS, session=run.session_id)).scalars().all():
            on = {"session": run.session_id, "day": day}
            found = [
                (await self._ask(query, **on)).scalars().all() for query in (_PAGES, _ACTIONS, _SITTINGS)
            ]
            yield Day(day, *found)

    async def beside(self, run: Run) -> dict[str, Sequence[dict[str, Any]]]:
        """What belongs to a run and to none of its days."""
        return {name: await self._list(query, session=run.session_id) for name, query in _BESIDE.items()}

    async def staff_acts(self) -> list[dict[str, Any]]:
        """What somebody of the staff did with her account, the newest first, without a name."""
        return [dict(row) for row in (await self._ask(_STAFF)).mappings()]

    async def few_words(self) -> list[dict[str, Any]]:
        """What she sent to people of her cohorts and what they sent her, oldest first, without a name."""
        return [dict(row) for row in (await self._ask(_WORDS)).mappings()]

    async def _list(self, query: Any, **asked: Any) -> Sequence[Any]:
        return (await self._ask(query, **asked)).scalars().all()

    async def _ask(self, query: Any, **asked: Any) -> Any:
        return await (await self._db.connection()).execute(query, {"user": self._user_id, **asked})


async def in_one_snapshot(db: AsyncSession) -> None:
    """Call first in a transaction: everything read in it is as of one moment."""
    await db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
