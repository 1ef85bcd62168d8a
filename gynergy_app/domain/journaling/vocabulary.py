"""Which words a member came to write more often: counted in days, so one long page outweighs no week."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FEWEST_DAYS = 8
"""Written days without which two halves say nothing about each other."""

SHORTEST = 3
OFTEN_ENOUGH = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Growth:
    """A word, and on how many days of each half of the written days it was used."""

    word: str
    before: int
    before_of: int
    after: int
    after_of: int

    @property
    def rise(self) -> float:
        return self.after / self.after_of - self.before / self.before_of


@cache
def stop_words() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("stop_words.txt").read_text().split())


def words_in(text: str) -> set[str]:
    """The words that carry something, in one spelling.

    >>> sorted(words_in("I am grateful for Ana’s kitchen, for 3 KITCHENS and the sea."))
    ['ana’s', 'grateful', 'kitchen', 'kitchens', 'sea']
    """
    found = (word.casefold().replace("'", "’") for word in _WORD.findall(unicodedata.normalize("NFC", text)))
    return {word for word in found if len(word) >= SHORTEST and word not in stop_words()}


def words_that_grew(texts: Iterable[tuple[date, str]], *, at_most: int = 8) -> list[Growth]:
    """The words whose share of days rose most from the first half of the written days to the second.

    Empty before `FEWEST_DAYS` written days. With an odd number the middle day belongs to the second half.
    """
    by_day = _words_by_day(texts)
    days = sorted(by_day)
    if len(days) < FEWEST_DAYS:
        return []
    half = len(days) // 2
    before = Counter(word for day in days[:half] for word in by_day[day])
    after = Counter(word for day in days[half:] for word in by_day[day])
    grown = [
        Growth(word, before[word], half, times, len(days) - half)
        for word, times in after.items()
        if times >= OFTEN_ENOUGH
    ]
    rising = sorted((g for g in grown if g.rise > 0), key=lambda g: (-g.rise, -g.after, g.word))
    return rising[:at_most]


def words_written_most(texts: Iterable[tuple[date, str]], *, at_most: int = 3) -> list[tuple[str, int]]:
    """The words used on the most days, with how many days that was; at least `OFTEN_ENOUGH` of them."""
    counts = Counter(word for words in _words_by_day(texts).values() for word in words)
    often = [(word, days) for word, days in counts.items() if days >= OFTEN_ENOUGH]
    return sorted(often, key=lambda found: (-found[1], found[0]))[:at_most]


def _words_by_day(texts: Iterable[tuple[date, str]]) -> Mapping[date, set[str]]:
    days: dict[date, set[str]] = {}
    for day, text in texts:
        days.setdefault(day, set()).update(words_in(text))
    return {day: words for day, words in days.items() if words}
