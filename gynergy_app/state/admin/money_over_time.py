"""Money over time: the stretches of a period as a line and as rows, and where their purchases are."""

from dataclasses import dataclass
from datetime import date, timedelta

from gynergy_app import routes
from gynergy_app.domain.payments.figures import Period, Step, figure
from gynergy_app.domain.payments.kinds import SOLD, PurchaseType
from gynergy_app.drawing.chart import Chart, Reading, line_chart
from gynergy_app.services.desks.money import Money
from gynergy_app.state.admin.words import short_date

MOST_TICKS = 4
AXIS_DOLLARS = (1, 2.5, 5, 10)


@dataclass(frozen=True)
class StretchRow:
    label: str
    bought: str
    paid: str
    renewed: str
    back: str
    net: str
    href: str


def span_words(first: date, last: date) -> str:
    """
    >>> span_words(date(2026, 3, 1), date(2026, 3, 31)), span_words(date(2025, 12, 1), date(2026, 1, 2))
    ('1 – 31 March 2026', '1 December 2025 – 2 January 2026')
    """
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {end}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} – {end}"


def span(period: Period) -> str:
    return span_words(period.first, period.last)


def query_of(period: Period) -> dict[str, str]:
    return {"from_": period.first.isoformat(), "to": period.last.isoformat(), "zone": period.zone}


def purchases_of(period: Period, **said: str) -> str:
    """The rows of the purchases list that a figure is counted from."""
    sold = {"by": "purchased", "status": ",".join(SOLD)}
    return routes.where(routes.ADMIN_PURCHASES, **{**sold, **said, **query_of(period)})


def subscriptions_of(period: Period) -> str:
    """The subscriptions for which money moved."""
    return routes.where(routes.ADMIN_SUBSCRIPTIONS, **query_of(period))


def chart_of(seen: Money, today: date) -> Chart:
    stretches = seen.stretches

    def dollars(value: float) -> str:
        return figure(round(value * 100), seen.currency)

    readings = [
        Reading(
            at=n,
            value=each.paid_cents / 100,
            label=label_of(each.begins, seen.step, today),
            spoken=f"{label_of(each.begins, seen.step, today)}: {figure(each.paid_cents, seen.currency)}",
        )
        for n, each in enumerate(stretches, 1)
    ]
    top = axis_end(max(each.paid_cents for each in stretches) / 100)
    every = -(-len(readings) // MOST_TICKS)
    return line_chart(
        readings,
        days=(1, max(2, len(readings))),
        values=(0, top),
        grid=(0, top / 2, top),
        ticks=[(r.at, r.label) for r in readings if r.at % every == (every + 1) // 2 % every],
        says=f"{dollars(seen.takings.paid_cents / 100)} paid in {span(seen.period)}, by {seen.step}.",
        words=dollars,
    )


def axis_end(most: float) -> float:
    """A round amount that nothing rises above.

    >>> [axis_end(most) for most in (0, 997, 1994, 9970, 260_000)]
    [100, 1000, 2500, 10000, 500000]
    """
    size = 100
    while True:
        for step in AXIS_DOLLARS:
            if most <= size * step:
                return int(size * step)
        size *= 10


def label_of(begins: date, step: Step, today: date) -> str:
    return f"{begins:%b %Y}" if step is Step.month else short_date(begins, today)


def stretch_row(seen: Money, at: int, today: date) -> StretchRow:
    each = seen.stretches[at]
    following = seen.stretches[at + 1].begins if at + 1 < len(seen.stretches) else None
    last = following - timedelta(days=1) if following else seen.period.last
    stretch = Period(each.begins, last, seen.period.zone)
    return StretchRow(
        label=label_of(each.begins, seen.step, today),
        bought=f"{each.bought:,}",
        paid=_or_dash(each.gross_cents, seen.currency),
        renewed=_or_dash(each.renewed_cents, seen.currency),
        back=_or_dash(each.gone_cents, seen.currency),
        net=_or_dash(each.net_cents, seen.currency),
        href=purchases_of(stretch, type=PurchaseType.challenge) if each.bought else "",
    )


def _or_dash(amount_cents: int, currency: str) -> str:
    return figure(amount_cents, currency) if amount_cents else "–"
