"""Friend codes: how they are typed, and what is said to somebody whose code opens nothing."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

PREFIX = "FRIEND"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L: none of them can be meant, so none is read as anything else."""

LENGTH = 6
VALID_DAYS = 90
WARNED_BEFORE = timedelta(days=7)
_WARNED_BETWEEN = range(9, 21)
_NEVER_IN_A_CODE = frozenset("0O1IL")
_SAME_SHAPE = str.maketrans("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX")
"""Letters of other alphabets that look the same, as keyboards of other languages type them."""


class CodeState(StrEnum):
    """How a code stands. The words are those of `private.state_of_code`."""

    open = "open"
    unknown = "unknown"
    used = "used"
    revoked = "revoked"
    expired = "expired"


class Refusal(StrEnum):
    """Why a code gives no place. Whatever the reason, a refusal spends nothing."""

    unknown = "unknown"
    misread = "misread"
    own = "own"
    used = "used"
    revoked = "revoked"
    expired = "expired"
    has_access = "has_access"
    redeemed_before = "redeemed_before"
    cohort_full = "cohort_full"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Refusal.unknown: "We know no such code. Please compare it, sign by sign, with what your friend sent.",
    Refusal.misread: "After FRIEND, no code contains 0, O, 1, I or L. "
    "Please look again: one of the signs is another one.",
    Refusal.own: "This is one of your own codes. It is for somebody else: send it to a friend.",
    Refusal.used: "This code has been used. Each code is good for one person.",
    Refusal.revoked: "This code was taken back and opens nothing any more.",
    Refusal.expired: f"This code was good for {VALID_DAYS} days, and they are over. "
    "Your friend may have another.",
    Refusal.has_access: "You already have access to the challenge. "
    "The code stays unused, so you can pass it on.",
    Refusal.redeemed_before: "You have joined with a friend code before, and each person can use one. "
    "This one stays unused, so you can pass it on.",
    Refusal.cohort_full: "Every place in your friend’s cohort is taken. "
    "The code stays unused: choose another start with it, or come back when a place opens.",
}


@dataclass(frozen=True)
class Typed:
    """What somebody typed, as a code or as the reason why it is none."""

    code: str = ""
    refusal: Refusal | None = None


def read_code(typed: str) -> Typed:
    """Any case, any spaces and dashes, with or without its first word, or the whole link it came in.

    >>> read_code(" friend abc-234 ").code, read_code("https://example.com/join/FR1END-ABC234?x=1").code
    ('FRIEND-ABC234', 'FRIEND-ABC234')
    >>> read_code("FRIEND-ABC23O").refusal, read_code("FRIEND-ABC23").refusal
    (<Refusal.misread: 'misread'>, <Refusal.unknown: 'unknown'>)
    """
    letters = _without_prefix(_letters(typed.split("?")[0].rstrip("/").rsplit("/", 1)[-1]))
    if len(letters) != LENGTH or not letters.isascii() or not letters.isalnum():
        return Typed(refusal=Refusal.unknown)
    if _NEVER_IN_A_CODE & set(letters):
        return Typed(refusal=Refusal.misread)
    return Typed(f"{PREFIX}-{letters}")


def _letters(typed: str) -> str:
    """Upper case, without whatever separates."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_SAME_SHAPE)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "ZPC")


def _without_prefix(letters: str) -> str:
    said = letters[: len(PREFIX)].replace("1", "I").replace("L", "I")
    return letters[len(PREFIX) :] if said == PREFIX else letters


def is_warned(last_day: date, local_now: datetime) -> bool:
    """Whether now is the time to tell a giver that a code ends: from a week before, by day, on her clock.

    >>> last_day = date(2026, 3, 20)
    >>> [is_warned(last_day, datetime(2026, 3, day, 9)) for day in (12, 13, 14)]
    [False, True, True]
    >>> is_warned(last_day, datetime(2026, 3, 14, 3)), is_warned(last_day, datetime(2026, 3, 14, 21))
    (False, False)
    """
    return local_now.date() >= last_day - WARNED_BEFORE and local_now.hour in _WARNED_BETWEEN
