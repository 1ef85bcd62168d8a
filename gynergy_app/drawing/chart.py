"""A line over days, with gaps where a day is missing. In percent, so one drawing fits every width."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LATE = 75.0
"""Beyond this share of the width the end's label stands over the whole drawing, where no line runs."""


@dataclass(frozen=True)
class Reading:
    """A value on a day of the axis. `spoken` says both; `href` opens the day, if it leads anywhere."""

    at: int
    value: float
    label: str
    spoken: str
    href: str = ""


@dataclass(frozen=True)
class Point:
    left: str
    top: str
    label: str
    value: str
    spoken: str
    href: str
    tab_index: int


@dataclass(frozen=True)
class Mark:
    """A line of the grid (`at` from the top) or a day below it (`at` from the left)."""

    at: str
    label: str


@dataclass(frozen=True)
class Chart:
    """Everything drawn. `says` is the whole in a sentence."""

    series: str
    gaps: str
    points: list[Point]
    lines: list[Mark]
    ticks: list[Mark]
    says: str
    end_left: str = "0%"
    end_top: str = "0%"
    end_label: str = ""
    is_end_late: bool = False


EMPTY = Chart("", "", [], [], [], "")

_Placed = tuple[Reading, float, float]


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / ((high - low) or 1) * 100


def _path(placed: Sequence[_Placed], *, broken: bool) -> str:
    """Lines between neighbours on following days, or with `broken` the gaps between those that are not."""
    parts = []
    for (before, x1, y1), (after, x2, y2) in pairwise(placed):
        if (after.at - before.at > 1) == broken:
            parts.append(f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}")
    return "".join(parts)


def _point(reading: Reading, left: float, top: float, is_last: bool, words: Callable[[float], str]) -> Point:
    return Point(
        left=f"{left:.2f}%",
        top=f"{top:.2f}%",
        label=reading.label,
        value=words(reading.value),
        spoken=reading.spoken,
        href=reading.href,
        tab_index=0 if is_last else -1,
    )


def line_chart(
    readings: Sequence[Reading],
    *,
    days: tuple[int, int],
    values: tuple[float, float],
    grid: Sequence[float],
    ticks: Sequence[tuple[int, str]],
    says: str,
    end_label: str = "",
    words: Callable[[float], str] = "{:g}".format,
) -> Chart:
    """The geometry of one series. `days` and `values` are the ends of the axes, `words` says a value."""
    placed: list[_Placed] = [(r, _share(r.at, *days), 100 - _share(r.value, *values)) for r in readings]
    end_left, end_top = (placed[-1][1], placed[-1][2]) if placed else (0.0, 0.0)
    is_end_late = end_left > LATE
    return Chart(
        series=_path(placed, broken=False),
        gaps=_path(placed, broken=True),
        points=[_point(r, left, top, r is readings[-1], words) for r, left, top in placed],
        lines=[Mark(f"{100 - _share(value, *values):.2f}%", words(value)) for value in grid],
        ticks=[Mark(f"{_share(at, *days):.2f}%", label) for at, label in ticks],
        says=says,
        end_left=f"{end_left:.2f}%",
        end_top="0.00%" if is_end_late else f"{end_top:.2f}%",
        end_label=end_label if placed else "",
        is_end_late=is_end_late,
    )
