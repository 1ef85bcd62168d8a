"""The day dial: one ray for each of forty-five days, as long as the pages its day kept.

Worked out here, so that the browser only draws lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from typing import Literal

DAYS, PHASE_DAYS = 45, 9
CENTRE, INNER, DIAMOND, ARC = 160.0, 98.0, 143.0, 88.0
PHASE_ANGLE, GAP = 72.0, 11.6
STEP = (PHASE_ANGLE - GAP) / (PHASE_DAYS - 1)

RayKind = Literal["kept", "past", "frozen", "empty", "today", "ahead"]


@dataclass(frozen=True)
class Ray:
    """A day, drawn: `path` is its line, `turn` its angle for today's outline."""

    day: int
    kind: RayKind
    path: str
    style: str
    turn: str


@dataclass(frozen=True)
class Flag:
    """A milestone's diamond."""

    day: int
    x: str
    y: str
    turn: str
    style: str


@dataclass(frozen=True)
class Dial:
    """All of it, ready to draw. `says` is the dial in a sentence, for those who do not see it.

    Never changed once it is drawn, so a copy is the thing itself: every state of every tab begins with one.
    """

    rays: list[Ray]
    flags: list[Flag]
    arc: str
    says: str
    is_whole: bool = False
    outline: str = ""

    def __deepcopy__(self, memo: dict[int, object]) -> "Dial":
        return self


def angle_of(day: int) -> float:
    """Degrees from the top, clockwise. Phases stand a little apart.

    >>> round(angle_of(1), 1), round(angle_of(10), 1), round(angle_of(45), 1)
    (5.8, 77.8, 354.2)
    """
    phase, place = divmod(day - 1, PHASE_DAYS)
    return phase * PHASE_ANGLE + GAP / 2 + place * STEP


def _point(radius: float, degrees: float) -> tuple[float, float]:
    return CENTRE + radius * sin(radians(degrees)), CENTRE - radius * cos(radians(degrees))


def _line(start: float, end: float, degrees: float) -> str:
    (x1, y1), (x2, y2) = _point(start, degrees), _point(end, degrees)
    return f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"


def _kind(day: int, today: int, pages: int, frozen: bool) -> RayKind:
    if day > today:
        return "ahead"
    if day == today:
        return "today"
    if pages:
        return "kept" if (day - 1) // PHASE_DAYS == (today - 1) // PHASE_DAYS else "past"
    return "frozen" if frozen else "empty"


STYLES: dict[RayKind, str] = {
    "kept": "ray",
    "past": "ray ray-past",
    "frozen": "ray ray-frozen",
    "empty": "ray ray-empty",
    "today": "ray",
    "ahead": "ray ray-ahead",
}


def _path(kind: RayKind, pages: int, degrees: float) -> str:
    if kind == "today":
        return _line(97, 97 + 14 * min(pages, 3) - 10 + 2 * (pages == 3), degrees) if pages else ""
    if kind in ("kept", "past"):
        return _line(INNER, INNER + 12 * min(pages, 3) - 4, degrees)
    if kind in ("frozen", "empty"):
        return _line(INNER, INNER + 28, degrees)
    return _line(97, 97.1, degrees)


def _ray(day: int, today: int, pages: int, frozen: bool) -> Ray:
    return _drawn(day, _kind(day, today, pages, frozen), min(pages, 3))


@cache
def _drawn(day: int, kind: RayKind, pages: int) -> Ray:
    """The same for everybody whose day went the same way: a few hundred rays draw all dials."""
    degrees = angle_of(day)
    return Ray(day, kind, _path(kind, pages, degrees), STYLES[kind], f"rotate({degrees:.1f} 160 160)")


@cache
def _flag(day: int, reached: bool) -> Flag:
    x, y = _point(DIAMOND, angle_of(day))
    return Flag(
        day,
        f"{x - 4:.1f}",
        f"{y - 4:.1f}",
        f"rotate(45 {x:.1f} {y:.1f})",
        "flag flag-reached" if reached else "flag",
    )


def _arc(today: int) -> str:
    """The phase one is in, as an arc inside the rays."""
    if not 1 <= today <= DAYS:
        return ""
    first = (today - 1) // PHASE_DAYS * PHASE_DAYS + 1
    (x1, y1), (x2, y2) = (
        _point(ARC, angle_of(first) - 1.7),
        _point(ARC, angle_of(first + PHASE_DAYS - 1) + 1.7),
    )
    return f"M{x1:.1f} {y1:.1f}A88 88 0 0 1 {x2:.1f} {y2:.1f}"


def _says(
    pages_by_day: Mapping[int, int], frozen: Sequence[int], milestones: Sequence[int], today: int
) -> str:
    kept = sum(1 for day, pages in pages_by_day.items() if pages and day < today)
    words = [f"Your 45 days. {kept} kept"]
    if frozen:
        words.append(f"{len(frozen)} held by a freeze")
    if 1 <= today <= DAYS:
        words.append(f"today {pages_by_day.get(today, 0)} of three pages")
    sentence = ", ".join(words) + ". Longer rays mean more pages."
    return (
        f"{sentence} Milestones reached on day {', '.join(map(str, milestones))}." if milestones else sentence
    )


def rays(
    pages_by_day: Mapping[int, int],
    *,
    today: int,
    frozen: Sequence[int] = (),
    milestones: Sequence[int] = (),
) -> Dial:
    """The dial of one member: pages kept by programme day, days held by a freeze, milestone days reached.

    `today` is the programme day; 0 or less before the start, 46 or more after the end.
    """
    drawn = [_ray(day, today, pages_by_day.get(day, 0), day in frozen) for day in range(1, DAYS + 1)]
    flags = [_flag(day, day in milestones) for day in range(PHASE_DAYS, DAYS + 1, PHASE_DAYS)]
    says = _says(pages_by_day, frozen, milestones, today)
    outline = f"rotate({angle_of(today):.1f} 160 160)" if 1 <= today <= DAYS else ""
    is_whole = pages_by_day.get(today, 0) >= 3
    return Dial([ray for ray in drawn if ray.path], flags, _arc(today), says, is_whole, outline)


EMPTY = Dial([], [], "", "")
"""Before anything is known. Every page loads what states begin with, so it has no rays."""
SAMPLE = rays(
    {1: 3, 2: 3, 4: 2, 5: 2, 6: 3, 7: 2, 8: 3, 9: 3, 10: 3, 11: 3, 12: 1},
    today=12,
    frozen=(3,),
    milestones=(9,),
)
"""An invented twelfth day, for the pages of strangers."""
