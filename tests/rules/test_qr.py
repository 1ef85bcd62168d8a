"""A link as a drawing: every dark field of the code is drawn, and nothing else."""

import re

import segno

from gynergy_app.drawing.qr import QUIET, qr

LINK = "https://gynergy.example/join/FRIEND-ABC234"


def test_the_path_covers_the_dark_fields_of_the_code():
    matrix = segno.make(LINK, error="m", micro=False, boost_error=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, field in enumerate(row) if field}

    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr(LINK).path)

    assert {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))} == dark


def test_it_stands_in_the_quiet_that_readers_need():
    corner, _, size, _ = map(int, qr(LINK).view.split())

    assert (corner, size) == (-QUIET, len(segno.make(LINK, error="m", micro=False).matrix) + 2 * QUIET)
