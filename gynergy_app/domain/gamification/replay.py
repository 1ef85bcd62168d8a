"""A ledger worked out anew from its sources, page by page, through the rules that gave it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations

from gynergy_app.domain.gamification.kinds import DAILY, Activity
from gynergy_app.domain.gamification.points import Award, award_for
from gynergy_app.domain.gamification.rules import Rules
from gynergy_app.domain.gamification.streaks import REPAIR_DAYS, Kept, freezes_due
from gynergy_app.domain.journaling.days import FURTHEST_AHEAD, YESTERDAY_CLOSES

LATEST_REPAIR = timedelta(days=REPAIR_DAYS) + FURTHEST_AHEAD

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Finished:
    """A page as its own row has it. `local_at` is the wall clock at its end, `at` the same moment in UTC."""

    id: object
    activity: Activity
    day: date
    at: datetime
    local_at: datetime
    mood: int | None = None

    @property
    def earned_on(self) -> date:
        return self.day if self.activity in DAILY else self.local_at.date()

    @property
    def open_from(self) -> date:
        today = self.local_at.date()
        return today - _ONE_DAY if self.local_at.time() < YESTERDAY_CLOSES else today


@dataclass(frozen=True)
class Earned:
    """The figures of one row of the ledger."""

    base: int
    multiplier: Decimal
    bonus: int
    final: int
    earned_on: date

    @classmethod
    def by(cls, award: Award, page: Finished) -> "Earned":
        return cls(award.base, award.multiplier, award.bonus, award.final, page.earned_on)

    @property
    def words(self) -> str:
        """
        >>> Earned(10, Decimal("1.20"), 5, 17, date(2026, 3, 9)).words
        '17 (10 × 1.2 + 5)'
        """
        return f"{self.final} ({self.base} × {self.multiplier.normalize():f} + {self.bonus})"


@dataclass(frozen=True)
class Replayed:
    """What the pages earn, and the days as they stood after the last of them."""

    earned: Mapping[object, Earned]
    kept: Kept


@dataclass
class _Way:
    """Where the replay is: every repair and crossing there will be, and the days kept so far."""

    start: date
    repaired: frozenset[date]
    crossed: frozenset[date]
    kept: Kept = field(default_factory=Kept)

    def before(self, page: Finished, brought_back: frozenset[date]) -> Kept:
        """The days as the page met them, with the freezes it wrote down."""
        today = page.local_at.date()
        crossed = frozenset(day for day in self.crossed if day < today)
        frozen = self.kept.frozen - brought_back
        kept = replace(self.kept, frozen=frozen, repaired=brought_back, crossed=crossed)
        due = freezes_due(
            kept.any_day, frozen, page.open_from, self.start, repaired=brought_back, crossed=crossed
        )
        return replace(kept, frozen=frozen | frozenset(due)) if due else kept

    def after(self, page: Finished, met: Kept) -> Kept:
        """A vision belongs to no day: it reads by freezes that are due, and writes none of them down."""
        if page.activity is Activity.vision:
            return replace(met, frozen=self.kept.frozen - met.repaired)
        return met.with_page(page.activity, page.day) if page.activity in DAILY else met

    def repairs(self, page: Finished) -> list[frozenset[date]]:
        """The repairs that had happened by then: those that must have, alone and with any that may have.

        Somebody who flies west repairs a day later than the pages she has already dated would let her.
        """
        today = page.local_at.date()
        surely = frozenset(day for day in self.repaired if today - day > LATEST_REPAIR) | self.kept.repaired
        maybe = sorted(day for day in self.repaired - surely if day < today)
        return [surely.union(some) for many in range(len(maybe) + 1) for some in combinations(maybe, many)]


def replay(
    pages: Iterable[Finished],
    *,
    start: date,
    repaired: frozenset[date],
    crossed: frozenset[date],
    base_of: Callable[[Finished], int],
    rules_at: Callable[[datetime], Rules],
    found: Mapping[object, Earned],
) -> Replayed:
    """Pages in the order they were finished. `found` is what the ledger has.

    A repair keeps no hour. Where a page was finished while one was still possible, the ledger may have it
    either way; everything else follows from the rows.
    """
    way = _Way(start, repaired, crossed)
    earned: dict[object, Earned] = {}
    for page in sorted(pages, key=lambda one: one.at):
        earned[page.id], met = _closest(way, page, base_of(page), rules_at(page.at), found.get(page.id))
        way.kept = way.after(page, met)
    return Replayed(earned, way.kept)


def _closest(way: _Way, page: Finished, base: int, rules: Rules, found: Earned | None) -> tuple[Earned, Kept]:
    ways = [_outcome(way, page, base, rules, repaired) for repaired in way.repairs(page)]
    return next((outcome for outcome in ways if outcome[0] == found), ways[0])


def _outcome(
    way: _Way, page: Finished, base: int, rules: Rules, repaired: frozenset[date]
) -> tuple[Earned, Kept]:
    kept = way.before(page, repaired)
    award = award_for(
        page.activity, base, kept, rules, day=page.day, local_at=page.local_at, open_from=page.open_from
    )
    return Earned.by(award, page), kept
