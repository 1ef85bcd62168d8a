"""Tables no API role sees without stepping up: sign-ins, rate limits, the step-up itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text, text
from sqlmodel import Field, SQLModel

from gynergy_app.models import columns

SCHEMA = {"schema": "private"}


class WebSession(SQLModel, table=True):
    """One browser's sign-in. Its cookie holds a random token, we its hash; the auth tokens are encrypted."""

    __tablename__ = "web_sessions"
    __table_args__ = SCHEMA

    token_hash: bytes = Field(primary_key=True)
    user_id: UUID = columns.owner()
    auth_session_id: UUID | None = Field(default=None, index=True)
    refresh_token_encrypted: bytes
    access_token_encrypted: bytes
    access_expires_at: datetime
    created_at: datetime = columns.created_at()
    last_seen_at: datetime = columns.created_at()
    expires_at: datetime = Field(index=True)
    user_agent: str | None = columns.words()
    ip: str | None = columns.words()
    revoked_at: datetime | None = columns.moment()


class RateLimit(SQLModel, table=True):
    """Hits in one window. Unlogged: forgetting them in a crash harms nobody."""

    __tablename__ = "rate_limits"
    __table_args__ = {"schema": "private", "prefixes": ["UNLOGGED"]}

    key: str = Field(primary_key=True, sa_type=Text)
    hits: int = columns.number(0)
    window_ends_at: datetime = Field(index=True)


class StepUp(SQLModel, table=True):
    """The one row that says which secret steps up: its SHA-256, never the secret."""

    __tablename__ = "step_up"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"), SCHEMA)

    id: int = Field(
        default=1, primary_key=True, sa_column_kwargs={"autoincrement": False, "server_default": text("1")}
    )
    hash: bytes


class PointTotalCount(SQLModel, table=True):
    """How many listed members of a run stand at each total: what makes a dense rank cheap among a million."""

    __tablename__ = "point_total_counts"
    __table_args__ = SCHEMA

    session_id: UUID = Field(foreign_key="book_sessions.id", ondelete="CASCADE", primary_key=True)
    total: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    members: int
