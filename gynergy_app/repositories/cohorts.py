"""Cohorts as their desk keeps them: who is in, and on which days something was written. Never what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.models.cohorts import Cohort, CohortMembership
from gynergy_app.models.programs import BookSession, SessionEnrollment

_LIST = text("select * from private.desk_cohorts(:at, :id, :before_start, :before_id, :size)")
_MEMBERS = text(
    "select * from private.desk_cohort_members(:cohort, :search, :role, :after_name, :after_id, :size)"
)
_DAYS = text("select user_id, kind, day from private.desk_kept_days(:cohort, :users)")
_MINE = text("""
    select c.id, c.name, mine.role, c.is_alumni, c.start_date, c.end_date,
        private.cohort_size(c.id) as members
    from cohorts c
    join cohort_memberships mine on mine.cohort_id = c.id and mine.user_id = :user_id
    order by c.is_alumni, c.start_date desc, c.name
""")
_HAS_WRITTEN = text("select private.has_written(:user_id, :session_id)")


@dataclass(frozen=True)
class Listed:
    """A cohort in figures. `expected` had yesterday to keep, `kept` did. `taken` counts places in its run."""

    id: UUID
    name: str
    description: str
    session_id: UUID | None
    book_id: UUID | None
    book_name: str
    start_date: date
    end_date: date
    grace_period_end: date | None
    places: int | None
    is_active: bool
    is_public: bool
    is_alumni: bool
    members: int
    moderators: int
    taken: int
    waiting: int
    expected: int
    kept: int


@dataclass(frozen=True)
class Person:
    """`enrolled_on` is None for somebody whose membership came without a place, as an alumna's."""

    user_id: UUID
    sort_name: str
    first_name: str
    last_name: str
    email: str | None
    timezone: str
    role: str
    enrolled_on: date | None
    is_suspended: bool
    points: int
    has_written: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email or "Guest"


@dataclass(frozen=True)
class Mine:
    """A cohort somebody is in. `members` leaves out who is suspended."""

    id: UUID
    name: str
    role: CohortRole
    is_alumni: bool
    start_date: date
    end_date: date
    members: int

    def lives_on(self, day: date) -> bool:
        """Whether its days are counted then. The alumni have none."""
        return not self.is_alumni and self.start_date <= day <= self.end_date

    @property
    def may_moderate(self) -> bool:
        return self.role is not CohortRole.member


async def list_mine(db: AsyncSession, user_id: UUID) -> list[Mine]:
    """The latest start first, the alumni last."""
    rows = await (await db.connection()).execute(_MINE, {"user_id": user_id})
    return [Mine(**{**row._mapping, "role": CohortRole(row.role)}) for row in rows]


async def page(
    db: AsyncSession, *, at: datetime, before: tuple[date, UUID] | None, size: int
) -> list[Listed]:
    start, last = before or (None, None)
    said = {"at": at, "id": None, "before_start": start, "before_id": last, "size": size}
    return [Listed(**row._mapping) for row in await (await db.connection()).execute(_LIST, said)]


async def find_listed(db: AsyncSession, cohort_id: UUID, *, at: datetime) -> Listed | None:
    said = {"at": at, "id": cohort_id, "before_start": None, "before_id": None, "size": 1}
    row = (await (await db.connection()).execute(_LIST, said)).first()
    return Listed(**row._mapping) if row else None


async def members(
    db: AsyncSession,
    cohort_id: UUID,
    *,
    search: str = "",
    role: str = "",
    after: tuple[str, UUID] | None = None,
    size: int,
) -> list[Person]:
    name, last = after or (None, None)
    said = {"cohort": cohort_id, "search": search, "role": role, "after_name": name, "after_id": last}
    rows = await (await db.connection()).execute(_MEMBERS, {**said, "size": size})
    return [Person(**row._mapping) for row in rows]


async def kept_days(
    db: AsyncSession, cohort_id: UUID, users: Sequence[UUID]
) -> dict[UUID, list[tuple[str, date]]]:
    """For each of them the kinds of finished pages and forgiven days, with their dates."""
    found: dict[UUID, list[tuple[str, date]]] = {user: [] for user in users}
    rows = await (await db.connection()).execute(_DAYS, {"cohort": cohort_id, "users": list(users)})
    for row in rows:
        found[row.user_id].append((row.kind, row.day))
    return found


async def hold(db: AsyncSession, cohort_id: UUID) -> Cohort | None:
    return (await db.exec(select(Cohort).where(Cohort.id == cohort_id).with_for_update())).first()


async def hold_run(db: AsyncSession, session_id: UUID) -> BookSession | None:
    """Whoever joins waits meanwhile: the trigger that counts places asks for the same row."""
    return (await db.exec(select(BookSession).where(BookSession.id == session_id).with_for_update())).first()


async def list_others(db: AsyncSession, cohort_id: UUID, starts_from: date) -> Sequence[Cohort]:
    """Open cohorts with a run that began on that day or later, the next start first."""
    query = (
        select(Cohort)
        .where(Cohort.id != cohort_id, col(Cohort.session_id).is_not(None), col(Cohort.is_active))
        .where(col(Cohort.start_date) >= starts_from)
        .order_by(col(Cohort.start_date), col(Cohort.name))
    )
    return (await db.exec(query)).all()


async def membership(db: AsyncSession, cohort_id: UUID, user_id: UUID) -> CohortMembership | None:
    query = select(CohortMembership).where(
        CohortMembership.cohort_id == cohort_id, CohortMembership.user_id == user_id
    )
    return (await db.exec(query)).first()


async def of_member(db: AsyncSession, user_id: UUID) -> list[tuple[str, CohortRole]]:
    """The cohorts somebody is in, the latest start first, and as what."""
    query = (
        select(Cohort.name, CohortMembership.role)
        .join(CohortMembership, col(CohortMembership.cohort_id) == col(Cohort.id))
        .where(CohortMembership.user_id == user_id)
        .order_by(col(Cohort.start_date).desc(), col(Cohort.name))
    )
    return [(name, CohortRole(role)) for name, role in (await db.exec(query)).all()]


async def has_written(db: AsyncSession, user_id: UUID, session_id: UUID) -> bool:
    """Whether anything was begun in this place, so that it can no longer be given back."""
    asked = {"user_id": user_id, "session_id": session_id}
    return bool((await (await db.connection()).execute(_HAS_WRITTEN, asked)).scalar())


async def give_back_place(db: AsyncSession, user_id: UUID, session_id: UUID) -> None:
    place = delete(SessionEnrollment).where(
        col(SessionEnrollment.user_id) == user_id, col(SessionEnrollment.session_id) == session_id
    )
    await (await db.connection()).execute(place)
