"""Slowing down whoever asks too often: a count for each key and window, shared by every process."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gynergy_app.db import as_visitor, elevated
from gynergy_app.errors import TooMany
from gynergy_app.repositories import rate_limits

SENTENCE = "That was a lot in a short time. Please wait {wait} and try again."


@dataclass(frozen=True)
class Counted:
    """One try that was counted and allowed."""

    key: str
    ends_at: datetime


async def allow(key: str, cap: int, window: timedelta, now: datetime, sentence: str = SENTENCE) -> Counted:
    """Count this try. Raises `TooMany` beyond `cap` in a window, even when the try itself fails afterwards.

    The sentence may say `{wait}`: how long the window still lasts. Opens its own transaction: a count that is
    undone with the failure it counted would limit nobody.
    """
    async with as_visitor() as db, elevated(db):
        hits, ends_at = await rate_limits.count(db, key, window, now)
    if hits > cap:
        raise TooMany(sentence.format(wait=spoken(ends_at - now)))
    return Counted(key, ends_at)


async def give_back(tries: Sequence[Counted]) -> None:
    """These were not what is limited: a right password is no guess."""
    async with as_visitor() as db, elevated(db):
        for one in tries:
            await rate_limits.give_back(db, one.key, one.ends_at)


def spoken(wait: timedelta) -> str:
    """A length of time, never too short by a minute begun.

    >>> spoken(timedelta(minutes=11, seconds=20)), spoken(timedelta(seconds=5))
    ('12 minutes', '1 minute')
    """
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
