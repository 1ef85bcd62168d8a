"""What a programme day brings: its quote and its gratitude action, in one question."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.programs import ActionType
from gynergy_app.models.programs import Action, Book, Quote


@dataclass(frozen=True)
class DailyWords:
    quote: Quote | None
    action: Action | None


async def of_day(db: AsyncSession, book_id: UUID, period: int) -> DailyWords:
    todays_quote = and_(col(Quote.book_id) == col(Book.id), col(Quote.day) == period)
    todays_action = and_(
        col(Action.book_id) == col(Book.id),
        col(Action.action_type) == ActionType.daily,
        col(Action.period) == period,
    )
    query = (
        select(Quote, Action)
        .select_from(Book)
        .outerjoin(Quote, todays_quote)
        .outerjoin(Action, todays_action)
        .where(Book.id == book_id)
    )
    row = (await db.exec(query)).first()
    return DailyWords(*row) if row else DailyWords(None, None)
