"""The bands that multiply points, and the bonuses added to them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Text, cast, literal, text, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import MultiplierType, Rules
from gynergy_app.models.gamification import MultiplierConfig

_HOLD = text("select pg_advisory_xact_lock(hashtextextended('bands', 0))")


def in_force() -> ScalarSelect[list[dict[str, Any]]]:
    """A column beside anything: every row that is switched on. `read` makes rules of them."""
    one = func.jsonb_build_object(
        "multiplier_type",
        MultiplierConfig.multiplier_type,
        "condition",
        MultiplierConfig.condition,
        "multiplier_value",
        cast(MultiplierConfig.multiplier_value, Text),
        "bonus_points",
        MultiplierConfig.bonus_points,
        "is_active",
        MultiplierConfig.is_active,
    )
    every = func.coalesce(func.jsonb_agg(one), cast(literal("[]"), JSONB))
    return select(type_coerce(every, JSONB)).where(col(MultiplierConfig.is_active)).scalar_subquery()


def read(rows: Sequence[Mapping[str, Any]]) -> Rules:
    return Rules.of(
        MultiplierConfig(**{**row, "multiplier_value": Decimal(row["multiplier_value"])}) for row in rows
    )


async def rules_in_force(db: AsyncSession) -> Rules:
    query = select(MultiplierConfig).where(col(MultiplierConfig.is_active))
    return Rules.of((await db.exec(query)).all())


async def hold(db: AsyncSession) -> None:
    """Let one transaction at a time change bands; released when the transaction ends."""
    await (await db.connection()).execute(_HOLD)


async def bands(db: AsyncSession) -> Sequence[MultiplierConfig]:
    """The shortest streak first, switched off ones included."""
    query = (
        select(MultiplierConfig)
        .where(MultiplierConfig.multiplier_type == MultiplierType.streak)
        .order_by(col(MultiplierConfig.condition)["min"].astext.cast(Integer), col(MultiplierConfig.name))
    )
    return (await db.exec(query)).all()
