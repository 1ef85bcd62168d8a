"""Letters about money: what was paid, given back, or could not be taken. Amounts come as they are read."""

from dataclasses import dataclass
from datetime import date, datetime

from gynergy_app.emails.letters import Letter


@dataclass(frozen=True)
class PurchaseMade(Letter):
    """The receipt. A guest has no name here and no account yet: her address is what she claims with."""

    first_name: str
    order: str
    amount: str
    email: str
    is_guest: bool
    refund_rule: str


@dataclass(frozen=True)
class FriendCodes(Letter):
    """Two places to give away."""

    first_name: str
    codes: list[str]
    valid_until: datetime
    timezone: str


@dataclass(frozen=True)
class PaymentDidNotCome(Letter):
    """A bank was asked, and said no after days."""

    first_name: str
    amount: str


@dataclass(frozen=True)
class CheckoutExpired(Letter):
    """She began to pay and did not. `resume` leads to where she was; written about once a purchase."""

    first_name: str
    amount: str
    had_seat: bool
    resume: str


@dataclass(frozen=True)
class PlaceOpen(Letter):
    """To whoever is first in a queue. Without access to the challenge she buys the place."""

    first_name: str
    program: str
    day_one: date
    has_access: bool


@dataclass(frozen=True)
class RefundMade(Letter):
    """`is_whole`: nothing of the price is left, and so the place is given back."""

    first_name: str
    amount: str
    is_whole: bool


@dataclass(frozen=True)
class PaymentReturned(Letter):
    """What was paid is not what was asked, and a person decided to send it back: no place came of it."""

    first_name: str
    amount: str


@dataclass(frozen=True)
class RefundFailed(Letter):
    """The money came back to us."""

    first_name: str
    amount: str


@dataclass(frozen=True)
class RenewalFailed(Letter):
    """The journal stays open until `closes_at`."""

    first_name: str
    amount: str
    closes_at: datetime
    timezone: str


@dataclass(frozen=True)
class RenewalComing(Letter):
    """A year is about to be paid again. `amount` is what is due once credit and discounts are counted."""

    first_name: str
    amount: str
    renews_at: datetime
    timezone: str


@dataclass(frozen=True)
class SubscriptionBegun(Letter):
    """`trial_ends_at` is set while nothing was charged yet; else it is `renews_at` that comes next."""

    first_name: str
    amount: str
    interval: str
    trial_ends_at: datetime | None
    renews_at: datetime
    timezone: str


@dataclass(frozen=True)
class TrialEnding(Letter):
    first_name: str
    amount: str
    interval: str
    ends_at: datetime
    timezone: str


@dataclass(frozen=True)
class SubscriptionEnding(Letter):
    """She has cancelled: it runs on until then."""

    first_name: str
    ends_at: datetime
    timezone: str


@dataclass(frozen=True)
class SubscriptionEnded(Letter):
    first_name: str


@dataclass(frozen=True)
class CardExpires(Letter):
    """`last_four` may be empty: not everything that pays has digits."""

    first_name: str
    last_four: str
    month: str


@dataclass(frozen=True)
class FriendCodeUsed(Letter):
    """To the giver. `redeemer` is empty unless she wished to be named."""

    first_name: str
    code: str
    redeemer: str
    used_at: datetime
    timezone: str


@dataclass(frozen=True)
class FriendCodesEnding(Letter):
    """Unused codes of one purchase, a week before they end."""

    first_name: str
    codes: list[str]
    valid_until: datetime
    timezone: str


@dataclass(frozen=True)
class PlaceGiven(Letter):
    """To whoever used a friend code. Without `day_one` she is still to choose her start."""

    first_name: str
    cohort: str
    day_one: date | None
    has_begun: bool
