"""What the journal costs, said before anybody pays: the price, the first charge, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gynergy_app.domain.payments.kinds import Interval
from gynergy_app.domain.payments.offers import Offer, Sold, spoken_price
from gynergy_app.domain.payments.paying import Price
from gynergy_app.state.payments.notices import day_of

NAMES = {Interval.month: "monthly", Interval.year: "yearly"}


@dataclass(frozen=True)
class Plan:
    """One way to pay for the journal. `value` is what the form sends."""

    value: str
    name: str
    price: str
    saves: str
    first: str


def plans(offers: Mapping[Sold, Offer], trial_days: int, timezone: str, now: datetime) -> tuple[Plan, ...]:
    """`trial_days` is 0 for somebody who has had her trial."""
    return tuple(
        _plan(sold, offers, trial_days, timezone, now) for sold in (Sold.journal_month, Sold.journal_year)
    )


def _plan(sold: Sold, offers: Mapping[Sold, Offer], trial_days: int, timezone: str, now: datetime) -> Plan:
    offer, interval = offers[sold], sold.interval or Interval.month
    every = f"every {interval}"
    first = f"{offer.words} today, and then {every} until you cancel."
    if trial_days:
        day = day_of(now + timedelta(days=trial_days), timezone, now)
        first = f"Nothing today. {offer.words} on {day}, and then {every} until you cancel."
    return Plan(
        value=interval.value,
        name="By the month" if interval is Interval.month else "By the year",
        price=f"{offer.words} a {interval}",
        saves=_saves(offers) if interval is Interval.year else "",
        first=first,
    )


def _saves(offers: Mapping[Sold, Offer]) -> str:
    month, year = offers[Sold.journal_month].price, offers[Sold.journal_year].price
    less = 12 * month.amount_cents - year.amount_cents
    if month.currency != year.currency or less <= 0:
        return ""
    return f"{spoken_price(Price(less, year.currency))} less than twelve months"
