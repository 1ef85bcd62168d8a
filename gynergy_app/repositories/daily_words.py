"""What a book brings on a programme day: its quote, its action and the next one, and what weeks ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.programs import ActionType
from gynergy_app.models.programs import Action, Book, Quote


@dataclass(frozen=True)
class DailyWords:
    """`challenges` are all of the book's, in order: a week finds its own among them."""

    quote: Quote | None
    action: Action | None
    action_ahead: Action | None
    challenges: Sequence[Action]


async def of_day(db: AsyncSession, book_id: UUID, period: int) -> DailyWords:
    """In one question; a book has a handful of challenges."""
    todays_quote = and_(col(Quote.book_id) == col(Book.id), col(Quote.day) == period)
    days = and_(
        col(Action.action_type) == ActionType.daily,
        col(Action.period).in_((period, period + 1)),
    )
    asked = and_(
        col(Action.book_id) == col(Book.id),
        or_(days, col(Action.action_type) == ActionType.weekly),
    )
    query = (
        select(Quote, Action)
        .select_from(Book)
        .outerjoin(Quote, todays_quote)
        .outerjoin(Action, asked)
        .where(Book.id == book_id)
        .order_by(col(Action.period))
    )
    rows = (await db.exec(query)).all()
    actions = [action for _, action in rows if action]
    daily = {action.period: action for action in actions if action.action_type == ActionType.daily}
    return DailyWords(
        quote=rows[0][0] if rows else None,
        action=daily.get(period),
        action_ahead=daily.get(period + 1),
        challenges=[action for action in actions if action.action_type == ActionType.weekly],
    )
