"""Money over a stretch of days: what came in, what went back, and what comes again every month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus

MOST_STEPS = 100
"""More than this many points cannot be told apart in one drawing."""

LONGEST_DAYS = 3660


class Step(StrEnum):
    """How long the stretches are that a period is told in. Weeks begin on Monday."""

    day = "day"
    week = "week"
    month = "month"

    def begin(self, day: date) -> date:
        """
        >>> Step.week.begin(date(2026, 3, 4)), Step.month.begin(date(2026, 3, 4))
        (datetime.date(2026, 3, 2), datetime.date(2026, 3, 1))
        """
        match self:
            case Step.day:
                return day
            case Step.week:
                return day - timedelta(days=day.weekday())
            case Step.month:
                return day.replace(day=1)


@dataclass(frozen=True)
class Period:
    """Whole days of a zone, the last one too."""

    first: date
    last: date
    zone: str = "UTC"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def last_days(count: int, today: date, zone: str) -> Period:
    return Period(today - timedelta(days=count - 1), today, zone)


def period_problem(first: date | None, last: date | None) -> str:
    """Why these two days are no period; empty for those that are one."""
    if first is None or last is None:
        return "Please choose both days."
    if first > last:
        return "The first day comes after the last one."
    if (last - first).days >= LONGEST_DAYS:
        return "That is more than ten years. Please choose a shorter stretch."
    return ""


def fitting(step: Step, period: Period) -> Step:
    """The step that was asked for, or the next longer one that can still be drawn.

    >>> fitting(Step.day, Period(date(2026, 1, 1), date(2026, 12, 31)))
    <Step.week: 'week'>
    """
    if step is Step.day and period.days > MOST_STEPS:
        step = Step.week
    if step is Step.week and period.days > MOST_STEPS * 7:
        step = Step.month
    return step


@dataclass(frozen=True)
class Takings:
    """What came in and went back from `begins` on, each counted on its own day, in one currency.

    The challenge and subscriptions stand apart; `net_cents` is of both.
    """

    begins: date
    bought: int = 0
    gross_cents: int = 0
    back_cents: int = 0
    renewals: int = 0
    renewed_cents: int = 0
    renewed_back_cents: int = 0

    @property
    def paid_cents(self) -> int:
        return self.gross_cents + self.renewed_cents

    @property
    def gone_cents(self) -> int:
        return self.back_cents + self.renewed_back_cents

    @property
    def net_cents(self) -> int:
        return self.paid_cents - self.gone_cents


def total(period: Period, takings: Iterable[Takings]) -> Takings:
    return _sum(period.first, list(takings))


def in_steps(period: Period, step: Step, days: Sequence[Takings]) -> list[Takings]:
    """Every stretch of the period, the oldest first, also those in which nothing happened.

    The first and the last may be cut: the stretches add up to the period.
    """
    by_stretch: dict[date, list[Takings]] = {}
    for n in range(period.days):
        by_stretch.setdefault(step.begin(period.first + timedelta(days=n)), [])
    for each in days:
        by_stretch[step.begin(each.begins)].append(each)
    return [_sum(max(begins, period.first), found) for begins, found in by_stretch.items()]


def _sum(begins: date, takings: Sequence[Takings]) -> Takings:
    return Takings(
        begins,
        sum(each.bought for each in takings),
        sum(each.gross_cents for each in takings),
        sum(each.back_cents for each in takings),
        sum(each.renewals for each in takings),
        sum(each.renewed_cents for each in takings),
        sum(each.renewed_back_cents for each in takings),
    )


@dataclass(frozen=True)
class Subscribed:
    """How many subscriptions stand alike, and what they cost a period altogether."""

    status: SubscriptionStatus
    interval: Interval
    currency: str
    count: int
    amount_cents: int
    ending: int


@dataclass(frozen=True)
class Recurring:
    """What active subscriptions bring, at the price they are kept for.

    Whoever is on trial has not paid and does not count; neither does a card that was refused, until it is
    paid. Whoever has cancelled counts until the end of what is paid.
    """

    monthly: int = 0
    yearly: int = 0
    monthly_cents: int = 0
    yearly_cents: int = 0
    ending: int = 0

    @property
    def month_cents(self) -> int:
        """
        >>> Recurring(monthly_cents=3995, yearly_cents=39900).month_cents
        7320
        """
        return self.monthly_cents + (self.yearly_cents + 6) // 12

    @property
    def year_cents(self) -> int:
        return self.monthly_cents * 12 + self.yearly_cents


def recurring(found: Iterable[Subscribed], currency: str) -> Recurring:
    active = [
        each for each in found if each.status is SubscriptionStatus.active and each.currency == currency
    ]
    monthly = [each for each in active if each.interval is Interval.month]
    yearly = [each for each in active if each.interval is Interval.year]
    return Recurring(
        sum(each.count for each in monthly),
        sum(each.count for each in yearly),
        sum(each.amount_cents for each in monthly),
        sum(each.amount_cents for each in yearly),
        sum(each.ending for each in active),
    )


def share(part: int, whole: int) -> str:
    """In percent with one decimal, or a dash where there is nothing to take a share of.

    >>> share(1, 19), share(0, 4), share(3, 3), share(0, 0)
    ('5.3 %', '0 %', '100 %', '–')
    """
    if not whole:
        return "–"
    return f"{round(100 * part / whole, 1):g} %"


def figure(amount_cents: int, currency: str) -> str:
    """An amount as it stands on a desk: cents only where there are some.

    >>> figure(99700, "usd"), figure(-5050, "usd"), figure(199400, "chf")
    ('$997', '−$50.50', '1,994 CHF')
    """
    sign = {"usd": "$", "eur": "€", "gbp": "£"}.get(currency)
    size = abs(amount_cents)
    amount = f"{size // 100:,}" if size % 100 == 0 else f"{size / 100:,.2f}"
    words = f"{sign}{amount}" if sign else f"{amount} {currency.upper()}"
    return f"−{words}" if amount_cents < 0 else words
