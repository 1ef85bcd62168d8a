"""Inviting: the code in a link, what brings points, and what a person looks at before they are given."""

import re
from enum import StrEnum

POINTS = 100
"""For each person who came by a link and now has a place of their own."""

REFERRAL = "referral"
MILESTONE = "referral_milestone"
"""The ledger's words for points that come with an invitation, and with a round number of them."""

_SHAPE = re.compile(r"[A-Z]{2,4}-[A-Z0-9]{4}")


class ReferralStatus(StrEnum):
    pending = "pending"
    converted = "converted"
    expired = "expired"


class ReviewStatus(StrEnum):
    waiting = "waiting"
    approved = "approved"
    rejected = "rejected"


class Signal(StrEnum):
    """What looks as if somebody had invited herself. It decides nothing: a person does."""

    same_mailbox = "same_mailbox"
    same_customer = "same_customer"
    same_card = "same_card"
    same_device = "same_device"
    """Two sign-ins have one IP address and one `User-Agent`; nothing else is known."""

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Signal.same_mailbox: "Both addresses lead to the same mailbox.",
    Signal.same_customer: "Both paid as the same customer.",
    Signal.same_card: "Both paid with the same card.",
    Signal.same_device: (
        "Both signed in from the same internet address, with browsers that name themselves the same. "
        "Two people in one house may well."
    ),
}


def tidy_referral_code(typed: str) -> str | None:
    """As it is kept; None for what cannot be a code.

    >>> tidy_referral_code(" ana-7k2q "), tidy_referral_code("ANA 7K2Q"), tidy_referral_code("x' or 1=1")
    ('ANA-7K2Q', 'ANA-7K2Q', None)
    """
    joined = re.sub(r"[\s_-]+", "-", typed.strip()).upper()
    return joined if _SHAPE.fullmatch(joined) else None


def next_milestone(converted: int, milestones: list[int]) -> int | None:
    """
    >>> next_milestone(3, [1, 2, 5, 10, 25]), next_milestone(25, [1, 2, 5, 10, 25])
    (5, None)
    """
    return next((needed for needed in sorted(milestones) if needed > converted), None)
