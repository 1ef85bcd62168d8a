"""A ledger worked out anew from its sources, page by page, through the rules that gave it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from gynergy_app.domain.gamification.kinds import DAILY, Activity
from gynergy_app.domain.gamification.points import Award, award_for
from gynergy_app.domain.gamification.rules import Rules
from gynergy_app.domain.gamification.streaks import Kept, freezes_due
from gynergy_app.domain.journaling.days import YESTERDAY_CLOSES

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
    """Where the replay is: every repair there will be and when, every crossing, and the days kept so far."""

    start: date
    repairs: Mapping[date, datetime]
    crossed: frozenset[date]
    kept: Kept = field(default_factory=Kept)

    def before(self, page: Finished) -> Kept:
        """The days as the page met them, with the freezes it wrote down."""
        today = page.local_at.date()
        crossed = frozenset(day for day in self.crossed if day < today)
        repaired = frozenset(day for day, at in self.repairs.items() if at <= page.at)
        frozen = self.kept.frozen - repaired
        kept = replace(self.kept, frozen=frozen, repaired=repaired, crossed=crossed)
        due = freezes_due(
            kept.any_day, frozen, page.open_from, self.start, repaired=repaired, crossed=crossed
        )
        return replace(kept, frozen=frozen | frozenset(due)) if due else kept

    def after(self, page: Finished, met: Kept) -> Kept:
        """A vision belongs to no day: it reads by freezes that are due, and writes none of them down."""
        if page.activity is Activity.vision:
            return replace(met, frozen=self.kept.frozen - met.repaired)
        return met.with_page(page.activity, page.day) if page.activity in DAILY else met


def replay(
    pages: Iterable[Finished],
    *,
    start: date,
    repairs: Mapping[date, datetime],
    crossed: frozenset[date],
    base_of: Callable[[Finished], int],
    rules_for: Callable[[Finished], Rules],
) -> Replayed:
    """Pages in the order they were finished. `repairs` are the days brought back, and when each was."""
    way = _Way(start, repairs, crossed)
    earned: dict[object, Earned] = {}
    for page in sorted(pages, key=lambda one: one.at):
        met = way.before(page)
        award = award_for(
            page.activity,
            base_of(page),
            met,
            rules_for(page),
            day=page.day,
            local_at=page.local_at,
            open_from=page.open_from,
        )
        earned[page.id] = Earned.by(award, page)
        way.kept = way.after(page, met)
    return Replayed(earned, way.kept)
