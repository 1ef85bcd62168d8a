"""Whatever somebody does in her weeks, and wherever: streak, counters, forgiven days and ledger agree."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.gamification import (
    DAILY,
    FREEZES_A_SESSION,
    Activity,
    freezes_due,
    streak_on,
    week_streak,
)
from gynergy_app.domain.journaling import VisionType, open_from
from gynergy_app.domain.programs import nine_days_of, programme_day, programme_week, reflection_week
from gynergy_app.services import today
from gynergy_app.services.gamification import recompute
from tests.features.conftest import START, NewLiving
from tests.features.wandering import DAWN, NOON, Day, Wanderer, sets_out

MORNING, EVENING, ACTION = DAILY
HOMES = ("UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Honolulu")
PLACES = (*HOMES, "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Lisbon", "Asia/Kathmandu")
"""Both sides of the date line, its furthest ends, and three changes of the clock between March and April."""

COUNTERS = {MORNING: "morning", EVENING: "evening", ACTION: "gratitude"}
WEEKLY_COUNTERS = {
    Activity.weekly_reflection: ("weekly_reflection", reflection_week),
    Activity.weekly_challenge: ("weekly_challenge", programme_week),
}

some_pages = st.sampled_from(
    [DAILY, DAILY, DAILY, (MORNING,), (EVENING,), (ACTION,), (MORNING, ACTION), (), ()]
)
seldom = st.integers(0, 7).map(lambda n: n == 1)
flights = st.one_of(*[st.none()] * 5, st.sampled_from(PLACES))
belated = st.one_of(*[st.just(())] * 4, st.sampled_from([(EVENING,), (MORNING, EVENING), DAILY]))
days = st.builds(
    Day,
    pages=some_pages,
    belated=belated,
    flies_to=flights,
    lands_at=st.sampled_from([DAWN, NOON]),
    mends=st.sampled_from([0, 0, 1, 2]),
    rewrites=seldom,
    keeps_its_week=seldom,
    vision=st.one_of(*[st.none()] * 9, st.sampled_from(VisionType)),
)
journeys = st.lists(days, min_size=30, max_size=45)


@settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would live thousands of days
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(home=st.sampled_from(HOMES), journey=journeys)
async def test_every_journey_leaves_one_truth(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, home: str, journey: list[Day]
):
    living = await new_living("Ana", timezone=home)

    async def look(ana: Wanderer, deed: str) -> None:
        note(f"{ana.now:%d %b %H:%M} in {ana.member.timezone}: {deed}")
        rows = await Rows.of(owner_db, ana.member.id)
        rows.are_kind()
        rows.pay_once()
        rows.are_counted_as_of(ana)
        celebrates(ana, rows)

    ana = sets_out(living.member, look)
    for day in journey:
        await ana.live(day)
        await shows_the_same(ana, await Rows.of(owner_db, ana.member.id))
        assert await differences(ana) == []


def celebrates(ana: Wanderer, rows: "Rows") -> None:
    """What a finished page is answered with."""
    if ana.last and not ana.last.was_already and not ana.last.is_practice:
        assert ana.last.streak_days == rows.streak(ana)
        assert ana.last.points_total == rows.total
    ana.last = None


async def shows_the_same(ana: Wanderer, rows: "Rows") -> None:
    """Today says what the dated rows say."""
    async with as_member(ana.member.id) as db:
        view = await today.read(db, ana.member, now=ana.now)
    assert view is not None
    assert view.streak_days == rows.streak(ana)
    assert 0 <= view.freezes_left <= FREEZES_A_SESSION


async def differences(ana: Wanderer) -> list[recompute.Difference]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        return (await recompute.check(db, law, [ana.member.id], now=ana.now)).differences


_PAGES = """
    select entry_date, case journal_type when 'morning' then 'morning_journal'
        when 'evening' then 'evening_journal' else 'weekly_reflection' end as activity
    from journals where user_id = %(who)s and is_completed and entry_date >= %(start)s
    union all
    select entry_date, case action_type when 'gratitude' then 'gratitude_action' else 'weekly_challenge' end
    from action_logs where user_id = %(who)s and is_completed and entry_date >= %(start)s
"""
_LEDGER = (
    "select activity_type, source_id, final_points, metadata from points_transactions where user_id = %(who)s"
)


@dataclass(frozen=True)
class Rows:
    """What stands in the tables about one member, read past every service."""

    pages: Mapping[Activity, set[date]]
    forgiven: Mapping[str, set[date]]
    enrollment: Mapping[str, Any]
    ledger: list[dict[str, Any]]
    total: int

    @classmethod
    async def of(cls, owner_db: psycopg.AsyncConnection, who: UUID) -> "Rows":
        async def ask(query: str) -> list[dict[str, Any]]:
            async with owner_db.cursor(row_factory=dict_row) as cursor:
                await cursor.execute(query.encode(), {"who": who, "start": START})
                return await cursor.fetchall()

        pages: dict[Activity, set[date]] = {activity: set() for activity in Activity}
        for row in await ask(_PAGES):
            pages[Activity(row["activity"])].add(row["entry_date"])
        forgiven: dict[str, set[date]] = {"freeze": set(), "repair": set(), "crossing": set()}
        for row in await ask("select kind, day from streak_events where user_id = %(who)s"):
            forgiven[row["kind"]].add(row["day"])
        [enrollment] = await ask("select * from session_enrollments where user_id = %(who)s")
        totals = await ask("select total from point_totals where user_id = %(who)s")
        return cls(pages, forgiven, enrollment, await ask(_LEDGER), sum(row["total"] for row in totals))

    @property
    def written(self) -> set[date]:
        return set().union(*(self.pages[activity] for activity in DAILY))

    def are_kind(self) -> None:
        """No more freezes than there are, and one repair in nine days."""
        repaired = self.forgiven["repair"]
        assert len(self.forgiven["freeze"] - self.written - repaired) <= FREEZES_A_SESSION
        assert len({nine_days_of(programme_day(START, day)) for day in repaired}) == len(repaired)

    def pay_once(self) -> None:
        """One row for a source, one row for a badge, and never the same bonus twice for a day."""
        assert sum(row["final_points"] for row in self.ledger) == self.total
        sources = Counter((row["activity_type"], row["source_id"]) for row in self.ledger)
        rewards = Counter(row["metadata"].get("key") for row in self.ledger if row["metadata"].get("key"))
        assert set(sources.values()) | set(rewards.values()) <= {1}
        paid = [words for row in self.ledger for words, _ in row["metadata"]["bonuses"]]
        whole = set.intersection(*(self.pages[activity] for activity in DAILY))
        assert paid.count("All three pages in one day") == len(whole)
        assert paid.count("All three pages, seven days in a row") <= len(whole) // 7

    def are_counted_as_of(self, ana: Wanderer) -> None:
        """The counters beside her place are what the rows said when one of them last changed."""
        on, first_open = day_of(ana, ana.counted_at)
        held = set().union(*self.forgiven.values())
        for activity, name in COUNTERS.items():
            days = self.pages[activity]
            assert self.enrollment[f"{name}_completion"] == len(days)
            assert self.enrollment[f"{name}_streak"] == streak_on(on, days, held, open_from=first_open), name
        for activity, (name, week_of) in WEEKLY_COUNTERS.items():
            weeks = {programme_week(programme_day(START, day)) for day in self.pages[activity]}
            this_week, open_week = (week_of(programme_day(START, day)) for day in (on, first_open))
            assert self.enrollment[f"{name}_completion"] == len(weeks)
            assert self.enrollment[f"{name}_streak"] == week_streak(this_week, weeks, open_week), name

    def streak(self, ana: Wanderer) -> int:
        """The pure function over these rows, with the freezes the next page will write down."""
        on, first_open = day_of(ana, ana.now)
        frozen, repaired, crossed = (self.forgiven[kind] for kind in ("freeze", "repair", "crossing"))
        due = freezes_due(self.written, frozen, first_open, START, repaired=repaired, crossed=crossed)
        return streak_on(on, self.written, frozen | crossed | set(due), repaired, open_from=first_open)


def day_of(ana: Wanderer, moment: datetime) -> tuple[date, date]:
    """Her day at that moment, and the first that could still be written then."""
    timezone = ana.member.timezone
    return clock.day_in(timezone, moment), open_from(moment, timezone)
