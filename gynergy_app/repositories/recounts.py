"""Runs of working the ledger out anew, and what they found."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import RecountStatus
from gynergy_app.models.accounts import User
from gynergy_app.models.cohorts import Cohort
from gynergy_app.models.gamification import Recount, RecountDifference


@dataclass(frozen=True)
class Asked:
    """A run with the names of whose ledger it is about; both are empty for everybody."""

    recount: Recount
    member_name: str
    cohort_name: str


@dataclass(frozen=True)
class Found:
    difference: RecountDifference
    name: str


async def latest(db: AsyncSession, limit: int) -> list[Asked]:
    query = (
        select(Recount, User, Cohort.name)
        .outerjoin(User, col(User.id) == col(Recount.user_id))
        .outerjoin(Cohort, col(Cohort.id) == col(Recount.cohort_id))
        .order_by(col(Recount.created_at).desc(), col(Recount.id))
        .limit(limit)
    )
    rows = (await db.exec(query)).all()
    return [Asked(recount, _name(user), cohort or "") for recount, user, cohort in rows]


async def differences(db: AsyncSession, recount_id: UUID, limit: int) -> list[Found]:
    person = aliased(User)
    query = (
        select(RecountDifference, person)
        .outerjoin(person, col(person.id) == col(RecountDifference.user_id))
        .where(RecountDifference.recount_id == recount_id)
        .order_by(col(RecountDifference.user_id), col(RecountDifference.day), col(RecountDifference.id))
        .limit(limit)
    )
    return [Found(row, _name(user)) for row, user in (await db.exec(query)).all()]


async def is_running(db: AsyncSession) -> bool:
    query = select(Recount.id).where(col(Recount.status).in_((RecountStatus.waiting, RecountStatus.running)))
    return (await db.exec(query)).first() is not None


async def take(db: AsyncSession, recount_id: UUID) -> Recount | None:
    """The run, held: two workers never count the same members."""
    query = select(Recount).where(Recount.id == recount_id).with_for_update()
    return (await db.exec(query)).first()


def keep(db: AsyncSession, rows: Sequence[RecountDifference]) -> None:
    db.add_all(rows)


def _name(user: User | None) -> str:
    if user is None:
        return ""
    return f"{user.first_name} {user.last_name}".strip() or user.email or "Guest"
