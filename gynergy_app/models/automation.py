"""Things that happened, for whatever wants to follow from them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from gynergy_app.models import columns


class AutomationEvent(SQLModel, table=True):
    """Written in the transaction that caused it, processed later by a job."""

    __tablename__ = "automation_events"
    __table_args__ = (
        Index("ix_automation_events_waiting", "created_at", postgresql_where=text("not processed")),
    )

    id: UUID = columns.primary_key()
    event_type: str = columns.line()
    user_id: UUID | None = columns.reference("users.id", ondelete="CASCADE", nullable=True)
    email: str | None = columns.words()
    payload: dict[str, Any] = columns.document()
    processed: bool = columns.flag(False)
    processed_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
