"""The bands that multiply points."""

from collections.abc import Sequence

from sqlalchemy import Integer, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import MultiplierType
from gynergy_app.models.gamification import MultiplierConfig

_HOLD = text("select pg_advisory_xact_lock(hashtextextended('bands', 0))")


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
