"""What is for sale, and at which price."""

from dataclasses import dataclass
from enum import StrEnum

from gynergy_app.domain.payments.kinds import Interval
from gynergy_app.domain.payments.paying import Price


class Sold(StrEnum):
    """One thing with one price."""

    challenge = "challenge"
    journal_month = "journal_month"
    journal_year = "journal_year"

    @property
    def interval(self) -> Interval | None:
        """How often it is paid; None: once."""
        return _INTERVALS.get(self)


_INTERVALS = {Sold.journal_month: Interval.month, Sold.journal_year: Interval.year}


def journal(interval: Interval) -> Sold:
    """The journal, paid this often."""
    return Sold.journal_month if interval is Interval.month else Sold.journal_year


@dataclass(frozen=True)
class Offer:
    """A price as it is shown. Without `price_id` it is only announced: nobody can be charged it."""

    sold: Sold
    price: Price
    price_id: str = ""

    @property
    def words(self) -> str:
        return spoken_price(self.price)


def spoken_price(price: Price) -> str:
    """As it stands on a page: cents only where there are any.

    >>> spoken_price(Price(99700)), spoken_price(Price(3995)), spoken_price(Price(120000, "chf"))
    ('$997', '$39.95', '1,200 CHF')
    """
    whole, cents = divmod(price.amount_cents, 100)
    amount = f"{whole:,}.{cents:02}" if cents else f"{whole:,}"
    sign = {"usd": "$", "eur": "€", "gbp": "£"}.get(price.currency)
    return f"{sign}{amount}" if sign else f"{amount} {price.currency.upper()}"
