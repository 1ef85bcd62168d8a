"""What activities are worth, and what is added to them, from a day on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, cast, literal, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import Activity, Announced, Extra, priced
from gynergy_app.models.gamification import PointValue
from gynergy_app.models.programs import Book


def of_a_book() -> ScalarSelect[list[dict[str, Any]]]:
    """A column beside a `Book`: everything announced for it. `read` makes each of them a value."""
    one = func.jsonb_build_object(
        "activity", PointValue.activity, "points", PointValue.points, "on", PointValue.effective_on
    )
    every = func.coalesce(func.jsonb_agg(one), cast(literal("[]"), JSONB))
    query = select(type_coerce(every, JSONB)).where(PointValue.book_id == Book.id)
    return query.correlate(Book).scalar_subquery()


def read(one: Mapping[str, Any]) -> Announced:
    return Announced(priced(one["activity"]), one["points"], date.fromisoformat(one["on"]))


async def of_book(db: AsyncSession, book_id: UUID) -> Sequence[PointValue]:
    """The latest first."""
    query = (
        select(PointValue)
        .where(PointValue.book_id == book_id)
        .order_by(col(PointValue.effective_on).desc(), col(PointValue.activity))
    )
    return (await db.exec(query)).all()


async def find(db: AsyncSession, value_id: UUID) -> PointValue | None:
    return (await db.exec(select(PointValue).where(PointValue.id == value_id))).first()


async def is_announced(db: AsyncSession, book_id: UUID, kind: Activity | Extra, day: date) -> bool:
    query = select(PointValue.id).where(
        PointValue.book_id == book_id, PointValue.activity == kind, PointValue.effective_on == day
    )
    return (await db.exec(query)).first() is not None
