"""The group that lives one book session together."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import SQLModel

from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.models import columns


class Cohort(SQLModel, table=True):
    __tablename__ = "cohorts"
    __table_args__ = (CheckConstraint("end_date >= start_date", name="ends_after_start"),)

    id: UUID = columns.primary_key()
    name: str = columns.line()
    slug: str = columns.line(unique=True)
    description: str | None = columns.words()
    cover_image_url: str | None = columns.words()
    session_id: UUID | None = columns.reference(
        "book_sessions.id", ondelete="SET NULL", nullable=True, index=False, unique=True
    )
    start_date: date = columns.day()
    end_date: date = columns.day()
    max_members: int | None = None
    is_active: bool = columns.flag(True)
    is_public: bool = columns.flag(False)
    is_alumni: bool = columns.flag(False)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class CohortMembership(SQLModel, table=True):
    __tablename__ = "cohort_memberships"
    __table_args__ = (UniqueConstraint("cohort_id", "user_id"),)

    id: UUID = columns.primary_key()
    cohort_id: UUID = columns.reference("cohorts.id", ondelete="CASCADE", index=False)
    user_id: UUID = columns.owner()
    role: CohortRole = columns.choice(CohortRole, CohortRole.member)
    joined_at: datetime = columns.created_at()
