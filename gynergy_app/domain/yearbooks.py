"""What may stand in a yearbook, what does, and what is suggested before its member has chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Leaf(StrEnum):
    """A page of the book one can choose for. The title page always stands."""

    moods = "moods"
    gratitudes = "gratitudes"
    words = "words"
    badges = "badges"
    photos = "photos"
    closing = "closing"


PICKED = (Leaf.gratitudes, Leaf.badges, Leaf.photos, Leaf.closing)
"""The pages whose single items are chosen."""
MOST: Mapping[Leaf, int] = {Leaf.gratitudes: 60, Leaf.badges: 60, Leaf.photos: 24, Leaf.closing: 1}
STRETCH = 3
"""One gratitude is suggested for so many days."""
READS_WELL = 140
PHOTOS_SUGGESTED = 8


@dataclass(frozen=True)
class Line:
    """Words of hers that may stand in the book. `item` names the place they stand in; they stay there."""

    item: str
    day: int
    text: str


@dataclass(frozen=True)
class Choices:
    """`left_out` are pages she does not want; `items` the pages she chose for, the others are suggested."""

    left_out: frozenset[Leaf] = frozenset()
    items: Mapping[Leaf, tuple[str, ...]] | None = None

    @classmethod
    def read(cls, chosen: Mapping[str, Any]) -> "Choices":
        """`yearbooks.chosen` as it is stored; what is not understood is not chosen."""
        known = {leaf.value for leaf in Leaf}
        left_out = frozenset(Leaf(name) for name in _texts(chosen.get("left_out")) if name in known)
        said = chosen.get("items")
        items = {
            leaf: _texts(said.get(leaf.value))
            for leaf in PICKED
            if isinstance(said, Mapping) and leaf.value in said
        }
        return cls(left_out, items)

    def as_stored(self) -> dict[str, Any]:
        return {
            "left_out": sorted(self.left_out),
            "items": {leaf.value: list(items) for leaf, items in (self.items or {}).items()},
        }

    def of(self, leaf: Leaf, candidates: Sequence[str], suggested: Sequence[str]) -> tuple[str, ...]:
        """The items on this page, in the order of the book; what is gone by now is not among them."""
        wanted = set((self.items or {}).get(leaf, suggested))
        return tuple(item for item in candidates if item in wanted)

    def without(self, leaf: Leaf, is_out: bool) -> "Choices":
        return replace(self, left_out=self.left_out | {leaf} if is_out else self.left_out - {leaf})

    def with_items(self, leaf: Leaf, items: Iterable[str]) -> "Choices":
        return replace(self, items={**(self.items or {}), leaf: tuple(items)})

    def as_suggested(self, leaf: Leaf) -> "Choices":
        return replace(self, items={at: items for at, items in (self.items or {}).items() if at != leaf})


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def toggled(chosen: Sequence[str], item: str, is_in: bool, leaf: Leaf) -> tuple[str, ...]:
    """With this item or without it. Only one may close the book; elsewhere what is full takes nothing more.

    >>> toggled(("a",), "b", True, Leaf.closing), toggled(("a", "b"), "a", False, Leaf.photos)
    (('b',), ('b',))
    """
    others = tuple(each for each in chosen if each != item)
    if not is_in:
        return others
    if MOST[leaf] == 1:
        return (item,)
    return (*others, item) if len(others) < MOST[leaf] else tuple(chosen)


def suggest_gratitudes(lines: Sequence[Line]) -> tuple[str, ...]:
    """One for every three days: the one that says most and still reads at a glance, none of them twice."""
    seen: set[str] = set()
    best: list[str] = []
    stretches: dict[int, list[Line]] = {}
    for line in lines:
        stretches.setdefault((line.day - 1) // STRETCH, []).append(line)
    for stretch in sorted(stretches):
        fresh = [line for line in stretches[stretch] if line.text.casefold() not in seen]
        fitting = [line for line in fresh if len(line.text) <= READS_WELL]
        if fitting:
            line = max(fitting, key=lambda one: len(one.text))
            seen.add(line.text.casefold())
            best.append(line.item)
    return tuple(best)


def suggest_photos(items: Sequence[str]) -> tuple[str, ...]:
    """All of a few; of many, some from the whole way.

    >>> suggest_photos([str(n) for n in range(16)])
    ('0', '2', '4', '6', '8', '10', '12', '14')
    """
    if len(items) <= PHOTOS_SUGGESTED:
        return tuple(items)
    return tuple(items[n * len(items) // PHOTOS_SUGGESTED] for n in range(PHOTOS_SUGGESTED))


def suggest_closing(lines: Sequence[Line]) -> tuple[str, ...]:
    """The last thing she wrote that fits on a page of its own."""
    return next(((line.item,) for line in reversed(lines) if len(line.text) <= 2 * READS_WELL), ())
