"""Looking back at a programme week: its numbers, from the same pages and the same ledger as every screen."""

from dataclasses import replace
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import Story
from gynergy_app.domain.notifications import LookBack, look_back
from gynergy_app.repositories import points_transactions


async def of_week(db: AsyncSession, session_id: UUID, user_id: UUID, story: Story, week: int) -> LookBack:
    """What this week of the session held."""
    numbers = look_back(story.kept, story.start, story.first_day, week)
    points = await points_transactions.earned_between(db, session_id, user_id, numbers.first, numbers.last)
    return replace(numbers, points=points)
