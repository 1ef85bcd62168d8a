"""Ledgers worked out anew: a cohort that lived 45 days through the services, and a million rows."""

import resource
import time
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import ActionDraft, EveningDraft, JournalType, MorningDraft
from gynergy_app.repositories import ledger_sources
from gynergy_app.repositories.ledger_sources import Whose
from gynergy_app.services.gamification import recompute
from gynergy_app.services.gamification.recompute import NOBODY
from gynergy_app.services.gamification.recounting import MEMBERS_AT_ONCE
from gynergy_app.services.journaling import gratitude_actions, pages
from tests.bench.timing import Finding, ms
from tests.bench.world import World

COHORT, DAYS = 15, 45
ROWS = 1_000_000
MORNING = MorningDraft(
    mood_score=6,
    mood_contribution="Coffee.",
    affirmations=tuple(f"Line {n}." for n in range(5)),
    gratitudes=("Rain", "Bread", "Soup"),
    excitements=("A walk", "Tea", "Sleep"),
    mantra="Slowly.",
)
EVENING = EveningDraft(
    mood_score=7,
    insight="Listening.",
    insight_impact="Begin there.",
    success="The letter.",
    changes="Bed at ten.",
    dreams=tuple(f"Line {n}." for n in range(5)),
)
ACTION = ActionDraft(is_done=True, reflection="Lighter.")


async def measure(world: World) -> list[Finding]:
    members = await world.an_empty_cohort(COHORT, DAYS)
    lived = [await _live(members, day) for day in range(1, DAYS + 1)]
    anew = await _a_cohort_anew(members)
    return [_of_living(lived), anew, await _a_million(world, members[0])]


async def _live(members: list[UUID], day: int) -> float:
    """All three pages of everybody, one after the other; the seconds it took."""
    began = time.perf_counter()
    for user_id in members:
        member = Member(user_id, f"{user_id}@example.com", "Bench", "", "UTC")
        for hour, page in ((7, "morning"), (12, "action"), (21, "evening")):
            await _write(member, page, _moment(day, hour))
    return time.perf_counter() - began


def _moment(day: int, hour: int) -> datetime:
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=DAYS - day + 1) + timedelta(hours=hour)


async def _write(member: Member, page: str, now: datetime) -> None:
    async with as_member(member.id) as db:
        if page == "action":
            await gratitude_actions.finish(db, member, ACTION, day=now.date(), base_revision=0, now=now)
        else:
            kind, draft = (
                (JournalType.morning, MORNING) if page == "morning" else (JournalType.evening, EVENING)
            )
            await pages.finish(db, member, kind, draft, day=now.date(), base_revision=0, now=now)


def _of_living(lived: list[float]) -> Finding:
    first, last = median(lived[:9]), median(lived[-9:])
    details = f"{ms(last)} a day at the end, {ms(first)} at the start: {COHORT} members, three pages each"
    return Finding(
        "Replaying 45 days for a cohort, its last days against its first", last / first, "×", 2, details
    )


async def _a_cohort_anew(members: list[UUID]) -> Finding:
    began = time.perf_counter()
    rows, differences = await _compare(sorted(members))
    seconds = time.perf_counter() - began
    details = f"{rows} rows of {COHORT} members, {differences} differences, {ms(seconds)} in all"
    return Finding(
        "The same ledgers worked out anew, for each day", 1000 * seconds / DAYS, " ms", 50, details
    )


async def _a_million(world: World, model: UUID) -> Finding:
    """Everybody of a crowd has lived what one member lived; batches, so memory does not grow with them."""
    a_member = await world.rows_of(model)
    await world.copies_of(model, ROWS // a_member)
    began, rows, differences, after, batches = time.perf_counter(), 0, 0, NOBODY, list[int]()
    while True:
        async with as_service() as db:
            users = await ledger_sources.members(db, Whose(), after, MEMBERS_AT_ONCE)
        if not users:
            break
        found = await _compare(users)
        rows, differences, after = rows + found[0], differences + found[1], users[-1]
        batches.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    seconds, tenth = time.perf_counter() - began, max(len(batches) // 10, 1)
    growth = batches[-1] / batches[tenth]
    details = (
        f"{rows:,} rows in {seconds:.0f} s ({rows / seconds:,.0f} rows a second), {differences} differences;"
        " memory at its highest, after all batches against after the first tenth"
    )
    what = "Comparing a million ledger rows with their sources, the memory it takes"
    return Finding(what, growth, "×", 1.2, details)


async def _compare(users: list[UUID]) -> tuple[int, int]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        checked = await recompute.check(db, law, users, now=clock.now())
    return checked.rows, len(checked.differences)
