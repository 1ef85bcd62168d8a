"""A run of the program to write in, and members with a place in it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import ActionDraft, EveningDraft, JournalType, MorningDraft
from gynergy_app.services import programs
from gynergy_app.services.desks.programs import Kind
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import gratitude_actions, pages
from tests.access import A_PLACE
from tests.features.programs_desk import BOOK, add

START = date(2026, 3, 2)
"""A Monday. Every story in these tests begins here."""

MORNING = MorningDraft(
    mood_score=6,
    mood_contribution="A slow start and good coffee.",
    affirmations=tuple(f"I am here, line {n}." for n in range(1, 6)),
    gratitudes=("The rain", "My sister's call", "Warm bread"),
    excitements=("A walk", "Soup", "An early night"),
    mantra="Slowly, and then it is done.",
)
EVENING = EveningDraft(
    mood_score=7,
    insight="I listened more than I spoke.",
    insight_impact="Tomorrow I can begin there.",
    success="The letter went out.",
    changes="Put the phone away at ten.",
    dreams=tuple(f"I am rested, line {n}." for n in range(1, 6)),
)
ACTION = ActionDraft(is_done=True, reflection="Lighter than I thought it would be.")

NewRun = Callable[..., Awaitable[UUID]]


@pytest.fixture
async def new_run(owner_db: psycopg.AsyncConnection) -> AsyncIterator[NewRun]:
    """A session of the book with its cohort: `await new_run(places=3)`.

    Afterwards it was long ago, so that no later test's sweep finds its people at the same hour.
    """
    opened: list[UUID] = []

    async def open_run(places: int | None = None, start: date = START, days: int = 45) -> UUID:
        session_id = uuid4()
        await owner_db.execute(
            "insert into book_sessions"
            " (id, book_id, start_date, end_date, status, cohort_label, max_enrollments)"
            " select %s, id, %s, %s, 'active', 'Aurora', %s from books where slug = 'date-zero-gratitude'",
            [session_id, start, start + timedelta(days=days - 1), places],
        )
        opened.append(session_id)
        return session_id

    yield open_run
    await owner_db.execute(
        "update book_sessions set start_date = start_date - 7000, end_date = end_date - 7000"
        " where id = any(%s)",
        [opened],
    )


@pytest.fixture
async def run(new_run: NewRun) -> UUID:
    return await new_run()


@dataclass
class Living:
    """A member in a run, and the days she lives: each call is a transaction, as a click would be."""

    member: Member
    session_id: UUID

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A programme day and what her wall clock shows, as a moment in UTC; 24 is the midnight after it."""
        late, shown = divmod(hour, 24)
        wall = datetime.combine(self.day(day + late), time(shown, minute), ZoneInfo(self.member.timezone))
        return wall.astimezone(UTC)

    def day(self, day: int) -> date:
        return START + timedelta(days=day - 1)

    async def morning(
        self, day: int, hour: int = 9, draft: MorningDraft = MORNING, base: int = 0
    ) -> Completion:
        return await self._finish(JournalType.morning, draft, day, hour, base)

    async def evening(
        self, day: int, hour: int = 21, draft: EveningDraft = EVENING, base: int = 0
    ) -> Completion:
        return await self._finish(JournalType.evening, draft, day, hour, base)

    async def action(
        self, day: int, hour: int = 13, draft: ActionDraft = ACTION, base: int = 0
    ) -> Completion:
        async with as_member(self.member.id) as db:
            return await gratitude_actions.finish(
                db, self.member, draft, day=self.day(day), base_revision=base, now=self.at(day, hour)
            )

    async def whole_day(self, day: int) -> list[Completion]:
        return [await self.morning(day), await self.action(day), await self.evening(day)]

    async def _finish(
        self, kind: JournalType, draft: MorningDraft | EveningDraft, day: int, hour: int, base: int
    ) -> Completion:
        async with as_member(self.member.id) as db:
            return await pages.finish(
                db, self.member, kind, draft, day=self.day(day), base_revision=base, now=self.at(day, hour)
            )


NewLiving = Callable[..., Awaitable[Living]]


def as_somebody(person: UUID, timezone: str = "UTC", first_name: str = "Ana") -> Member:
    """With a place: what a handler asks first is known of her."""
    return Member(
        id=person,
        email=f"{person}@example.com",
        first_name=first_name,
        last_name="",
        timezone=timezone,
        entitlement=A_PLACE,
    )


@pytest.fixture
async def new_living(new_person: Callable[..., Awaitable[UUID]], run: UUID) -> NewLiving:
    """Somebody enrolled in the run of this test: `await new_living("Ana", timezone="Europe/Lisbon")`."""

    async def enroll(first_name: str = "Ana", timezone: str = "UTC", joins_on: int = 1) -> Living:
        member = as_somebody(await new_person(first_name, timezone=timezone), timezone, first_name)
        living = Living(member, run)
        async with as_member(member.id) as db:
            await programs.enroll(db, member, run, now=living.at(joins_on, 6))
        return living

    return enroll


@pytest.fixture
async def living(new_living: NewLiving) -> Living:
    return await new_living()


@pytest.fixture
async def carla(new_person: Callable[..., Awaitable[UUID]]) -> Member:
    """An admin."""
    return as_somebody(await new_person("Carla", "Winter", is_admin=True), first_name="Carla")


@pytest.fixture
async def book(carla: Member) -> UUID:
    """A program of its own, at the desk."""
    return await add(carla, Kind.book, {**BOOK, "slug": f"round-{uuid4().hex[:8]}"})
