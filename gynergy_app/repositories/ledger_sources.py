"""Everything a ledger follows from, for a handful of members at once. For the worker: no member may ask this.

Days, kinds and figures only: not one column that holds words is named here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlmodel.ext.asyncio.session import AsyncSession

_MEMBERS = text("""
    select user_id from (
        select distinct e.user_id from session_enrollments e
        where e.user_id > :after
            and (cast(:member as uuid) is null or e.user_id = :member)
            and (cast(:cohort as uuid) is null or e.user_id in (
                select m.user_id from cohort_memberships m where m.cohort_id = :cohort
            ))
    ) m order by user_id limit :size
""")
_COUNT = text("""
    select count(distinct e.user_id) from session_enrollments e
    where (cast(:member as uuid) is null or e.user_id = :member)
        and (cast(:cohort as uuid) is null or e.user_id in (
            select m.user_id from cohort_memberships m where m.cohort_id = :cohort
        ))
""")
_PLACES = text("""
    select e.user_id, e.session_id, b.book_id, b.start_date, e.enrollment_date,
        coalesce(s.timezone, 'UTC') as timezone, t.total,
        e.morning_completion, e.evening_completion, e.gratitude_completion,
        e.weekly_reflection_completion, e.weekly_challenge_completion,
        e.morning_streak, e.evening_streak, e.gratitude_streak,
        e.weekly_reflection_streak, e.weekly_challenge_streak
    from session_enrollments e
    join book_sessions b on b.id = e.session_id
    left join profile_settings s on s.user_id = e.user_id
    left join point_totals t on t.user_id = e.user_id and t.session_id = e.session_id
    where e.user_id = any (:users)
""")
_PAGES = text("""
    select user_id, session_id, id, entry_date as day, completed_at as at, mood_score as mood,
        case journal_type when 'morning' then 'morning_journal' when 'evening' then 'evening_journal'
            else 'weekly_reflection' end as activity
    from journals where user_id = any (:users) and is_completed
    union all
    select user_id, session_id, id, entry_date, completed_at, null,
        case action_type when 'gratitude' then 'gratitude_action' else 'weekly_challenge' end
    from action_logs where user_id = any (:users) and is_completed
    union all
    select user_id, session_id, id, null, null, null, 'vision'
    from user_visions where user_id = any (:users) and is_completed
""")
_FORGIVEN = text("""
    select user_id, session_id, day, kind, created_at from streak_events where user_id = any (:users)
""")
_LEDGER = text("""
    select id, user_id, session_id, activity_type, base_points, multiplier, bonus_points, final_points,
        source_type, source_id, metadata ->> 'local_at' as local_at, earned_on, earned_at, reverses_id, reason
    from points_transactions where user_id = any (:users)
""")
_BADGES = text(
    "select id, user_id, session_id, badge_id, unlocked_at from user_badges where user_id = any (:users)"
)
_BY_HAND = text("""
    select subject_id from audit_log
    where action in ('points.awarded', 'points.taken_back') and subject_user_id = any (:users)
""")
_CHANGES = text("""
    select subject_id, created_at, before from audit_log
    where subject_type = :subject order by created_at desc, id
""")

Key = tuple[UUID, UUID | None]


@dataclass(frozen=True)
class Sources:
    """By member, or by member and session."""

    places: Sequence[Row]
    pages: dict[Key, list[Row]]
    forgiven: dict[Key, list[Row]]
    ledger: dict[UUID, list[Row]]
    badges: dict[Key, list[Row]]
    by_hand: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Whose:
    """One member, a cohort, or with neither everybody."""

    member: UUID | None = None
    cohort: UUID | None = None

    @property
    def asked(self) -> dict[str, UUID | None]:
        return {"member": self.member, "cohort": self.cohort}


@dataclass(frozen=True)
class Recorded:
    subject: UUID
    at: datetime
    before: dict[str, Any] | None


async def members(db: AsyncSession, whose: Whose, after: UUID, size: int) -> list[UUID]:
    rows = await (await db.connection()).execute(_MEMBERS, {**whose.asked, "after": after, "size": size})
    return list(rows.scalars())


async def count(db: AsyncSession, whose: Whose) -> int:
    return (await (await db.connection()).execute(_COUNT, whose.asked)).scalar() or 0


async def of_members(db: AsyncSession, users: Sequence[UUID]) -> Sources:
    connection = await db.connection()

    async def ask(query: Any) -> Sequence[Row]:
        return (await connection.execute(query, {"users": list(users)})).all()

    ledger: dict[UUID, list[Row]] = defaultdict(list)
    for row in await ask(_LEDGER):
        ledger[row.user_id].append(row)
    return Sources(
        places=await ask(_PLACES),
        pages=_by_place(await ask(_PAGES)),
        forgiven=_by_place(await ask(_FORGIVEN)),
        ledger=ledger,
        badges=_by_place(await ask(_BADGES)),
        by_hand=frozenset(row.subject_id for row in await ask(_BY_HAND)),
    )


async def changes(db: AsyncSession, subject: str) -> list[Recorded]:
    """What admins changed of one kind of thing, the latest first."""
    rows = await (await db.connection()).execute(_CHANGES, {"subject": subject})
    return [Recorded(row.subject_id, row.created_at, row.before) for row in rows]


def days_of(rows: Iterable[Row], kind: str) -> frozenset[date]:
    return frozenset(row.day for row in rows if row.kind == kind)


def _by_place(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[(row.user_id, row.session_id)].append(row)
    return found
