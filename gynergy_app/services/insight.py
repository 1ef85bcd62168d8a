"""What a member's own pages show her, worked out when she asks and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import (
    Growth,
    Trend,
    Weekday,
    trend,
    weekdays,
    words_that_grew,
    words_written_most,
)
from gynergy_app.repositories import own_words
from gynergy_app.services import history
from gynergy_app.services.history import History


@dataclass(frozen=True)
class Insight:
    """`trend` is None and the lists of words are empty while there is too little to say anything from."""

    past: History
    trend: Trend | None
    weekdays: list[Weekday]
    grown: list[Growth]
    most: list[tuple[str, int]]


async def read(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Insight | None:
    """None for somebody without a place in a session. Pages tried out before day 1 are not counted."""
    past = await history.read(db, member, session_id, now=now)
    if past is None:
        return None
    place = past.enrolled
    texts = [
        written
        for written in await own_words.of_session(db, place.session_id, member.id)
        if written[0] >= place.start_date
    ]
    moods = past.story.moods
    return Insight(
        past, trend(moods), weekdays(moods), words_that_grew(texts), words_written_most(texts, at_most=5)
    )
