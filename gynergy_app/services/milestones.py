"""A milestone, reached or not, and the way to it in the member's own numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Story
from gynergy_app.domain.graduation import MoodShift, best_run, mood_shift, own_word
from gynergy_app.domain.journaling import words_written_most
from gynergy_app.domain.programs import MILESTONE_DAYS, Phase, date_of, phase_of, programme_day
from gynergy_app.repositories import graduates, own_words, ways
from gynergy_app.services import programs
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled

CONSIDERED = 12
"""How many of the most written words are looked at to find one that is hers."""


@dataclass(frozen=True)
class Numbers:
    """From day 1 to a milestone's day. None where there is too little to say anything.

    `days` are those that were hers to keep, and `came_on` is the first of them.
    """

    day: int
    days: int
    came_on: int
    days_kept: int
    gratitudes: int
    points: int
    best_run: int
    moods: int
    mood: MoodShift | None
    word: tuple[str, int] | None
    """The word written on most days, and on how many of them."""


@dataclass(frozen=True)
class Milestone:
    """`reached_on` is the day of the page that reached it; None while none has."""

    enrolled: Enrolled
    day: int
    name: str
    phase: Phase | None
    reached_on: date | None
    last_written_day: int
    numbers: Numbers

    @property
    def stands_on(self) -> date:
        return date_of(self.enrolled.start_date, self.day)


async def read(
    db: AsyncSession, member: Member, day: int, session_id: UUID | None = None, *, now: datetime
) -> Milestone | None:
    """In the session asked for, else in the one that began last.

    None before her first day, and for a day on which no milestone stands.
    """
    if day not in MILESTONE_DAYS:
        return None
    enrolled = await _place(db, member, session_id, now)
    if enrolled is None or enrolled.day < 1:
        return None
    record = await stories.read(db, member, enrolled)
    story = stories.with_freezes(record.story(member, enrolled, now))
    return Milestone(
        enrolled=enrolled,
        day=day,
        name=(await ways.milestone_names(db, enrolled.book_id)).get(day, f"Day {day}"),
        phase=phase_of(day, enrolled.phases),
        reached_on=_reached_on(enrolled, story, day),
        last_written_day=story.last_written_day,
        numbers=await numbers(db, member, enrolled, story, day),
    )


async def _place(db: AsyncSession, member: Member, session_id: UUID | None, now: datetime) -> Enrolled | None:
    begun = await graduates.find_begun(db, member.id, clock.day_in(member.timezone, now))
    latest = begun.session.id if begun else None
    return await programs.enrollment(db, member, session_id or latest, now=now)


def _reached_on(enrolled: Enrolled, story: Story, day: int) -> date | None:
    written = {page.written_on for page in story.pages}
    return min((on for on in written if programme_day(enrolled.start_date, on) >= day), default=None)


async def numbers(db: AsyncSession, member: Member, enrolled: Enrolled, story: Story, day: int) -> Numbers:
    first, last = enrolled.start_date, date_of(enrolled.start_date, day)
    kept = {on for on in story.kept.any_day | story.kept.repaired if first <= on <= last}
    moods: dict[date, Fraction] = {on: mood for on, mood in story.moods.items() if first <= on <= last}
    counted = await ways.count(db, enrolled.session_id, member.id, first, last)
    texts = await own_words.of_session(db, enrolled.session_id, member.id)
    within = [(on, words) for on, words in texts if first <= on <= last]
    came_on = programme_day(first, min([story.first_day, *kept]))
    return Numbers(
        day=day,
        days=max(day - came_on + 1, 0),
        came_on=came_on,
        days_kept=len(kept),
        gratitudes=counted.gratitudes,
        points=counted.points,
        best_run=best_run(kept, story.kept.held, first, last),
        moods=len(moods),
        mood=mood_shift(moods),
        word=own_word(words_written_most(within, at_most=CONSIDERED)),
    )
