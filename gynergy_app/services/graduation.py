"""The last day of a session: what it opens, whoever notices first, and what the member is told of it.

It has come when her own clock shows it and she has finished at least one page (`completes_program`). That
day's page and the lifecycle job both call `graduate`; the first of them marks the place, and all the rest
follows in that transaction or not at all. A session that an archive brought back opens nothing: its days may
be anybody's.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import DAILY, Story
from gynergy_app.domain.notifications.notices import graduation_notice
from gynergy_app.domain.programs import completes_program, programme_day
from gynergy_app.emails.letters import Graduated
from gynergy_app.repositories import graduates, user_entitlements
from gynergy_app.routes import GRADUATION
from gynergy_app.services import events, mail, notifications, programs
from gynergy_app.services.events import EventType
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled


@dataclass(frozen=True)
class Graduation:
    """A session at its last day, or on the way to it."""

    enrolled: Enrolled
    story: Story
    is_alumna: bool
    has_lived_day: bool = False
    """Whether today takes pages, of this session or of the one she lives instead."""

    @property
    def days(self) -> int:
        return days_of(self.enrolled)

    @property
    def days_kept(self) -> int:
        return days_kept(self.enrolled, self.story)

    @property
    def pages_by_day(self) -> dict[int, int]:
        """How many of its pages each programme day kept."""
        kept: dict[int, int] = {}
        for page in self.story.pages:
            if page.activity in DAILY:
                day = programme_day(self.enrolled.start_date, page.day)
                kept[day] = kept.get(day, 0) + 1
        return kept

    @property
    def whole_days(self) -> int:
        return sum(pages == len(DAILY) for day, pages in self.pages_by_day.items() if day <= self.days)

    @property
    def has_come(self) -> bool:
        return self.enrolled.day >= self.days

    @property
    def has_written(self) -> bool:
        return bool(self.story.pages)

    @property
    def open_until(self) -> date:
        return self.enrolled.open_until

    @property
    def is_open(self) -> bool:
        """Whether today still takes a page of this session."""
        return self.enrolled.is_current and self.enrolled.today <= self.open_until


def days_of(enrolled: Enrolled) -> int:
    return programme_day(enrolled.start_date, enrolled.end_date)


def days_kept(enrolled: Enrolled, story: Story) -> int:
    """Of the days of the program; those after them are counted nowhere."""
    kept = story.kept.any_day | story.kept.repaired
    return sum(enrolled.start_date <= day <= enrolled.end_date for day in kept)


async def read(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Graduation | None:
    """The session asked for; by itself the latest whose last day has come, else the one that began last.

    None before the first.
    """
    asked = session_id or await _latest(db, member, now)
    enrolled = await programs.enrollment(db, member, asked, now=now) if asked else None
    if enrolled is None:
        return None
    found = await _of_place(db, member, enrolled, now)
    lived = enrolled if enrolled.is_current else await programs.current_enrollment(db, member, now=now)
    return replace(found, has_lived_day=lived is not None and lived.today <= lived.open_until)


async def _latest(db: AsyncSession, member: Member, now: datetime) -> UUID | None:
    today = clock.day_in(member.timezone, now)
    place = await graduates.find_reached(db, member.id, today) or await graduates.find_begun(
        db, member.id, today
    )
    return place.session.id if place else None


async def read_session(
    db: AsyncSession, member: Member, session_id: UUID, *, now: datetime
) -> Graduation | None:
    """This session of hers."""
    place = await graduates.find_place(db, member.id, session_id)
    today = clock.day_in(member.timezone, now)
    return await _of_place(db, member, Enrolled.of(place, today), now) if place else None


async def _of_place(db: AsyncSession, member: Member, enrolled: Enrolled, now: datetime) -> Graduation:
    record = await stories.read(db, member, enrolled)
    return Graduation(enrolled, record.story(member, enrolled, now), await graduates.is_alumna(db, member.id))


async def graduate(
    db: AsyncSession, member: Member, enrolled: Enrolled, story: Story, *, now: datetime
) -> bool:
    """Open what the last day opens, if it has come and nobody did so before. Whether this was that time."""
    is_marked = enrolled.enrollment.graduated_at is not None
    if (
        enrolled.is_personal
        or is_marked
        or not completes_program(enrolled.day, bool(story.pages), days_of(enrolled))
    ):
        return False
    async with elevated(db):
        if not await graduates.mark(db, enrolled.enrollment.id, now):
            return False
        await user_entitlements.open_community(db, member.id, now)
        await graduates.join_alumni(db, member.id, now)
        await _tell(db, member, enrolled, story, now)
    return True


async def _tell(db: AsyncSession, member: Member, enrolled: Enrolled, story: Story, now: datetime) -> None:
    kept, days, session_id = days_kept(enrolled, story), days_of(enrolled), enrolled.session_id
    events.record(db, EventType.graduated, member, session_id=str(session_id), days_kept=kept)
    notice = graduation_notice(kept, days, session_id)
    await notifications.tell_once(db, member, notice, href=GRADUATION, now=now)
    if member.email and not member.is_anonymous:
        letter = Graduated(member.first_name, enrolled.book_name, kept, days, enrolled.open_until)
        key = f"graduated:{enrolled.enrollment.id}"
        await mail.enqueue(db, letter, to=member.email, user_id=member.id, dedupe_key=key, now=now)
