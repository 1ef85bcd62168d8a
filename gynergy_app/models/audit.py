"""Who did what to whom, and why. Rows are only ever added."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from gynergy_app.models import columns


class AuditLog(SQLModel, table=True):
    """`before` and `after` hold settings and states, never anything a member wrote in a journal."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "subject_type", "subject_id"), Index(None, "created_at"))

    id: UUID = columns.primary_key()
    actor_id: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    action: str = columns.line()
    subject_type: str = columns.line()
    subject_id: UUID | None = None
    subject_user_id: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    reason: str | None = columns.words()
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    request_id: str | None = columns.words()
    created_at: datetime = columns.created_at()
