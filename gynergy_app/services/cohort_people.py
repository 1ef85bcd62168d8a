"""The people of a cohort, for one of them: by name, with what each of them shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.gamification import DAILY, Activity, Kept, StreakEventKind, freezes_due, kept_from
from gynergy_app.domain.journaling import open_from
from gynergy_app.domain.text import tidy_line
from gynergy_app.repositories import cohort_people
from gynergy_app.repositories.cohort_people import Days, Key, Mate
from gynergy_app.repositories.cohorts import Mine

AT_ONCE = 12
SHORTEST_SEARCH, LONGEST_SEARCH = 2, 100


@dataclass(frozen=True)
class Companion:
    """`streak` is 0 for somebody who has none, or keeps it to herself."""

    mate: Mate
    streak: int


@dataclass(frozen=True)
class Page:
    """`members` counts the whole cohort; `next_key` is None at the end of the list."""

    people: tuple[Companion, ...]
    members: int
    next_key: Key | None


async def page(
    db: AsyncSession, cohort: Mine, *, search: str = "", after: Key | None = None, now: datetime
) -> Page:
    """A page of its members by name. Words too short to search by find everybody."""
    words = tidy_line(search)[:LONGEST_SEARCH].lower()
    wanted = words if len(words) >= SHORTEST_SEARCH else ""
    found = await cohort_people.page(db, cohort.id, search=wanted, after=after, size=AT_ONCE + 1)
    shown = found[:AT_ONCE]
    days = await _days(db, cohort, shown)
    people = tuple(Companion(mate, _streak(cohort, days.get(mate.user_id), now)) for mate in shown)
    has_more = len(found) > AT_ONCE
    return Page(people, shown[0].members if shown else 0, shown[-1].key if has_more else None)


async def _days(db: AsyncSession, cohort: Mine, mates: Sequence[Mate]) -> dict[UUID, Days]:
    if cohort.is_alumni or not mates:
        return {}
    async with elevated(db):
        return await cohort_people.shown_days(db, cohort.id, [mate.user_id for mate in mates])


def _streak(cohort: Mine, days: Days | None, now: datetime) -> int:
    """As her own pages show it: freezes her next page will write down are counted already."""
    if days is None:
        return 0
    today, earliest = clock.day_in(days.timezone, now), open_from(now, days.timezone)
    kept = with_due_freezes(days.written, cohort.start_date, earliest)
    return kept.streak(today, earliest)


def with_due_freezes(written: Sequence[tuple[str, date]], start: date, earliest: date) -> Kept:
    """Kinds of finished pages and forgiven days with their dates, and the freezes that are due."""
    pages = [(Activity(kind), day) for kind, day in written if kind in DAILY]
    forgiven = {kind: frozenset(day for k, day in written if k == kind) for kind in StreakEventKind}
    kept = kept_from(pages, forgiven, start)
    due = freezes_due(
        kept.any_day, kept.frozen, earliest, start, repaired=kept.repaired, crossed=kept.crossed
    )
    frozen = forgiven[StreakEventKind.freeze] | frozenset(due)
    return kept_from(pages, {**forgiven, StreakEventKind.freeze: frozen}, start)
