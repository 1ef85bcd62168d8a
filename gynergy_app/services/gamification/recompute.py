"""The ledger worked out anew from its sources and compared with what is kept. It finds, and changes nothing.

For the worker alone: it looks at everybody's days and figures, a handful of members at a time. No column
that holds a word is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import (
    BOOK_COLUMNS,
    DAILY,
    Activity,
    Change,
    Condition,
    DifferenceKind,
    Earned,
    Finished,
    MultiplierType,
    Page,
    Replayed,
    Rules,
    Story,
    StreakEventKind,
    Timeline,
    Worth,
    parse,
    replay,
)
from gynergy_app.domain.gamification.conditions.moments import BetterMood
from gynergy_app.domain.journaling import FURTHEST_AHEAD, local_time
from gynergy_app.domain.programs import WEEK_DAYS
from gynergy_app.models.gamification import Badge, MultiplierConfig, PointValue
from gynergy_app.models.programs import Book
from gynergy_app.repositories import ledger_sources
from gynergy_app.repositories.ledger_sources import Sources, days_of
from gynergy_app.services.gamification.keeping import COUNTERS, PAGE, WEEKLY_COUNTERS
from gynergy_app.services.gamification.unlocking import BADGE

BY_HAND = "hand"
"""`source_type` of points an admin gave; the record says why."""

WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Difference:
    """`kept` is what stands in the table, `expected` what its sources make of it; both figures in words."""

    user_id: UUID
    session_id: UUID | None
    kind: DifferenceKind
    what: str
    day: date | None = None
    kept: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Checked:
    """What one batch of members brought."""

    rows: int
    differences: list[Difference]
    last: UUID


@dataclass(frozen=True)
class Config:
    """A row of `multiplier_configs` as it was at some moment."""

    multiplier_type: MultiplierType
    condition: Mapping[str, Any]
    multiplier_value: Decimal
    bonus_points: int
    is_active: bool

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Config":
        return cls(
            MultiplierType(row["multiplier_type"]),
            row["condition"],
            Decimal(str(row["multiplier_value"])),
            row["bonus_points"],
            row["is_active"],
        )


@dataclass(frozen=True)
class Law:
    """What pages and badges were worth at any moment, and what badges ask for. Read once for all members."""

    rules: Timeline[Rules]
    worth: Mapping[UUID, Timeline[Worth]]
    rewards: Mapping[UUID, Timeline[int]]
    badges: Mapping[UUID, tuple[str, Condition]]
    dated: Sequence[tuple[UUID, str, Condition]] = field(default_factory=tuple)


async def read_law(db: AsyncSession) -> Law:
    badges = (await db.exec(select(Badge))).all()
    parsed = {badge.id: (badge.key, parse(badge.unlock_condition)) for badge in badges}
    changed = _changes(await ledger_sources.changes(db, "badge"))
    return Law(
        rules=await _rules(db),
        worth=await _worth(db),
        rewards={badge.id: _reward(badge, changed) for badge in badges},
        badges=parsed,
        dated=[
            (badge_id, key, condition)
            for badge_id, (key, condition) in parsed.items()
            if _is_dated(condition)
        ],
    )


async def _rules(db: AsyncSession) -> Timeline[Rules]:
    rows = {row.id: row.model_dump() for row in (await db.exec(select(MultiplierConfig))).all()}
    changes = _changes(await ledger_sources.changes(db, "band"))
    return Timeline(rows, changes, lambda rows: Rules.of(map(Config.of, rows)))


async def _worth(db: AsyncSession) -> dict[UUID, Timeline[Worth]]:
    announced: dict[UUID, list[PointValue]] = {}
    for value in (await db.exec(select(PointValue))).all():
        announced.setdefault(value.book_id, []).append(value)
    changes = _changes(await ledger_sources.changes(db, "book"))
    books = (await db.exec(select(Book))).all()
    return {book.id: _worth_of(book, announced.get(book.id, []), changes) for book in books}


def _worth_of(book: Book, announced: Sequence[Any], changes: Sequence[Change]) -> Timeline[Worth]:
    own = [change for change in changes if change.subject == book.id and change.before]
    return Timeline(
        {book.id: book.model_dump()},
        own,
        lambda rows: Worth({a: rows[0][column] for a, column in BOOK_COLUMNS.items()}, tuple(announced)),
    )


def _reward(badge: Badge, changes: Sequence[Change]) -> Timeline[int]:
    own = [change for change in changes if change.subject == badge.id]
    return Timeline({badge.id: badge.model_dump()}, own, lambda rows: rows[0]["points_reward"])


def _changes(recorded: Iterable[ledger_sources.Recorded]) -> list[Change]:
    return [Change(row.at, row.subject, row.before) for row in recorded]


def _is_dated(condition: Condition) -> bool:
    """Whether dated pages alone decide it: moods can be changed later, other things have no day."""
    return condition.is_of_days and not isinstance(condition, BetterMood)


async def check(db: AsyncSession, law: Law, users: Sequence[UUID], *, now: datetime) -> Checked:
    """Work out these members' ledgers and compare them row by row."""
    sources = await ledger_sources.of_members(db, users)
    found: list[Difference] = []
    for user_id in users:
        found += _rows_alone(user_id, sources)
    for place in sources.places:
        found += _Place(law, sources, place, now).differences()
    return Checked(sum(map(len, sources.ledger.values())), found, users[-1])


def _rows_alone(user_id: UUID, sources: Sources) -> Iterator[Difference]:
    """What can be said of a row without its sources."""
    rows = sources.ledger.get(user_id, [])
    by_id = {row.id: row for row in rows}
    for row in rows:
        expected = _arithmetic(row, by_id)
        if expected != row.final_points:
            yield _of_row(row, DifferenceKind.arithmetic, str(row.final_points), str(expected))
        if row.source_type == BY_HAND and row.id not in sources.by_hand:
            yield _of_row(row, DifferenceKind.unfounded, str(row.final_points), "not in the record")


def _arithmetic(row: Row, by_id: Mapping[UUID, Row]) -> int:
    if row.reverses_id:
        reversed_row = by_id.get(row.reverses_id)
        return -reversed_row.final_points if reversed_row else 0
    return int((row.base_points * row.multiplier).to_integral_value(ROUND_FLOOR)) + row.bonus_points


def _of_row(row: Row, kind: DifferenceKind, kept: str, expected: str) -> Difference:
    return Difference(row.user_id, row.session_id, kind, row.activity_type, row.earned_on, kept, expected)


class _Place:
    """One member's place in one run: its sources, what they earn, and what is kept of it."""

    def __init__(self, law: Law, sources: Sources, place: Row, now: datetime) -> None:
        key = (place.user_id, place.session_id)
        self.law, self.place, self.now = law, place, now
        self.forgiven = sources.forgiven.get(key, [])
        self.badges = sources.badges.get(key, [])
        self.rows = [
            row for row in sources.ledger.get(place.user_id, []) if row.session_id == place.session_id
        ]
        self.page_rows = {
            row.source_id: row for row in self.rows if row.source_type == PAGE and not row.reverses_id
        }
        self.sources = {page.id: page for page in sources.pages.get(key, [])}
        finished = filter(None, map(self._finished, self.sources.values()))
        self.pages = sorted(finished, key=lambda page: page.at)
        self.told: dict[datetime, Story] = {}

    def differences(self) -> Iterator[Difference]:
        replayed = self._replay()
        yield from self._of_pages(replayed)
        yield from self._of_badges(replayed)
        yield from self._of_freezes(replayed)
        yield from self._of_counters(replayed)
        total = sum(row.final_points for row in self.rows)
        if total != (self.place.total or 0):
            yield self._differs(DifferenceKind.total, "total", None, str(self.place.total or 0), str(total))

    def _finished(self, page: Row) -> Finished | None:
        """A vision has no day of its own: it counts from when it was credited."""
        row = self.page_rows.get(page.id)
        at = page.at or (row.earned_at if row else None)
        if at is None:
            return None
        local_at = self._local_at(at, row)
        day = page.day or local_at.date()
        if day < self.place.start_date and page.day is not None:
            return None
        return Finished(page.id, Activity(page.activity), day, at, local_at, page.mood)

    def _local_at(self, at: datetime, row: Row | None) -> datetime:
        """What the ledger says her clock showed, if that can be the same moment; else her own zone’s."""
        now_there = local_time(at, self.place.timezone)
        if row is None or not row.local_at:
            return now_there
        said = datetime.fromisoformat(row.local_at)
        return said if _can_be(said, at) else now_there

    def _replay(self) -> Replayed:
        worth, rules = self.law.worth[self.place.book_id], self.law.rules
        return replay(
            self.pages,
            start=self.place.start_date,
            repairs={row.day: row.created_at for row in self.forgiven if row.kind == StreakEventKind.repair},
            crossed=days_of(self.forgiven, StreakEventKind.crossing),
            base_of=lambda page: worth.at(page.at).on(page.activity, page.earned_on),
            rules_for=lambda page: worth.at(page.at).extras_on(rules.at(page.at), page.earned_on),
        )

    def _of_pages(self, replayed: Replayed) -> Iterator[Difference]:
        for page in self.pages:
            row, expected = self.page_rows.get(page.id), replayed.earned[page.id]
            if row is None:
                yield self._differs(DifferenceKind.missing, page.activity, page.earned_on, "", expected.words)
            elif _earned(row) != expected:
                yield _of_row(row, DifferenceKind.figures, _earned(row).words, expected.words)
            elif row.local_at and not _can_be(datetime.fromisoformat(row.local_at), page.at):
                yield _of_row(row, DifferenceKind.figures, row.local_at, page.local_at.isoformat())
        for source_id, row in self.page_rows.items():
            source = self.sources.get(source_id)
            if source is None or source.activity != row.activity_type:
                yield _of_row(row, DifferenceKind.unfounded, _earned(row).words, "no finished page")
        for source in self.sources.values():
            if source.at is None and source.id not in self.page_rows:
                yield self._differs(DifferenceKind.missing, source.activity, None, "", "points of a vision")

    def _of_badges(self, replayed: Replayed) -> Iterator[Difference]:
        rewards = {
            row.source_id: row for row in self.rows if row.source_type == BADGE and not row.reverses_id
        }
        for held in self.badges:
            key, condition = self.law.badges[held.badge_id]
            worth = self.law.rewards[held.badge_id].at(held.unlocked_at)
            row = rewards.pop(held.id, None)
            if (row.final_points if row else 0) != worth:
                kept = str(row.final_points) if row else ""
                yield self._differs(DifferenceKind.figures, key, None, kept, str(worth))
            if _is_dated(condition) and not condition.is_met(self._story(replayed, held.unlocked_at)):
                yield self._differs(DifferenceKind.badge, key, None, "held", "not earned")
        for row in rewards.values():
            yield _of_row(row, DifferenceKind.unfounded, str(row.final_points), "no badge")
        yield from self._missing_badges(replayed)

    def _missing_badges(self, replayed: Replayed) -> Iterator[Difference]:
        if not self.pages:
            return
        held = {badge.badge_id for badge in self.badges}
        story = self._story(replayed, self._last.at)
        for badge_id, key, condition in self.law.dated:
            if badge_id not in held and condition.is_met(story):
                yield self._differs(DifferenceKind.badge, key, None, "", "earned")

    def _of_freezes(self, replayed: Replayed) -> Iterator[Difference]:
        repaired = days_of(self.forgiven, StreakEventKind.repair)
        kept = days_of(self.forgiven, StreakEventKind.freeze)
        expected = replayed.kept.frozen - repaired
        for day in sorted(kept ^ expected):
            said = ("frozen", "") if day in kept else ("", "frozen")
            yield self._differs(DifferenceKind.freeze, "freeze", day, *said)

    def _of_counters(self, replayed: Replayed) -> Iterator[Difference]:
        """A vision is no page of a day or a week, and no streak is counted with it."""
        counted = [page.at for page in self.pages if page.activity is not Activity.vision]
        if not counted:
            return
        last, today = self._story(replayed, max(counted)), self._story(replayed, self.now)
        for activity, name in {**COUNTERS, **WEEKLY_COUNTERS}.items():
            kept = last.kept
            many = len(kept.of(activity) if activity in DAILY else kept.weeks_of(activity))
            found = getattr(self.place, f"{name}_completion")
            if found != many:
                yield self._differs(DifferenceKind.counter, f"{name}_completion", None, str(found), str(many))
            found, streak = getattr(self.place, f"{name}_streak"), _streak(last, activity)
            if found != streak and found not in _later_streaks(last, today, activity):
                yield self._differs(DifferenceKind.counter, f"{name}_streak", None, str(found), str(streak))

    @property
    def _last(self) -> Finished:
        return self.pages[-1]

    def _story(self, replayed: Replayed, moment: datetime) -> Story:
        """What was known at that moment; the clock is that of the page finished then, else her own now."""
        if moment not in self.told:
            self.told[moment] = self._tell(replayed, moment)
        return self.told[moment]

    def _tell(self, replayed: Replayed, moment: datetime) -> Story:
        pages = [page for page in self.pages if page.at <= moment and page.activity is not Activity.vision]
        finished_then = next((page for page in self.pages if page.at == moment), None)
        wall = finished_then.local_at if finished_then else local_time(moment, self.place.timezone)
        clock = Finished(None, Activity.vision, wall.date(), moment, wall)
        kept = replayed.kept
        is_now = moment == self.now
        forgiven = {
            StreakEventKind.freeze: kept.frozen - (self._repaired if is_now else frozenset()),
            StreakEventKind.repair: self._repaired if is_now else kept.repaired,
            StreakEventKind.crossing: days_of(self.forgiven, StreakEventKind.crossing),
        }
        return Story(
            start=self.place.start_date,
            today=clock.day,
            pages=tuple(Page(page.activity, page.day, page.local_at, page.mood) for page in pages),
            forgiven=forgiven,
            open_from=clock.open_from,
            joined=self.place.enrollment_date,
        )

    @property
    def _repaired(self) -> frozenset[date]:
        return days_of(self.forgiven, StreakEventKind.repair)

    def _differs(
        self, kind: DifferenceKind, what: str, day: date | None, kept: str, expected: str
    ) -> Difference:
        return Difference(self.place.user_id, self.place.session_id, kind, what, day, kept, expected)


def _can_be(wall: datetime, at: datetime) -> bool:
    """Whether some clock on Earth showed this at that moment."""
    away = wall - at.replace(tzinfo=None)
    return WEST <= away <= EAST and away % timedelta(minutes=15) == timedelta()


def _earned(row: Row) -> Earned:
    return Earned(row.base_points, row.multiplier, row.bonus_points, row.final_points, row.earned_on)


def _streak(story: Story, activity: Activity) -> int:
    if activity in DAILY:
        return story.kept.streak_of(activity, story.today, story.open_from)
    return story.week_streak_of(activity)


def _later_streaks(last: Story, today: Story, activity: Activity) -> set[int]:
    """What a repair or a journey may have counted after the last page; a journey leaves no hour behind.

    Streaks fade with time, and none outlives a week without a page.
    """
    days = (last.today + timedelta(days=n) for n in range(-FURTHEST_AHEAD.days, WEEK_DAYS + 1))
    clocks = ((day, day - timedelta(days=late)) for day in days for late in (0, 1))
    stories = (replace(last, forgiven=today.forgiven, today=day, open_from=open) for day, open in clocks)
    return {0, _streak(today, activity), *(_streak(story, activity) for story in stories)}
