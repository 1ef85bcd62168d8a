"""A yearbook set as a PDF, with our own typefaces. Whoever calls this is not waiting for anything else.

The words come as data and are shown as typed. What our typefaces have no letters for is marked, not left as
an empty box: `PRINTED_AS` stands in its place, and the book says so.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from gynergy_app.drawing.dial import Dial
from gynergy_app.theme import LIGHT, colour

FONTS = Path(__file__).parent / "fonts"
TEMPLATE = Path(__file__).with_suffix(".typ")
PRINTED_AS = "[…]"
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f\n\t")


@cache
def covered() -> frozenset[int]:
    """The characters of Newsreader, Libertinus Serif and Noto Emoji; the ranges lie beside the fonts."""
    ranges = (part.partition("-") for part in (FONTS / "coverage.txt").read_text(encoding="ascii").split())
    return frozenset(
        code for first, _, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)
    )


def is_printable(character: str) -> bool:
    return ord(character) in covered() or character in _JOINERS


def unprintable(text: str) -> str:
    """The characters of a text that no typeface of the book has, each once.

    >>> unprintable("Café, Яна, 🌊 and 海, 海")
    '海'
    """
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and not is_printable(c)))


def printable(text: str) -> str:
    """The text as the book prints it: a stretch it has no letters for is marked as one.

    >>> printable("the sea, 海の, again")
    'the sea, […], again'
    """
    marked = "".join(c if c.isspace() or is_printable(c) else "\0" for c in text)
    return re.sub("\0+", PRINTED_AS, marked)


def set_book(book: Mapping[str, Any], dial: Dial, pictures: Mapping[str, bytes], made_at: datetime) -> bytes:
    """The PDF. `pictures` are JPEG files by the names `book` calls them."""
    with TemporaryDirectory(prefix="gynergy-yearbook-") as folder:
        root = Path(folder)
        for name, content in {**pictures, "dial.svg": as_svg(dial), "mark.svg": _MARK}.items():
            (root / name).write_bytes(content)
        (root / "main.typ").write_bytes(TEMPLATE.read_bytes())
        return typst.compile(
            root / "main.typ",
            root=root,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"book": json.dumps({**book, "says": dial.says}, ensure_ascii=False)},
            timestamp=int(made_at.timestamp()),
        )


_STROKES = {
    "ray": f'stroke="{colour("accent", LIGHT)}" stroke-width="7.5"',
    "ray ray-past": f'stroke="{colour("accent", LIGHT)}" stroke-width="7.5"',
    "ray ray-frozen": f'stroke="{colour("ink-soft", LIGHT)}" stroke-width="5" stroke-dasharray="0 9"',
}
_NOTHING = f'stroke="{colour("line", LIGHT)}" stroke-width="5" stroke-dasharray="0 9"'


def as_svg(dial: Dial) -> bytes:
    """The dial with everything behind it: every kept day at full strength."""
    rays = "".join(
        f'<path d="{ray.path}" stroke-linecap="round" {_STROKES.get(ray.style, _NOTHING)}/>'
        for ray in dial.rays
    )
    flags = "".join(
        f'<rect x="{flag.x}" y="{flag.y}" width="8" height="8" rx="1" transform="{flag.turn}"'
        f" {_flag(flag.style)}/>"
        for flag in dial.flags
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 300 300">{rays}{flags}</svg>'.encode()


def _flag(style: str) -> str:
    reached = "reached" in style
    return (
        f'fill="{colour("gold", LIGHT)}"'
        if reached
        else f'fill="none" stroke="{colour("edge", LIGHT)}" stroke-width="1.5"'
    )


_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none"'
    f' stroke="{colour("accent", LIGHT)}" stroke-width="2" stroke-linecap="round">'
    '<path d="M12 6V3.5M15.9 7.4 18.7 4M17.9 11l4.4-.8M17.2 15l2.2 1.2'
    'M14.1 17.6l1.5 4.3M9.9 17.6l-1.5 4.3M6.8 15l-2.2 1.3M6.1 11l-4.4-.8M8.1 7.4 5.3 4"/></svg>'
).encode()
