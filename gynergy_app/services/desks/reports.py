"""The reports desk: what waits for a person, the most urgent first, and what was decided lately."""

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.repositories import moderation_queue
from gynergy_app.repositories.moderation_queue import Report

MOST_WAITING = 100
LATEST = 25


async def waiting(db: AsyncSession) -> list[list[Report]]:
    """What was reported about one post belongs together, and stands where its most urgent report does."""
    by_post: dict[object, list[Report]] = {}
    for each in await moderation_queue.list_open(db, MOST_WAITING):
        by_post.setdefault(each.post_id, []).append(each)
    return list(by_post.values())


async def decided(db: AsyncSession) -> list[Report]:
    """One line for each decision: several people may have reported the same post."""
    found = await moderation_queue.list_decided(db, LATEST)
    first = {(each.post_id, each.resolved_at): each for each in reversed(found)}
    return list(reversed(first.values()))
