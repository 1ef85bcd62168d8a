"""Giving money back: how much can be, and everything that follows, said before it happens.

`consequences` announces what `services/payments/refunds.py` and the database will really do; a test performs
the refund and compares.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.sources import Opening

_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?:\.([0-9]{2}))?")


class RefundReason(StrEnum):
    """The three that Stripe knows."""

    requested_by_customer = "requested_by_customer"
    duplicate = "duplicate"
    fraudulent = "fraudulent"

    @property
    def words(self) -> str:
        return _REASONS[self]


_REASONS = {
    RefundReason.requested_by_customer: "Asked for by the buyer",
    RefundReason.duplicate: "Paid twice",
    RefundReason.fraudulent: "Paid by somebody else",
}


@dataclass(frozen=True)
class Balance:
    """The money of one purchase. `back` has arrived, `under_way` was asked for and has not."""

    status: PurchaseStatus
    paid: int
    back: int
    under_way: int
    has_payment: bool = True

    @property
    def left(self) -> int:
        return max(self.paid - self.back - self.under_way, 0)

    @property
    def gone(self) -> int:
        """What is spoken for. It names a state: whoever has seen another one looks again."""
        return self.back + self.under_way

    def makes_it_whole(self, amount: int) -> bool:
        return self.gone + amount >= self.paid

    @property
    def obstacle(self) -> str:
        """Why nothing can be given back just now; empty when something can."""
        if self.status is PurchaseStatus.disputed:
            return "The buyer’s bank has asked for the money. While that is open, nothing can be given back."
        if self.status in _NOTHING:
            return _NOTHING[self.status]
        if self.paid == 0 or not self.has_payment:
            return "Nothing was paid for this place, so there is nothing to give back."
        return "" if self.left else "The whole amount is on its way back already."


_NOTHING = {
    PurchaseStatus.pending: "This is not paid, so there is nothing to give back.",
    PurchaseStatus.failed: "This was never paid, so there is nothing to give back.",
    PurchaseStatus.expired: "This was never paid, so there is nothing to give back.",
    PurchaseStatus.refunded: "The whole amount has gone back.",
}


def amount_problem(balance: Balance, amount: int | None) -> str:
    """What is wrong with an amount to give back.

    >>> paid = Balance(PurchaseStatus.completed, 99700, 10000, 0)
    >>> amount_problem(paid, 89701)
    'At most 897.00 is left to give back.'
    >>> amount_problem(paid, 89700), amount_problem(Balance(PurchaseStatus.review, 900, 0, 0), 100)
    ('', 'Until it is decided whether this counts, only the whole amount can go back.')
    """
    if obstacle := balance.obstacle:
        return obstacle
    if not amount:
        return "Please write an amount such as 120.00."
    if amount > balance.left:
        return f"At most {balance.left / 100:,.2f} is left to give back."
    if balance.status is PurchaseStatus.review and amount < balance.left:
        return "Until it is decided whether this counts, only the whole amount can go back."
    return ""


def cents_in(typed: str) -> int | None:
    """An amount as a person types it.

    >>> cents_in("997.00"), cents_in(" $1,250 "), cents_in("12,5"), cents_in("9.9"), cents_in("-3")
    (99700, 125000, None, None, None)
    """
    found = _AMOUNT.fullmatch(typed.strip().lstrip("$€£").strip())
    if found is None:
        return None
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)


@dataclass(frozen=True)
class CodeStands:
    """A code of the purchase. `redeemer` is who used it; empty when nobody is known to have."""

    code: str
    state: CodeState
    redeemer: str = ""
    redeemer_id: str = ""


@dataclass(frozen=True)
class CodeFate:
    code: CodeStands
    stops: bool


@dataclass(frozen=True)
class PlaceStands:
    """A place in a session that goes on. One she wrote in stays hers to be read, an empty one goes back."""

    session: str
    has_written: bool


@dataclass(frozen=True)
class Invited:
    """Whoever invited the buyer: points for her coming, and those of milestones that hold no longer."""

    name: str
    points: int
    milestones: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        return self.points + sum(points for _, points in self.milestones)


@dataclass(frozen=True)
class Standing:
    """Everything a refund may touch, as it is. `remaining` is what would open the challenge without it."""

    balance: Balance
    has_account: bool
    access: Opening | None = None
    remaining: Opening | None = None
    is_journal_open: bool = False
    codes: tuple[CodeStands, ...] = ()
    invited: Invited | None = None
    is_reminded: bool = False
    has_seat: bool = False
    places: tuple[PlaceStands, ...] = ()
    writes_to: str = ""


@dataclass(frozen=True)
class Consequences:
    """`access` becomes `remaining`. `places`: those nothing keeps open. `letter`: whether one goes out."""

    amount: int
    is_whole: bool
    access: Opening | None = None
    remaining: Opening | None = None
    codes: tuple[CodeFate, ...] = ()
    invited: Invited | None = None
    reminders_stop: bool = False
    seat_is_freed: bool = False
    places: tuple[PlaceStands, ...] = ()
    letter: bool = True

    @property
    def changes_access(self) -> bool:
        return self.access != self.remaining

    @property
    def closes(self) -> bool:
        return self.access is not None and self.remaining is None


def consequences(standing: Standing, amount: int) -> Consequences:
    """What follows once this much has arrived. Less than the whole price changes nothing but the sum."""
    writes = bool(standing.writes_to)
    is_whole = standing.balance.makes_it_whole(amount)
    if not is_whole:
        stays = tuple(CodeFate(code, stops=False) for code in standing.codes)
        return Consequences(amount, False, standing.access, standing.access, stays, letter=writes)
    closes = standing.access is not None and standing.remaining is None
    return Consequences(
        amount=amount,
        is_whole=True,
        access=standing.access,
        remaining=standing.remaining,
        codes=tuple(CodeFate(code, stops=code.state is CodeState.open) for code in standing.codes),
        invited=standing.invited,
        reminders_stop=closes and standing.is_reminded and not standing.is_journal_open,
        seat_is_freed=standing.has_seat,
        places=() if standing.remaining else standing.places,
        letter=writes,
    )
