"""Slowing down whoever asks too often: a count for each key and window, shared by every process."""

from datetime import datetime, timedelta

from gynergy_app.db import as_visitor, elevated
from gynergy_app.errors import TooMany
from gynergy_app.repositories import rate_limits

SENTENCE = "That was a lot in a short time. Please wait a little and try again."


async def allow(key: str, cap: int, window: timedelta, now: datetime, sentence: str = SENTENCE) -> None:
    """Count this try. Raises `TooMany` beyond `cap` in a window, even when the try itself fails afterwards.

    Opens its own transaction: a count that is undone with the failure it counted would limit nobody.
    """
    async with as_visitor() as db, elevated(db):
        hits = await rate_limits.count(db, key, window, now)
    if hits > cap:
        raise TooMany(sentence)
