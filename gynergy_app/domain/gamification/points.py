"""What a page is worth, and why. `final = floor(base x multiplier) + bonus`, exactly, in whole points."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from gynergy_app.domain.gamification.kinds import DAILY, Activity
from gynergy_app.domain.gamification.rules import Rules
from gynergy_app.domain.gamification.streaks import Kept
from gynergy_app.domain.programs import WEEK_DAYS

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bonus:
    words: str
    points: int


@dataclass(frozen=True)
class Line:
    """One line of "Why 18?": a label, a quieter note beneath it, and the figure as it is printed."""

    label: str
    note: str
    figure: str


@dataclass(frozen=True)
class Award:
    """Points for one thing done. `band` names the rule behind the multiplier, `streak` the length it saw."""

    base: int
    multiplier: Decimal = Decimal(1)
    band: str = ""
    streak: int = 0
    bonuses: tuple[Bonus, ...] = ()
    is_badge: bool = False

    @property
    def bonus(self) -> int:
        return sum(bonus.points for bonus in self.bonuses)

    @property
    def final(self) -> int:
        """
        >>> Award(15, Decimal("1.50")).final
        22
        """
        return int((self.base * self.multiplier).to_integral_value(ROUND_FLOOR)) + self.bonus

    def explain(self) -> list[Line]:
        """The lines of the statement, from what the thing is worth to what was credited."""
        if self.is_badge:
            return [Line("What the badge is worth", "Added as it is, never multiplied", str(self.base))]
        lines = [Line("What the page is worth", "", str(self.base))]
        if self.band:
            seen = f"Day {self.streak} of your streak, this day included"
            lines.append(Line(self.band, seen, f"× {self.multiplier.normalize():f}"))
        lines += [Line(bonus.words, "Added after multiplying", f"+ {bonus.points}") for bonus in self.bonuses]
        return [*lines, Line("This page", "", str(self.final))]

    def details(self, local_at: datetime | None = None) -> dict[str, Any]:
        """What the ledger row remembers, so that it explains itself after the rules have changed."""
        remembered: dict[str, Any] = {"streak": self.streak, "band": self.band, "badge": self.is_badge}
        remembered["bonuses"] = [[bonus.words, bonus.points] for bonus in self.bonuses]
        return remembered | ({"local_at": local_at.isoformat()} if local_at else {})

    @classmethod
    def of(cls, base: int, multiplier: Decimal, details: Mapping[str, Any]) -> "Award":
        """The award a ledger row was written from."""
        return cls(
            base,
            multiplier,
            details.get("band", ""),
            details.get("streak", 0),
            tuple(Bonus(words, points) for words, points in details.get("bonuses", ())),
            details.get("badge", False),
        )


def award_for(
    activity: Activity, base: int, kept: Kept, rules: Rules, *, day: date, local_at: datetime, open_from: date
) -> Award:
    """What finishing this page earns. `kept` is the state before it, `day` the day it is kept for.

    `local_at` is the member's wall clock: a morning finished at 02:00 for yesterday was not early.
    """
    after = kept.with_page(activity, day) if activity in DAILY else kept
    streak = after.streak(local_at.date(), open_from)
    band = rules.band_for(streak)
    return Award(
        base,
        band.multiplier if band else Decimal(1),
        band.words if band else "",
        streak,
        tuple(_bonuses(activity, kept, after, rules, day, local_at)),
    )


def _bonuses(
    activity: Activity, before: Kept, after: Kept, rules: Rules, day: date, local_at: datetime
) -> Iterable[Bonus]:
    if is_early(activity, day, local_at, rules) and rules.early:
        yield Bonus(f"Before {rules.early_before:%H:%M}", rules.early)
    if day in before.whole_days or day not in after.whole_days:
        return
    if rules.whole_day:
        yield Bonus("All three pages in one day", rules.whole_day)
    if rules.perfect_week and completes_a_week(before.whole_days, day):
        yield Bonus("All three pages, seven days in a row", rules.perfect_week)


def is_early(activity: Activity, day: date, local_at: datetime, rules: Rules) -> bool:
    return (
        activity == Activity.morning_journal
        and local_at.date() == day
        and local_at.time() < rules.early_before
    )


def completes_a_week(whole_days: Set[date], day: date) -> bool:
    """Whether making this day whole adds a full seven to its run: once at 7, again at 14, and so on.

    The day may join two runs, so what they had already completed is taken off.
    """
    before, after = _run(whole_days, day, -_ONE_DAY), _run(whole_days, day, _ONE_DAY)
    return (before + 1 + after) // WEEK_DAYS > before // WEEK_DAYS + after // WEEK_DAYS


def _run(days: Set[date], day: date, step: timedelta) -> int:
    length = 0
    while day + step * (length + 1) in days:
        length += 1
    return length


def badge_award(points: int) -> Award:
    """
    >>> badge_award(15).final
    15
    """
    return Award(points, is_badge=True)
