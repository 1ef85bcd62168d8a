"""How far something reaches in several directions at once: axes around a centre, and shapes over them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin

CENTRE, REACH, NAMES_AT = 200.0, 132.0, 152.0
NEARLY_STRAIGHT = 12.0
APART = (-6.0, 6.0)
"""How far each series stands from its axis, in degrees, so that neither hides the other."""


@dataclass(frozen=True)
class Axis:
    """A direction. `values`: a share for each series, 0 to 1; None where nothing is to be shown."""

    name: str
    values: tuple[float, ...] | None


@dataclass(frozen=True)
class Spoke:
    path: str
    name: str
    x: str
    y: str
    anchor: str
    style: str


@dataclass(frozen=True)
class Dot:
    x: str
    y: str


@dataclass(frozen=True)
class Shape:
    """One series: its outline, and a dot wherever it leaves the centre."""

    path: str = ""
    dots: list[Dot] = field(default_factory=list)


@dataclass(frozen=True)
class Radar:
    """Everything drawn. `says` is the whole in a sentence."""

    rings: list[str] = field(default_factory=list)
    spokes: list[Spoke] = field(default_factory=list)
    first: Shape = Shape()
    second: Shape = Shape()
    says: str = ""


EMPTY = Radar()


def radar(axes: Sequence[Axis], *, rings: Sequence[float], says: str) -> Radar:
    """Two series over these axes, clockwise from the top. `rings` are shares of the reach."""
    turn = 360 / len(axes)
    spokes = [_spoke(axis, number * turn) for number, axis in enumerate(axes)]
    return Radar(
        rings=[f"{REACH * share:.1f}" for share in rings],
        spokes=spokes,
        first=_shape(axes, 0, turn),
        second=_shape(axes, 1, turn),
        says=says,
    )


def _at(radius: float, degrees: float) -> tuple[float, float]:
    """
    >>> _at(100, 0), _at(100, 90)
    ((200.0, 100.0), (300.0, 200.0))
    """
    return CENTRE + radius * sin(radians(degrees)), CENTRE - radius * cos(radians(degrees))


def _spoke(axis: Axis, degrees: float) -> Spoke:
    (x1, y1), (x2, y2), (x, y) = _at(3, degrees), _at(REACH, degrees), _at(NAMES_AT, degrees)
    return Spoke(
        path=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}",
        name=axis.name,
        x=f"{x:.1f}",
        y=f"{y + 4.5:.1f}",
        anchor="middle" if abs(x - CENTRE) < NEARLY_STRAIGHT else "start" if x > CENTRE else "end",
        style="spoke" if axis.values is not None else "spoke is-hidden",
    )


def _shape(axes: Sequence[Axis], series: int, turn: float) -> Shape:
    """Nothing at all is no shape; an axis without values is passed by."""
    shares = [
        (number * turn + APART[series], axis.values[series])
        for number, axis in enumerate(axes)
        if axis.values
    ]
    if not any(share for _, share in shares):
        return Shape()
    points = [(_at(REACH * share, degrees), share) for degrees, share in shares]
    path = "L".join(f"{x:.1f} {y:.1f}" for (x, y), _ in points)
    return Shape(f"M{path}Z", [Dot(f"{x:.1f}", f"{y:.1f}") for (x, y), share in points if share])
