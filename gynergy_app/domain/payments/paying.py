"""What was paid against what was asked, and what money that goes back does to a purchase."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gynergy_app.domain.payments.kinds import PurchaseStatus, RefundStatus


@dataclass(frozen=True)
class Price:
    amount_cents: int
    currency: str = "usd"

    @property
    def words(self) -> str:
        """
        >>> Price(99700).words, Price(1999, "eur").words, Price(500, "chf").words
        ('$997.00', '€19.99', '5.00 CHF')
        """
        sign = {"usd": "$", "eur": "€", "gbp": "£"}.get(self.currency)
        amount = f"{self.amount_cents / 100:,.2f}"
        return f"{sign}{amount}" if sign else f"{amount} {self.currency.upper()}"


@dataclass(frozen=True)
class Payment:
    """One payment as the payment service tells it. `subtotal` is the price before codes and taxes.

    `card` is a fingerprint: the same for the same card, and of no use to anybody for paying. `names_another`:
    what is written on it does not lead back to the purchase that its page was made for.
    """

    subtotal: Price
    total: Price
    fetched_at: datetime
    intent_id: str | None = None
    customer_id: str | None = None
    email: str | None = None
    card: str | None = None
    checkout_id: str | None = None
    names_another: bool = False

    def mismatch(self, asked: Price) -> str | None:
        """Why a person has to look at it before anything is granted.

        >>> paid = Payment(Price(900), Price(450), datetime(2026, 3, 1))
        >>> paid.mismatch(Price(900)), paid.mismatch(Price(99700))
        (None, '$4.50 was paid for a price of $9.00, and $997.00 was asked.')
        >>> Payment(Price(900), Price(900), datetime(2026, 3, 1)).mismatch(Price(99700))
        '$9.00 was paid, and $997.00 was asked.'
        >>> Payment(Price(900), Price(900), datetime(2026, 3, 1), names_another=True).mismatch(Price(900))
        'It was begun for this purchase, and at Stripe it bears the number of another one.'
        """
        if self.names_another:
            return "It was begun for this purchase, and at Stripe it bears the number of another one."
        if self.subtotal == asked and self.total.currency == asked.currency:
            return None
        price = "" if self.total == self.subtotal else f" for a price of {self.subtotal.words}"
        return f"{self.total.words} was paid{price}, and {asked.words} was asked."


@dataclass(frozen=True)
class Refunded:
    """One refund as the payment service tells it."""

    refund_id: str
    amount_cents: int
    status: RefundStatus
    created_at: datetime
    reason: str | None = None
    failure: str | None = None


def money_back(refunds: Iterable[tuple[RefundStatus, int]]) -> int:
    """What has arrived. A refund on its way, or one that failed, has not."""
    return sum(amount for status, amount in refunds if status is RefundStatus.succeeded)


def status_after_refunds(
    status: PurchaseStatus,
    amount_cents: int,
    refunded_cents: int,
    *,
    is_lost: bool = False,
    is_undecided: bool = False,
) -> PurchaseStatus:
    """Only the whole amount changes anything, and a refund that fails in the end gives it back.

    `is_lost`: a dispute took the money; no refund brings it back. `is_undecided`: nobody has said that what
    was paid is a place, so a refund that fails leaves that open again.
    """
    is_full = amount_cents > 0 and refunded_cents >= amount_cents
    if status in (PurchaseStatus.completed, PurchaseStatus.disputed, PurchaseStatus.review) and is_full:
        return PurchaseStatus.refunded
    if status is PurchaseStatus.refunded and not is_full and not is_lost:
        return PurchaseStatus.review if is_undecided else PurchaseStatus.completed
    return status
