"""A link as a QR code: dark fields on paper that is always light, so that every reader can make it out."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Empty fields on every side, as the standard asks for."""


@dataclass(frozen=True)
class Qr:
    """One path, and the view it is drawn in."""

    path: str = ""
    view: str = "0 0 1 1"


BLANK = Qr()


def qr(text: str) -> Qr:
    """It stays readable with a sixth of it worn or covered."""
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    size = len(rows) + 2 * QUIET
    lines = [f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)]
    return Qr("".join(lines), f"{-QUIET} {-QUIET} {size} {size}")


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark fields begin, and how many there are in a line."""
    found = [
        (dark, [x for x, _ in fields]) for dark, fields in groupby(enumerate(row), lambda field: field[1])
    ]
    return [(places[0], len(places)) for dark, places in found if dark]
