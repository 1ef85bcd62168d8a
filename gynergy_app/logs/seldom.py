"""Says a repeated complaint now and then, and how often it was left out."""

import logging
from collections import Counter


class Seldom(logging.Filter):
    """Lets a warning of one place through once in so many seconds; nothing quieter is counted."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._said_at: dict[tuple[str, int], float] = {}
        self._held: Counter[tuple[str, int]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        place = record.pathname, record.lineno
        if record.levelno < logging.WARNING:
            return True
        if record.created - self._said_at.get(place, float("-inf")) < self._seconds:
            self._held[place] += 1
            return False
        self._said_at[place] = record.created
        if held := self._held.pop(place, 0):
            record.msg = f"{record.getMessage()} (and {held} more like it)"
            record.args = ()
        return True
