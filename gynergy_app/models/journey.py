"""The map of a life: eight areas, each with its situation, vision, why and strategy.

`focus` names the areas she picked for now, `hidden` those she keeps out of sight.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from gynergy_app.models import columns


class Journey(SQLModel, table=True):
    __tablename__ = "journey"
    __table_args__ = (UniqueConstraint("session_id", "user_id"), Index(None, "user_id", "session_id"))

    id: UUID = columns.primary_key()
    user_id: UUID = columns.owner(index=False)
    session_id: UUID = columns.reference("book_sessions.id", ondelete=None, index=False)
    entry_date: date = columns.day()
    revision: int = columns.number(0)
    focus: list[str] = columns.texts()
    hidden: list[str] = columns.texts()

    romantic_relationship_situation: str | None = columns.words()
    romantic_relationship_vision: str | None = columns.words()
    romantic_relationship_why: str | None = columns.words()
    romantic_relationship_strategy: str | None = columns.words()

    family_friend_situation: str | None = columns.words()
    family_friend_vision: str | None = columns.words()
    family_friend_why: str | None = columns.words()
    family_friend_strategy: str | None = columns.words()

    quality_of_life_situation: str | None = columns.words()
    quality_of_life_vision: str | None = columns.words()
    quality_of_life_why: str | None = columns.words()
    quality_of_life_strategy: str | None = columns.words()

    spiritual_situation: str | None = columns.words()
    spiritual_vision: str | None = columns.words()
    spiritual_why: str | None = columns.words()
    spiritual_strategy: str | None = columns.words()

    health_fitness_situation: str | None = columns.words()
    health_fitness_vision: str | None = columns.words()
    health_fitness_why: str | None = columns.words()
    health_fitness_strategy: str | None = columns.words()

    personal_dev_situation: str | None = columns.words()
    personal_dev_vision: str | None = columns.words()
    personal_dev_why: str | None = columns.words()
    personal_dev_strategy: str | None = columns.words()

    career_business_situation: str | None = columns.words()
    career_business_vision: str | None = columns.words()
    career_business_why: str | None = columns.words()
    career_business_strategy: str | None = columns.words()

    financial_situation: str | None = columns.words()
    financial_vision: str | None = columns.words()
    financial_why: str | None = columns.words()
    financial_strategy: str | None = columns.words()

    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()
